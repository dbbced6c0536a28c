"""What one line gives away: worth that goes to the buyer while no goods come back."""

from odoo import models

from ..policy.remedies import GIVEN_AWAY


class ReturnRequestLine(models.Model):
    """Worth of what is given away."""

    _inherit = "return.request.line"

    def _gives_away(self, step):
        """Tell whether the step gives something of this line away.

        Goods that never left are not given away, whatever is paid for them.

        :param str step: approve, or offer
        """
        self.ensure_one()
        if self._is_answered_no() or self.is_unshipped:
            return False
        is_offered = step == "offer" and self._is_offered()
        return is_offered or self.keeps_item or self.remedy in GIVEN_AWAY

    def _given_away(self, step):
        """Return {line: worth given away} in the order's currency.

        What is sent again is worth what was paid for it.
        """
        giving = self.filtered(lambda line: line._gives_away(step))
        worth = giving.filtered(lambda line: not line._pays())._worth()
        found = {}
        for line in giving:
            if line in worth:
                found[line] = worth[line]
            elif (step == "offer" and line._is_offered()) or line._is_allowance():
                found[line] = line.amount_agreed
            else:
                found[line] = line.amount
        return found
