"""Whatever happens to a card: balance, entries and lots tell the same story."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from loyalty_points.ledger.lots import (
    AVAILABLE,
    PENDING,
    Book,
    Entry,
    ShortOfPointsError,
)

amounts = st.integers(min_value=1, max_value=500)


def lot(points, bucket=AVAILABLE, line=None, key=None):
    return Entry(bucket, points, points, "earn", line, key)


def test_the_oldest_points_are_spent_first():
    book = Book([lot(30, key=1), lot(50, key=2)])
    book.spend(40)
    assert [(entry.lot.key, entry.points) for entry in book.added] == [
        (1, -30),
        (2, -10),
    ]
    assert book.touched == {1: 0, 2: 40}


def test_too_much_is_not_spent_and_nothing_is_booked():
    book = Book([lot(30, key=1)])
    with pytest.raises(ShortOfPointsError):
        book.spend(31)
    assert (book.added, book.touched) == ([], {})


def test_clawback_takes_own_pending_then_own_available_then_the_oldest():
    book = Book(
        [
            lot(10, AVAILABLE, "other", 1),
            lot(20, PENDING, "line", 2),
            lot(30, AVAILABLE, "line", 3),
            lot(99, PENDING, "other", 4),
        ]
    )
    book.claw(55, "line")
    assert [(entry.lot.key, entry.points) for entry in book.added] == [
        (2, -20),
        (3, -30),
        (1, -5),
    ]


def test_a_debt_is_repaid_by_the_next_points():
    book = Book([lot(10, key=1)])
    book.claw(25)
    assert book.balance() == -15
    book.change("adjust", 40)
    assert book.balance() == 25
    assert [left for left in (entry.left for entry in book.added) if left] == [25]


def test_stopping_at_zero_notes_what_was_not_taken():
    book = Book([lot(10, key=1)])
    entries = book.claw(25, stop_at_zero=True)
    assert book.balance() == 0
    assert [(entry.points, entry.shortfall) for entry in entries] == [(-10, 0), (0, 15)]
    for entry in entries:
        book.undo_claw(entry)
    assert book.balance() == 10
    assert sum(entry.shortfall for entry in book.added) == 0


def test_the_lines_latest_points_are_taken_first():
    book = Book([lot(10, line="line", key=1), lot(30, line="line", key=2)])
    book.claw(35, "line")
    assert [(entry.lot.key, entry.points) for entry in book.added] == [
        (2, -30),
        (1, -5),
    ]


def test_what_a_cap_kept_back_is_used_up_before_points_are_taken():
    book = Book([lot(70, line="line", key=1)])
    entries = book.claw(80, "line", ungranted=30)
    assert [(entry.points, entry.shortfall) for entry in entries] == [(0, 30), (-50, 0)]
    for entry in entries:
        book.undo_claw(entry)
    assert book.balance() == 70
    assert sum(entry.shortfall for entry in book.added) == 0


def test_points_settled_in_money_are_noted_and_only_the_rest_is_owed():
    book = Book([lot(10, key=1)])
    entries = book.claw(100, settled=60)
    assert [(entry.points, entry.shortfall) for entry in entries] == [
        (-10, 0),
        (-30, 60),
    ]
    assert book.balance() == -30


def test_given_back_points_are_taken_again_from_where_they_were_put():
    book = Book([lot(40, key=1), lot(20, key=2)])
    (spend,) = book.spend(30)
    back = book.give_back(spend, 30)
    entries = book.take_again(back, 30)
    assert [(entry.kind, entry.lot, entry.points) for entry in entries] == [
        ("give_back", back, -30)
    ]
    assert entries[0].reverses is back
    assert book.balance() == 30


def test_given_back_points_which_were_spent_meanwhile_are_owed():
    book = Book([lot(50, key=1)])
    (spend,) = book.spend(50)
    back = book.give_back(spend, 50)
    book.spend(45)
    assert [(e.points, e.left) for e in book.take_again(back, 50)] == [
        (-5, 0),
        (-45, -45),
    ]
    assert book.balance() == -45


def test_stored_points_given_back_are_taken_before_older_ones():
    older, back = lot(40, key=1), lot(30, key=2)
    entries = Book([older, back]).take_again(lot(30, key=2), 35)
    assert [(entry.lot.key, entry.points) for entry in entries] == [(2, -30), (1, -5)]


def test_a_gift_is_taken_from_what_is_left_of_it_before_older_points():
    entries = Book([lot(40, key=1), lot(30, key=2)]).claw_gift(lot(30, key=2))
    assert [(entry.lot.key, entry.points) for entry in entries] == [(2, -30)]


def test_points_come_back_to_the_lot_they_were_spent_from():
    (spend,) = Book([lot(50, key=1)]).spend(50)
    back = Book().give_back(spend, 20)
    assert (back.lot, back.reverses, back.points) == (spend.lot, spend, 20)


def test_points_let_go_before_are_noted_and_not_given_twice():
    (spend,) = Book([lot(50, key=1)]).spend(50)
    book = Book()
    back = book.give_back(spend, 30, let_go=10)
    assert (back.points, back.shortfall, book.balance()) == (20, -10, 20)


def test_an_undone_clawback_goes_where_it_came_from():
    book = Book([lot(20, PENDING, "line", 1), lot(30, AVAILABLE, "line", 2)])
    for claw in book.claw(40, "line"):
        book.undo_claw(claw)
    assert (book.balance(PENDING), book.balance()) == (20, 30)


def test_only_pending_points_are_released():
    book = Book([lot(20, AVAILABLE, key=1)])
    assert book.release(book.lots[0]) is None
    assert (book.added, book.balance()) == ([], 20)


def test_a_merge_keeps_what_is_known_of_each_lot():
    waiting = Entry(PENDING, 9, 9, "earn", "line", 1, facts={"earned_at": 3, "key": 0})
    source, target = Book([waiting]), Book()
    source.move_to(target, key=1)
    assert [entry.facts for entry in target.lots] == [{"earned_at": 3, "key": 1}]


@given(st.lists(st.integers(-300, 300).filter(bool)), st.lists(amounts))
def test_a_merge_carries_everything_over(changes, pending):
    source, target = Book(), Book([lot(7, key=1)])
    for points in changes:
        source.change("adjust", points)
    for points in pending:
        source.earn(points)
    before = {bucket: source.balance(bucket) for bucket in (PENDING, AVAILABLE)}
    source.move_to(target)
    assert source.lots == []
    assert target.balance(PENDING) == before[PENDING]
    assert target.balance() == before[AVAILABLE] + 7
    assert sum(entry.points for entry in source.added) == 0


class CardMachine(RuleBasedStateMachine):
    """A card that earns, waits, spends, loses and gets back in any order."""

    def __init__(self):
        super().__init__()
        self.book = Book()
        self.earned, self.clawed, self.reopened = {}, {}, set()
        self.given = {}
        self.lines = 0

    @rule(points=amounts)
    def earn(self, points):
        self.lines += 1
        self.earned[self.lines] = points
        self.clawed[self.lines] = []
        self.book.earn(points, self.lines)

    @rule(data=st.data())
    def release(self, data):
        pending = [lot for lot in self.book.lots if lot.bucket == PENDING]
        if pending:
            chosen = data.draw(st.sampled_from(pending))
            self.book.release(chosen)
            assert self.book.release(chosen) is None

    @rule(points=amounts)
    def spend(self, points):
        before = len(self.book.added)
        if points > self.book.balance():
            with pytest.raises(ShortOfPointsError):
                self.book.spend(points)
            assert len(self.book.added) == before
        else:
            for entry in self.book.spend(points):
                self.given[entry] = 0

    @precondition(lambda self: self.given)
    @rule(data=st.data())
    def give_back(self, data):
        spend = data.draw(st.sampled_from(list(self.given)))
        points = -spend.points - self.given[spend]
        if points:
            part = data.draw(st.integers(1, points))
            self.book.give_back(spend, part)
            self.given[spend] += part

    @precondition(lambda self: self.earned)
    @rule(data=st.data(), stop_at_zero=st.booleans())
    def claw(self, data, stop_at_zero):
        line = data.draw(st.sampled_from(list(self.earned)))
        left = self.earned[line] - self._taken(line)
        if left:
            points = data.draw(st.integers(1, left))
            self.clawed[line] += self.book.claw(points, line, stop_at_zero)

    @precondition(lambda self: any(self.clawed.values()))
    @rule(data=st.data())
    def undo(self, data):
        claws = [claw for claws in self.clawed.values() for claw in claws]
        claw = data.draw(st.sampled_from(claws))
        self.clawed[claw.line].remove(claw)
        self.book.undo_claw(claw)

    def _taken(self, line):
        return sum(claw.shortfall - claw.points for claw in self.clawed[line])

    @invariant()
    def entries_equal_lots(self):
        for bucket in (PENDING, AVAILABLE):
            entries = [entry for entry in self.book.added if entry.bucket == bucket]
            assert sum(entry.points for entry in entries) == self.book.balance(bucket)
            assert sum(entry.left for entry in entries) == self.book.balance(bucket)

    @invariant()
    def a_lot_and_a_debt_never_stand_side_by_side(self):
        for bucket in (PENDING, AVAILABLE):
            signs = {lot.left > 0 for lot in self.book.lots if lot.bucket == bucket}
            assert len(signs) < 2

    @invariant()
    def pending_is_never_negative(self):
        assert self.book.balance(PENDING) >= 0

    @invariant()
    def nothing_is_clawed_twice(self):
        for line, points in self.earned.items():
            assert 0 <= self._taken(line) <= points


TestCard = CardMachine.TestCase
