import threading
from functools import partial

from odoo.fields import Command
from odoo.tests import tagged

from .committed import CommittedCase


@tagged("post_install", "-at_install")
class TestMembershipConcurrent(CommittedCase):
    """Members, gifts and birthdays exactly once, in real transactions."""

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
            program = env["loyalty.program"].create(
                {
                    "name": "Members",
                    "program_type": "loyalty",
                    "points_ledger": True,
                    "points_birthday": 7,
                    "points_tier_ids": [
                        Command.create({"name": "All"}),
                        Command.create(
                            {"name": "Gold", "enter_at": 100, "entry_points": 50}
                        ),
                    ],
                }
            )
            self.program_id = program.id
            self.buyer_id = env["res.partner"].create({"name": "Buyer"}).id

    def _join(self, env):
        program = env["loyalty.program"].browse(self.program_id)
        buyer = env["res.partner"].browse(self.buyer_id)
        return program._points_cards([(program, buyer)])[program, buyer].id

    def _give(self, key, points, env):
        card = env["loyalty.card"].browse(self._join(env))
        facts = {"key": key, "source": "survey", "description": key}
        env["loyalty.card"]._points_grant([(card, points, facts)])

    def _celebrate(self, env):
        members = env["loyalty.membership"]
        program = env["loyalty.program"].browse(self.program_id)
        members.search(members._celebrating(program))._celebrate()

    def _move(self, env):
        members = env["loyalty.membership"].search(
            [("program_id", "=", self.program_id)]
        )
        members._count_anew()
        members._move_on()

    def _entries(self, env, source):
        return env["loyalty.points.entry"].search(
            [("program_id", "=", self.program_id), ("source", "=", source)]
        )

    def test_two_first_earnings_make_one_member(self):
        self._all_at_once(self._join, self._join, self._join)
        with self._transaction() as env:
            members = env["loyalty.membership"].search(
                [("program_id", "=", self.program_id)]
            )
            self.assertEqual(members.partner_id.id, self.buyer_id)
            self.assertEqual(len(members.tier_change_ids), 1)

    def test_reaching_a_tier_from_two_sides_gives_one_gift(self):
        with self._transaction() as env:
            self._join(env)
        self._all_at_once(
            partial(self._give, "a", 100), partial(self._give, "b", 100), self._move
        )
        with self._transaction() as env:
            self.assertEqual(self._entries(env, "tier").mapped("points"), [50])
            member = env["loyalty.membership"].search(
                [("program_id", "=", self.program_id)]
            )
            self.assertEqual(member.tier_id.name, "Gold")
            self.assertEqual(member.card_id.points, 250)

    def test_two_birthday_jobs_give_one_gift(self):
        with self._transaction() as env:
            member = env["loyalty.card"].browse(self._join(env)).points_membership_ids
            member.write({"birthday": member.program_id._points_today()})
            member.write({"birthday_set_on": "2020-01-01"})
        self._all_at_once(self._celebrate, self._celebrate)
        with self._transaction() as env:
            self.assertEqual(self._entries(env, "birthday").mapped("points"), [7])

    def test_a_member_somebody_works_on_is_left_for_the_next_run(self):
        with self._transaction() as env:
            self._give("a", 40, env)
        locked, done = threading.Event(), threading.Event()

        def hold():
            with self._transaction() as env:
                card = env["loyalty.card"].search(
                    [("program_id", "=", self.program_id)]
                )
                card._points_lock()
                locked.set()
                done.wait(30)

        holder = threading.Thread(target=hold)
        holder.start()
        locked.wait(30)
        try:
            with self._transaction() as env:
                program = env["loyalty.program"].browse(self.program_id)
                program.points_tier_ids[1:].enter_at = 30
                env.flush_all()
                self._move(env)
                member = env["loyalty.membership"].search(
                    [("program_id", "=", self.program_id)]
                )
                self.assertEqual(member.tier_id.name, "All")
        finally:
            done.set()
            holder.join()
        with self._transaction() as env:
            self._move(env)
            self.assertEqual(self._entries(env, "tier").mapped("points"), [50])

    def test_a_friend_who_taps_twice_is_brought_once(self):
        with self._transaction() as env:
            self._join(env)
            friend_id = env["res.partner"].create({"name": "Friend"}).id

        def accept(env):
            member = env["loyalty.membership"].search(
                [("program_id", "=", self.program_id)]
            )
            friend = env["res.partner"].browse(friend_id)
            return env["loyalty.referral"]._invite(member, friend).id

        brought = self._all_at_once(accept, accept, accept)
        self.assertEqual(len(set(brought)), 1, brought)
        self.assertIsInstance(brought[0], int, brought)
