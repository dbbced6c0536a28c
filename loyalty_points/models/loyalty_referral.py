from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..ledger import referral

MANAGER = "loyalty_points.group_points_manager"
TRANSITIONS = {
    "invited": {"ordered", "review", "refused"},
    "ordered": {"rewarded", "review", "void", "refused", "invited"},
    "review": {"ordered", "refused", "void", "invited"},
    "rewarded": set(),
    "void": set(),
    "refused": {"ordered"},
}


class LoyaltyReferral(models.Model):
    """A friend whom a member brought, from the invitation to the reward."""

    _name = "loyalty.referral"
    _inherit = ["mail.thread"]
    _description = "Referral"
    _order = "id desc"

    referrer_id = fields.Many2one(
        "loyalty.membership",
        string="Member",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    referrer_partner_id = fields.Many2one(
        related="referrer_id.partner_id", string="Member's Contact"
    )
    referrer_phone = fields.Char(
        related="referrer_partner_id.phone", string="Member's Phone"
    )
    friend_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="restrict"
    )
    friend_phone = fields.Char(related="friend_id.phone", string="Friend's Phone")
    program_id = fields.Many2one(
        related="referrer_id.program_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="referrer_id.company_id", store=True, index="btree_not_null"
    )
    order_id = fields.Many2one(
        "sale.order",
        string="First Order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    state = fields.Selection(
        [
            ("invited", "Invited"),
            ("ordered", "Waits for the return window"),
            ("review", "To review"),
            ("rewarded", "Rewarded"),
            ("void", "Sent back"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="invited",
        index=True,
        tracking=True,
    )
    signs = fields.Char(readonly=True)
    signs_text = fields.Char(
        string="What Speaks Against It", compute="_compute_signs_text"
    )
    network = fields.Char(
        readonly=True,
        index="btree_not_null",
        groups="base.group_system",
        help="A keyed digest of the network address of the invitation.",
    )
    reason = fields.Char(
        string="Why Released or Refused",
        tracking=True,
        help="Written by whoever decides a referral in review.",
    )
    decided_by_id = fields.Many2one(
        "res.users", readonly=True, index="btree_not_null", ondelete="restrict"
    )

    _one_per_friend = models.UniqueIndex(
        "(program_id, friend_id)",
        "This customer was brought by a member already.",
    )

    @api.depends("referrer_id.partner_id", "friend_id")
    def _compute_display_name(self):
        for each in self:
            each.display_name = self.env._(
                "%(friend)s, brought by %(member)s",
                friend=each.friend_id.display_name,
                member=each.referrer_id.display_name,
            )

    @api.depends("signs")
    @api.depends_context("lang")
    def _compute_signs_text(self):
        words = self._sign_words()
        for each in self:
            found = referral.from_text(each.signs)
            each.signs_text = "; ".join(words[sign] for sign in found)

    def _sign_words(self):
        return {
            referral.SELF: self.env._("member and friend are one customer"),
            referral.NOT_FIRST: self.env._("not the friend's first order"),
            referral.ADDRESS: self.env._("same address"),
            referral.PHONE: self.env._("same phone"),
            referral.EMAIL: self.env._("e-mail addresses of one shape"),
            referral.NETWORK: self.env._("many friends from one network"),
        }

    # -- a person decides -----------------------------------------------------------

    def action_release(self):
        """Let a referral in review, or a refused one, go on; with the reason."""
        self._decide("ordered")

    def action_refuse(self):
        """Refuse a referral, with the reason; nobody gets points for it."""
        self._decide("refused")

    def _decide(self, state):
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only a points manager decides referrals."))
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["state", "order_id"])
        for each in self:
            if not (each.reason or "").strip():
                raise UserError(
                    self.env._(
                        "Write the reason for %(referral)s first.",
                        referral=each.display_name,
                    )
                )
            # sudo: sale.order - whoever decides need not sell
            if state == "ordered" and each.sudo().order_id.state != "sale":
                raise UserError(
                    self.env._(
                        "%(friend)s has not ordered yet: there is nothing to release.",
                        friend=each.friend_id.display_name,
                    )
                )
            each._move_to(state)
        # sudo: loyalty.referral - written by the buttons alone
        self.sudo().write({"decided_by_id": self.env.uid})

    def _move_to(self, state):
        self.ensure_one()
        if state not in TRANSITIONS[self.state]:
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(referral)s: from “%(now)s” it cannot become “%(wanted)s”.",
                    referral=self.display_name,
                    now=states[self.state],
                    wanted=states[state],
                )
            )
        # sudo: loyalty.referral - the steps are the way, people write the reason only
        self.sudo().write({"state": state})

    def write(self, vals):
        """Let people write the reason; all else follows from orders."""
        if not self.env.su and vals.keys() - {"reason", "message_follower_ids"}:
            raise AccessError(
                self.env._("Referrals follow from invitations and orders.")
            )
        return super().write(vals)
