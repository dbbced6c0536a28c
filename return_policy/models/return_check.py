"""What the warehouse looks at when goods come back: a list by kind of goods."""

from odoo import fields, models

GOODS = [
    ("sealed", "Sealed for health: food, cosmetics, medical devices"),
    ("electronic", "Electronics and electrical goods"),
    ("textile", "Clothing, shoes, bags, toys, home textiles, household"),
]


class ReturnCheck(models.Model):
    """One point to look at."""

    _name = "return.check"
    _description = "Inspection Check"
    _order = "sequence, id"

    name = fields.Char(
        required=True,
        translate=True,
        help="What must be so. The warehouse ticks the points that fail.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    goods = fields.Selection(
        GOODS,
        help="The kind of goods this point is for, as set on the product category. "
        "Empty: for all goods.",
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Only for goods of these categories and those below them. Empty: for all "
        "of its kind.",
    )
    breaks_intactness = fields.Boolean(
        default=True,
        help="Goods which fail this point are not intact: a buyer who returns them "
        "without a reason may be refused (7-day return rules, art. 8 and 9).",
    )
    source = fields.Char(
        translate=True, help="The article of the law, or your own rule."
    )

    def _fits(self, category, goods):
        """Tell whether this point is for goods of a category and their kind."""
        self.ensure_one()
        if self.goods and self.goods != goods:
            return False
        above = set((category.parent_path or "").split("/"))
        wanted = {str(key) for key in self.category_ids.ids}
        return not wanted or bool(wanted & above)
