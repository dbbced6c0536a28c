from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import freeze_time, new_test_user, tagged

from .referral_common import ReferralCommon


@tagged("post_install", "-at_install")
class TestReferral(ReferralCommon):
    def test_both_sides_are_rewarded_once_the_order_cannot_come_back(self):
        order = self._ordered()
        self.assertEqual(self._referral().state, "ordered")
        self._night()
        self.assertEqual(self._balance(), (10, 0))
        self._pass_time(order.order_line)
        for _twice in range(2):
            self._night()
        self.assertEqual(self._referral().state, "rewarded")
        self.assertEqual(self._balance(), (110, 0))
        self.assertEqual(self._balance(self.friend), (140, 0))
        entry = self.entries.search([("source", "=", "referral")], order="id")
        self.assertEqual(entry.mapped("points"), [100, 40])
        self.assertEqual(entry[0].description, "A friend (F…) came")

    def test_the_links_of_several_members_are_read_in_one_go(self):
        self._released((10, 1), partner=self.friend)
        members = self.member.search([("program_id", "=", self.program.id)])
        self.assertEqual(len(members), 2)
        for member, link in zip(members, members.mapped("referral_link"), strict=True):
            self.assertEqual(
                link, f"{member.get_base_url()}/points/invited/{member.referral_code}"
            )

    def test_an_order_that_was_sent_back_brings_nothing(self):
        order = self._ordered()
        self._credit(order)
        self._night()
        self.assertEqual(self._referral().state, "void")
        self.assertEqual(self._balance(), (10, 0))

    def test_an_order_that_earns_nothing_is_rewarded_when_its_window_closes(self):
        self.program.sudo().points_per_unit = 0
        order = self._order(
            (100, 2),
            partner=self.friend,
            points_referral_code=self.member.referral_code,
        )
        self._deliver(order, 1)
        with freeze_time(Datetime.add(Datetime.now(), days=30)):
            self._night()
            self.assertEqual(self._referral().state, "ordered")  # one is to come
        self._deliver(order)
        self.assertFalse(self._booked(order, "earn"))
        for days, state in ((6, "ordered"), (8, "rewarded")):
            with freeze_time(Datetime.add(Datetime.now(), days=days)):
                self._night()
            self.assertEqual(self._referral().state, state)
        self.assertEqual(self._balance(), (110, 0))
        self.assertEqual(self._balance(self.friend), (40, 0))

    def test_an_order_that_earns_nothing_and_is_sent_back_brings_nothing(self):
        self.program.sudo().points_per_unit = 0
        order = self._ordered((100, 2), (0, 1))
        self._credit(order, 1)
        self._night()
        self.assertEqual(self._referral().state, "ordered")
        self._credit(order, 1)
        self._night()
        self.assertEqual(self._referral().state, "void")
        self.assertEqual(self._balance(), (10, 0))

    def test_services_without_points_count_from_their_invoice(self):
        self.program.sudo().points_per_unit = 0
        self.product.type = "service"
        order = self._ordered()
        with freeze_time(Datetime.add(Datetime.now(), days=30)):
            self._night()
            self.assertEqual(self._referral().state, "ordered")
        self._invoice(order)
        with freeze_time(Datetime.add(Datetime.now(), days=8)):
            self._night()
        self.assertEqual(self._referral().state, "rewarded")

    def test_too_little_kept_of_the_first_order_brings_nothing(self):
        self.program.sudo().points_referral_minimum = 50
        order = self._ordered((10, 10))
        self._credit(order, 6)
        self._pass_time(order.order_line)
        self._night()
        self.assertEqual(self._referral().state, "void")
        self.assertEqual(self._balance(), (10, 0))

    def test_what_is_refunded_although_its_points_are_spent_is_lost(self):
        self.program.sudo().points_negative = "zero"
        order = self._ordered()
        self._pass_time(order.order_line)
        self._card(self.friend).sudo().points = 0
        self._credit(order)
        self._night()
        self.assertEqual(self._referral().state, "void")

    def test_only_the_first_order_counts(self):
        self._delivered((10, 1), partner=self.friend)
        order = self._ordered()
        self.assertFalse(self._referral())
        self.assertIn("new customers only", order.message_ids[:3].mapped("body")[-1])

    def test_a_cancelled_first_order_leaves_the_next_one_to_count(self):
        order = self._order(
            (100, 1),
            partner=self.friend,
            points_referral_code=self.member.referral_code,
        )
        order._action_cancel()
        self.assertEqual(self._referral().state, "invited")
        again = self._delivered((100, 1), partner=self.friend)
        self.assertEqual(self._referral().order_id, again)

    def test_who_was_merged_meanwhile_is_rewarded_on_the_card_that_stays(self):
        order = self._ordered()
        again = self.env["res.partner"].create({"name": "Buyer again"})
        self._released((30, 1), partner=again)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.buyer + again).ids, again)
        self._pass_time(order.order_line)
        self._night()
        self.assertEqual(self._balance(again), (140, 0))

    def test_nobody_brings_themselves(self):
        alone = self.env["res.partner"].create(
            {"name": "Second contact", "parent_id": self.buyer.id, "type": "other"}
        )
        self.assertFalse(self.referrals._invite(self.member, alone))

    def test_what_looks_odd_waits_for_a_manager(self):
        self.buyer.write({"street": "9, EAST rd.", "zip": "310000"})
        order = self._ordered()
        referral = self._referral()
        self.assertEqual((referral.state, referral.signs), ("review", "address"))
        self.assertEqual(referral.signs_text, "same address")
        self._pass_time(order.order_line)
        self._night()
        self.assertEqual(self._balance(), (10, 0))
        reader, manager = (
            new_test_user(
                self.env, f"ref_{role}", f"base.group_user,loyalty_points.group_{role}"
            )
            for role in ("points_user", "points_manager")
        )
        with self.assertRaises(AccessError):
            referral.with_user(reader).action_release()
        with self.assertRaisesRegex(UserError, "Write the reason"):
            referral.with_user(manager).action_release()
        with self.assertRaises(AccessError):
            referral.with_user(manager).write({"state": "rewarded"})
        referral.with_user(manager).reason = "Neighbours, known to us"
        referral.with_user(manager).action_release()
        self._night()
        self.assertEqual(referral.state, "rewarded")
        self.assertEqual(referral.decided_by_id, manager)
        self.assertEqual(self._balance(), (110, 0))

    def test_a_refused_referral_brings_nothing_and_can_be_released_after_all(self):
        order = self._ordered()
        referral = self._referral()
        referral.reason = "Not a customer"
        referral.action_refuse()
        self._pass_time(order.order_line)
        self._night()
        self.assertEqual(self._balance(), (10, 0))
        referral.action_release()
        self._night()
        self.assertEqual(self._balance(), (110, 0))

    def test_many_friends_from_one_network_wait(self):
        self.program.points_referral_network_max = 2
        states = []
        for number in range(4):
            friend = self.env["res.partner"].create({"name": f"Friend {number}"})
            self.referrals._invite(self.member, friend, "192.0.2.7")
            self._delivered((100, 1), partner=friend)
            states.append(self._referral(friend).state)
        self.assertEqual(states, ["ordered", "ordered", "review", "review"])
        self.assertNotIn("192", self.referrals.search([])[0].network)

    def test_codes_are_typed_in_any_form(self):
        code = self.member.referral_code
        typed = f" {code[:4].lower()}-{code[4:]} "
        find = self.env["loyalty.membership"].sudo()._find_by_referral_code
        self.assertEqual(find(typed), self.member)
        self.program.points_referral = False
        self.assertFalse(find(typed))

    def test_small_first_orders_do_not_count(self):
        self.program.points_referral_minimum = 50
        self._ordered((49.99, 1))
        self.assertEqual(self._referral().state, "invited")

    def test_each_member_has_a_code_of_its_own(self):
        partners = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        cards = self.env["loyalty.card"].create(
            [{"program_id": self.program.id, "partner_id": p.id} for p in partners]
        )
        codes = cards.sudo().points_membership_ids.mapped("referral_code")
        self.assertEqual(len(set(codes)), 2)
        self.assertEqual({len(code) for code in codes}, {8})
