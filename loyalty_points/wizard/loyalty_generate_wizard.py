from odoo import models
from odoo.exceptions import UserError


class LoyaltyGenerateWizard(models.TransientModel):
    _inherit = "loyalty.generate.wizard"

    def generate_coupons(self):
        """Give points of a ledger to customers, on the one card each of them has."""
        ledger = self.filtered("program_id.points_ledger")
        others, cards = self - ledger, self.env["loyalty.card"]
        if others:
            cards = super(LoyaltyGenerateWizard, others).generate_coupons()
        for wizard in ledger:
            cards |= wizard._points_generate()
        return cards

    def _points_generate(self):
        self.env["loyalty.card"].check_access("create")
        cards = self.env["loyalty.card"]
        cards._points_check_manager()
        cards._points_check_amount(self.points_granted)
        partners = self._get_partners()
        if not partners or self.valid_until:
            raise UserError(
                self.env._(
                    "Points of %(program)s belong to customers and expire as the "
                    "program says: choose customers and no date.",
                    program=self.program_id.name,
                )
            )
        cards = self._points_cards_of(partners)
        books = cards._points_open_books() if self.points_granted else {}
        for card, book in books.items():
            book.change(
                "adjust",
                int(self.points_granted),
                key=f"generate:{self.id}:{card.points_entry_count}",
                source="manual",
                description=self.description or self.env._("Gift For Customer"),
            )
        cards._points_close_books(books)
        return cards

    def _points_cards_of(self, partners):
        """Return the cards of these customers, made for those who have none."""
        program = self.program_id
        program._points_touch_partners(partners.ids)
        cards = self.env["loyalty.card"].search(
            [("program_id", "=", program.id), ("partner_id", "in", partners.ids)]
        )
        return cards | cards.create(
            [
                {"program_id": program.id, "partner_id": partner.id, "points": 0}
                for partner in partners - cards.partner_id
            ]
        )
