"""What returns put on a buyer's card: given back in kind, or as store credit."""

from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

# A card that ran out meanwhile lives so long again: what is on it is the buyer's money.
REOPENED_FOR = timedelta(days=365)


class LoyaltyCard(models.Model):
    """Cards that returns fill."""

    _inherit = "loyalty.card"

    def _return_give(self, points, order, description):
        """Put points on this card and say so in its history.

        The one place at which returns change a card. A ledger of points hooks in here
        to know which order the points come from; earning and its taking back are the
        ledger's own business and never pass here.

        :param points: in the unit of the program
        """
        self.ensure_one()
        card = self.with_context(loyalty_no_mail=True)
        card._return_reopen()
        card.points += points
        self.env["loyalty.history"].create(
            {
                "card_id": self.id,
                "description": description,
                "issued": points,
                "order_model": order._name,
                "order_id": order.id,
            }
        )

    def _return_reopen(self):
        """Make the card usable again when it was archived or has run out."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        vals = {} if self.active else {"active": True}
        if self.expiration_date and self.expiration_date < today:
            vals["expiration_date"] = today + REOPENED_FOR
        if vals:
            self.write(vals)

    def _return_wallet(self, program, partner):
        """Return the buyer's card of an eWallet program, made where there is none.

        Two requests of one buyer at once must not make two cards: writing the row of
        the buyer makes the later one start again and find the card.
        """
        cards = self.with_context(active_test=False)
        wanted = [("program_id", "=", program.id), ("partner_id", "=", partner.id)]
        card = cards.search(wanted, order="active desc, id", limit=1)
        if card:
            return card
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET write_uid = write_uid WHERE id = %s", partner.id
            )
        )
        return self.with_context(loyalty_no_mail=True, action_no_send_mail=True).create(
            {"program_id": program.id, "partner_id": partner.id, "points": 0}
        )
