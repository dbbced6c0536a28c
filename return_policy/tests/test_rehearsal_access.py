"""Who may rehearse, and what nobody writes by hand."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .rehearsal_common import NOW, RehearsalCase

GROUP = "return_policy.group_return_"
MODELS = ("return.rehearsal", "return.rehearsal.cell", "return.rehearsal.change")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRehearsalAccess(RehearsalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {
            role: cls.make_user(f"rehearsal_{role}", f"{GROUP}{role}")
            for role in ("agent", "warehouse", "lead", "manager")
        }
        cls.roles["portal"] = cls.make_user("rehearsal_portal", "base.group_portal")
        cls.roles["public"] = cls.env.ref("base.public_user")
        cls.roles["salesman"] = cls.make_user(
            "rehearsal_salesman", "sales_team.group_sale_salesman_all_leads"
        )

    def test_leads_and_managers_rehearse_and_see_what_changes(self):
        self.sell_all()
        self.change_draft()
        for role in ("lead", "manager"):
            policy = self.policy.with_user(self.roles[role])
            context = policy.action_rehearse()["context"]
            rehearsals = policy.env["return.rehearsal"].with_context(**context)
            rehearsal = rehearsals.create({})
            rehearsal.action_start()
            self.assertEqual(rehearsal.user_id, self.roles[role])
            self.assertEqual((rehearsal.state, rehearsal.change_count), ("done", 4))
            self.assertEqual(len(rehearsal.change_ids), 4)
            change = rehearsal.change_ids[0]
            self.assertEqual(
                change.read(["partner_id", "product_id", "sale_order_id"])[0]["id"],
                change.id,
            )
            self.assertEqual(change.action_view_case()["res_model"], "sale.order")
            self.assertTrue(rehearsal.action_view_changes()["domain"])
            self.assertTrue(rehearsal.action_view_totals()["domain"])
            self.assertIn("Order lines", rehearsal.summary)
        self.assertEqual(self.policy.rehearsal_count, 2)
        rehearsal.unlink()
        self.assertEqual(len(self.policy.action_view_rehearsals()["domain"]), 1)

    def test_nobody_else_does(self):
        self.sell_all()
        self.change_draft()
        rehearsal = self.rehearse()
        new = self.rehearsal()
        for role in ("agent", "warehouse", "salesman", "portal", "public"):
            user = self.roles[role]
            for record in (rehearsal, rehearsal.cell_ids, rehearsal.change_ids):
                self.assertFalse(record.with_user(user).has_access("read"), role)
            with self.assertRaises(AccessError):
                self.policy.with_user(user).action_rehearse()
            with self.assertRaises(AccessError):
                self.policy.with_user(user).action_view_rehearsals()
            with self.assertRaises(AccessError):
                self.policy.with_user(user).read(["rehearsal_count"])
            for step in ("start", "resume", "cancel", "refresh", "view_totals"):
                with self.assertRaises(AccessError):
                    getattr(new.with_user(user), f"action_{step}")()
            with self.assertRaises(AccessError):
                rehearsal.change_ids[0].with_user(user).action_view_case()
        self.assertEqual(new.state, "draft")

    def test_nobody_writes_results_by_hand(self):
        self.sell_all()
        self.change_draft()
        rehearsal = self.rehearse().with_user(self.roles["manager"])
        new = self.rehearsal().with_user(self.roles["manager"])
        for vals in (
            {"state": "done"},
            {"draft": {}},
            {"error": "x"},
            {"part_ids": [Command.create({"source": "line"})]},
            {"cell_ids": [Command.clear()]},
        ):
            with self.assertRaises(AccessError):
                new.write(vals)
            with self.assertRaises(AccessError):
                new.create({"policy_id": self.policy.id, **vals})
        self.assertEqual((new.state, new.draft), ("draft", False))
        with self.assertRaisesRegex(UserError, "in state Done"):
            rehearsal.days = 5
        for records in (rehearsal.part_ids, rehearsal.cell_ids, rehearsal.change_ids):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(records.has_access(operation), records._name)

    def test_other_companies_see_nothing(self):
        self.sell_all()
        self.change_draft()
        rehearsal = self.rehearse()
        other = self.env["res.company"].create({"name": "Other shop"})
        stranger = self.make_user(
            "rehearsal_stranger",
            f"{GROUP}manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        for model in (*MODELS, "return.rehearsal.part"):
            self.assertFalse(self.env[model].with_user(stranger).search([]), model)
        with self.assertRaises(AccessError):
            rehearsal.with_user(stranger).action_view_changes()
        with self.assertRaises(AccessError):
            self.env["return.rehearsal"].with_user(stranger).create(
                {"policy_id": self.policy.id}
            )
