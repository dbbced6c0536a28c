"""Goods which the law lets a merchant keep out of returns without a reason."""

from odoo import fields, models

# The codes of ``policy/law.py``: the ground first, then where each law names it.
EXCLUSIONS = [
    ("A6_1", "Custom-made — CN art. 6(1), EU art. 16(c), UK reg. 28(1)(b)"),
    ("A6_2", "Fresh or perishable — CN art. 6(2), EU art. 16(d), UK reg. 28(1)(c)"),
    (
        "A6_3",
        "Downloaded or unsealed media, software — CN art. 6(3), EU art. 16(i), UK reg. "
        "28(3)(b)",
    ),
    (
        "A6_4",
        "Newspapers and periodicals — CN art. 6(4), EU art. 16(j), UK reg. 28(1)(f)",
    ),
    (
        "A7_1",
        "Opening affects safety, hygiene or quality — CN art. 7(1), EU art. 16(e), UK "
        "reg. 28(3)(a)",
    ),
    ("A7_2", "Loses value once activated or tried — CN art. 7(2)"),
    ("A7_3", "Near expiry or flawed, disclosed at the sale — CN art. 7(3)"),
    (
        "E16_B",
        "Price follows a financial market — EU art. 16(b), UK reg. 28(1)(a)",
    ),
    (
        "E16_F",
        "Inseparably mixed after delivery — EU art. 16(f), UK reg. 28(3)(c)",
    ),
    (
        "E16_G",
        "Alcohol priced at the sale, delivered after 30 days — EU art. 16(g), UK reg. "
        "28(1)(d)",
    ),
    (
        "E16_H",
        "Urgent repair at the buyer's call — EU art. 16(h), UK reg. 28(1)(e)",
    ),
    ("E16_K", "Bought at a public auction — EU art. 16(k), UK reg. 28(1)(g)"),
    (
        "E16_L",
        "Accommodation, transport or leisure on a date — EU art. 16(l), UK reg. "
        "28(1)(h)",
    ),
    ("E16_M", "Digital content begun with consent — EU art. 16(m), UK reg. 37"),
]


class ProductTemplate(models.Model):
    """A product may be excluded, or its category is."""

    _inherit = "product.template"

    return_exclusion = fields.Selection(
        EXCLUSIONS,
        string="Not Returnable without Reason",
        help="The legal ground. Empty: the product category says. It holds only where "
        "the law of the order's policy names it. China's art. 7 and digital content "
        "also need the buyer's confirmation, recorded at the purchase; sealed goods "
        "are excluded once opened.",
    )
