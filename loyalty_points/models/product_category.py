from odoo import api, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_points_rule(self):
        self.env["loyalty.points.rule"]._points_refuse_unlink(self, "category_ids")
