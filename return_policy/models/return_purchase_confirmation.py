"""The buyer's confirmation, at the purchase, that a good cannot be returned."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

MANAGER = "return_policy.group_return_manager"
AT_ONCE = timedelta(hours=1)  # how long an agent may take to write it down


class ReturnPurchaseConfirmation(models.Model):
    """Proof that the buyer agreed before paying; without it art. 7 refuses nothing.

    It is written once and never changed. People record what the buyer tells them now;
    only managers, imports and the portal may record what was confirmed before.
    """

    _name = "return.purchase.confirmation"
    _description = "Purchase Confirmation"
    _order = "confirmed_at desc, id desc"
    _rec_name = "sale_line_id"

    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="sale_line_id.company_id", store=True, index=True
    )
    confirmed_at = fields.Datetime(
        required=True,
        default=fields.Datetime.now,
        help="When the buyer agreed. It counts only up to the moment of the purchase.",
    )
    wording = fields.Text(
        required=True, help="The exact words the buyer was shown and agreed to."
    )
    source = fields.Selection(
        [("import", "Import"), ("portal", "Portal"), ("agent", "Agent")],
        required=True,
        default="agent",
        help="How the confirmation came to us.",
    )
    is_timely = fields.Boolean(
        string="At the Purchase",
        compute="_compute_is_timely",
        compute_sudo=True,
        help="Confirmed when the order was placed, or before. What is confirmed later "
        "excludes nothing (7-day return rules, art. 7, 20).",
    )

    is_manager = fields.Boolean(compute="_compute_is_manager")

    @api.depends_context("uid")
    def _compute_is_manager(self):
        self.is_manager = self.env.user.has_group(MANAGER)

    @api.depends("confirmed_at", "sale_line_id.order_id.date_order")
    def _compute_is_timely(self):
        for record in self:
            ordered_at = record.sale_line_id.order_id.date_order
            record.is_timely = bool(
                ordered_at and record.confirmed_at and record.confirmed_at <= ordered_at
            )

    @api.constrains("confirmed_at")
    def _check_confirmed_at(self):
        for record in self:
            if record.confirmed_at > fields.Datetime.now():
                raise ValidationError(
                    self.env._(
                        "The confirmation on %(line)s cannot lie in the future: enter "
                        "when the buyer agreed.",
                        line=record.sale_line_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Record confirmations; people may not backdate them.

        :raises AccessError: for a line the user may not read; for an earlier moment or
            another source by somebody who is no manager
        """
        records = super().create(vals_list)
        records.sale_line_id.check_access("read")
        if not self.env.su and not self.env.user.has_group(MANAGER):
            earliest = fields.Datetime.now() - AT_ONCE
            if records.filtered(
                lambda record: (
                    record.confirmed_at < earliest or record.source != "agent"
                )
            ):
                raise AccessError(
                    self.env._(
                        "You may record what a buyer confirms now. Only a returns "
                        "manager or an import may record an earlier confirmation, or "
                        "one that came another way. Nothing was recorded."
                    )
                )
        return records

    def write(self, vals):
        """Refuse every change: a proof that can be edited proves nothing.

        :raises UserError: always, for existing records
        """
        if self:
            raise UserError(
                self.env._(
                    "A purchase confirmation cannot be changed. Record another one; a "
                    "returns manager may delete one that was recorded by mistake."
                )
            )
        return super().write(vals)
