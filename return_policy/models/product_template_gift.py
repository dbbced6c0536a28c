"""What is charged for a gift that the buyer keeps, said before the purchase."""

from odoo import fields, models


class ProductTemplate(models.Model):
    """A product given away may have a stated price."""

    _inherit = "product.template"

    return_gift_price = fields.Monetary(
        string="Price as a Gift",
        help="Stated to buyers beforehand: what a piece costs when it was given for "
        "free and is kept although the goods it was given for come back (7-day return "
        "rules, art. 12). 0: never stated, so nothing may be charged.",
    )
