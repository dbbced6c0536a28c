"""A referral from the invitation over the first order to the reward."""

import hashlib
import hmac
from datetime import timedelta

from odoo import api, fields, models

from ..ledger import referral
from .collisions import COLLISIONS
from .sale_order_settled import KEPT

WEEK = timedelta(days=7)
BATCH = 500


class LoyaltyReferral(models.Model):
    _inherit = "loyalty.referral"

    @api.model
    def _network_digest(self, address):
        """Return what tells networks apart without keeping their addresses."""
        if not address:
            return False
        # sudo: ir.config_parameter - the secret of the database
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        keyed = hmac.new(secret.encode(), address.encode(), hashlib.sha256)
        return keyed.hexdigest()[:32]

    @api.model
    def _invite(self, member, friend, address=""):
        """Note that a friend accepted an invitation; the first one counts.

        :param member: the membership whose code the friend brought
        :param address: the network address, where one is known
        :return: the referral, or an empty one where the friend is no new customer
        """
        friend = friend.commercial_partner_id
        # sudo: loyalty.referral - made by buyers' steps
        referrals = self.sudo()
        known = referrals.search(
            [("program_id", "=", member.program_id.id), ("friend_id", "=", friend.id)]
        )
        if known:
            return known
        if friend == member.partner_id.commercial_partner_id or self._ordered(friend):
            return referrals.browse()
        # a second tap waits here, and then finds the referral
        self.env["loyalty.program"]._points_touch_partners(friend.ids)
        return referrals.create(
            {
                "referrer_id": member.id,
                "friend_id": friend.id,
                "network": self._network_digest(address),
            }
        )

    @api.model
    def _ordered(self, partners, but=()):
        """Return whether a customer has a confirmed order besides some."""
        # sudo: sale.order - whether there is one
        return bool(
            self.env["sale.order"]
            .sudo()
            .search_count(
                [
                    ("partner_id", "child_of", partners.ids),
                    ("state", "=", "sale"),
                    ("id", "not in", list(but)),
                ],
                limit=1,
            )
        )

    # -- the first order ------------------------------------------------------------

    @api.model
    def _attach(self, orders):
        """Take these confirmed orders as the first ones of invited friends."""
        friends = orders.partner_id.commercial_partner_id
        # sudo: loyalty.referral - whoever confirms an order
        waiting = self.sudo().search(
            [("friend_id", "in", friends.ids), ("state", "=", "invited")]
        )
        for each in waiting:
            order = orders.filtered(
                lambda order, each=each: (
                    order.partner_id.commercial_partner_id == each.friend_id
                    and each._accepts(order)
                )
            )[:1]
            if order:
                each.write(
                    {
                        "order_id": order.id,
                        "signs": referral.to_text(each._look_at(order)),
                    }
                )
                each._move_to("review" if each.signs else "ordered")

    def _accepts(self, order):
        program = self.program_id
        return (
            program._points_refers()
            and program._points_accepts(order)
            and self._reaches(order, order.amount_total)
        )

    def _reaches(self, order, amount):
        """Tell whether so much of an order is enough for a first one."""
        program = self.program_id
        return (
            program.currency_id.compare_amounts(
                program._points_amount(amount, order), program.points_referral_minimum
            )
            >= 0
        )

    def _look_at(self, order):
        since = fields.Datetime.now() - WEEK
        same = self.network and self.search_count(
            [("network", "=", self.network), ("create_date", ">=", since)]
        )
        return referral.signs(
            self._to_person(self.referrer_id.partner_id),
            self._to_person(order.partner_id, order.partner_shipping_id),
            is_first_order=not self._ordered(self.friend_id, order.ids),
            same_network=same or 0,
            most_per_network=self.program_id.points_referral_network_max,
        )

    @staticmethod
    def _to_person(partner, place=None):
        place = place or partner
        return referral.Person(
            partner.commercial_partner_id.id,
            partner.email or "",
            partner.phone or place.phone or "",
            place.street or "",
            place.zip or "",
            place.city or "",
        )

    @api.model
    def _detach(self, orders):
        """Let a friend whose first order was cancelled order anew."""
        # sudo: loyalty.referral - whoever cancels an order
        lost = self.sudo().search(
            [("order_id", "in", orders.ids), ("state", "in", ("ordered", "review"))]
        )
        for each in lost:
            each.write({"order_id": False, "signs": False})
            each._move_to("invited")

    # -- the reward -----------------------------------------------------------------

    @api.model
    def _cron_reward(self):
        """Reward what can no longer be sent back, batch by batch."""
        commit = self.env["ir.cron"]._commit_progress
        waiting = self.search(
            [("state", "=", "ordered"), ("program_id.points_ledger", "=", True)],
            order="id",
        )
        commit(0, remaining=len(waiting))
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            try:
                part = batch.try_lock_for_update(allow_referencing=True)
                part.invalidate_recordset(["state"])
                part.filtered(lambda each: each.state == "ordered")._reward_due()
                self.env.flush_all()
            except COLLISIONS:
                self.env.cr.rollback()
            commit(len(batch))

    def _kept_and_lost(self):
        """Return those whose first order stays, and those of which too little does."""
        states, amounts = {}, self.order_id._points_kept_amounts()
        for program, mine in self.grouped("program_id").items():
            states |= mine.order_id._points_settled(program)
        kept = self.filtered(
            lambda each: (
                states.get(each.order_id) == KEPT
                and each._reaches(each.order_id, amounts[each.order_id])
            )
        )
        return kept, self.filtered(lambda each: each.order_id in states) - kept

    def _reward_due(self):
        """Reward those of whose first order enough was kept for good."""
        kept, lost = self._kept_and_lost()
        for each in lost:
            each._move_to("void")
        friends = self.env["loyalty.program"]._points_cards(
            (
                (each.program_id, each.order_id.partner_id)
                for each in kept.filtered("program_id.points_friend")
            ),
            joining=True,
        )
        members, grants = kept.referrer_id.card_id._points_living(), []
        for each in kept:
            friend = friends.get((each.program_id, each.order_id.partner_id))
            grants += each._grants(members[each.referrer_id.card_id], friend)
            each._move_to("rewarded")
        self.env["loyalty.card"]._points_grant(grants)

    def _grants(self, member, friend):
        """Return what the cards of the two sides get, as ``_points_grant`` takes it."""
        program, brought = self.program_id, self.friend_id
        sides = [(member, program.points_referrer, brought, "member")]
        if friend:
            sides.append((friend, program.points_friend, member.partner_id, "friend"))
        return [
            (
                card,
                points,
                {
                    "key": f"referral:{self.id}:{side}",
                    "source": "referral",
                    "order_id": self.order_id.id,
                    "description": self._told(card, other, side),
                },
            )
            for card, points, other, side in sides
            if points
        ]

    def _told(self, card, other, side):
        """Return the sentence for a side, in its language; names stay private."""
        env = self.with_context(lang=card.partner_id.lang or self.env.lang).env
        if side == "member":
            initial = (other.name or "").strip()[:1]
            return env._("A friend (%(initial)s…) came", initial=initial)
        return env._("Brought by a friend")
