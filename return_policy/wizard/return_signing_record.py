"""Ask when the buyer signed for the parcel: the return window hangs on it."""

from odoo import fields, models
from odoo.exceptions import AccessError


class ReturnSigningRecord(models.TransientModel):
    """Collects the moment and writes it on the chosen order lines."""

    _name = "return.signing.record"
    _description = "Signing Date of a Parcel"

    line_ids = fields.Many2many(
        "sale.order.line",
        string="Order Lines",
        required=True,
        readonly=True,
    )
    received_at = fields.Datetime(
        string="Signed for on",
        required=True,
        default=fields.Datetime.now,
        help="As the carrier or the buyer says. The return window starts the day "
        "after.",
    )

    def action_record(self):
        """Write the moment on the lines and tell each order who did so.

        :raises AccessError: for people without the agent's role or these orders
        """
        self.ensure_one()
        if not self.env.user.has_group("return_policy.group_return_agent"):
            raise AccessError(
                self.env._("Only after-sales agents may record signing dates.")
            )
        self.line_ids.check_access("read")
        # sudo: sale.order.line - agents read orders; this one fact is theirs to add
        lines = self.line_ids.sudo()
        lines.return_received_at = self.received_at
        for order, group in lines.grouped("order_id").items():
            order.message_post(
                body=self.env._(
                    "Signed for on %(moment)s: %(lines)s",
                    moment=fields.Datetime.context_timestamp(
                        self, self.received_at
                    ).strftime("%Y-%m-%d %H:%M"),
                    lines=", ".join(group.product_id.mapped("display_name")),
                )
            )
        return {"type": "ir.actions.act_window_close"}
