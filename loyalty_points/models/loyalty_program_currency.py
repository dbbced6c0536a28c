"""The currency of a program stays once members have paid in it."""

from odoo import models
from odoo.exceptions import UserError


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def write(self, vals):
        """Refuse another currency: the amounts of all entries would mean another."""
        if {"currency_id", "company_id"}.isdisjoint(vals):
            return super().write(vals)
        before = {program: program.currency_id for program in self}
        result = super().write(vals)
        changed = self.filtered(lambda program: program.currency_id != before[program])
        # sudo: loyalty.points.entry - whether somebody has paid in this currency
        ledger = self.env["loyalty.points.entry"].sudo()
        paid = [("program_id", "in", changed.ids), ("amount", "!=", 0)]
        if changed and (entry := ledger.search(paid, limit=1)):
            raise UserError(
                self.env._(
                    "Members of %(program)s have paid in %(currency)s: its entries and "
                    "tiers count amounts in this currency. Start another program.",
                    program=entry.program_id.name,
                    currency=before[entry.program_id].name,
                )
            )
        return result
