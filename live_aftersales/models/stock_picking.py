from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    platform_shipped_at = fields.Datetime(
        string="Shipped on Platform",
        copy=False,
        index="btree_not_null",
        help="This delivery was made before Odoo heard of it; the platform told when.",
        groups="base.group_user",
    )

    def _send_confirmation_email(self):
        """Do not tell buyers (or a carrier) about parcels that left long ago."""
        return super(
            StockPicking, self.filtered(lambda picking: not picking.platform_shipped_at)
        )._send_confirmation_email()

    def _action_done(self):
        """Date a delivery which the platform reports as it was made."""
        result = super()._action_done()
        for picking in self:
            if picking.platform_shipped_at and not picking._is_platform_period_locked():
                picking.date_done = picking.platform_shipped_at
        return result

    def _is_platform_period_locked(self):
        """Tell whether stock may no longer be moved on the day of shipping."""
        self.ensure_one()
        return self.env["live.order.ship"]._is_locked(
            self.company_id, self.platform_shipped_at
        )
