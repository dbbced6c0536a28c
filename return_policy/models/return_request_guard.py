"""Who may write what on a request: people fill in drafts, the steps do the rest."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

# What people may write by hand; everything else is written by the steps.
HAND_FIELDS = {
    "sale_order_id",
    "reason_id",
    "note",
    "line_ids",
    "user_id",
    "return_tracking_ref",
    "return_warehouse_id",
    "dispute_deadline",
    "dispute_note",
}


class ReturnRequest(models.Model):
    """Guards of the fields."""

    _inherit = "return.request"

    def _default_fields(self):
        return HAND_FIELDS

    @api.model
    def _check_hand_fields(self, vals):
        own = vals.keys() & self._fields.keys() - HAND_FIELDS
        written = {
            name for name in own if not name.startswith(("message_", "activity_"))
        }
        if written and not self.env.su:
            raise AccessError(
                self.env._(
                    "These fields of a return request are written by its steps, not by "
                    "hand: %(fields)s. Use the buttons on the request.",
                    fields=", ".join(sorted(written)),
                )
            )

    @api.constrains("sale_order_id")
    def _check_lines_of_order(self):
        """Refuse another order under lines of the old one: guards hold the order."""
        self.line_ids._check_sale_line()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        kept = self.filtered(lambda request: request.state != "draft")
        if kept:
            raise UserError(
                self.env._(
                    "Return requests stay as a record once submitted: %(requests)s. "
                    "Cancel them instead.",
                    requests=", ".join(kept.mapped("name")),
                )
            )
