"""A manager has a program's ledger checked at once."""

from odoo import models
from odoo.exceptions import AccessError


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def action_points_prove(self):
        """Check that every card of this program adds up, and say so.

        :return: a message, or the list of the cards that do not
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("loyalty_points.group_points_manager"):
            raise AccessError(self.env._("Only a points manager may check the ledger."))
        # sudo: loyalty.card - every card of the program, archived ones as well
        cards = self.env["loyalty.card"].sudo()
        if cards._points_prove(self.sudo()):
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "loyalty_points.action_loyalty_card_members"
            )
            action["domain"] = [
                ("program_id", "=", self.id),
                ("points_fault", "!=", False),
            ]
            action["context"] = {"create": False, "active_test": False}
            return action
        everything = cards.with_context(active_test=False)
        message = self.env._(
            "%(cards)s cards and %(entries)s entries: everything adds up.",
            cards=everything.search_count([("program_id", "=", self.id)]),
            entries=self.points_entry_count,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message},
        }
