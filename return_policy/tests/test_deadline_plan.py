"""Plans of deadlines: presets nobody changes, copies a company changes."""

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..policy.deadline import AT_ZERO, Time
from .deadline_common import DeadlineCase, at


@tagged("post_install", "-at_install")
class TestDeadlinePlan(DeadlineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._user("manager", "return_policy.group_return_manager")

    def _preset(self, code):
        return self.env.ref(f"return_policy.deadline_plan_{code}")

    def test_every_preset_has_a_time_for_each_step_and_says_where_it_is_from(self):
        presets = self.env["return.deadline.plan"].search([("company_id", "=", False)])
        self.assertEqual(len(presets), 8)
        for plan in presets:
            self.assertEqual(set(plan.step_ids.mapped("step")), set(AT_ZERO), plan.name)
            self.assertTrue(plan.note)
            if plan != self._preset("standard"):
                self.assertTrue(plan.source and plan.checked_on, plan.name)

    def test_presets_say_what_their_sources_say(self):
        told = {
            ("douyin", "review"): Time(48, "hours", "calendar", "alarm"),
            ("douyin", "ship_back"): Time(7, "days", "calendar", "expire"),
            ("wechat", "receive"): Time(10, "days", "calendar", "alarm"),
            ("tiktok_id", "review"): Time(48, "hours", "calendar", "approve"),
            ("tiktok_id", "ship_back"): Time(5, "days", "calendar", "alarm"),
            ("tiktok_id", "inspect"): Time(8, "days", "calendar", "alarm"),
            ("tiktok_th", "review"): Time(1, "days", "working", "alarm"),
            ("tiktok_us", "review"): Time(24, "hours", "calendar", "alarm"),
            ("eu", "ship_back"): Time(14, "days", "calendar", "alarm"),
            ("uk", "ship_back"): Time(14, "days", "calendar", "alarm"),
        }
        for (code, step), time in told.items():
            self.assertEqual(self._preset(code)._times()[step], time, (code, step))

    def test_a_new_company_takes_the_standard_plan(self):
        company = self.env["res.company"].create({"name": "Second shop"})
        self.assertEqual(company.return_deadline_plan_id, self._preset("standard"))

    def test_a_manager_copies_a_preset_and_changes_the_copy_only(self):
        preset = self._preset("douyin").with_user(self.manager)
        step = preset.step_ids[0]
        for change in (
            lambda: preset.write({"name": "Mine"}),
            lambda: step.write({"amount": 1}),
            preset.unlink,
            step.unlink,
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                change()
        self.assertEqual((preset.name, step.amount), ("Douyin", 48))
        copy = preset.browse(preset.action_copy()["res_id"])
        self.assertEqual(copy.company_id, self.company)
        self.assertEqual(copy.name, "Douyin (copy)")
        copy.step_ids.filtered(lambda s: s.step == "review").amount = 24
        self.assertEqual(copy._times()["review"].amount, 24)
        self.assertEqual(preset._times()["review"].amount, 48)

    def test_a_changed_step_is_read_at_once(self):
        self.assertEqual(self.plan._times()["review"], Time(48))
        self._times(review=(2, "days", "working", "approve"))
        self.assertEqual(
            self.plan._times()["review"], Time(2, "days", "working", "approve")
        )
        self.plan.step_ids.filtered(lambda step: step.step == "review").unlink()
        self.assertNotIn("review", self.plan._times())

    def test_other_roles_read_and_strangers_do_not(self):
        for user in (self.agent, self.lead, self.keeper):
            self.assertEqual(self.plan.with_user(user).name, "Our times")
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.plan.with_user(user).name = "Theirs"
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.plan.with_user(user).action_copy()
        stranger = new_test_user(self.env, "stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self.plan.with_user(stranger).action_copy()
        other = self.env["res.company"].create({"name": "Second shop"})
        self.plan.with_company(other).company_id = other
        with self.assertRaises(AccessError):
            self.plan.with_user(self.manager).read(["name"])

    def test_only_what_fits_a_step_may_happen_when_it_is_over(self):
        for step in self.plan.step_ids:
            effects = [code for code, _label in step._fields["at_zero"].selection]
            for effect in effects:
                with self.subTest(step=step.step, effect=effect):
                    if effect in AT_ZERO[step.step]:
                        step.at_zero = effect
                        continue
                    with self.assertRaises(ValidationError), self.cr.savepoint():
                        step.at_zero = effect

    def test_times_are_above_zero_and_no_longer_than_a_year(self):
        step = self.plan.step_ids[0]
        for unit, most in (("hours", 8760), ("days", 365)):
            step.write({"amount": most, "unit": unit})
            self.env.flush_all()
            for amount in (0, -1, most + 1):
                with (
                    self.subTest(unit=unit, amount=amount),
                    mute_logger("odoo.sql_db"),
                    self.assertRaisesRegex(CheckViolation, "amount_possible"),
                    self.cr.savepoint(),
                ):
                    step.amount = amount
                    self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            step.copy()

    def test_the_policy_goes_before_the_company(self):
        order = self._order()
        first = self._request(order, 1)
        self.assertEqual(first.deadline_plan_id, self.plan)
        policy = order.return_policy_version_id.policy_id
        policy.deadline_plan_id = self._preset("eu")
        with freeze_time("2026-11-02 08:00:00"):
            second = self._approved(order, 1)
        self.assertEqual(second.deadline_plan_id, self._preset("eu"))
        self.assertEqual(second.deadline, at("2026-11-16 08:00:00"))
        self.assertEqual(first.deadline_plan_id, self.plan)

    def test_without_a_plan_only_refunds_have_a_deadline(self):
        self.company.return_deadline_plan_id = False
        request = self._request(self._order(), 1)
        self.assertFalse(request.deadline)
        self.assertEqual((request.next_action, request.at_zero), ("review", "none"))
        request = self._approved(self._order(), 1, line_vals={"remedy": "refund_only"})
        self.assertTrue(request.deadline)
