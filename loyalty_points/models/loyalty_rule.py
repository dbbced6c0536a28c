"""Core's conditional rules, told as earning rules."""

from odoo import api, fields, models

from ..ledger.earning import MONEY, ORDER, UNIT

BASES = {"money": MONEY, "unit": UNIT, "order": ORDER}


class LoyaltyRule(models.Model):
    _inherit = "loyalty.rule"

    points_converted = fields.Boolean(
        readonly=True,
        copy=False,
        help="An earning rule took its place; it earns again once the ledger is gone.",
    )

    @api.constrains("program_id", "active")
    def _check_points_ledger(self):
        """Refuse conditional rules where the ledger does the earning."""
        self.program_id._check_points_ledger()

    def _points_say(self):
        """Return what this rule gives, as core's page shows it."""
        modes = dict(self._fields["reward_point_mode"]._description_selection(self.env))
        return f"{self.reward_point_amount:g} {modes[self.reward_point_mode]}"

    def _points_problem(self):
        """Return why this rule cannot be an earning rule, or nothing."""
        if self.mode == "with_code":
            return self.env._("it needs a code (%(code)s)", code=self.code)
        if self.minimum_qty > 1:
            return self.env._(
                "it asks for %(number)s pieces at least", number=self.minimum_qty
            )
        if self.minimum_amount and self.minimum_amount_tax_mode == "excl":
            return self.env._("its minimum purchase is without taxes")
        if round(self.reward_point_amount, 4) != self.reward_point_amount:
            return self.env._("its points have more than 4 decimals")
        return ""

    def _points_plain(self):
        """Return whether this rule gives points for all money, whatever is bought."""
        return (
            self.reward_point_mode == "money"
            and not self.minimum_amount
            and self._get_valid_product_domain().is_true()
        )

    def _points_values(self):
        """Return the values of the earning rule that gives the same points."""
        values = {
            "program_id": self.program_id.id,
            "sequence": self.id,
            "basis": BASES[self.reward_point_mode],
            "points": self.reward_point_amount,
            "minimum_amount": self.minimum_amount,
        }
        if self.product_tag_id:
            domain = self._get_valid_product_domain()
            return {**values, "product_domain": repr(list(domain))}
        return {
            **values,
            "product_ids": self.product_ids.ids,
            "category_ids": self.product_category_id.ids,
            "product_domain": self.product_domain or "[]",
        }
