from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

STAFF = "base.group_user"
AGENT = "live_aftersales.group_agent"


class HelpdeskTicket(models.Model):
    """The order behind a ticket, what it promises and what became of it."""

    _inherit = "helpdesk.ticket"

    kind = fields.Selection(
        [
            ("consult", "Question"),
            ("order", "Order"),
            ("aftersale", "After-sale"),
            ("complaint", "Complaint"),
            ("suggestion", "Suggestion"),
        ],
        default="aftersale",
        index=True,
        tracking=True,
        groups=STAFF,
        help="What the buyer wants from the desk.",
    )
    sale_order_id = fields.Many2one(
        "sale.order",
        string="Order",
        compute="_compute_sale_order_id",
        inverse="_inverse_sale_order_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        tracking=True,
        groups=STAFF,
        help="The order which the ticket is about. Find it by its number here or on "
        "the platform.",
    )
    sale_line_ids = fields.Many2many(
        "sale.order.line",
        compute="_compute_sale_line_ids",
        string="Order Lines",
        groups=AGENT,
    )
    platform_id = fields.Many2one(
        related="sale_order_id.platform_id", store=True, index=True, groups=STAFF
    )
    shop_id = fields.Many2one(
        related="sale_order_id.shop_id", store=True, index=True, groups=STAFF
    )
    live_host_id = fields.Many2one(
        related="sale_order_id.live_host_id", store=True, index=True, groups=STAFF
    )
    live_session_id = fields.Many2one(
        related="sale_order_id.live_session_id", store=True, index=True, groups=STAFF
    )
    platform_order_ref = fields.Char(
        related="sale_order_id.platform_order_ref", groups=STAFF
    )
    platform_state = fields.Selection(
        related="sale_order_id.platform_state", groups=STAFF
    )
    live_attribution = fields.Selection(
        related="sale_order_id.live_attribution", groups=STAFF
    )
    live_attribution_reason = fields.Selection(
        related="sale_order_id.live_attribution_reason", groups=STAFF
    )
    order_date = fields.Datetime(
        related="sale_order_id.date_order", string="Ordered on", groups=STAFF
    )
    order_currency_id = fields.Many2one(
        related="sale_order_id.currency_id",
        string="Order Currency",
        groups=STAFF,
    )
    order_amount = fields.Monetary(
        related="sale_order_id.amount_total",
        string="Paid by the Buyer",
        currency_field="order_currency_id",
        groups=STAFF,
    )
    return_policy_version_id = fields.Many2one(
        related="sale_order_id.return_policy_version_id",
        groups=AGENT,
    )
    return_request_ids = fields.One2many(
        "return.request", "ticket_id", string="Return Requests", groups=AGENT
    )
    return_request_count = fields.Integer(
        compute="_compute_return_request_count", groups=AGENT
    )
    points_available = fields.Integer(
        compute="_compute_points", string="Points", groups=AGENT
    )
    points_pending = fields.Integer(
        compute="_compute_points",
        string="Pending Points",
        groups=AGENT,
        help="Points which become available when the order can no longer be returned.",
    )
    followup_ids = fields.One2many(
        "mail.activity",
        "res_id",
        string="Follow-ups",
        domain=[("live_plan_template_id", "!=", False)],
        context={"active_test": False},
        groups=STAFF,
    )
    followup_count = fields.Integer(compute="_compute_followup_count", groups=STAFF)

    @api.depends("sale_order_ids")
    def _compute_sale_order_id(self):
        for ticket in self:
            if ticket.sale_order_id not in ticket.sale_order_ids:
                ticket.sale_order_id = ticket.sale_order_ids[:1]

    def _inverse_sale_order_id(self):
        for ticket in self:
            if ticket.sale_order_id:
                ticket.sale_order_ids = [Command.link(ticket.sale_order_id.id)]

    @api.depends("sale_order_id.order_line")
    def _compute_sale_line_ids(self):
        for ticket in self:
            ticket.sale_line_ids = ticket.sale_order_id.order_line.filtered(
                lambda line: not line.display_type and not line.is_downpayment
            )

    @api.depends("return_request_ids")
    def _compute_return_request_count(self):
        counts = dict(
            self.env["return.request"]._read_group(
                [("ticket_id", "in", self.ids)], ["ticket_id"], ["__count"]
            )
        )
        for ticket in self:
            ticket.return_request_count = counts.get(ticket._origin, 0)

    @api.depends("partner_id")
    def _compute_points(self):
        cards = self._points_cards().grouped("partner_id")
        for ticket in self:
            mine = cards.get(ticket.partner_id._origin, self.env["loyalty.card"])
            ticket.points_available = sum(mine.mapped("points"))
            ticket.points_pending = sum(mine.mapped("points_pending"))

    @api.depends("followup_ids")
    def _compute_followup_count(self):
        for ticket in self:
            ticket.followup_count = len(ticket.followup_ids)

    @api.onchange("sale_order_id")
    def _onchange_sale_order_id(self):
        if self.sale_order_id and not self.partner_id:
            self.partner_id = self.sale_order_id.partner_id
            self._onchange_partner_id()

    def _points_cards(self):
        """Return the cards of the tickets' buyers on programs with a ledger."""
        return self.env["loyalty.card"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("program_id.points_ledger", "=", True),
            ]
        )

    def action_new_return_request(self):
        """Start a return of everything which can still come back."""
        self.ensure_one()
        self.check_access("write")
        if not self.sale_order_id:
            raise UserError(
                self.env._(
                    "Ticket %(ticket)s names no order yet. Choose the order, then "
                    "start the return.",
                    ticket=self.number,
                )
            )
        return self.sale_line_ids._live_open_return_request(self)

    def action_view_return_requests(self):
        """Open the return requests of these tickets."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "live_aftersales.action_live_return_requests"
        )
        action["domain"] = [("ticket_id", "in", self.ids)]
        action["context"] = {
            "default_ticket_id": self[:1].id,
            "default_sale_order_id": self[:1].sale_order_id.id,
        }
        requests = self.return_request_ids
        if len(requests) == 1:
            action.update(views=[(False, "form")], res_id=requests.id)
        return action

    def action_view_live_order(self):
        """Open the order of the ticket."""
        self.ensure_one()
        self.check_access("read")
        return self.sale_order_id._get_records_action(name=self.sale_order_id.name)

    def action_view_points(self):
        """Open the point cards of the buyer."""
        self.check_access("read")
        return self._points_cards()._get_records_action(name=self.env._("Points"))
