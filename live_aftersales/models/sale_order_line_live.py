from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class SaleOrderLine(models.Model):
    """What a sold line means for tickets and points."""

    _inherit = "sale.order.line"

    def action_live_return(self):
        """Open a new return request for these lines, for the ticket shown."""
        self.check_access("read")
        ticket = self.env["helpdesk.ticket"].browse(
            self.env.context.get("default_ticket_id")
        )
        ticket.check_access("write")
        return self._live_open_return_request(ticket)

    def _live_open_return_request(self, ticket):
        """Open an unsaved request for what may still come back.

        What the policy refuses is left out, unless it refuses everything: then the
        agent sees the refusals and a lead may decide otherwise.
        """
        lines = self.filtered(lambda line: line.qty_returnable > 0)
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing of order %(orders)s can be returned now: it is not "
                    "delivered yet, or it came back, or it is in another return "
                    "request. Look at the returns of the order.",
                    orders=", ".join(self.order_id.mapped("name")),
                )
            )
        fitting = lines.filtered(
            lambda line: line.return_verdict in ("allowed", "review")
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Return Request"),
            "res_model": "return.request",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_sale_order_id": lines.order_id[:1].id,
                "default_ticket_id": ticket.id,
                "default_user_id": ticket.user_id.id or self.env.uid,
                "default_line_ids": [
                    Command.create(
                        {"sale_line_id": line.id, "qty_requested": line.qty_returnable}
                    )
                    for line in fitting or lines
                ],
            },
        }

    def _points_available_on(self, delivered_at):
        """Let points wait until the line can no longer come back."""
        self.ensure_one()
        return self.return_last_moment or super()._points_available_on(delivered_at)
