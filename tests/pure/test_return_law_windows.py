"""The windows of three laws at their edges, one row for each article and boundary."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from return_policy.policy.clock import EVERY_DAY, Workdays
from return_policy.policy.decision import decide
from return_policy.policy.facts import Facts, Reason
from return_policy.policy.terms import Rule, Terms, Version

ZONES = {"CN-7": "Asia/Shanghai", "EU-14": "Europe/Berlin", "UK-14": "Europe/London"}
FAULT = Reason(frozenset(("quality",)), "quality", "merchant")
TICK = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)


def at(text, preset):
    """Return a local moment; 24:00 is the end of its day."""
    day, _, clock = text.partition(" ")
    zone = ZoneInfo(ZONES[preset])
    if clock == "24:00":
        later = date.fromisoformat(day) + timedelta(days=1)
        return datetime(later.year, later.month, later.day, tzinfo=zone)
    return datetime.fromisoformat(f"{day} {clock or '12:00'}").replace(tzinfo=zone)


def off(*days):
    """Return a working week of Monday to Friday with these days off."""
    return Workdays(days_off=frozenset(date.fromisoformat(day) for day in days))


def judge(preset, signed, asked_at, workdays=EVERY_DAY, rules=(), told="", **vals):
    """Return the decision; ``vals`` are facts where they are known, else terms."""
    known = {name: vals.pop(name) for name in tuple(vals) if name in Facts._fields}
    if told:
        known["informed_at"] = at(told, preset)
    terms = Terms(**{"zone": ZONES[preset], "preset": preset, "window_days": 0, **vals})
    known["matched"] = frozenset(rule.key for rule in rules)
    received = at(signed, preset)
    facts = Facts(asked_at, received_at=received, **known)
    return decide(Version(1, terms, tuple(rules)), facts, workdays)


# law, article, what it is about, signed for, the window's last day, what else is true.
# All policies here give 0 days: what holds is the law's own window.
WINDOWS = [
    ("CN-7", "10", "signed in the evening", "2026-11-03 18:00", "2026-11-10", {}),
    ("CN-7", "10", "signed at 00:00", "2026-11-03 00:00", "2026-11-10", {}),
    ("CN-7", "10", "signed at 23:59:59", "2026-11-03 23:59:59", "2026-11-10", {}),
    ("CN-7", "10", "signed at 24:00", "2026-11-03 24:00", "2026-11-11", {}),
    ("CN-7", "10", "end of a month", "2026-11-23", "2026-11-30", {}),
    ("CN-7", "10", "over a month", "2026-11-24", "2026-12-01", {}),
    ("CN-7", "10", "end of a year", "2026-12-24", "2026-12-31", {}),
    ("CN-7", "10", "over a year", "2026-12-25", "2027-01-01", {}),
    ("CN-7", "10", "the leap day", "2028-02-22", "2028-02-29", {}),
    ("CN-7", "10", "no leap day", "2027-02-22", "2027-03-01", {}),
    ("CN-7", "10", "a weekend counts", "2026-11-07", "2026-11-14", {}),
    (
        "CN-7",
        "203",
        "last day a holiday",
        "2026-09-24",
        "2026-10-08",
        {"workdays": off(*(f"2026-10-0{day}" for day in range(1, 8)))},
    ),
    (
        "CN-7",
        "203",
        "holidays inside",
        "2026-09-30 23:00",
        "2026-10-08",
        {"workdays": off(*(f"2026-10-0{day}" for day in range(1, 8)))},
    ),
    (
        "CN-7",
        "203",
        "only holidays before the last day",
        "2026-10-01",
        "2026-10-08",
        {"workdays": off(*(f"2026-10-0{day}" for day in range(1, 8)))},
    ),
    (
        "CN-7",
        "203",
        "a holiday after the last day",
        "2026-09-23",
        "2026-09-30",
        {"workdays": off("2026-10-01")},
    ),
    ("EU-14", "9", "a working day", "2026-11-03 18:00", "2026-11-17", {}),
    ("EU-14", "9", "signed at 24:00", "2026-11-03 24:00", "2026-11-18", {}),
    ("EU-14", "9", "summer time begins", "2026-03-25", "2026-04-08", {}),
    ("EU-14", "9", "summer time ends", "2026-10-20", "2026-11-03", {}),
    ("EU-14", "9", "summer time begins that night", "2026-03-28 23:59:59", "2026-04-13",
     {}),  # a Saturday, rolled to Monday
    ("EU-14", "9", "the leap day", "2028-02-15", "2028-02-29", {}),
    ("EU-14", "9", "over a year", "2026-12-22", "2027-01-05", {}),
    ("EU-14", "3(4)", "a Saturday", "2026-10-31", "2026-11-16", {}),
    ("EU-14", "3(4)", "a Sunday", "2026-11-01", "2026-11-16", {}),
    (
        "EU-14",
        "3(4)",
        "a Monday off",
        "2026-04-22",
        "2026-05-07",
        {"workdays": off("2026-05-06")},
    ),
    (
        "EU-14",
        "3(4)",
        "a holiday before a weekend",
        "2026-12-11",
        "2026-12-28",
        {"workdays": off("2026-12-25", "2026-12-26")},
    ),
    (
        "EU-14",
        "3(4)",
        "New Year on a Friday",
        "2026-12-18",
        "2027-01-04",
        {"workdays": off("2027-01-01")},
    ),
    (
        "EU-14",
        "3(4)",
        "a shop that works on Saturdays",
        "2026-10-31",
        "2026-11-16",
        {"workdays": Workdays(frozenset(range(6)))},
    ),
    (
        "EU-14",
        "3(4)",
        "a shop that rests on Mondays",
        "2026-10-31",
        "2026-11-17",
        {"workdays": Workdays(frozenset((1, 2, 3, 4, 5)))},
    ),
    ("UK-14", "30", "a working day", "2026-11-03 18:00", "2026-11-17", {}),
    ("UK-14", "30", "a Sunday stays", "2026-11-01", "2026-11-15", {}),
    ("UK-14", "30", "summer time ends", "2026-10-24 23:59:59", "2026-11-07", {}),
    ("UK-14", "30", "summer time begins", "2026-03-20", "2026-04-03", {}),
    (
        "UK-14",
        "30",
        "a bank holiday stays",
        "2026-12-11",
        "2026-12-25",
        {"workdays": off("2026-12-25")},
    ),
    # nobody told the buyer: twelve months more, or fourteen days after being told
    ("EU-14", "10(1)", "never told", "2026-11-03", "2027-11-17",
     {"informs_buyer": False}),
    ("EU-14", "10(1)", "never told, from a leap day", "2028-02-15", "2029-02-28",
     {"informs_buyer": False}),
    ("EU-14", "10(1)", "never told, to a Saturday", "2026-11-06", "2027-11-22",
     {"informs_buyer": False}),
    ("EU-14", "10(2)", "told later", "2026-11-03", "2027-03-17",
     {"informs_buyer": False, "told": "2027-03-03 23:59"}),
    ("EU-14", "10(2)", "told later, to a Saturday", "2026-11-03", "2027-03-22",
     {"informs_buyer": False, "told": "2027-03-06"}),
    ("EU-14", "10(2)", "told in the window", "2026-11-03", "2026-11-24",
     {"informs_buyer": False, "told": "2026-11-10"}),
    ("EU-14", "10(2)", "told before", "2026-11-03", "2026-11-17",
     {"informs_buyer": False, "told": "2026-10-01"}),
    ("EU-14", "10(2)", "told on the last day", "2026-11-03", "2027-11-17",
     {"informs_buyer": False, "told": "2027-11-17"}),
    ("EU-14", "10(2)", "told too late", "2026-11-03", "2027-11-17",
     {"informs_buyer": False, "told": "2028-01-01"}),
    ("UK-14", "31", "never told", "2026-11-01", "2027-11-15", {"informs_buyer": False}),
    ("UK-14", "31", "told later", "2026-11-01", "2027-03-20",
     {"informs_buyer": False, "told": "2027-03-06"}),
    ("CN-7", "10", "the law knows no such thing", "2026-11-03", "2026-11-10",
     {"informs_buyer": False}),
    # better promises than the law bind, and are counted alike
    ("CN-7", "5", "a longer window", "2026-11-03", "2026-11-18", {"window_days": 15}),
    ("CN-7", "5", "a longer rule", "2026-11-03", "2026-12-03",
     {"rules": [Rule(1, "x", "window", days=30)]}),
    ("CN-7", "10", "a shorter rule", "2026-11-03", "2026-11-10",
     {"rules": [Rule(1, "x", "window", days=3)], "window_days": 15}),
    ("EU-14", "9", "a longer window, to a Saturday", "2026-11-05", "2026-12-07",
     {"window_days": 30}),
    ("UK-14", "30", "a policy that rolls where the law does not", "2026-11-01",
     "2026-11-16", {"window_rolls": "working"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("preset", "article", "what", "signed", "last", "vals"),
    WINDOWS,
    ids=[f"{row[0]} {row[1]} {row[2]}" for row in WINDOWS],
)
def test_a_consumer_may_return_to_the_last_moment_of_the_day(
    preset, article, what, signed, last, vals
):
    end = at(f"{last} 24:00", preset).astimezone(UTC)
    for moment in (end - SECOND, end - TICK):
        decision = judge(preset, signed, moment, **vals)
        assert (decision.outcome, decision.code) == ("allowed", "in_window")
        assert decision.last_moment == end
    for moment in (end, end + SECOND):
        decision = judge(preset, signed, moment, **vals)
        assert (decision.outcome, decision.code) == ("refused", "window_closed")


# law, article, signed for, the quality window's last day, the policy's own days
QUALITY = [
    ("CN-7", "24", "2026-11-03", "2026-11-10", 0),
    ("CN-7", "24", "2026-11-03", "2026-11-18", 15),
    ("EU-14", "10", "2026-11-03", "2028-11-03", 0),  # with a leap day
    ("EU-14", "10", "2028-03-01", "2030-03-02", 30),  # without: a day to spare
    ("UK-14", "22", "2026-11-03", "2026-12-03", 7),
]


@pytest.mark.parametrize(("preset", "article", "signed", "last", "days"), QUALITY)
def test_a_fault_comes_back_in_its_own_window_and_is_judged_after_it(
    preset, article, signed, last, days
):
    end = at(f"{last} 24:00", preset).astimezone(UTC)
    vals = {"reason": FAULT, "quality_days": days}
    inside = judge(preset, signed, end - TICK, **vals)
    assert (inside.outcome, inside.code) == ("allowed", "quality")
    assert inside.last_moment == end
    late = judge(preset, signed, end, **vals)
    assert (late.outcome, late.code) == ("review", "quality_late")


@pytest.mark.parametrize("preset", ZONES)
def test_businesses_have_the_window_of_the_policy_alone(preset):
    decision = judge(preset, "2026-11-03", at("2026-11-05", preset), is_consumer=False)
    assert (decision.outcome, decision.code) == ("refused", "window_closed")
    assert decision.effects.window_days == 0


def test_a_store_policy_has_its_own_window_alone():
    signed = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    facts = Facts(signed + timedelta(days=3), received_at=signed)
    for days, outcome in ((2, "refused"), (3, "allowed")):
        terms = Terms(zone="UTC", preset="STORE", window_days=days)
        assert decide(Version(1, terms), facts).outcome == outcome


@pytest.mark.parametrize("preset", ZONES)
def test_the_effects_name_the_days_that_really_count(preset):
    least = {"CN-7": 7, "EU-14": 14, "UK-14": 14}[preset]
    asked = at("2026-11-05", preset)
    assert judge(preset, "2026-11-03", asked).effects.window_days == least
    longer = judge(preset, "2026-11-03", asked, window_days=least + 1)
    assert longer.effects.window_days == least + 1
