"""What calls from outside may not do: forged ids, other companies, probing."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .policy_common import PolicyCase

GROUP = "return_policy.group_return_"
REFUSED = (
    "Rule “Probe”: the field {} holds a condition that cannot be used: you may not "
    "read the field “{}” of {}. Choose another one."
)


@tagged("post_install", "-at_install")
class TestPolicyRights(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("rights_manager", f"{GROUP}manager")
        cls.lead = cls.make_user("rights_lead", f"{GROUP}lead")
        cls.agent = cls.make_user("rights_agent", f"{GROUP}agent")
        cls.other = cls.env["res.company"].create({"name": "Other shop"})
        cls.foreign = cls.other.return_policy_id

    def probe(self, **vals):
        return (
            self.env["return.policy.rule"]
            .with_user(self.manager)
            .create(
                {
                    "policy_id": self.policy.id,
                    "name": "Probe",
                    "kind": "approval",
                    "approval": "review",
                    **vals,
                }
            )
        )

    def test_a_condition_cannot_ask_what_its_writer_may_not_read(self):
        cases = [
            (
                "Customers",
                "commercial_partner_id.signup_type",
                "=like",
                "signup_type",
                "Contact",
            ),
            (
                "Orders",
                "transaction_ids.provider_id.name",
                "ilike",
                "transaction_ids",
                "Sales Order",
            ),
        ]
        names = {"Customers": "customer_domain", "Orders": "order_domain"}
        for label, path, operator, name, model in cases:
            first, rest = path.split(".", 1)
            for domain in (
                [(path, operator, "A%")],
                [(first, "any", [(rest, operator, "A%")])],
            ):
                with self.subTest(domain=domain), self.cr.savepoint():
                    with self.assertRaises(ValidationError) as caught:
                        self.probe(**{names[label]: repr(domain)})
                    self.assertEqual(
                        str(caught.exception), REFUSED.format(label, name, model)
                    )
        self.assertFalse(self.policy.rule_ids)
        self.probe(customer_domain="[('country_id.code', '=', 'CN')]")
        self.assertEqual(self.policy.rule_ids.name, "Probe")

    def test_a_rule_cannot_be_pushed_into_the_policy_of_another_company(self):
        rule = self.probe()
        with self.assertRaises(AccessError), self.cr.savepoint():
            rule.policy_id = self.foreign.id
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.probe(policy_id=self.foreign.id)
        self.assertFalse(self.foreign.rule_ids)
        self.assertEqual(self.policy.rule_ids, rule.with_env(self.env))

    def test_a_policy_cannot_be_pushed_into_another_company(self):
        policy = self.policy.copy({"country_ids": self.env.ref("base.cn").ids})
        mine = policy.with_user(self.manager)
        mine.action_publish()
        with self.assertRaises(AccessError), self.cr.savepoint():
            mine.company_id = self.other.id
        self.assertEqual(policy.company_id, self.company)

    def test_a_policy_with_orders_stays_in_its_company(self):
        policy = self.policy.copy({"country_ids": self.env.ref("base.cn").ids})
        policy.action_publish()
        self.buyer.country_id = self.env.ref("base.cn")
        self.assertEqual(self.order().return_policy_version_id.policy_id, policy)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            policy.company_id = self.other
        self.assertEqual(policy.company_id, self.company)

    def test_a_rehearsal_cannot_be_turned_on_the_policy_of_another_company(self):
        rehearsals = self.env["return.rehearsal"].with_user(self.lead)
        rehearsal = rehearsals.create({"policy_id": self.policy.id})
        with self.assertRaises(AccessError), self.cr.savepoint():
            rehearsal.policy_id = self.foreign.id
        with self.assertRaises(AccessError), self.cr.savepoint():
            rehearsals.create({"policy_id": self.foreign.id})

    def test_the_tester_tells_nothing_of_records_its_user_may_not_read(self):
        hidden = self.env["res.partner"].create(
            {"name": "Theirs", "company_id": self.other.id}
        )
        goods = self.make_product("Theirs", company_id=self.other.id)
        tests = self.env["return.policy.test"].with_user(self.agent)
        for vals in (
            {"partner_id": hidden.id},
            {"product_id": goods.id},
            {"policy_id": self.foreign.id},
            {"version_id": self.foreign.version_id.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                tests.new({"policy_id": self.policy.id, **vals}).result_html  # noqa: B018

    def test_dialogs_are_read_by_whoever_opened_them_only(self):
        other = self.make_user("rights_second", f"{GROUP}manager")
        made = self.policy.with_user(self.manager).action_open_publish()
        publish = self.env["return.policy.publish"].browse(made["res_id"])
        reason = (
            self.env["return.request.reason"]
            .with_user(self.manager)
            .create({"purpose": "refuse", "reason": "Smells of smoke"})
        )
        case = (
            self.env["return.policy.test"]
            .with_user(self.manager)
            .create({"policy_id": self.policy.id})
        )
        for record in (publish, publish.finding_ids, reason, case):
            self.assertFalse(record.with_user(other).has_access("read") and record)
            record.with_user(self.manager).check_access("write")

    def test_a_preset_makes_no_policy_for_another_company(self):
        before = self.env["return.policy"].search_count([])
        dialog = (
            self.env["return.policy.new"]
            .with_user(self.manager)
            .create({"company_id": self.other.id})
        )
        with self.assertRaises(AccessError), self.cr.savepoint():
            dialog.action_create()
        self.assertEqual(self.env["return.policy"].search_count([]), before)

    def test_nobody_confirms_for_the_buyer_of_an_order_he_may_not_read(self):
        seller = self.make_user("rights_seller", "sales_team.group_sale_salesman")
        mine = self.order(user_id=seller.id).order_line
        others = self.order(user_id=self.manager.id).order_line
        records = self.env["return.purchase.confirmation"].with_user(seller)
        records.create({"sale_line_id": mine.id, "wording": "Final sale."})
        with self.assertRaises(AccessError), self.cr.savepoint():
            records.create({"sale_line_id": others.id, "wording": "Final sale."})
        self.assertFalse(others.return_confirmation_ids)

    def test_versions_are_compared_two_at_a_time(self):
        versions = self.env["return.policy.version"].with_user(self.manager)
        with self.assertRaises(UserError):
            versions.action_compare()

    def test_a_refused_remedy_leaves_the_cache_alone(self):
        portal = self.make_user("rights_portal", "base.group_portal")
        self.env["return.remedy"]._names()
        self.registry.cache_invalidated.clear()
        with self.assertRaises(AccessError):
            self.env["return.remedy"].with_user(portal).create({"name": "x"})
        self.assertFalse(self.registry.cache_invalidated)

    def test_every_model_of_a_company_has_a_company_rule(self):
        ours = self.env["ir.model"].search([("model", "=like", "return.%")])
        for model in ours.mapped("model"):
            records = self.env[model]
            if records._abstract:
                continue
            rules = self.env["ir.rule"].search([("model_id.model", "=", model)])
            text = " ".join(rules.mapped("domain_force"))
            if records._transient:
                self.assertIn("create_uid", text, model)
            elif "company_id" in records._fields:
                self.assertIn("company_ids", text, model)
