import pytz

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

USER = "base.group_user"
LEAD = "live_aftersales.group_lead"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    platform_id = fields.Many2one(
        "live.platform",
        ondelete="restrict",
        copy=False,
        index="btree_not_null",
        groups=USER,
    )
    shop_id = fields.Many2one(
        "live.shop",
        ondelete="restrict",
        copy=False,
        index="btree_not_null",
        groups=USER,
    )
    live_session_id = fields.Many2one(
        "live.session",
        ondelete="restrict",
        copy=False,
        index="btree_not_null",
        groups=USER,
    )
    live_host_id = fields.Many2one(
        "live.host",
        string="Host",
        ondelete="restrict",
        copy=False,
        index="btree_not_null",
        groups=USER,
    )
    platform_order_ref = fields.Char(
        string="Platform Order No.", copy=False, index="trigram", groups=USER
    )
    live_attribution = fields.Selection(
        [("exact", "Exact"), ("inferred", "Inferred"), ("none", "None")],
        string="Attribution",
        copy=False,
        groups=USER,
        help="How the live session was found. Exact: the file names the room. "
        "Inferred: live traffic, this host, ordered while the session ran.",
    )
    live_attribution_reason = fields.Selection(
        [
            ("room", "The file names the live room."),
            ("host_time", "Live traffic of this host, ordered during the session."),
            ("not_live", "The order did not come from a livestream."),
            ("no_host", "Live traffic, but the file names no host."),
            ("unknown_host", "The host of the file is not among the hosts."),
            ("no_session", "This host had no session when it was ordered."),
            ("several_sessions", "Several sessions of this host ran at that time."),
        ],
        string="Attribution Reason",
        copy=False,
        groups=USER,
    )
    platform_status = fields.Char(
        string="Status on Platform",
        copy=False,
        groups=USER,
        help="The platform's own words.",
    )
    platform_state = fields.Selection(
        [
            ("unpaid", "Unpaid"),
            ("paid", "Paid"),
            ("shipped", "Shipped"),
            ("completed", "Completed"),
            ("closed", "Closed"),
            ("unknown", "Unknown"),
        ],
        copy=False,
        index="btree_not_null",
        groups=USER,
        help="Unknown: the platform uses a word which the import does not know. "
        "Nothing was guessed from it.",
    )
    platform_paid_at = fields.Datetime(
        string="Paid on Platform", copy=False, groups=USER
    )
    platform_updated_at = fields.Datetime(
        string="Platform Update",
        copy=False,
        groups=USER,
        help="When the platform last changed the order, if its files tell.",
    )
    buyer_match = fields.Selection(
        [("exact", "Exact"), ("probable", "Probable")],
        copy=False,
        groups=USER,
        help="Exact: the file names the buyer by an ID. Probable: the masked name, "
        "phone and district are those of an earlier order of the shop.",
    )

    _platform_order_uniq = models.UniqueIndex(
        "(shop_id, platform_order_ref) WHERE platform_order_ref IS NOT NULL",
        "This shop already has an order with that platform order number.",
    )
    _session_date_idx = models.Index(
        "(live_session_id, date_order) WHERE live_session_id IS NOT NULL"
    )

    def action_confirm(self):
        """Confirm imported orders apart, because they keep the date of purchase."""
        # sudo: sale.order - the number is for employees, a buyer may confirm
        imported = self.filtered(lambda order: order.sudo().platform_order_ref)
        if imported and imported != self:
            super(SaleOrder, imported).action_confirm()
            return super(SaleOrder, self - imported).action_confirm()
        return super().action_confirm()

    def _prepare_confirmation_values(self):
        """Keep the date on which the buyer ordered on the platform."""
        values = super()._prepare_confirmation_values()
        # sudo: sale.order - the number is for employees, a buyer may confirm
        if self and all(self.sudo().mapped("platform_order_ref")):
            values.pop("date_order", None)
        return values

    def _prepare_invoice(self):
        """Date the invoice of imported goods as they left, on the shop's calendar."""
        values = super()._prepare_invoice()
        left = self.order_line.filtered("platform_shipped_at").mapped(
            "platform_shipped_at"
        )
        if left:
            zone = pytz.timezone(self.platform_id.tz or "Asia/Shanghai")
            local = pytz.utc.localize(max(left)).astimezone(zone)
            values["invoice_date"] = local.date()
        return values

    def action_split_buyer(self):
        """Give each order a buyer of its own: the probable match was wrong."""
        if not self.env.user.has_group(LEAD):
            raise AccessError(
                self.env._("Only an after-sales lead may tell buyers apart.")
            )
        self.check_access("read")
        # sudo: sale.order - a lead reads orders and decides whose they are
        orders = self.sudo()
        sure = orders.filtered(lambda order: order.buyer_match != "probable")
        if sure:
            raise UserError(
                self.env._(
                    "The buyer of these orders is not a probable match: %(orders)s. "
                    "Choose orders whose buyer is marked as probable.",
                    orders=", ".join(sure.mapped("name")),
                )
            )
        for order in orders:
            order._move_to_partner(
                order.partner_id.copy({"name": order.partner_id.name})
            )
        return True

    def _move_to_partner(self, partner):
        """Put the order and what hangs on it under another contact."""
        self.ensure_one()
        self.write(
            {
                "partner_id": partner.id,
                "partner_invoice_id": partner.id,
                "partner_shipping_id": partner.id,
                "buyer_match": "exact",
            }
        )
        self.picking_ids.partner_id = partner
        posted = self.invoice_ids.filtered(lambda move: move.state == "posted")
        posted.button_draft()
        self.invoice_ids.partner_id = partner
        posted._post()
