from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge_loyalty_cards(self, src_partners, dst_partner):
        """Carry ledger cards over lot by lot; core then finds nothing to add."""
        # sudo: loyalty.card - merging contacts is not a points user's work
        cards = (
            self.env["loyalty.card"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", (src_partners | dst_partner).ids),
                    ("points_ledger", "=", True),
                ],
                order="id",
            )
        )
        books = cards._points_open_books()
        for group in cards.grouped("program_id").values():
            kept = group.filtered(lambda card: card.partner_id == dst_partner)[:1]
            kept = kept or group[:1]
            for card in group - kept:
                books[card].move_to(
                    books[kept],
                    key=f"transfer:{card.id}:{kept.id}:{card.points_entry_count}",
                    description=self.env._(
                        "%(merged)s merged into %(kept)s",
                        merged=card.partner_id.display_name,
                        kept=dst_partner.display_name,
                    ),
                )
        cards._points_close_books(books)
        result = super()._merge_loyalty_cards(src_partners, dst_partner)
        self.env.flush_all()  # archived cards first: one living card each
        return result
