from odoo import api, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_points_rule(self):
        self.env["loyalty.points.rule"]._points_refuse_unlink(self, "product_ids")
