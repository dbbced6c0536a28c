"""No more is given back than was paid, and nothing is booked into closed periods."""

from odoo import fields, models
from odoo.exceptions import UserError


class ReturnRequest(models.Model):
    """Limits of the money."""

    _inherit = "return.request"

    def _check_money(self):
        """Refuse claims above what the buyer paid, per line and per order.

        Counts open and done requests and what was given back in other ways: credit
        notes made by hand, refunds of the platform. Needs the lock.
        """
        # sudo: return.request - the guard must see every door
        orders = self.sudo().sale_order_id
        paid = orders.order_line._return_paid()
        claims = orders.order_line._return_claims(paid)
        by_hand = orders._return_hand_credited()
        beside = orders._return_beside_goods()
        for order in orders:
            lines = [line for line in order.order_line if line in paid]
            for line in lines:
                claim, worth = claims[line], paid[line].total
                self._check_cap(line, claim, by_hand.get(line, 0), worth)
            claimed = sum(claims[line] for line in lines) + beside[order]
            worth = sum(paid[line].total for line in lines)
            self._check_cap(order, claimed, by_hand.get(order, 0), worth)

    def _check_cap(self, record, claimed, by_hand, worth):
        if claimed and claimed + by_hand > worth:
            currency = record.currency_id
            name = record.display_name
            raise UserError(
                self.env._(
                    "More would be given back than the buyer paid for %(what)s: "
                    "%(claimed)s in return requests and %(by_hand)s in credit notes "
                    "made by hand or refunds of the platform, but %(paid)s paid. Check "
                    "the other requests, the credit notes and the payments of the "
                    "order.",
                    what=name,
                    claimed=currency.format(claimed * currency.rounding),
                    by_hand=currency.format(by_hand * currency.rounding),
                    paid=currency.format(worth * currency.rounding),
                )
            )

    def _check_period(self):
        """Refuse to book into a closed period."""
        today = self._today()
        for company in self.company_id:
            journal = self._credit_journal(company)
            locks = company._get_violated_lock_dates(today, True, journal)
            if locks:
                raise UserError(
                    self.env._(
                        "The credit note of today (%(today)s) would fall into a closed "
                        "period: %(locks)s. Change the lock date in Accounting, or "
                        "settle the return later.",
                        today=fields.Date.to_string(today),
                        locks=company._format_lock_dates(locks),
                    )
                )

    def _credit_journal(self, company):
        """Return the journal for credit notes that have no invoice to take it from."""
        return self.env["account.journal"].search_fetch(
            [
                *self.env["account.journal"]._check_company_domain(company),
                ("type", "=", "sale"),
            ],
            ["type"],
            limit=1,
        )
