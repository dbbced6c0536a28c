from math import ceil, floor

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..ledger.lots import PENDING, ShortOfPointsError
from .booking import current_reason

MAINTAINED = {"points_ledger", "points_pending", "points_entry_count", "points_fault"}

MOST = 2**31 - 1  # what the database holds


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    points_ledger = fields.Boolean(related="program_id.points_ledger", store=True)
    points_entry_ids = fields.One2many(
        "loyalty.points.entry", "card_id", string="Points Entries", readonly=True
    )
    points_pending = fields.Integer(
        string="Pending Points",
        readonly=True,
        copy=False,
        help="Earned, but not to be spent before their release date.",
    )
    points_entry_count = fields.Integer(
        string="Entries", readonly=True, copy=False, help="Entries on this card so far."
    )

    _points_pending_positive = models.Constraint(
        "CHECK (points_pending >= 0)", "Pending points cannot be negative."
    )
    _points_one_card = models.UniqueIndex(
        "(program_id, partner_id) WHERE active AND points_ledger",
        "This customer has a card of this program already.",
    )

    # -- what core and people do to a card --------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Book the points a ledger card is born with as its opening."""
        # defaults come from the context, too, which anybody may send
        for vals in [self.default_get(sorted(MAINTAINED)), *vals_list]:
            self._points_check_maintained(vals)
        cards = super().create(vals_list)
        holding = cards.filtered(lambda card: card.points_ledger and card.points)
        if holding:
            holding._points_check_manager()
            for card in holding:
                card._points_check_amount(card.points)
            holding._points_book_difference("opening")
        return cards

    def write(self, vals):
        """Book every change of points on ledger cards: the one gate for core."""
        self._points_check_maintained(vals)
        ledger = self.filtered("points_ledger")
        if "program_id" in vals and any(
            card.program_id.id != vals["program_id"] for card in ledger
        ):
            raise UserError(
                self.env._("A card with a points ledger stays in its program.")
            )
        if "partner_id" in vals:
            ledger._points_check_owner(vals["partner_id"])
        if "points" not in vals or not ledger:
            return super().write(vals)
        self.check_access("write")
        ledger._points_change_to(vals["points"])
        rest = {name: value for name, value in vals.items() if name != "points"}
        if rest:
            super(LoyaltyCard, ledger).write(rest)
        return super(LoyaltyCard, self - ledger).write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_entries(self):
        if kept := self.filtered("points_entry_count"):
            raise UserError(
                self.env._(
                    "These cards have points entries. Archive them instead: %(cards)s",
                    cards=", ".join(kept.mapped("display_name")),
                )
            )

    def _points_check_maintained(self, vals):
        if MAINTAINED & vals.keys():
            raise UserError(
                self.env._(
                    "Whether a card has a ledger follows from its program; pending "
                    "points and the number of entries follow from the ledger."
                )
            )

    def _points_check_manager(self):
        if not (
            self.env.su
            or self.env.user.has_group("loyalty_points.group_points_manager")
        ):
            raise AccessError(
                self.env._(
                    "Only a points manager may change the points of a card by hand."
                )
            )

    def _points_check_owner(self, partner_id):
        """Refuse to hand the points of one customer to another."""
        # sudo: res.partner - whether it is the public one
        moved = self.filtered(
            lambda card: (
                card.points_entry_count
                and card.partner_id.id not in (False, partner_id)
                and not card.sudo().partner_id.is_public
            )
        )
        if moved:
            moved._points_check_manager()

    def _points_check_amount(self, points, balance=0):
        """Refuse what a person cannot have meant as the points of a card.

        :param balance: the points so far; a debt may be lowered
        """
        if not float(points).is_integer() or abs(points) > MOST:
            raise ValidationError(
                self.env._(
                    "Points are whole numbers up to %(most)s, %(points)s is not.",
                    most=MOST,
                    points=points,
                )
            )
        if points < min(balance, 0):
            raise ValidationError(
                self.env._("The points of a card cannot be set below zero by hand.")
            )

    def _points_change_to(self, points):
        """Book the way from the present balance to the given one."""
        reason = current_reason()
        if reason is None:
            self._points_check_manager()
        by_order = reason and reason.order_id
        living = self._points_living() if by_order else {}
        booked_on, before = self.union(*living.values()), {}
        if by_order:
            before = {card: card.points for card in self}  # core counts from there
            booked_on._points_lock()
            booked_on._points_expire_due()
        books = booked_on._points_open_books()
        for card in self:
            balance, booked = books[card].balance(), living.get(card, card)
            if not by_order:
                card._points_check_amount(points, balance)
            difference = round(points - before.get(card, balance), 6)
            # the cost of a reward may be broken; points are whole
            difference = ceil(difference) if difference > 0 else floor(difference)
            facts = {
                "key": f"adjust:{card.id}:{booked.points_entry_count}",
                "order_id": by_order,
                "source": not by_order and "manual",
                "description": (reason and reason.description)
                or self.env._("Balance changed by hand"),
            }
            card._points_change(books[booked], difference, facts)
        self._points_close_books(books, history=False)

    def _points_change(self, book, difference, facts):
        if difference < 0 and facts["order_id"]:
            self._points_spend(book, -difference, facts)
        elif difference > 0 and facts["order_id"]:
            self._points_give_back(book, difference, facts)
        elif difference:
            book.change("adjust", difference, **facts)

    # -- the book ---------------------------------------------------------------

    @api.model
    def _points_close_books(self, books, history=True):
        """Store what was added and set each card to its new balance.

        :param history: also tell it in core's history, where core does not
        """
        changed = [(card, book) for card, book in books.items() if book.added]
        if not changed:
            return self.env["loyalty.points.entry"]
        # sudo: loyalty.points.entry - nobody may write entries but this method
        ledger = self.env["loyalty.points.entry"].sudo()
        self._points_set_dates(changed)
        touched = {}
        for _card, book in changed:
            touched.update(book.touched)
        ledger._maintain("remaining", touched)
        entries = ledger._store(changed)
        for card, book in changed:
            card = card.with_context(tracking_disable=True)
            # below our own write, which books what others change
            super(LoyaltyCard, card).write(  # pylint: disable=super-method-mismatch
                {
                    "points": book.balance(),
                    "points_pending": book.balance(PENDING),
                    "points_entry_count": card.points_entry_count + len(book.added),
                }
            )
        if history:
            self._points_write_history(entries)
        return entries

    def _points_spend(self, book, points, facts):
        try:
            return book.spend(points, **facts)
        except ShortOfPointsError as error:
            raise UserError(
                self.env._(
                    "Card %(card)s has %(balance)s points available, "
                    "%(wanted)s are needed. Update the rewards of the order.",
                    card=self.code,
                    balance=error.balance,
                    wanted=error.wanted,
                )
            ) from error

    def _points_give_back(self, book, points, facts):
        """Return points to the lots an order took them from, latest first.

        What its credit notes have given back already is not given twice.
        """
        order = self.env["sale.order"].browse(facts["order_id"])
        mine = self | self.union(*self._points_living().values())
        spent = [
            each
            for (_order, card), entries in order._points_spent().items()
            if card in mine
            for each in entries
        ]
        for spend, standing in spent:
            piece = min(points, standing)
            if piece:
                key = f"give_back:{spend.id}:{facts['key']}"
                book.give_back(spend._to_lot(), piece, **{**facts, "key": key})
                points -= piece
        if not spent:  # while there was no ledger; or never
            self._points_check_manager()
            book.change("adjust", points, **facts)
