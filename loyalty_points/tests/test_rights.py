"""Every public method and every field of the addon, found in the registry."""

import inspect

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .tier_common import TierCommon

OURS = "odoo.addons.loyalty_points."
ROLES = {
    "portal": "base.group_portal",
    "clerk": "base.group_user",
    "seller": "sales_team.group_sale_salesman_all_leads",
    "keeper": "stock.group_stock_user",
    "biller": "account.group_account_invoice",
    "reader": "loyalty_points.group_points_user",
    "agent": "loyalty_points.group_points_agent",
    "manager": "loyalty_points.group_points_manager",
}
LISTS = {
    "loyalty.membership.action_card",
    "loyalty.membership.action_entries",
    "loyalty.membership.action_referrals",
    "loyalty.program.action_points_entries",
    "loyalty.program.action_points_tiers",
    "loyalty.tier.action_members",
    "res.partner.action_points_cards",
    "res.partner.action_points_members",
}


def public_methods(registry):
    """Return [(model, method)] which this addon adds and anybody may call by name."""
    return [
        (name, method)
        for name, model in registry.items()
        if not model._abstract
        for method, function in inspect.getmembers(model, inspect.isfunction)
        if not method.startswith("_")
        and all(
            cls.__module__.startswith(OURS)
            for cls in model.mro()
            if method in vars(cls)
        )
    ]


@tagged("post_install", "-at_install")
class TestRights(TierCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.company
        cls.users = {
            role: cls._user(role, group, company) for role, group in ROLES.items()
        }
        elsewhere = cls.env["res.company"].create({"name": "Other shop"})
        cls.users["foreigner"] = cls._user("foreigner", ROLES["manager"], elsewhere)
        cls.users["public"] = cls.env.ref("base.public_user")
        cls.buyer = cls.users["portal"].partner_id
        cls.order = cls._released((150, 1))

    @classmethod
    def _user(cls, role, group, company):
        return new_test_user(
            cls.env,
            f"points_{role}",
            group,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def _documents(self):
        """Return a record of each model that has public methods, by model."""
        member, friend = self._member(), self.env["res.partner"].create({"name": "F"})
        documents = (
            self.buyer,
            self.program,
            self.order,
            self._invoice(self.order),
            member,
            member.tier_id,
            self.env["loyalty.points.adjustment"]
            .sudo()
            .create(
                {
                    "card_id": member.card_id.id,
                    "points": 5,
                    "reason": "Late",
                    "asked_by_id": self.users["agent"].id,
                }
            ),
            self.env["loyalty.referral"].sudo()._invite(member, friend),
            self.env["loyalty.tier.assign"]
            .sudo()
            .create({"membership_ids": member.ids, "reason": "Friend of ours"}),
        )
        return {record._name: record for record in documents}

    def _open_to(self, user, documents):
        """Return the methods by which a user gets further than the door."""
        found = set()
        for model, method in public_methods(self.registry):
            args = [documents[model].ids]
            self.env.invalidate_all()
            try:
                with self.env.cr.savepoint():
                    call_kw(self.env[model].with_user(user), method, args, {})
                    raise UserError(method)  # takes back what it did
            except AccessError:
                continue
            except UserError:  # let in, though perhaps told what is missing
                found.add(f"{model}.{method}")
        return found

    def test_each_role_gets_as_far_as_it_may(self):
        documents = self._documents()
        methods = {".".join(each) for each in public_methods(self.registry)}
        asking = {
            f"loyalty.points.adjustment.action_{step}" for step in ("hand_in", "cancel")
        }
        bills = {"account.move.action_points_entries"}
        orders = {"sale.order.action_points_entries"}
        expected = {
            "public": set(),
            "portal": set(),
            "clerk": set(),
            "seller": set(),
            "keeper": set(),
            "biller": set(),
            "reader": LISTS,
            "agent": LISTS | asking,
            "manager": methods - orders - bills,
            # lists and an assistant which are empty for them
            "foreigner": {each for each in LISTS if each.startswith("res.partner.")}
            | {"loyalty.tier.assign.action_assign"},
        }
        for role, names in expected.items():
            with self.subTest(role):
                self.assertEqual(self._open_to(self.users[role], documents), names)
        self.users["seller"].group_ids += self.env.ref(ROLES["reader"])
        reached = self._open_to(self.users["seller"], documents)
        self.assertEqual(reached, LISTS | orders | bills)
        self.assertEqual(self._balance(), (150 + 10, 0))

    def test_no_field_of_ours_is_open_to_buyers_or_visitors(self):
        for role in ("public", "portal"):
            user = self.users[role]
            found = {
                f"{name}.{field.name}"
                for name in self.registry
                if not (model := self.env[name].with_user(user))._abstract
                and model.has_access("read")
                for field in model._fields.values()
                if field._module == "loyalty_points"
                and model._has_field_access(field, "read")
            }
            with self.subTest(role):
                self.assertEqual(found, set())

    def test_a_buyer_searches_nothing_by_points(self):
        user = self.users["portal"]
        for model, domain in (
            ("sale.order", [("points_earned", ">", 0)]),
            ("sale.order", [("order_line.points_rate", ">", 0)]),
            ("res.partner", [("points_available", ">", 0)]),
            ("sale.order", [("order_line.points_entry_ids.points", ">", 0)]),
        ):
            with self.subTest(domain=domain), self.assertRaises(AccessError):
                call_kw(self.env[model].with_user(user), "search_count", [domain], {})

    def test_only_managers_set_anything_up(self):
        rows = {
            "loyalty.points.rule": {"program_id": self.program.id, "points": 50},
            "loyalty.tier": {"program_id": self.program.id, "name": "X", "enter_at": 1},
            "loyalty.membership": {"card_id": self._card().id},
            "loyalty.referral": {
                "referrer_id": self._member().id,
                "friend_id": self.buyer.id,
            },
            "loyalty.points.entry": {"card_id": self._card().id, "points": 9},
            "loyalty.tier.change": {"membership_id": self._member().id},
            "loyalty.points.notice": {"card_id": self._card().id, "points": 9},
        }
        for role in ("portal", "clerk", "reader", "agent", "foreigner"):
            for model, values in rows.items():
                with (
                    self.subTest(role=role, model=model),
                    self.assertRaises(UserError),  # of which AccessError is one
                    self.env.cr.savepoint(),
                ):
                    self.env[model].with_user(self.users[role]).create(values)
                    self.env.flush_all()
        self.assertEqual(self._balance(), (150 + 10, 0))
