from odoo import api, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def get_import_templates(self):
        """Offer a list with the exclusions from the 7-day return as well."""
        suffix = "_zh_CN" if self.env.lang == "zh_CN" else ""
        return [
            *super().get_import_templates(),
            {
                "label": self.env._("Import Template for Products Sold Live"),
                "template": f"/live_aftersales/static/xls/products{suffix}.xlsx",
            },
        ]
