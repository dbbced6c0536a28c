"""What has expired is gone: nothing takes it once more."""

from hypothesis import given
from hypothesis import strategies as st

from loyalty_points.ledger.lots import AVAILABLE, Book, Entry

amounts = st.integers(min_value=1, max_value=500)


def lot(points, line=None, key=None):
    return Entry(AVAILABLE, points, points, "earn", line, key)


def test_what_has_expired_is_noted_and_not_taken_again():
    book = Book([lot(10, key=1), lot(30, line="line", key=2)])
    gone = {7: 50}
    entries = book.claw(100, "line", reverses=3, expired=gone)
    assert [(e.lot if e.shortfall else e.points, e.shortfall) for e in entries] == [
        (-30, 0),
        (7, 50),
        (-10, 0),
        (-10, 0),
    ]
    assert (book.balance(), gone) == (-10, {7: 0})
    for entry in entries:
        book.undo_claw(entry)
    assert book.balance() == 40


def test_points_spent_and_given_back_are_those_of_the_line_again():
    book = Book([lot(40, "line", 1)])
    (spend,) = book.spend(40)
    back = book.give_back(spend, 40)
    gone = book.expire(back)
    assert (spend.line, back.line, gone.line) == ("line",) * 3
    book.claw(40, "line", expired={gone: 40})
    assert (book.balance(), book.lots) == (0, [])


def test_an_expired_gift_and_expired_given_back_points_are_not_owed():
    book = Book()
    gift = book.grant(50)
    book.expire(gift)
    book.claw_gift(gift, expired={1: 50})
    (spend,) = Book([lot(20, key=1)]).spend(20)
    back = book.give_back(spend, 20)
    book.expire(back)
    book.take_again(back, 20, expired={2: 20})
    assert (book.balance(), book.lots) == (0, [])


@given(st.integers(0, 100), st.integers(0, 100), st.lists(amounts), st.booleans())
def test_who_spent_a_part_and_lost_the_rest_owes_what_was_spent(
    spent, alive, parts, stop_at_zero
):
    """100 points, of which some are spent, some expire and some are left."""
    alive = min(alive, 100 - spent)
    book = Book([lot(alive, line="line", key=2)])
    gone, left = {1: 100 - spent - alive}, 100
    for part in [*parts, 100]:
        book.claw(min(part, left), "line", stop_at_zero, expired=gone)
        left -= min(part, left)
    assert book.balance() == (0 if stop_at_zero else -spent)
