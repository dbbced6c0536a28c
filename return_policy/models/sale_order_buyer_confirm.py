"""Goods which cannot be returned: the buyer agrees to that before paying."""

from odoo import fields, models


class SaleOrder(models.Model):
    """Quotations with excluded goods; called after the ownership check."""

    _inherit = "sale.order"

    def _buyer_to_confirm(self):
        """Return {line: the words to agree to} where that would exclude the goods.

        Without the agreement the exclusion does not hold. Source: 7-day return rules,
        art. 7, 20.
        """
        self.ensure_one()
        if self.state not in ("draft", "sent"):
            return {}
        policy = self._return_policies()[self]
        record = policy and policy._version_at(fields.Datetime.now())
        if not record:
            return {}
        version = record._to_version()
        lines = self._buyer_lines()
        grounds = lines._return_exclusions(lines.product_id.ids)
        found = {}
        for line in lines:
            ground = grounds[line.product_id.id]
            clause = ground and version.floor.clause(ground)
            if clause and clause.needs_confirmation:
                found[line] = self.env._(
                    "I know that %(product)s cannot be returned without a reason "
                    "(%(law)s).",
                    product=line.product_id.display_name,
                    law=line._return_law(version, ground),
                )
        return found

    def _buyer_confirmed(self):
        """Return the lines the buyer has agreed to so far."""
        return self.order_line.filtered("return_confirmation_ids")

    def _buyer_confirm_goods(self, ticked):
        """Write down what the buyer agrees to, in the words that were shown.

        :param ticked: ids of order lines; others than those to confirm are ignored
        """
        confirmed = self._buyer_confirmed()
        self.env["return.purchase.confirmation"].create(
            [
                {"sale_line_id": line.id, "wording": words, "source": "portal"}
                for line, words in self._buyer_to_confirm().items()
                if line.id in ticked and line not in confirmed
            ]
        )
