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

    @api.model
    def load(self, fields, data):
        """Update the known products of a list of goods sold live, by their code.

        Only for lists with the exclusions from the 7-day return: two products of
        one code could not be told apart by the import of orders.
        """
        ours = {"return_exclusion", "default_code"} <= set(fields)
        if not ours or {"id", ".id"} & set(fields):
            return super().load(fields, data)
        place = fields.index("default_code")
        known = self._import_find_products([row[place] for row in data])
        return super().load(
            [*fields, ".id"], [[*row, known.get(row[place], "")] for row in data]
        )

    @api.model
    def _import_find_products(self, codes):
        """Return {code: database ID as text} of products which alone have a code."""
        company = [False, *self.env.company.parent_ids.ids]
        products = self.with_context(active_test=False).search_fetch(
            [
                ("default_code", "in", [code for code in codes if code]),
                ("company_id", "in", company),
            ],
            ["default_code"],
        )
        return {
            code: str(same.id)
            for code, same in products.grouped("default_code").items()
            if len(same) == 1
        }
