"""Each warehouse has a place where returned goods wait for inspection."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class StockWarehouse(models.Model):
    """Quarantine for returns."""

    _inherit = "stock.warehouse"

    return_location_id = fields.Many2one(
        "stock.location",
        string="Returns Quarantine",
        domain="[('usage', '=', 'internal'), "
        "('company_id', 'in', (False, company_id))]",
        check_company=True,
        copy=False,
        help="Returned goods wait here for inspection. It lies outside the warehouse, "
        "so that they are neither counted on hand nor promised to other buyers.",
    )

    return_partner_id = fields.Many2one(
        "res.partner",
        string="Return Address",
        check_company=True,
        help="Where buyers send goods back to. Empty: the address of the warehouse.",
    )
    return_b_location_id = fields.Many2one(
        "stock.location",
        string="B-Grade Location",
        domain="[('usage', '=', 'internal'), "
        "('company_id', 'in', (False, company_id))]",
        check_company=True,
        copy=False,
        help="Where returned goods of grade B go, which may be sold only with their "
        "condition stated (7-day return rules, art. 25). Empty: to the stock.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Give new warehouses their quarantine."""
        warehouses = super().create(vals_list)
        warehouses._create_return_locations()
        return warehouses

    def _create_return_locations(self):
        """Create the missing quarantine locations."""
        missing = self.filtered(lambda warehouse: not warehouse.return_location_id)
        # sudo: stock.location - part of the warehouse, whoever may create that
        locations = (
            self.env["stock.location"]
            .sudo()
            .create(
                [
                    {
                        "name": self.env._("%(code)s Returns", code=warehouse.code),
                        "usage": "internal",
                        "company_id": warehouse.company_id.id,
                    }
                    for warehouse in missing
                ]
            )
        )
        for warehouse, location in zip(missing, locations, strict=True):
            warehouse.return_location_id = location

    def _check_return_location(self):
        for warehouse in self:
            if not warehouse.return_location_id.active:
                raise UserError(
                    self.env._(
                        "Warehouse %(warehouse)s has no (active) quarantine location "
                        "for returns. Set “Returns Quarantine” on the warehouse.",
                        warehouse=warehouse.name,
                    )
                )
