"""What became of everything buyers asked for: one row for each line of a request."""

from odoo import fields, models
from odoo.tools import SQL

OUTCOME = """
    CASE
        WHEN request.state = 'refused' OR line.is_refused THEN 'refused'
        WHEN request.state IN ('cancelled', 'expired') THEN 'ended'
        WHEN request.state IN ('submitted', 'needs_info') THEN 'open'
        WHEN line.remedy IN ('price_protection', 'partial_refund')
             OR line.keeps_item THEN 'kept'
        WHEN line.remedy IN ('exchange', 'store_credit', 'reship', 'repair')
             THEN line.remedy
        ELSE 'money'
    END
"""


class ReturnRequestReport(models.Model):
    """Lines of requests with their outcome and their money, in company currency."""

    _name = "return.request.report"
    _description = "Outcomes of Returns"
    _auto = False
    _order = "asked_at desc, id desc"
    _rec_name = "request_id"

    request_id = fields.Many2one("return.request", readonly=True)
    sale_order_id = fields.Many2one("sale.order", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Agent", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product Category", readonly=True
    )
    reason_id = fields.Many2one("return.reason", readonly=True)
    remedy = fields.Selection(
        selection=lambda self: (
            self.env["return.request.line"]
            ._fields["remedy"]
            ._description_selection(self.env)
        ),
        readonly=True,
    )
    outcome = fields.Selection(
        [
            ("open", "Not decided yet"),
            ("money", "Money back"),
            ("kept", "Kept, money back in part or whole"),
            ("exchange", "Exchanged"),
            ("store_credit", "Store credit"),
            ("reship", "Sent again"),
            ("repair", "Repaired"),
            ("refused", "Refused"),
            ("ended", "Withdrawn or expired"),
        ],
        readonly=True,
    )
    state = fields.Selection(related="request_id.state")
    is_disputed = fields.Boolean("Disputed", readonly=True)
    asked_at = fields.Datetime("Asked on", readonly=True)
    closed_at = fields.Datetime("Closed on", readonly=True)
    days_open = fields.Float(
        "Days to Close",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="From the buyer's first word to the end of the request.",
    )
    quantity = fields.Float(
        readonly=True, help="Approved, or asked for while undecided."
    )
    amount_sold = fields.Monetary(
        "Sold for", readonly=True, help="What the buyer paid for this quantity."
    )
    amount_refunded = fields.Monetary(
        "Money Given Back",
        readonly=True,
        help="What was given back as money, booked in credit notes.",
    )
    amount_retained = fields.Monetary(
        "Revenue Kept",
        readonly=True,
        help="What stays with the shop although the buyer complained: exchanges, store "
        "credit, goods sent again or repaired, and what is left of goods the buyer "
        "keeps.",
    )

    @property
    def _table_query(self):
        return SQL("%s %s", self._select(), self._from())

    def _select(self):
        return SQL(
            """
            SELECT row.*,
                   CASE WHEN row.outcome IN ('money', 'kept') AND row.is_settled
                        THEN row.amount ELSE 0 END AS amount_refunded,
                   CASE WHEN row.outcome IN
                             ('exchange', 'store_credit', 'reship', 'repair')
                        THEN row.amount_sold
                        WHEN row.outcome = 'kept'
                        THEN GREATEST(row.amount_sold - row.amount, 0)
                        ELSE 0 END AS amount_retained
            """
        )

    def _from(self):
        return SQL("FROM (%s FROM %s) AS row", self._select_row(), self._from_row())

    def _select_row(self):
        """Return the columns of one line, in the company's currency."""
        return SQL(
            """
            SELECT line.id, line.request_id, request.sale_order_id,
                   request.company_id, company.currency_id, request.partner_id,
                   request.user_id, line.product_id, template.categ_id,
                   COALESCE(line.reason_id, request.reason_id) AS reason_id,
                   line.remedy, %(outcome)s AS outcome, line.is_settled,
                   request.is_disputed,
                   COALESCE(line.asked_at, request.asked_at) AS asked_at,
                   request.closed_at,
                   EXTRACT(EPOCH FROM request.closed_at - request.asked_at)
                       / 86400 AS days_open,
                   quantity.count AS quantity,
                   line.amount / COALESCE(NULLIF(sold.currency_rate, 0), 1) AS amount,
                   sale.price_total / NULLIF(sale.product_uom_qty, 0)
                       * quantity.count
                       / COALESCE(NULLIF(sold.currency_rate, 0), 1) AS amount_sold
            """,
            outcome=SQL(OUTCOME),
        )

    def _from_row(self):
        return SQL(
            """
            return_request_line AS line
            JOIN return_request AS request ON request.id = line.request_id
            JOIN res_company AS company ON company.id = request.company_id
            JOIN sale_order AS sold ON sold.id = request.sale_order_id
            JOIN sale_order_line AS sale ON sale.id = line.sale_line_id
            JOIN product_product AS product ON product.id = line.product_id
            JOIN product_template AS template ON template.id = product.product_tmpl_id
            CROSS JOIN LATERAL (
                SELECT CASE WHEN request.state IN ('approved', 'done')
                                 AND NOT COALESCE(line.is_refused, false)
                            THEN line.qty_approved
                            ELSE line.qty_requested END AS count
            ) AS quantity
            WHERE request.state != 'draft'
            """
        )
