"""Who may read, edit and publish: each role, and people of other companies."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .policy_common import SIGNED, PolicyCase

GROUP = "return_policy.group_return_"


@tagged("post_install", "-at_install")
class TestPolicyAccess(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {
            role: cls.make_user(f"return_{role}", f"{GROUP}{role}")
            for role in ("agent", "warehouse", "lead", "manager")
        }
        cls.roles["portal"] = cls.make_user("return_portal", "base.group_portal")
        cls.roles["public"] = cls.env.ref("base.public_user")
        cls.roles["employee"] = cls.make_user("return_employee", "base.group_user")
        cls.roles["salesman"] = cls.make_user(
            "return_salesman", "sales_team.group_sale_salesman_all_leads"
        )

    def act(self, record, role):
        return record.with_user(self.roles[role])

    def denied(self, records, role, operation):
        self.assertFalse(
            self.act(records, role).has_access(operation),
            f"{role} may {operation} {records._name}",
        )

    def test_people_of_returns_read_policies_and_only_managers_edit_them(self):
        rule = self.rule("Fresh food")
        for role in ("agent", "warehouse", "lead", "manager"):
            self.assertEqual(self.act(self.policy, role).name, "7-day return")
            self.assertEqual(self.act(rule, role).name, "Fresh food")
            self.assertEqual(self.act(self.version, role).number, 1)
        for role in ("agent", "warehouse", "lead"):
            for operation in ("write", "create", "unlink"):
                self.denied(self.policy, role, operation)
                self.denied(rule, role, operation)
        self.act(self.policy, "manager").window_days = 9
        self.assertEqual(self.policy.window_days, 9)

    def test_nobody_outside_returns_sees_policies(self):
        for role in ("portal", "public", "employee"):
            self.denied(self.policy, role, "read")
            self.denied(self.version, role, "read")

    def test_only_managers_publish(self):
        self.policy.window_days = 9
        before = self.policy.version_ids
        for role in ("agent", "warehouse", "lead", "salesman", "portal", "public"):
            with self.assertRaises(AccessError):
                self.act(self.policy, role).action_publish()
            self.assertEqual(self.policy.version_ids, before)
        manager = self.act(self.policy, "manager")
        manager.action_publish()
        self.assertEqual(self.policy.version_id.user_id, self.roles["manager"])

    def test_nobody_makes_or_changes_versions_by_hand(self):
        for role in ("agent", "lead", "manager", "salesman"):
            for operation in ("write", "create", "unlink"):
                self.denied(self.version, role, operation)

    def test_employees_read_reasons_and_only_managers_edit_them(self):
        reason = self.env.ref("return_policy.reason_quality_fault")
        for role in ("employee", "agent", "warehouse", "salesman"):
            self.assertEqual(self.act(reason, role).code, "quality_fault")
            for operation in ("write", "create", "unlink"):
                self.denied(reason, role, operation)
        for role in ("portal", "public"):
            self.denied(reason, role, "read")
        self.assertTrue(self.act(reason, "manager").has_access("write"))

    def test_agents_read_orders_deliveries_and_invoices_and_change_none(self):
        line = self.delivered()
        order = line.order_id
        invoice = order._create_invoices()
        for record in (
            order,
            line,
            order.picking_ids,
            order.picking_ids.move_ids,
            invoice,
            invoice.line_ids,
        ):
            self.assertTrue(self.act(record, "agent").has_access("read"), record)
            for operation in ("write", "unlink"):
                self.denied(record, "agent", operation)
        self.assertEqual(self.act(line, "agent").return_verdict, "refused")
        self.assertEqual(self.act(order, "agent").amount_total, 99)

    def test_the_verdict_needs_no_rights_on_stock(self):
        line = self.delivered()
        seen = self.act(line, "salesman")
        self.assertEqual(seen.return_chip, "Ended 10 Nov")
        action = self.act(line.order_id, "agent").action_view_return_verdicts()
        self.assertEqual(action["res_model"], "sale.order.line")

    def test_buyers_cannot_read_the_internal_fields_of_their_order(self):
        buyer = self.roles["portal"].partner_id
        line = self.order(partner_id=buyer.id).order_line
        self.assertEqual(self.act(line, "portal").name, line.name)
        for name in ("return_verdict", "return_rule_code", "return_received_at"):
            with self.assertRaises(AccessError):
                self.act(line, "portal").read([name])
        with self.assertRaises(AccessError):
            self.act(line.order_id, "portal").read(["return_policy_version_id"])
        with self.assertRaises(AccessError):
            self.act(self.order(), "portal").action_view_return_verdicts()
        with self.assertRaises(AccessError):
            self.act(line, "public").action_view_return_confirmations()

    def test_agents_record_what_a_buyer_confirmed_and_cannot_take_it_back(self):
        line = self.delivered()
        confirmation = self.act(line, "agent").env["return.purchase.confirmation"]
        record = confirmation.create(
            {"sale_line_id": line.id, "wording": "Opened goods stay with me."}
        )
        self.assertEqual(record.source, "agent")
        self.assertEqual(line.return_confirmation_ids, record.with_env(self.env))
        self.denied(record, "agent", "unlink")
        for role in ("portal", "public", "employee", "warehouse"):
            self.denied(record, role, "create")

    def test_agents_record_when_a_parcel_was_signed_for(self):
        line = self.delivered(signed=False)
        action = self.act(line, "agent").action_record_return_signing()
        wizard = self.env[action["res_model"]].with_user(self.roles["agent"])
        wizard.create({"line_ids": line.ids, "received_at": SIGNED}).action_record()
        self.assertEqual(line.return_received_at, SIGNED)
        note = line.order_id.message_ids[0]
        self.assertIn("Signed for on 2026-11-03", note.body)
        self.assertEqual(note.author_id, self.roles["agent"].partner_id)

    def test_others_cannot_record_when_a_parcel_was_signed_for(self):
        line = self.delivered(signed=False)
        vals = {"line_ids": line.ids, "received_at": SIGNED}
        for role in ("portal", "public", "employee", "warehouse", "salesman"):
            wizard = self.env["return.signing.record"].with_user(self.roles[role])
            with self.assertRaises(AccessError):
                wizard.create(vals)
            with self.assertRaises(AccessError):
                wizard.sudo().create(vals).sudo(False).action_record()
        self.assertFalse(line.return_received_at)

    def test_other_companies_see_nothing(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        self.rule("Fresh food")
        self.confirm_purchase(self.delivered())
        stranger = self.make_user(
            "return_stranger",
            f"{GROUP}manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        for model in (
            "return.policy",
            "return.policy.rule",
            "return.policy.version",
            "return.purchase.confirmation",
        ):
            seen = self.env[model].with_user(stranger).search([])
            self.assertFalse(seen.filtered(lambda rec: rec.company_id != other), model)
        with self.assertRaises(AccessError):
            self.policy.with_user(stranger).action_publish()
