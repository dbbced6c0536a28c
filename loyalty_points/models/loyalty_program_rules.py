"""A program gets its ledger: core's rules become earning rules, and back."""

from itertools import combinations

from odoo import models
from odoo.exceptions import UserError


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def _points_convert_rules(self):
        """Make earning rules of the conditional rules, and archive these.

        Those which had become earning rules before are archived alone.

        :raises UserError: naming each rule that cannot earn the same points
        """
        for program in self.filtered("rule_ids"):
            rules = program.rule_ids
            program._points_check_rules(rules)
            plain = len(rules) == 1 and rules._points_plain()
            if fresh := rules.filtered(lambda rule: not rule.points_converted):
                program.points_per_unit = rules.reward_point_amount if plain else 0
                if not plain:
                    self.env["loyalty.points.rule"].create(
                        [rule._points_values() for rule in fresh]
                    )
            rules.write({"active": False, "points_converted": True})

    def _points_restore_rules(self):
        """Let the rules earn again of which earning rules had taken the place."""
        everything = self.with_context(active_test=False)
        everything.rule_ids.filtered("points_converted").active = True

    def _points_check_rules(self, rules):
        problems = [
            self.env._(
                "%(rule)s: %(problem)s", rule=rule._points_say(), problem=problem
            )
            for rule in rules
            if (problem := rule._points_problem())
        ]
        for one, other in combinations(rules, 2):
            both = one._get_valid_product_domain() & other._get_valid_product_domain()
            if self.env["product.product"].search_count(both, limit=1):
                problems.append(
                    self.env._(
                        "%(one)s and %(other)s fit the same products and would be "
                        "added up, here the first one counts",
                        one=one._points_say(),
                        other=other._points_say(),
                    )
                )
        if problems:
            raise UserError(
                self.env._(
                    "These rules of %(program)s cannot become earning rules. Change or "
                    "delete them first:\n%(problems)s",
                    program=self.name,
                    problems="\n".join(problems),
                )
            )
