"""One card per customer and program, also when two orders come at once."""

from odoo import models
from odoo.tools import SQL


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def _points_cards_held(self, wanted):
        """Return {(program, partner): card} of those who hold one."""
        cards = self.env["loyalty.card"].search(
            [
                ("program_id", "in", [program.id for program, _partner in wanted]),
                ("partner_id", "in", [partner.id for _program, partner in wanted]),
            ]
        )
        return {(card.program_id, card.partner_id): card for card in cards}

    def _points_cards(self, wanted, joining=False):
        """Return {(program, partner): card}, made where the program enrols all.

        :param wanted: pairs of program and partner
        :param joining: make them in any program: points were promised
        """
        wanted = set(wanted)
        found = self._points_cards_held(wanted)
        missing = [
            (program, partner)
            for program, partner in wanted
            if (program, partner) not in found and (joining or program.points_enrol_all)
        ]
        if missing:
            self._points_touch_partners([partner.id for _program, partner in missing])
            made = self.env["loyalty.card"].create(
                [
                    {"program_id": program.id, "partner_id": partner.id, "points": 0}
                    for program, partner in missing
                ]
            )
            found.update(zip(missing, made, strict=True))
        return found

    def _points_touch_partners(self, partner_ids):
        """Make two first earnings of one customer follow each other.

        A changed row, unlike a lock alone, makes the database refuse the second
        one's older view of the data, and its request is run again.
        """
        self.env.execute_query(
            SQL(
                """
                UPDATE res_partner SET write_date = write_date WHERE id IN (
                    SELECT id FROM res_partner WHERE id IN %s
                    ORDER BY id FOR NO KEY UPDATE
                ) RETURNING id
                """,
                tuple(partner_ids),
            )
        )
