"""What a search leaves out is closed, and no more than that is judged."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from return_policy.policy.clock import MOST_DAYS, Workdays
from return_policy.policy.decision import Outcome, decide
from return_policy.policy.facts import Facts
from return_policy.policy.horizon import first_open_day, longest_window
from return_policy.policy.promise import Promise
from return_policy.policy.terms import Rule, Terms, Version

ZONES = {"CN-7": "Asia/Shanghai", "EU-14": "Europe/Berlin", "UK-14": "Europe/London"}
SHOES = Rule(1, "Shoes", "window", days=15)


def version(*rules, preset="CN-7", **terms):
    terms.setdefault("zone", ZONES.get(preset, "America/New_York"))
    return Version(1, Terms(preset=preset, **terms), rules)


@pytest.mark.parametrize(
    ("held", "days"),
    [
        (version(), 7),
        (version(SHOES), 15),
        (version(SHOES, window_days=30), 30),
        (version(preset="EU-14", window_days=3), 14),
    ],
)
def test_the_longest_window_is_that_of_terms_rules_and_law(held, days):
    assert longest_window(held) == days


@pytest.mark.parametrize(
    ("held", "workdays", "first"),
    [
        # asked on the 21st: what was signed for on the 14th ends today at 24:00
        (version(), Workdays(), "2026-11-14"),
        (version(SHOES), Workdays(), "2026-11-06"),
        # the 20th was a day off, so that the window of the 13th ends today too
        (version(), Workdays(days_off=frozenset((date(2026, 11, 20),))), "2026-11-13"),
        (version(preset="EU-14", window_days=14), Workdays(), "2026-11-07"),
        # nobody told the buyer: twelve months and fourteen days
        (
            version(preset="EU-14", window_days=14, informs_buyer=False),
            Workdays(),
            "2025-11-07",
        ),
    ],
)
def test_the_first_day_that_still_counts(held, workdays, first):
    zone = ZoneInfo(held.terms.zone)
    asked_at = datetime(2026, 11, 21, 12, 0, tzinfo=zone)
    day = first_open_day(held, asked_at, workdays)
    assert day.astimezone(zone) == datetime.fromisoformat(first).replace(tzinfo=zone)


DAYS = st.integers(min_value=0, max_value=800)


@given(
    preset=st.sampled_from(["CN-7", "EU-14", "UK-14", "STORE"]),
    days=st.integers(min_value=0, max_value=40),
    extra=st.integers(min_value=1, max_value=60),
    informs=st.booleans(),
    off=st.frozensets(st.integers(min_value=0, max_value=40), max_size=12),
    age=DAYS,
    told=DAYS,
    promised=st.integers(min_value=0, max_value=60),
    minutes=st.integers(min_value=0, max_value=1440),
)
def test_nothing_received_before_that_day_is_open(
    preset, days, extra, informs, off, age, told, promised, minutes
):
    asked_at = datetime(2026, 11, 21, tzinfo=UTC) + timedelta(minutes=minutes)
    today = asked_at.date()
    workdays = Workdays(days_off=frozenset(today - timedelta(days=n) for n in off))
    rule = Rule(1, "More", "window", days=extra)
    held = version(rule, preset=preset, window_days=days, informs_buyer=informs)
    facts = Facts(
        asked_at=asked_at,
        received_at=asked_at - timedelta(days=age),
        informed_at=asked_at - timedelta(days=told) if told % 2 else None,
        matched=frozenset((1,)),
        promise=Promise(extra_days=promised),
    )
    if facts.received_at < first_open_day(held, asked_at, workdays, promised):
        assert decide(held, facts, workdays).outcome is Outcome.REFUSED


@pytest.mark.parametrize("preset", ZONES)
def test_as_many_days_as_a_policy_may_name_still_have_a_calendar(preset):
    most = {"window_days": MOST_DAYS, "transit_days": MOST_DAYS}
    held = version(preset=preset, informs_buyer=False, **most)
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    received = moment - timedelta(days=MOST_DAYS // 2)
    assert first_open_day(held, moment) < received
    assert decide(held, Facts(moment, shipped_at=moment)).last_moment.year > 2225
    assert decide(held, Facts(moment, received_at=received)).code == "in_window"
