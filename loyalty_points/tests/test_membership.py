from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .tier_common import TierCommon


@tagged("post_install", "-at_install")
class TestMembership(TierCommon):
    def _user(self, group):
        company = self.env.company
        return new_test_user(
            self.env,
            f"member {group}",
            group,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def test_each_card_has_one_membership(self):
        self._delivered((100, 1))
        self.assertEqual(self._member().card_id, self._card())
        self.members._make_missing()
        self.assertEqual(len(self._member()), 1)

    def test_other_programs_have_no_members(self):
        program = self._program(
            points_ledger=False, applies_on="both", trigger="auto", rule_ids=[]
        )
        card = (
            self.env["loyalty.card"]
            .sudo()
            .create({"program_id": program.id, "partner_id": self.buyer.id})
        )
        self.assertFalse(card.points_membership_ids)
        program.points_ledger = True
        self.assertEqual(card.points_membership_ids.partner_id, self.buyer)

    def test_an_archived_card_hides_its_member(self):
        self._delivered((100, 1))
        self._card().sudo().active = False
        self.assertFalse(self._member())

    def test_the_form_shows_progress_and_open_points(self):
        self._released((150, 1))
        self._delivered((40, 1))
        member = self._member()
        self.assertEqual((member.next_tier_id, member.next_missing), (self.gold, 150))
        self.assertEqual((member.next_percent, member.next_target), (50, 300))
        self.assertEqual((member.keep_target, member.keep_missing), (80, 0))
        self.assertEqual(sum(member.open_lot_ids.mapped("remaining")), 200)
        self.assertTrue(member.next_release_on)

    def test_the_customer_leads_to_the_member(self):
        self.env.user.group_ids += self.env.ref("loyalty_points.group_points_user")
        self._released((150, 1))
        action = self.buyer.action_points_members()
        self.assertEqual(action["res_id"], self._member().id)
        self.assertEqual(self.buyer.points_tier_names, "Silver")

    def test_merged_customers_are_one_member_with_the_higher_tier(self):
        twin = self.env["res.partner"].create({"name": "Twin"})
        self._released((60, 1))
        self._released((350, 1), partner=twin)
        self._member(twin).birthday = "1990-05-05"
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (self.buyer | twin).ids, self.buyer
        )
        member = self._member()
        self.assertEqual((member.tier_id, member.tier_measure), (self.gold, 410))
        self.assertEqual(str(member.birthday), "1990-05-05")
        self.assertEqual(member.tier_change_ids[0].event, "merged")
        self.assertEqual(self._balance(), (470, 0))

    # -- by hand ----------------------------------------------------------------------

    def _assign(self, tier, user=None, **values):
        wizard = self.env["loyalty.tier.assign"].with_user(user or self.env.user)
        wizard = wizard.create(
            {
                "membership_ids": self._member().ids,
                "tier_id": tier.id,
                "reason": "Guest of the show",
                **values,
            }
        )
        return wizard.action_assign()

    def test_a_manager_changes_a_tier_with_a_reason(self):
        self._delivered((10, 1))
        user = self._user("loyalty_points.group_points_manager")
        self._assign(self.black, user, fixed_until="2099-12-31")
        member = self._member()
        change = member.tier_change_ids[:1]
        self.assertEqual((member.tier_id, self._gifts()), (self.black, 0))
        self.assertEqual((change.event, change.reason), ("manual", "Guest of the show"))
        self.assertEqual(str(member.tier_fixed_until), "2099-12-31")
        self.assertEqual(change.create_uid, user)

    def test_a_tier_by_hand_is_not_undone_by_a_refund(self):
        order = self._released((100, 1))
        self._assign(self.gold)
        self._credit(order)
        self.assertEqual(self._tier(), "Gold")

    def test_wrong_tiers_days_and_reasons_are_refused(self):
        self._delivered((10, 1))
        other = self._program(name="Other")
        tier = self.env["loyalty.tier"].create({"name": "X", "program_id": other.id})
        for error, values in (
            (UserError, {"tier_id": tier.id}),
            (UserError, {"fixed_until": "2020-01-01"}),
            (ValidationError, {"reason": "  "}),
        ):
            with self.subTest(values), self.assertRaises(error):
                self._assign(self.gold, **values)
        self.assertEqual(self._tier(), "Basic")

    def test_a_points_user_reads_and_changes_nothing(self):
        self._delivered((10, 1))
        user = self._user("loyalty_points.group_points_user")
        member = self._member().with_user(user)
        self.assertEqual(member.tier_id.name, "Basic")
        self.assertEqual(member.next_missing, 100)
        self.assertEqual(member.tier_change_ids.event, "enter")
        with self.assertRaises(AccessError):
            member.birthday = "1990-01-01"
        with self.assertRaises(AccessError):
            self._assign(self.gold, user)
        with self.assertRaises(AccessError):
            self.gold.with_user(user).enter_at = 1
        self.assertEqual((self._tier(), self.gold.enter_at), ("Basic", 300))

    def test_a_manager_cannot_type_a_tier_in(self):
        self._delivered((10, 1))
        user = self._user("loyalty_points.group_points_manager")
        member = self._member().with_user(user)
        for values in (
            {"tier_id": self.black.id},
            {"tier_until": "2099-01-01"},
            {"tier_measure": 5000},
            {"birthday_set_on": "2020-01-01"},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                member.write(values)
        with self.assertRaises(AccessError):
            member.create({"card_id": member.card_id.id})
        with self.assertRaises(AccessError):
            member.unlink()
        self.assertEqual(self._tier(), "Basic")
        member.birthday = "1990-01-01"
        self.assertEqual(member.birthday_set_on, self.program._points_today())

    def test_strangers_see_no_member(self):
        self._delivered((10, 1))
        for group in ("base.group_user", "base.group_portal", "base.group_public"):
            user = self._user(group)
            for record in (self._member(), self.gold, self._member().tier_change_ids):
                with self.subTest(f"{group} {record}"), self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])

    def test_another_company_sees_no_member(self):
        self._delivered((10, 1))
        other = self.setup_other_company()["company"]
        user = new_test_user(
            self.env,
            "member elsewhere",
            "loyalty_points.group_points_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for model in ("loyalty.membership", "loyalty.tier", "loyalty.tier.change"):
            mine = [("program_id", "=", self.program.id)]
            self.assertFalse(self.env[model].with_user(user).search(mine))

    # -- what stays -------------------------------------------------------------------

    def test_changes_are_never_changed(self):
        self._delivered((10, 1))
        change = self._member().tier_change_ids
        with self.assertRaises(UserError):
            change.write({"reason": "other"})
        with self.assertRaises(UserError):
            change.unlink()
        with self.assertRaises(UserError):
            self.changes.create({"membership_id": self._member().id})
        self.assertEqual(change.event, "enter")

    def test_a_tier_with_members_stays(self):
        self._delivered((10, 1))
        other = self._program(name="Other")
        with self.assertRaises(UserError):
            self.basic.unlink()
        with self.assertRaises(UserError):
            self.basic.program_id = other
        self.assertEqual(self.basic.program_id, self.program)
        self.black.unlink()
        self.assertEqual(self.program.points_tier_count, 3)

    def test_changes_are_told_to_the_member_and_the_desk(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.buyer.lang = "zh_CN"
        self._released((120, 1))
        told = self._card().history_ids.filtered(lambda line: not line.issued)
        self.assertEqual(len(told), 1)
        self.assertIn("Basic", told.description)
        self.assertIn("Silver", told.description)
        note = self.buyer.message_ids.filtered(lambda each: "Silver" in each.body)
        self.assertEqual((len(note), note.notified_partner_ids.ids), (1, []))

    def test_a_ladder_is_made_on_the_program(self):
        program = self._program(name="Other")
        with Form(
            self.env["loyalty.tier"].with_context(default_program_id=program.id)
        ) as form:
            form.name = "Gold"
            form.enter_at = 500
            form.multiplier = 1.5
            form.birthday_points = 20
        tier = form.record
        self.assertEqual(
            tier.benefits,
            "Orders earn 1.5 times the points.\n20 points for the birthday.",
        )
        action = program.action_points_tiers()
        self.assertEqual(self.env["loyalty.tier"].search(action["domain"]), tier)
