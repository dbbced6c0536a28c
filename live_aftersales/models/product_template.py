from odoo import api, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def get_import_templates(self):
        """Offer a list with the exclusions from the 7-day return as well."""
        return [
            *super().get_import_templates(),
            {
                "label": self.env._("Import Template for Products Sold Live"),
                "template": "/live_aftersales/static/xls/products.xlsx",
            },
        ]
