"""Tiers are entered, kept, lost and come back to on the right day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_points.ledger.tiers import (
    DOWNGRADES,
    PERIODS,
    Rules,
    Standing,
    Tier,
    add_months,
    evaluate,
    progress,
    undone,
)

BASE = Tier("base", 0)
SILVER = Tier("silver", 100, keep=80, reenter=90)
GOLD = Tier("gold", 300, keep=200, reenter=250)
BLACK = Tier("black", 1000)
LADDER = [BASE, SILVER, GOLD, BLACK]
TODAY = date(2026, 11, 22)
LATER = date(2027, 11, 21)


def at(tier, until=LATER, **values):
    return Standing(tier, date(2025, 11, 22), until, **{"highest": tier, **values})


def decided(standing, measure, kept=0, today=TODAY, ladder=LADDER, **rules):
    decision = evaluate(ladder, Rules(**rules), standing, measure, kept, today)
    return decision.event, decision.tier, decision.until


@pytest.mark.parametrize(
    ("measure", "event", "tier", "until"),
    [
        (0, "", BASE, None),
        (99, "", BASE, None),
        (100, "enter", SILVER, LATER),
        (299, "enter", SILVER, LATER),
        (300, "enter", GOLD, LATER),
        (999, "enter", GOLD, LATER),
        (1000, "enter", BLACK, LATER),
    ],
)
def test_a_tier_is_entered_at_its_threshold(measure, event, tier, until):
    assert decided(at(BASE, None), measure) == (event, tier, until)


def test_a_new_member_enters_the_tier_which_asks_for_nothing():
    assert decided(Standing(), 0) == ("enter", BASE, None)


def test_without_such_a_tier_a_new_member_has_none():
    for ladder in (LADDER[1:], []):
        assert decided(Standing(), 99, ladder=ladder) == ("", None, None)


def test_skipped_tiers_are_passed_too():
    decision = evaluate(LADDER, Rules(), at(BASE, None), 1000, 0, TODAY)
    assert decision.passed == (SILVER, GOLD, BLACK)


@pytest.mark.parametrize(
    ("highest", "measure", "event", "tier"),
    [
        (BASE, 90, "", BASE),
        (SILVER, 89, "", BASE),
        (SILVER, 90, "reenter", SILVER),
        (SILVER, 250, "reenter", SILVER),  # gold was never held: 300
        (GOLD, 249, "reenter", SILVER),
        (GOLD, 250, "reenter", GOLD),
        (BLACK, 999, "reenter", GOLD),
        (BLACK, 1000, "reenter", BLACK),
        (GOLD, 1000, "enter", BLACK),
    ],
)
def test_who_comes_back_needs_the_re_entry_threshold(highest, measure, event, tier):
    standing = at(BASE, None, highest=highest)
    assert decided(standing, measure)[:2] == (event, tier)


@pytest.mark.parametrize(
    ("today", "kept", "grace", "event", "tier", "until"),
    [
        (date(2026, 11, 21), 0, 0, "", GOLD, date(2026, 11, 21)),
        (date(2026, 11, 21), 500, 0, "", GOLD, date(2026, 11, 21)),
        (date(2026, 11, 22), 199, 0, "drop", SILVER, date(2027, 11, 21)),
        (date(2026, 11, 22), 200, 0, "keep", GOLD, date(2027, 11, 21)),
        (date(2026, 11, 22), 199, 5, "", GOLD, date(2026, 11, 21)),
        (date(2026, 11, 26), 199, 5, "", GOLD, date(2026, 11, 21)),
        (date(2026, 11, 26), 200, 5, "keep", GOLD, date(2027, 11, 21)),
        (date(2026, 11, 27), 199, 5, "drop", SILVER, date(2027, 11, 26)),
    ],
)
def test_the_end_of_the_term_decides(today, kept, grace, event, tier, until):
    standing = at(GOLD, date(2026, 11, 21))
    assert decided(standing, 0, kept, today, grace=grace) == (event, tier, until)


@pytest.mark.parametrize(
    ("downgrade", "kept", "tier"),
    [
        ("step", 0, GOLD),
        ("step", 999, GOLD),
        ("balance", 999, GOLD),
        ("balance", 199, SILVER),
        ("balance", 80, SILVER),
        ("balance", 79, BASE),
        ("balance", 0, BASE),
    ],
)
def test_a_member_drops_one_step_or_to_what_the_measure_keeps(downgrade, kept, tier):
    standing = at(BLACK, date(2026, 11, 21))
    assert decided(standing, 0, kept, downgrade=downgrade)[:2] == ("drop", tier)


def test_below_the_lowest_tier_there_is_none():
    standing = at(SILVER, date(2026, 11, 21))
    assert decided(standing, 0, ladder=LADDER[1:]) == ("drop", None, None)


@pytest.mark.parametrize(
    ("fixed", "event"),
    [(date(2026, 11, 21), "drop"), (TODAY, ""), (date(2030, 1, 1), "")],
)
def test_a_fixed_member_does_not_drop(fixed, event):
    standing = at(GOLD, date(2026, 11, 20), fixed_until=fixed)
    assert decided(standing, 0)[0] == event


def test_a_fixed_member_can_rise():
    standing = at(GOLD, fixed_until=date(2030, 1, 1))
    assert decided(standing, 1000)[:2] == ("enter", BLACK)


@pytest.mark.parametrize(
    ("period", "entered", "until", "after"),
    [
        ("rolling", date(2026, 11, 22), date(2027, 11, 21), date(2028, 11, 21)),
        ("rolling", date(2028, 2, 29), date(2029, 2, 27), date(2030, 2, 27)),
        ("calendar", date(2026, 1, 1), date(2027, 12, 31), date(2028, 12, 31)),
        ("calendar", date(2026, 12, 31), date(2027, 12, 31), date(2028, 12, 31)),
    ],
)
def test_a_term_follows_the_period(period, entered, until, after):
    rules = Rules(period)
    assert rules.ends(GOLD, entered) == until
    assert rules.next_end(until) == after


def test_a_lifetime_tier_and_one_for_everybody_have_no_end():
    assert Rules("lifetime").ends(BLACK, TODAY) is None
    assert Rules().ends(BASE, TODAY) is None


@pytest.mark.parametrize(
    ("period", "day", "start"),
    [
        ("rolling", date(2026, 11, 22), date(2025, 11, 23)),
        ("rolling", date(2027, 2, 28), date(2026, 3, 1)),
        ("rolling", date(2028, 2, 29), date(2027, 3, 1)),
        ("calendar", date(2026, 11, 22), date(2026, 1, 1)),
        ("calendar", date(2026, 1, 1), date(2026, 1, 1)),
        ("lifetime", date(2026, 11, 22), None),
    ],
)
def test_the_period_that_counts(period, day, start):
    assert Rules(period).counts_from(day) == start


def test_a_program_that_changes_its_period_changes_the_end_of_the_tier():
    standing = Standing(GOLD, date(2026, 5, 1), None, GOLD)
    assert decided(standing, 0) == ("", GOLD, date(2027, 4, 30))
    standing = at(GOLD, date(2026, 1, 1))
    assert decided(standing, 0, period="lifetime") == ("", GOLD, None)


@pytest.mark.parametrize(
    ("left", "count"),
    [(1000, 0), (999, 1), (300, 1), (299, 2), (100, 2), (99, 3), (0, 3)],
)
def test_a_refund_undoes_the_steps_it_paid_for(left, count):
    steps = [(1000, left), (300, left), (100, left)]
    assert undone(steps) == count


def test_a_step_which_stands_ends_the_way_down():
    assert undone([(300, 400), (100, 50)]) == 0
    assert undone([(1000, 900), (300, 400), (100, 50)]) == 1
    assert undone([]) == 0


@pytest.mark.parametrize(
    ("measure", "kept", "missing", "percent", "keep_missing"),
    [(0, 0, 1000, 0, 200), (250, 150, 750, 25, 50), (999, 200, 1, 99, 0)],
)
def test_progress_is_told(measure, kept, missing, percent, keep_missing):
    told = progress(LADDER, Rules(), at(GOLD), measure, kept)
    assert (told.next, told.target, told.missing) == (BLACK, 1000, missing)
    assert (told.percent, told.keep_target) == (percent, 200)
    assert told.keep_missing == keep_missing


def test_at_the_top_there_is_nothing_next():
    told = progress(LADDER, Rules(), at(BLACK), 5000, 5000)
    assert (told.next, told.missing, told.percent) == (None, 0, 100)


def test_months_end_on_the_last_day_of_shorter_ones():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 15), -1) == date(2025, 12, 15)


# -- any ladder, any member ---------------------------------------------------------

numbers = st.integers(min_value=0, max_value=500)
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 1, 1))


@st.composite
def ladders(draw):
    enters = sorted(draw(st.sets(numbers, min_size=1, max_size=5)))
    return [
        Tier(enter, enter, draw(st.integers(0, enter)), draw(st.integers(0, enter)))
        for enter in enters
    ]


@st.composite
def cases(draw):
    ladder = draw(ladders())
    rules = Rules(
        draw(st.sampled_from(PERIODS)),
        draw(st.integers(1, 36)),
        draw(st.integers(1, 36)),
        draw(st.integers(0, 90)),
        draw(st.sampled_from(DOWNGRADES)),
    )
    tier = draw(st.sampled_from([None, *ladder]))
    highest = draw(st.sampled_from(ladder)) if tier else None
    if tier and highest.enter < tier.enter:
        highest = tier
    since = draw(days)
    until = tier and rules.ends(tier, since)
    return ladder, rules, Standing(tier, since, until, highest)


def rank(tier):
    return tier.enter if tier else -1


@given(case=cases(), measure=numbers, more=numbers, today=days)
def test_more_never_gives_a_lower_tier(case, measure, more, today):
    ladder, rules, standing = case
    less = evaluate(ladder, rules, standing, measure, measure, today)
    much = evaluate(ladder, rules, standing, measure + more, measure + more, today)
    assert rank(less.tier) <= rank(much.tier)


@given(case=cases(), measure=numbers, kept=numbers, today=days)
def test_each_event_is_what_it_says(case, measure, kept, today):
    ladder, rules, standing = case
    decision = evaluate(ladder, rules, standing, measure, kept, today)
    old, new = rank(standing.tier), rank(decision.tier)
    match decision.event:
        case "enter" | "reenter":
            assert new > old
            between = [tier for tier in ladder if old < rank(tier) <= new]
            assert list(decision.passed) == between
        case "drop":
            assert new < old
            assert today > standing.until + timedelta(days=rules.grace)
            assert kept < standing.tier.to_keep
        case "keep":
            assert new == old
            assert decision.until > standing.until
        case _:
            assert (new, decision.until) == (old, standing.until)


@given(case=cases(), measure=numbers, kept=numbers, today=days)
def test_deciding_again_on_the_same_day_changes_nothing(case, measure, kept, today):
    ladder, rules, standing = case
    first = evaluate(ladder, rules, standing, measure, kept, today)
    if not first.passed:
        return
    highest = max(standing.highest, first.tier, key=rank)
    after = replace(
        standing, tier=first.tier, since=today, until=first.until, highest=highest
    )
    again = evaluate(ladder, rules, after, measure, kept, today)
    assert (again.event, again.tier, again.until) == ("", first.tier, first.until)
