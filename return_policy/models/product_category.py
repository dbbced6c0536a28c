"""Exclusions from returns, inherited down the category tree."""

from odoo import fields, models

from .product_template import EXCLUSIONS


class ProductCategory(models.Model):
    """A category's exclusion holds for all below it which name none."""

    _inherit = "product.category"

    return_exclusion = fields.Selection(
        EXCLUSIONS,
        string="Not Returnable without Reason",
        help="The legal ground for all products of this category and those below it, "
        "unless a product or a category below names another.",
    )

    def _return_exclusions(self):
        """Return {category id: exclusion or ""}, the nearest category's first."""
        return self._nearest("return_exclusion")

    def _nearest(self, name):
        """Return {category id: value or ""} of a field, the nearest one's first."""
        paths = {
            category.id: [int(part) for part in category.parent_path.split("/") if part]
            for category in self
        }
        above = self.browse({part for path in paths.values() for part in path})
        own = {category.id: category[name] for category in above}
        return {
            key: next((own[part] for part in reversed(path) if own[part]), "")
            for key, path in paths.items()
        }
