from odoo import fields, models

USER = "base.group_user"


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    platform_line_ref = fields.Char(
        string="Platform Line No.",
        copy=False,
        index="btree_not_null",
        groups=USER,
        help="The platform's number of this child order.",
    )
    platform_status = fields.Char(string="Status on Platform", copy=False, groups=USER)
    platform_shipped_at = fields.Datetime(
        string="Shipped on Platform",
        copy=False,
        groups=USER,
        help="When the goods left, as the platform says. Odoo then plans no delivery: "
        "it records the one that was made.",
    )
    platform_closed = fields.Boolean(
        string="Closed on Platform",
        copy=False,
        groups=USER,
        help="The platform closed this child order before it was shipped: nothing is "
        "to be delivered.",
    )
    platform_tracking_ref = fields.Char(
        string="Tracking on Platform", copy=False, groups=USER
    )
    platform_list_price = fields.Monetary(
        string="List Price",
        copy=False,
        groups=USER,
        help="Price of one piece in the shop, before any discount.",
    )
    discount_merchant = fields.Monetary(
        string="Discount Paid by Merchant", copy=False, groups=USER
    )
    discount_platform = fields.Monetary(
        string="Discount Paid by Platform", copy=False, groups=USER
    )
    discount_host = fields.Monetary(
        string="Discount Paid by Host", copy=False, groups=USER
    )
    discount_payment = fields.Monetary(
        string="Payment Discount",
        copy=False,
        groups=USER,
        help="Red packets and discounts of the payment method which are not part of "
        "the price: the platform settles them with the merchant.",
    )

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """Plan no delivery of goods that left already or never will."""
        planned = self.filtered(
            lambda line: not (line.platform_shipped_at or line.platform_closed)
        )
        return super(SaleOrderLine, planned)._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty
        )
