"""Two cards and everything that can happen to them, in any order.

Whatever happens: balance, entries and lots tell the same; nothing expires that was
spent; nothing is taken back twice; no lot gives more than it held.
"""

from collections import Counter

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from loyalty_points.ledger.lots import AVAILABLE, PENDING, Book, ShortOfPointsError

amounts = st.integers(min_value=1, max_value=300)
cards = st.sampled_from([0, 1])
BUCKETS = (PENDING, AVAILABLE)


class TwoCards(RuleBasedStateMachine):
    """Members who earn, wait, spend, return, lose and merge."""

    def __init__(self):
        super().__init__()
        self.books = [Book(), Book()]
        self.lines = {}  # line: (card, points earned on it, points withheld)
        self.claws = []  # (card, entry), those not undone
        self.gifts = []  # (card, entry), those not taken back
        self.spent = []  # [card, entry, points given back]
        self.backs = []  # (card, entry), those not taken again
        self.expired = Counter()

    def pick(self, data, lots):
        return data.draw(st.sampled_from(lots))

    # -- what happens ---------------------------------------------------------------

    @rule(card=cards, points=amounts, withheld=st.integers(0, 50))
    def earn(self, card, points, withheld):
        line = len(self.lines) + 1
        self.lines[line] = (card, points + withheld, withheld)
        self.books[card].earn(points, line, withheld=withheld)

    @rule(card=cards, points=amounts)
    def grant(self, card, points):
        self.gifts.append((card, self.books[card].grant(points)))

    @rule(card=cards, points=st.integers(-300, 300).filter(bool))
    def adjust(self, card, points):
        self.books[card].change("adjust", points)

    @rule(card=cards, data=st.data())
    def release(self, card, data):
        waiting = [lot for lot in self.books[card].lots if lot.bucket == PENDING]
        if waiting:
            lot, before = self.pick(data, waiting), self.total(card)
            self.books[card].release(lot)
            assert self.books[card].release(lot) is None
            assert self.total(card) == before

    @rule(card=cards, points=amounts)
    def spend(self, card, points):
        book = self.books[card]
        before = len(book.added)
        if points > book.balance():
            with pytest.raises(ShortOfPointsError):
                book.spend(points)
            assert len(book.added) == before
        else:
            oldest = [lot for lot in book.lots if lot.bucket == AVAILABLE]
            entries = book.spend(points)
            taken = [entry.lot for entry in entries]
            assert taken == oldest[: len(taken)]
            assert not any(lot.left for lot in taken[:-1])
            self.spent += [[card, entry, 0] for entry in entries]

    @rule(card=cards, data=st.data())
    def expire(self, card, data):
        if not self.books[card].lots:
            return
        lot = self.pick(data, self.books[card].lots)
        left, free = lot.left, lot.bucket == AVAILABLE and lot.left > 0
        entry = self.books[card].expire(lot)
        assert (entry is not None) == free
        if entry:
            assert (entry.points, lot.left) == (-left, 0)
            self.expired[id(lot)] += left
            assert self.books[card].expire(lot) is None

    @precondition(lambda self: self.spent)
    @rule(data=st.data())
    def give_back(self, data):
        spent = self.pick(data, self.spent)
        card, entry, returned = spent
        if left := -entry.points - returned:
            part = data.draw(st.integers(1, left))
            back = self.books[card].give_back(entry, part)
            spent[2] += part
            self.backs.append((spent, back))

    @precondition(lambda self: self.backs)
    @rule(data=st.data(), stop_at_zero=st.booleans())
    def take_again(self, data, stop_at_zero):
        spent, back = self.backs.pop(self.backs.index(self.pick(data, self.backs)))
        entries = self.books[spent[0]].take_again(back, back.points, stop_at_zero)
        assert sum(e.shortfall - e.points for e in entries) == back.points

    @precondition(lambda self: self.lines)
    @rule(data=st.data(), stop_at_zero=st.booleans(), settled=st.integers(0, 50))
    def claw(self, data, stop_at_zero, settled):
        line = self.pick(data, list(self.lines))
        card, earned, withheld = self.lines[line]
        left = earned - self.taken(line)
        if left:
            points = data.draw(st.integers(1, left))
            used = sum(c.shortfall for _card, c in self.claws if c.line == line)
            ungranted = max(0, withheld - used)
            claws = self.books[card].claw(
                points, line, stop_at_zero, ungranted, settled
            )
            assert sum(claw.shortfall - claw.points for claw in claws) == points
            self.claws += [(card, claw) for claw in claws]

    @precondition(lambda self: self.gifts)
    @rule(data=st.data())
    def claw_gift(self, data):
        card, gift = self.gifts.pop(data.draw(st.integers(0, len(self.gifts) - 1)))
        book, before = self.books[card], self.total(card)
        gone = {
            entry: -entry.points
            for entry in book.added
            if entry.kind == "expire" and entry.lot is gift
        }
        lost = sum(gone.values())
        book.claw_gift(gift, expired=gone)
        assert self.total(card) == before - gift.points + lost

    @precondition(lambda self: self.claws)
    @rule(data=st.data())
    def undo(self, data):
        card, claw = self.claws.pop(data.draw(st.integers(0, len(self.claws) - 1)))
        self.books[card].undo_claw(claw)

    @rule(card=cards)
    def merge(self, card):
        other, before = 1 - card, [self.total(0), self.total(1)]
        self.books[card].move_to(self.books[other])
        assert self.books[card].lots == []
        assert self.total(other) == sum(before)
        # what happened to the merged card goes on with the other
        for line, (owner, earned, withheld) in self.lines.items():
            if owner == card:
                self.lines[line] = (other, earned, withheld)
        self.claws = [(other, claw) for _card, claw in self.claws]
        self.gifts = [(other, gift) for _card, gift in self.gifts]
        for spent in self.spent:
            spent[0] = other

    # -- what always holds ----------------------------------------------------------

    def total(self, card):
        return sum(self.books[card].balance(bucket) for bucket in BUCKETS)

    def taken(self, line):
        return sum(c.shortfall - c.points for _card, c in self.claws if c.line == line)

    @invariant()
    def balance_entries_and_lots_agree(self):
        for book in self.books:
            for bucket in BUCKETS:
                mine = [entry for entry in book.added if entry.bucket == bucket]
                assert sum(entry.points for entry in mine) == book.balance(bucket)
                assert sum(entry.left for entry in mine) == book.balance(bucket)

    @invariant()
    def a_lot_and_a_debt_never_stand_side_by_side(self):
        for book in self.books:
            for bucket in BUCKETS:
                signs = {lot.left > 0 for lot in book.lots if lot.bucket == bucket}
                assert len(signs) < 2

    @invariant()
    def no_lot_gives_more_than_it_held(self):
        """What was spent of a lot cannot expire, what expired cannot be spent."""
        for book in self.books:
            taken = Counter()
            for entry in book.added:
                if entry.lot and entry.points < 0 and entry.lot.bucket == entry.bucket:
                    taken[id(entry.lot)] -= entry.points
            for lot in book.added:
                if lot.points > 0:
                    assert 0 <= lot.left <= lot.points - taken[id(lot)]
                    assert self.expired[id(lot)] <= lot.points

    @invariant()
    def nothing_is_taken_back_twice(self):
        for line, (_card, earned, _withheld) in self.lines.items():
            assert 0 <= self.taken(line) <= earned

    @invariant()
    def pending_is_never_negative(self):
        assert all(book.balance(PENDING) >= 0 for book in self.books)


TestTwoCards = TwoCards.TestCase
