"""The kind of goods in a category, by which the warehouse inspects returns."""

from odoo import fields, models

from .return_check import GOODS


class ProductCategory(models.Model):
    """A category's kind holds for all below it which name none."""

    _inherit = "product.category"

    return_goods = fields.Selection(
        GOODS,
        string="Inspected as",
        help="Which checks the warehouse makes when goods of this category come back. "
        "Holds for all categories below which name none.",
    )

    def _return_goods(self):
        """Return {category id: kind of goods or ""}, the nearest category's first."""
        return self._nearest("return_goods")
