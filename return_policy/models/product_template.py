"""Goods which the law lets a merchant keep out of returns without a reason."""

from odoo import fields, models

EXCLUSIONS = [
    ("A6_1", "Custom-made — art. 6(1)"),
    ("A6_2", "Fresh or perishable — art. 6(2)"),
    ("A6_3", "Downloaded or unsealed media, software — art. 6(3)"),
    ("A6_4", "Newspapers and periodicals — art. 6(4)"),
    ("A7_1", "Opening affects safety or quality — art. 7(1)"),
    ("A7_2", "Loses value once activated or tried — art. 7(2)"),
    ("A7_3", "Near expiry or flawed, disclosed at sale — art. 7(3)"),
]


class ProductTemplate(models.Model):
    """A product may be excluded, or its category is."""

    _inherit = "product.template"

    return_exclusion = fields.Selection(
        EXCLUSIONS,
        string="Not Returnable without Reason",
        help="The legal ground. Empty: the product category says. The grounds of "
        "art. 7 hold only with the buyer's recorded confirmation at the purchase.",
    )
