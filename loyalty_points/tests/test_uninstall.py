from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..hooks import uninstall_hook
from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestUninstall(PointsCommon):
    """What core finds when the ledger is gone."""

    def _rules(self, program):
        rules = program.with_context(active_test=False).rule_ids
        return sorted(
            (rule.reward_point_amount, rule.reward_point_mode)
            for rule in rules.filtered("active")
        )

    def test_rules_that_were_converted_earn_again_others_do_not(self):
        program = self._program(
            points_ledger=False,
            applies_on="both",
            trigger="auto",
            rule_ids=[
                Command.create({"reward_point_mode": "unit", "reward_point_amount": 5}),
                Command.create({"reward_point_amount": 9, "active": False}),
            ],
        )
        program.points_ledger = True
        self.assertEqual(self._rules(program), [])
        uninstall_hook(self.env)
        self.assertEqual(self._rules(program), [(5, "unit")])

    def test_a_ledger_switched_off_before_leaves_its_rules_and_a_word_too(self):
        program = self._program(
            points_ledger=False,
            applies_on="both",
            trigger="auto",
            rule_ids=[
                Command.create({"reward_point_mode": "unit", "reward_point_amount": 5})
            ],
            sequence=-1,
        )
        program.points_ledger = True
        self._delivered((40, 1))
        program.points_ledger = False
        uninstall_hook(self.env)
        self.assertEqual(
            self._rules(program), [(5, program.rule_ids.reward_point_mode)]
        )
        told = self._card().sudo().history_ids
        self.assertEqual(
            told.mapped("description"),
            ["Ledger removed; 5 points were still pending"],
        )

    def test_programs_made_with_a_ledger_get_a_rule_of_its_rate(self):
        self.program.points_per_unit = 2.5
        self.program.active = False
        silent = self._program(points_per_unit=0, name="Gifts alone")
        uninstall_hook(self.env)
        self.assertEqual(self._rules(self.program), [(2.5, "money")])
        self.assertEqual(self._rules(silent), [])

    def test_cards_keep_their_points_and_a_word_about_pending_ones(self):
        self._released((100, 1))
        self._delivered((40, 1))
        card = self._card().sudo()
        told = card.history_ids
        uninstall_hook(self.env)
        card.invalidate_recordset()
        self.assertEqual(card.points, 100)
        new = card.history_ids - told
        self.assertEqual(
            (new.description, new.issued, new.used),
            ("Ledger removed; 40 points were still pending", 0, 0),
        )

    def test_alarms_on_cards_go_away_with_the_ledger(self):
        self._released((100, 1))
        self.env.flush_all()
        self.env.cr.execute("UPDATE loyalty_card SET points = points + 1")
        self.env.invalidate_all()
        with mute_logger("odoo.addons.loyalty_points.models.loyalty_card_proof"):
            self.env["loyalty.card"].sudo()._points_prove(self.program)
        alarms = (
            self.env["mail.activity"]
            .sudo()
            .search([("res_model", "=", "loyalty.card")])
        )
        self.assertEqual(len(alarms), 1)
        uninstall_hook(self.env)
        self.assertFalse(alarms.exists())
