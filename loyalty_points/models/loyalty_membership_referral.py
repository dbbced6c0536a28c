"""The code by which a member brings friends."""

import secrets

from odoo import api, fields, models

# Without letters and digits that are mistaken for one another.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 8
UNDECIDED = ("invited", "ordered", "review")


def new_code():
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    referral_code = fields.Char(
        readonly=True,
        copy=False,
        help="Friends give it with their first order, or open the member's link.",
    )
    referral_link = fields.Char(
        compute="_compute_referral_link",
        help="The page on which a friend accepts the invitation.",
    )
    referral_ids = fields.One2many(
        "loyalty.referral", "referrer_id", string="Friends Brought", readonly=True
    )
    referral_count = fields.Integer(compute="_compute_referral_count")

    _referral_code_once = models.UniqueIndex(
        "(referral_code) WHERE referral_code IS NOT NULL",
        "Two members cannot share a referral code.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Give each member a code."""
        for vals in vals_list:
            vals["referral_code"] = new_code()
        return super().create(vals_list)

    def _compute_referral_link(self):
        for member in self:
            member.referral_link = (
                member.program_id._points_refers()
                and member.referral_code
                and f"{member.get_base_url()}/points/invited/{member.referral_code}"
            )

    def _compute_referral_count(self):
        counted = self.env["loyalty.referral"]._read_group(
            [("referrer_id", "in", self.ids)], ["referrer_id"], ["__count"]
        )
        counts = {member.id: count for member, count in counted}
        for member in self:
            member.referral_count = counts.get(member.id, 0)

    @api.model
    def _find_by_referral_code(self, code):
        """Return the member behind a code, as typed; none when it brings nothing."""
        code = "".join(letter for letter in (code or "").upper() if letter.isalnum())
        if not code:
            return self.browse()
        member = self.search([("referral_code", "=", code)], limit=1)
        return member.filtered(
            lambda found: found.partner_id.active and found.program_id._points_refers()
        )

    def _referral_step(self, friend):
        """Return what this member's invitation is to somebody who is logged in.

        :return: ``own``, ``accept``, ``accepted``, or ``known`` for a customer who
            has ordered or came another way
        """
        self.ensure_one()
        friend = friend.commercial_partner_id
        if friend == self.partner_id.commercial_partner_id:
            return "own"
        # sudo: loyalty.referral - what is known of the person who asks
        referrals = self.env["loyalty.referral"].sudo()
        known = referrals.search(
            [("program_id", "=", self.program_id.id), ("friend_id", "=", friend.id)]
        )
        if known.referrer_id == self and known.state in UNDECIDED:
            return "accepted"
        if known or referrals._ordered(friend):
            return "known"
        return "accept"

    def action_referrals(self):
        """Open the friends this member brought."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty_points.action_loyalty_referral"
        )
        return {**action, "domain": [("referrer_id", "=", self.id)], "context": {}}
