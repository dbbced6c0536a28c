"""What the buyer confirmed at the purchase: who may record it, and when it counts."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Datetime
from odoo.tests import tagged

from .policy_common import PolicyCase

GROUP = "return_policy.group_return_"
WORDS = "Opened goods stay with me."


@tagged("post_install", "-at_install")
class TestVerdictConfirmation(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sealed = cls.make_product("Lipstick", return_exclusion="A7_1")
        cls.agent = cls.make_user("confirm_agent", f"{GROUP}agent")
        cls.manager = cls.make_user("confirm_manager", f"{GROUP}manager")
        cls.seller = cls.make_user(
            "confirm_seller", "sales_team.group_sale_salesman_all_leads"
        )

    def record(self, line, user=None, **vals):
        confirmations = self.env["return.purchase.confirmation"]
        return confirmations.with_user(user or self.env.user).create(
            {"sale_line_id": line.id, "wording": WORDS, **vals}
        )

    def refused(self, line, user, error, **vals):
        """Check that the user cannot record it, and that nothing was recorded."""
        with self.assertRaises(error), self.env.cr.savepoint():
            self.record(line, user, **vals)
        self.assertFalse(line.return_confirmation_ids)

    def test_it_counts_only_when_given_up_to_the_moment_of_the_purchase(self):
        now = Datetime.now()
        for seconds, outcome in ((0, "refused"), (1, "allowed"), (-1, "refused")):
            line = self.delivered(self.sealed, signed=now - timedelta(days=1))
            ordered_at = now - timedelta(days=3)
            line.order_id.date_order = ordered_at
            record = self.record(
                line, confirmed_at=ordered_at + timedelta(seconds=seconds)
            )
            self.env.invalidate_all()
            self.assertEqual(line.return_verdict, outcome, seconds)
            self.assertEqual(record.is_timely, outcome == "refused", seconds)

    def test_agents_and_sellers_record_what_is_confirmed_while_the_order_is_made(self):
        for user in (self.agent, self.seller):
            order = self.order(self.sealed, confirm=False)
            record = self.record(order.order_line, user)
            self.assertEqual((record.source, record.wording), ("agent", WORDS))
            order.action_confirm()
            self.assertTrue(record.is_timely)
            self.assertEqual(order.order_line.return_verdict, "refused")

    def test_nobody_but_a_manager_backdates_or_names_another_source(self):
        line = self.delivered(self.sealed)
        past = Datetime.now() - timedelta(hours=2)
        for user in (self.agent, self.seller):
            self.refused(line, user, AccessError, confirmed_at=past)
            self.refused(line, user, AccessError, source="import")
            self.refused(line, user, AccessError, source="portal")
        record = self.record(line, self.manager, confirmed_at=past, source="import")
        self.assertEqual((record.confirmed_at, record.source), (past, "import"))

    def test_importers_may_set_everything(self):
        line = self.delivered(self.sealed)
        line.order_id.date_order = "2026-11-01 00:00:00"
        record = self.record(
            line.sudo(), confirmed_at="2026-10-31 12:00:00", source="import"
        )
        self.assertTrue(record.is_timely)

    def test_a_confirmation_cannot_lie_in_the_future(self):
        line = self.delivered(self.sealed)
        future = Datetime.now() + timedelta(hours=1)
        for user in (self.agent, self.manager):
            self.refused(line, user, ValidationError, confirmed_at=future)

    def test_nobody_changes_one_and_only_managers_delete_one(self):
        line = self.delivered(self.sealed)
        record = self.record(line)
        for user in (self.agent, self.seller, self.manager, self.env.user):
            mine = record.with_user(user)
            for vals in ({"wording": "x"}, {"confirmed_at": "2026-01-01 00:00:00"}):
                with self.assertRaises(UserError):
                    mine.write(vals)
        self.assertEqual(record.wording, WORDS)
        for user in (self.agent, self.seller):
            with self.assertRaises(AccessError):
                record.with_user(user).unlink()
        record.with_user(self.manager).unlink()
        self.assertFalse(line.return_confirmation_ids)
