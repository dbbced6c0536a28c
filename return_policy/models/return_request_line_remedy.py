"""What a return line does with goods and money: the remedy asked for and given."""

from odoo import fields, models

from ..policy.remedies import REMEDY


class ReturnRequestLine(models.Model):
    """Remedies."""

    _inherit = "return.request.line"

    exchange_product_id = fields.Many2one(
        "product.product",
        string="New Product",
        check_company=True,
        index="btree_not_null",
        help="What the buyer gets instead. Empty: the same product again.",
    )
    amount_agreed = fields.Monetary(
        "Agreed Amount",
        copy=False,
        help="For price protection and partial refunds: what the buyer gets back and "
        "keeps the goods, taxes included.",
    )
    is_unshipped = fields.Boolean(
        "Before Shipping",
        readonly=True,
        copy=False,
        help="About goods that had not left when the request was submitted.",
    )
    is_refused = fields.Boolean(
        "Refused",
        readonly=True,
        copy=False,
        help="This line was refused; others of the request may be approved.",
    )

    def _remedy(self):
        """Return what the remedy of this line does with goods and money."""
        self.ensure_one()
        return REMEDY[self.remedy or "return_refund"]

    def _is_exchange_for_other(self):
        """Tell whether the buyer gets another product, on an order of its own."""
        self.ensure_one()
        other = self.exchange_product_id
        return self.remedy == "exchange" and other and other != self.product_id

    def _comes_back(self):
        """Tell whether the goods of this line have to be sent back."""
        self.ensure_one()
        kept = self.keeps_item or self.is_unshipped or self.is_refused
        return self._remedy().takes_back and not kept

    def _pays(self):
        """Return ``share``, ``amount`` or nothing, see ``remedies.Remedy``."""
        self.ensure_one()
        return "share" if self._is_exchange_for_other() else self._remedy().pays

    def _sends(self):
        """Tell whether goods go out to the buyer for this line."""
        self.ensure_one()
        return self._remedy().sends and not self.is_refused

    def _is_through(self):
        """Tell whether nothing is left to do for this line beside goods and money.

        What goes out to the buyer has left. Each story extends this.
        """
        self.ensure_one()
        return True
