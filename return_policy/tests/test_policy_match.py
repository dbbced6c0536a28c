"""Which policy an order takes, and that a company never loses its default."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .policy_common import PolicyCase

EVERYWHERE = "country_ids", "country_group_ids", "team_ids", "source_ids"


@tagged("post_install", "-at_install")
class TestPolicyMatch(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany, cls.france, cls.china = (
            cls.env.ref(f"base.{code}") for code in ("de", "fr", "cn")
        )
        cls.europe = cls.env.ref("base.europe")
        cls.douyin, cls.mail = cls.env["utm.source"].create(
            [{"name": "Douyin shop"}, {"name": "Mail shots"}]
        )
        cls.live, cls.desk = cls.env["crm.team"].create(
            [{"name": "Live room"}, {"name": "Sales desk"}]
        )

    def made(self, name, published=True, **conditions):
        """Return a policy for the records named by field, published."""
        policy = self.policy.copy({"name": name})
        for field, records in conditions.items():
            policy[field] = records
        if published:
            policy.action_publish()
        return policy

    def case(self, country=None, team=None, source=None, **vals):
        buyer = self.env["res.partner"].create(
            {"name": "Buyer abroad", "country_id": country and country.id}
        )
        return self.order(
            confirm=False,
            partner_id=buyer.id,
            team_id=team and team.id,
            source_id=source and source.id,
            **vals,
        )

    def taken(self, order):
        return order._return_policies()[order]

    def test_all_conditions_given_have_to_fit_and_any_record_of_each_will_do(self):
        table = [
            ({}, {}, False),  # without a condition it is no more than a default
            ({"country_ids": self.germany}, {"country": self.germany}, True),
            ({"country_ids": self.germany}, {"country": self.france}, False),
            ({"country_ids": self.germany}, {}, False),
            ({"country_group_ids": self.europe}, {"country": self.france}, True),
            ({"country_group_ids": self.europe}, {"country": self.china}, False),
            (
                {"country_ids": self.china, "country_group_ids": self.europe},
                {"country": self.china},
                True,
            ),
            ({"team_ids": self.live}, {"team": self.live}, True),
            ({"team_ids": self.live | self.desk}, {"team": self.desk}, True),
            ({"team_ids": self.live}, {"team": self.desk}, False),
            ({"source_ids": self.douyin}, {"source": self.douyin}, True),
            ({"source_ids": self.douyin}, {"source": self.mail}, False),
            ({"source_ids": self.douyin}, {}, False),
            (
                {"country_ids": self.germany, "source_ids": self.douyin},
                {"country": self.germany, "source": self.douyin},
                True,
            ),
            (
                {"country_ids": self.germany, "source_ids": self.douyin},
                {"country": self.germany, "source": self.mail},
                False,
            ),
        ]
        policy = self.made("Special")
        for conditions, facts, fits in table:
            with self.subTest(conditions=conditions, facts=facts):
                for field in EVERYWHERE:
                    policy[field] = conditions.get(field, False)
                expected = policy if fits else self.policy
                self.assertEqual(self.taken(self.case(**facts)), expected)

    def test_the_delivery_address_counts_not_the_one_for_the_invoice(self):
        policy = self.made("Germany", country_ids=self.germany)
        order = self.case(country=self.france)
        order.partner_shipping_id = self.env["res.partner"].create(
            {"name": "Gift for a friend", "country_id": self.germany.id}
        )
        self.assertEqual(self.taken(order), policy)

    def test_the_first_that_fits_is_taken_in_the_order_of_the_list(self):
        first = self.made("Europe", country_group_ids=self.europe)
        second = self.made("Germany", country_ids=self.germany)
        order = self.case(country=self.germany)
        self.assertEqual(self.taken(order), first)
        first.sequence = second.sequence + 1
        self.assertEqual(self.taken(order), second)

    def test_drafts_archived_policies_and_other_companies_take_no_order(self):
        self.made("Draft", country_ids=self.germany, published=False)
        self.made("Archived", country_ids=self.germany).active = False
        other = self.env["res.company"].create({"name": "Other shop"})
        foreign = other.return_policy_id
        foreign.country_ids = self.germany
        order = self.case(country=self.germany)
        for context in ({}, {"active_test": False}):
            self.assertEqual(self.taken(order.with_context(**context)), self.policy)

    def test_an_archived_team_still_narrows_its_policy(self):
        policy = self.made("Live", team_ids=self.live, country_ids=self.germany)
        self.live.active = False
        self.assertEqual(self.taken(self.case(country=self.germany)), self.policy)
        policy.invalidate_recordset()
        self.assertTrue(policy.is_conditional)

    def test_each_order_takes_the_policy_of_its_own_company(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        orders = self.case() | self.case(company_id=other.id)
        self.assertEqual(
            list(orders._return_policies().values()),
            [self.company.return_policy_id, other.return_policy_id],
        )

    def test_confirming_freezes_the_version_of_the_policy_that_fits(self):
        policy = self.made("Germany", country_ids=self.germany, window_days=14)
        policy.action_publish()
        order = self.case(country=self.germany)
        order.action_confirm()
        self.assertEqual(order.return_policy_version_id, policy.version_id)
        policy.country_ids = self.france
        self.assertEqual(order.return_policy_version_id, policy.version_id)

    def test_without_a_default_an_order_that_fits_nothing_has_no_policy(self):
        self.company.return_policy_id = False
        self.assertFalse(self.taken(self.case()))

    def test_many_orders_cost_no_more_queries_than_one(self):
        self.made("Europe", country_group_ids=self.europe)
        self.made("Live", team_ids=self.live)
        kinds = {"country": self.germany}, {"team": self.live}, {"country": self.china}
        one, *more = (
            self.env["sale.order"].union(*(self.case(**kind) for kind in kinds))
            for _ in range(4)
        )

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._return_policies()
            return self.env.cr.sql_log_count - before

        self.assertEqual(queries(one.union(*more)), queries(one))


@tagged("post_install", "-at_install")
class TestPolicyDefault(PolicyCase):
    def denied(self, error, message, action, *args):
        with self.assertRaisesRegex(error, message), self.cr.savepoint():
            action(*args)
        self.assertEqual(self.company.return_policy_id, self.policy)
        self.assertTrue(self.policy.active)

    def test_the_default_can_neither_be_archived_nor_deleted_nor_moved_away(self):
        message = (
            "7-day return is the default return policy of .*, so it stays there and "
            "active. Make another policy the default first."
        )
        other = self.env["res.company"].create({"name": "Other shop"})
        self.denied(ValidationError, message, self.policy.action_archive)
        self.denied(UserError, message, self.policy.unlink)
        self.denied(
            ValidationError, message, self.policy.write, {"company_id": other.id}
        )

    def test_what_is_no_default_any_more_may_go(self):
        other = self.policy.copy({"name": "Thirty days"})
        other.action_publish()
        other.action_make_default()
        self.assertEqual(self.company.return_policy_id, other)
        self.assertTrue(other.is_default)
        self.assertFalse(self.policy.is_default)
        self.policy.action_archive()
        self.assertFalse(self.policy.active)

    def test_a_default_belongs_to_the_company_and_is_active(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        archived = self.policy.copy({"active": False})
        archived.action_publish()
        draft = self.policy.copy({"name": "Draft"})
        for policy in (other.return_policy_id, archived, draft):
            self.denied(
                ValidationError,
                "cannot be the default of .*: choose a published, active return policy",
                self.company.write,
                {"return_policy_id": policy.id},
            )

    def test_only_managers_choose_the_default(self):
        other = self.policy.copy({"name": "Thirty days"})
        other.action_publish()
        for role in ("agent", "warehouse", "lead"):
            user = self.make_user(
                f"default_{role}", f"return_policy.group_return_{role}"
            )
            self.denied(AccessError, "", other.with_user(user).action_make_default)
        manager = self.make_user("manager", "return_policy.group_return_manager")
        other.with_user(manager).action_make_default()
        self.assertEqual(self.company.return_policy_id, other)

    def test_a_manager_of_another_company_chooses_none_here(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        stranger = self.make_user(
            "stranger",
            "return_policy.group_return_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        second = self.policy.copy({"name": "Thirty days"})
        self.denied(AccessError, "", second.with_user(stranger).action_make_default)
