"""One order line in a return request: quantities, verdict, amount."""

from odoo import api, fields, models

from ..policy.inspection import is_accepted, usual_disposition
from ..policy.states import COUNTED

GRADES = [
    ("a", "A: as new"),
    ("b", "B: can be sold with its condition stated"),
    ("c", "C: cannot be sold"),
    ("wrong", "Wrong goods"),
    ("missing", "Missing"),
]
DISPOSITIONS = [
    ("restock", "Back to stock"),
    ("repair", "Repair"),
    ("scrap", "Scrap"),
    ("vendor", "Keep for vendor"),
    ("buyer", "Back to the buyer"),
]


class ReturnRequestLine(models.Model):
    """What is asked for one order line, and what became of it."""

    _name = "return.request.line"
    _description = "Return Request Line"
    _inherit = ["return.defaults.mixin"]
    _order = "request_id desc, id"
    _rec_name = "product_id"
    _check_company_auto = True

    request_id = fields.Many2one(
        "return.request", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(related="request_id.state", store=True, index=True)
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="request_id.currency_id", store=True)
    sale_order_id = fields.Many2one(related="request_id.sale_order_id")
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('order_id', '=', sale_order_id), ('display_type', '=', False), "
        "('is_delivery', '=', False), ('is_downpayment', '=', False), "
        "('product_id.type', '!=', 'combo')]",
    )
    product_id = fields.Many2one(
        related="sale_line_id.product_id", store=True, index=True
    )
    uom_id = fields.Many2one(related="sale_line_id.product_uom_id", string="Unit")
    reason_id = fields.Many2one(
        "return.reason",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: the reason of the request.",
    )
    remedy = fields.Selection(
        [
            ("return_refund", "Return and refund"),
            ("refund_only", "Refund only"),
            ("exchange", "Exchange"),
            ("store_credit", "Store credit"),
            ("reship", "Send again"),
            ("repair", "Repair"),
            ("price_protection", "Price protection"),
            ("partial_refund", "Partial refund"),
            ("cancel", "Cancel before shipping"),
        ],
        required=True,
        default="return_refund",
    )
    qty_requested = fields.Float("Requested", digits="Product Unit", default=1.0)
    qty_approved = fields.Float(
        "Quantity Approved", digits="Product Unit", readonly=True, copy=False
    )
    qty_received = fields.Float(
        "Quantity Received",
        digits="Product Unit",
        readonly=True,
        copy=False,
        compute="_compute_qty_received",
        store=True,
    )
    qty_accepted = fields.Float(
        "Accepted",
        digits="Product Unit",
        copy=False,
        compute="_compute_inspection",
        store=True,
        readonly=False,
        help="The quantity the buyer gets the money back for.",
    )
    qty_damaged = fields.Float(
        "Damaged",
        digits="Product Unit",
        copy=False,
        help="Of the received quantity: not fit for sale, goes to scrap.",
    )
    grade = fields.Selection(GRADES, copy=False)
    disposition = fields.Selection(
        DISPOSITIONS,
        copy=False,
        compute="_compute_inspection",
        store=True,
        readonly=False,
        help="Where the goods go from quarantine. What is kept for the vendor or has "
        "to be repaired stays there.",
    )
    inspected_at = fields.Datetime(readonly=True, copy=False)
    inspected_by = fields.Many2one("res.users", readonly=True, copy=False)
    is_short = fields.Boolean(
        readonly=True, copy=False, help="Closed although not everything came back."
    )
    is_settled = fields.Boolean(
        readonly=True, copy=False, help="The money of this line is decided."
    )
    qty_settled = fields.Float(
        "Settled", digits="Product Unit", readonly=True, copy=False
    )
    qty_held = fields.Float(
        digits="Product Unit",
        compute="_compute_qty_held",
        store=True,
        help="What this line takes from the returnable quantity of the order line.",
    )
    qty_claimed = fields.Float(
        digits="Product Unit",
        compute="_compute_qty_claimed",
        store=True,
        help="The quantity whose money this line has taken or may still take.",
    )
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        help="The share of what the buyer paid for the order line, taxes and "
        "discounts of the order included.",
    )
    return_move_ids = fields.One2many("stock.move", "return_request_line_id")

    _qty_requested_positive = models.Constraint(
        "CHECK (qty_requested >= 0)", "A return quantity cannot be negative."
    )
    _sale_line_state_idx = models.Index("(sale_line_id, state)")

    @api.depends("return_move_ids.state", "return_move_ids.quantity")
    def _compute_qty_received(self):
        for line in self:
            line.qty_received = line._count_units(line._arrived_moves())

    @api.depends("grade", "remedy", "qty_received", "qty_approved")
    def _compute_inspection(self):
        """Propose what is usual for the grade, until the inspection is done."""
        for line in self.filtered(lambda line: not line.inspected_at):
            usual = min(line.qty_received, line.qty_approved)
            line.qty_accepted = usual if is_accepted(line.grade) else 0
            line.disposition = usual_disposition(line.grade, line.remedy)

    @api.depends(
        "state",
        "remedy",
        "keeps_item",
        "is_refused",
        "is_unshipped",
        "exchange_product_id",
        "qty_requested",
        "qty_approved",
        "qty_received",
        "is_short",
    )
    def _compute_qty_held(self):
        for line in self:
            counted = line.state in COUNTED and not line.is_refused
            claim = line._claim()
            if line._pays() == "amount" or line.is_unshipped:
                line.qty_held = 0  # it stays with the buyer, or never got there
            elif not line._comes_back():
                line.qty_held = counted and claim
            else:
                is_open = counted and not line.is_short and line.state != "done"
                line.qty_held = is_open and max(claim - line.qty_received, 0)

    def _claim(self):
        """Return the quantity asked for, or approved."""
        approved = self.state in ("approved", "done")
        return self.qty_approved if approved else self.qty_requested

    @api.depends(
        "state",
        "remedy",
        "is_refused",
        "exchange_product_id",
        "qty_requested",
        "qty_approved",
        "qty_settled",
        "is_settled",
    )
    def _compute_qty_claimed(self):
        for line in self:
            counted = line.state in COUNTED and not line.is_refused
            line.qty_claimed = (
                counted
                and line._pays() == "share"
                and (line.qty_settled if line.is_settled else line._claim())
            )

    @api.depends(
        "sale_line_id",
        "remedy",
        "exchange_product_id",
        "amount_agreed",
        "is_refused",
        "qty_requested",
        "qty_approved",
        "currency_id",
    )
    def _compute_amount(self):
        """Preview the money; a settled line keeps what was settled."""
        todo = self.filtered(lambda line: not line.is_settled)
        allowances = todo.filtered(
            lambda line: line._is_allowance() and not line.is_refused
        )
        values = todo._return_values(todo._wanted())
        values |= allowances._allowance_values(allowances._settled_before())
        for line in todo:
            pieces = values.get(line, [])
            line.amount = line._from_minor(sum(piece.total for piece in pieces))
