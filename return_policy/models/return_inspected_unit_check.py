"""What an inspection has to say before it is done."""

from odoo import models
from odoo.exceptions import UserError

from ..policy.inspection import ARRIVED


class ReturnInspectedUnit(models.Model):
    """Checks of the rows."""

    _inherit = "return.inspected.unit"

    def _check_complete(self):
        """Refuse rows that leave open what the law or the next person has to know."""
        for unit in self:
            problem = unit._problem()
            if problem:
                goods = [unit.product_id.display_name, unit.lot_id.name]
                raise UserError(
                    self.env._(
                        "%(product)s: %(why)s",
                        product=" ".join(filter(None, goods)),
                        why=problem,
                    )
                )

    def _problem(self):
        """Return what keeps this row from being done, or nothing."""
        self.ensure_one()
        if not self.grade:
            return self.env._("not graded yet. “All as New” grades the rest as new.")
        if self.grade == "wrong" and not self.wrong_product_id:
            return self.env._(
                "say which product came instead. If it is none of yours, grade the "
                "piece as missing and take a photo."
            )
        is_numbered = self.grade == "wrong" and self.wrong_tracking != "none"
        if is_numbered and not self.wrong_lot_id:
            return self.env._("enter the lot or serial number of what came instead.")
        return self._problem_of_goods() if self.grade in ARRIVED else ""

    def _problem_of_goods(self):
        if not self.is_accepted and not self.refusal:
            return self.env._("say why the piece is not accepted.")
        if self.is_other_lot and not self.lot_note:
            return self.env._(
                "this number was not delivered with the order. Say why it is taken, or "
                "grade the piece as wrong goods."
            )
        if self.tracking != "none" and not self.lot_id:
            return self.env._("enter the lot or serial number on the piece.")
        return self._problem_of_disposition()

    def _problem_of_disposition(self):
        if self.disposition == "restock" and self.grade == "c":
            return self.env._("what cannot be sold cannot go back to stock.")
        if self.grade == "b" and self.disposition == "restock" and not self.condition:
            return self.env._(
                "state the condition: a B piece is sold only with its real condition "
                "told to the buyer (7-day return rules, art. 25)."
            )
        is_repair = self.line_id.remedy == "repair"
        if is_repair and self.disposition not in ("repair", "buyer"):
            return self.env._(
                "the buyer asked for a repair: repair it, or send it back as it is. If "
                "it cannot be repaired, an agent changes the remedy."
            )
        return ""

    def _notes(self):
        """Return the sentences which belong into the decision log."""
        notes = []
        for unit in self:
            name = " ".join(filter(None, (unit.product_id.name, unit.lot_id.name)))
            if unit.lot_note and unit.is_other_lot:
                notes.append(
                    self.env._(
                        "%(piece)s: other number taken: %(why)s",
                        piece=name,
                        why=unit.lot_note,
                    )
                )
            if unit.refusal and not unit.is_accepted:
                notes.append(
                    self.env._(
                        "%(piece)s: not accepted: %(why)s",
                        piece=name,
                        why=unit.refusal,
                    )
                )
        return "\n".join(notes)
