"""A program gets its ledger: the cards which exist are opened."""

from odoo import models
from odoo.exceptions import UserError


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def _points_check_one_card(self):
        """Refuse when a customer holds two cards: points would be torn apart."""
        doubles = self.env["loyalty.card"]._read_group(
            [("program_id", "in", self.ids), ("partner_id", "!=", False)],
            ["program_id", "partner_id"],
            having=[("__count", ">", 1)],
        )
        if doubles:
            raise UserError(
                self.env._(
                    "These customers have several cards of one program. Merge or "
                    "archive the others first: %(customers)s",
                    customers=", ".join(
                        partner.display_name for _program, partner in doubles
                    ),
                )
            )

    def _points_start(self):
        """Book what the cards of these programs hold when the ledger starts."""
        if not self:
            return
        self.flush_recordset()
        cards = (
            self.env["loyalty.card"]
            .sudo()  # sudo: loyalty.card - the whole program starts, all its cards
            .with_context(active_test=False)
            .search([("program_id", "in", self.ids)])
        )
        new = cards.filtered(lambda card: not card.points_entry_count)
        new._points_book_difference("opening")
        (cards - new)._points_book_difference("adjust")
