from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

AGENT = "loyalty_points.group_points_agent"
MANAGER = "loyalty_points.group_points_manager"
TRANSITIONS = {
    "draft": {"waiting", "booked", "cancelled"},
    "waiting": {"booked", "refused", "cancelled"},
}
DECIDED = ("booked", "refused")


class LoyaltyPointsAdjustment(models.Model):
    """Points given or taken by a person: with a reason, above a ceiling by two."""

    _name = "loyalty.points.adjustment"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Points Adjustment"
    _order = "id desc"

    card_id = fields.Many2one(
        "loyalty.card",
        string="Member Card",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('points_ledger', '=', True)]",
        tracking=True,
    )
    partner_id = fields.Many2one(
        related="card_id.partner_id",
        string="Member",
        store=True,
        index="btree_not_null",
    )
    program_id = fields.Many2one(related="card_id.program_id")
    company_id = fields.Many2one(
        related="card_id.company_id", store=True, index="btree_not_null"
    )
    balance = fields.Float(
        related="card_id.points",
        string="Available Now",
        digits=(16, 0),
        help="What the member may spend before the adjustment.",
    )
    points = fields.Integer(
        required=True,
        tracking=True,
        help="Above zero: given to the member. Below zero: taken.",
    )
    reason = fields.Char(
        required=True,
        tracking=True,
        help="The member reads it in the list of points.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("waiting", "Waits for a manager"),
            ("booked", "Booked"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    asked_by_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.user,
        required=True,
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
    )
    decided_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    refusal = fields.Char(string="Why Refused", copy=False, tracking=True)

    _points_not_zero = models.Constraint(
        "CHECK (points <> 0)", "An adjustment needs points above or below zero."
    )
    _reason_given = models.Constraint(
        "CHECK (TRIM(reason) <> '')", "Say why the points are adjusted."
    )

    @api.depends("points", "card_id", "partner_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for adjustment in self:
            if not adjustment.card_id:
                adjustment.display_name = False
                continue
            adjustment.display_name = self.env._(
                "%(points)+d points for %(member)s",
                points=adjustment.points,
                member=adjustment.partner_id.display_name or adjustment.card_id.code,
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Take the asking person from the session, whatever is sent."""
        if not self.env.su:
            for vals in vals_list:
                vals.update(state="draft", asked_by_id=self.env.uid)
                vals.pop("decided_by_id", None)
        return super().create(vals_list)

    def write(self, vals):
        """Keep what is waiting or booked as it was asked for."""
        fixed = {"card_id", "points", "reason"} & vals.keys()
        if fixed and self.filtered(lambda adjustment: adjustment.state != "draft"):
            raise UserError(
                self.env._("This adjustment was handed in. Cancel it, make a new one.")
            )
        if not self.env.su and {"state", "asked_by_id", "decided_by_id"} & vals.keys():
            raise AccessError(self.env._("Use the buttons of the adjustment."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        if self.filtered(lambda adjustment: adjustment.state != "draft"):
            raise UserError(
                self.env._("Only drafts can be deleted; the others are a record.")
            )

    @api.constrains("card_id", "points")
    def _check_card(self):
        for adjustment in self.filtered(lambda each: each.state == "draft"):
            if not adjustment.card_id.points_ledger:
                raise ValidationError(
                    self.env._(
                        "Card %(card)s keeps no points ledger.",
                        card=adjustment.card_id.code,
                    )
                )
            adjustment._check_points(adjustment._living_card().points)

    # -- the steps ----------------------------------------------------------------

    def action_hand_in(self):
        """Book what the person may book alone, hand the rest to a manager.

        Only whoever asked, or a manager: each answers for what they give.

        :return: a message that says which of the two happened
        """
        self._check_role(AGENT)
        self._lock()
        for adjustment in self:
            if adjustment.asked_by_id != self.env.user:
                self._check_role(MANAGER)
            adjustment._check_points(adjustment._living_card().points)
            if adjustment._is_within_ceiling():
                adjustment._move_to("booked")
            else:
                adjustment._move_to("waiting")
        self.filtered(lambda adjustment: adjustment.state == "booked")._book()
        waiting = self.filtered(lambda adjustment: adjustment.state == "waiting")
        waiting._tell_managers()
        return waiting._notice_of_waiting() or self._notice_of_booked()

    def action_approve(self):
        """Book what an agent asked for."""
        self._check_role(MANAGER)
        self._lock()
        for adjustment in self:
            adjustment._move_to("booked")
        self._book()
        self.sudo().activity_ids.action_feedback()  # sudo: mail.activity - of others

    def action_refuse(self):
        """Refuse what an agent asked for, with the reason that was written."""
        self._check_role(MANAGER)
        self._lock()
        for adjustment in self:
            if not (adjustment.refusal or "").strip():
                raise UserError(
                    self.env._(
                        "Write under “Why Refused” why %(adjustment)s is refused.",
                        adjustment=adjustment.display_name,
                    )
                )
            adjustment._move_to("refused")
        self.sudo().activity_ids.action_feedback()  # sudo: mail.activity - of others

    def action_cancel(self):
        """Take back what was asked for; only whoever asked, or a manager."""
        self._check_role(AGENT)
        self._lock()
        for adjustment in self:
            if adjustment.asked_by_id != self.env.user:
                self._check_role(MANAGER)
            adjustment._move_to("cancelled")
        self.sudo().activity_ids.unlink()  # sudo: mail.activity - of the managers

    # -- how ----------------------------------------------------------------------

    def _check_role(self, group):
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group(group)):
            # sudo: res.groups - its name for the message
            raise AccessError(
                self.env._(
                    "This takes the role %(role)s.",
                    role=self.env.ref(group).sudo().full_name,
                )
            )

    def _lock(self):
        """Let two people decide one after the other; the second reads afresh."""
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["state"])

    def _move_to(self, state):
        self.ensure_one()
        if state not in TRANSITIONS.get(self.state, ()):
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(adjustment)s is %(state)s: nothing is left to decide.",
                    adjustment=self.display_name,
                    state=states[self.state].lower(),
                )
            )
        decided = {"decided_by_id": self.env.uid} if state in DECIDED else {}
        # sudo: loyalty.points.adjustment - the buttons are the way, write refuses
        self.sudo().write({"state": state, **decided})

    def _living_card(self):
        """Return the card, or the one that took it over when members were merged."""
        card = self.card_id.sudo()  # sudo: loyalty.card - how many points there are
        return card._points_living()[card]

    def _check_points(self, balance):
        """Refuse to take more than the member may spend."""
        if self.points < 0 and balance + self.points < 0:
            raise UserError(
                self.env._(
                    "%(member)s has %(balance)s points to spend; %(points)s cannot be "
                    "taken.",
                    member=self.partner_id.display_name or self.card_id.code,
                    balance=int(balance),
                    points=-self.points,
                )
            )

    def _is_within_ceiling(self):
        """Tell whether the person may book this alone.

        What was adjusted on the card in the last 24 hours counts in, whoever did it,
        so that a large adjustment cannot be cut into small ones.
        """
        if self.env.su or self.env.user.has_group(MANAGER):
            return True
        recent = self.search(
            [
                ("card_id", "in", (self.card_id | self._living_card()).ids),
                ("state", "=", "booked"),
                ("write_date", ">=", fields.Datetime.now() - timedelta(hours=24)),
            ]
        )
        moved = sum(abs(each.points) for each in recent) + abs(self.points)
        return moved <= self.program_id.points_adjust_max

    def _book(self):
        # sudo: loyalty.card - the role and the ceiling were checked
        cards = self.sudo().card_id
        living = cards._points_living()
        books = cards.browse().union(*living.values())._points_open_books()
        for adjustment in self:
            book = books[living[adjustment.card_id]]
            adjustment._check_points(book.balance())
            book.change(
                "adjust",
                adjustment.points,
                key=f"adjustment:{adjustment.id}",
                source="manual",
                description=adjustment.reason,
            )
        cards._points_close_books(books)
