"""Random policies and cases, small enough to meet each other often."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from return_policy.policy.clock import Workdays
from return_policy.policy.facts import WITHOUT_REASON, Facts, Reason
from return_policy.policy.law import GROUNDS
from return_policy.policy.terms import KINDS, REMEDIES, Rule, Terms, Version

BASE = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)  # the night before clocks change
DOMAINS = ("[]", "A", "B")
REASONS = (
    WITHOUT_REASON,
    Reason(frozenset(("no_reason", "size"))),
    Reason(frozenset(("quality", "fault")), "quality", "merchant", photos=2),
    Reason(frozenset(("parcel",)), "logistics", "carrier"),
    Reason(
        frozenset(("promise",)), "promise", "merchant", remedies=frozenset(REMEDIES[:1])
    ),
)
CODES = ("no_reason", "size", "quality", "fault", "parcel", "promise")
VALUES = {
    "approval": ("auto", "review", "refuse"),
    "freight": ("consumer", "merchant", "insurance"),
    "refund_on": ("approval", "scanned", "received", "inspected"),
}
PRESETS = ("CN-7", "EU-14", "UK-14", "STORE")

few_codes = st.sets(st.sampled_from(CODES), min_size=1, max_size=2).map(frozenset)
few_remedies = st.sets(st.sampled_from(REMEDIES), max_size=3).map(frozenset)
CONDITIONS = {
    "domain": st.sampled_from(DOMAINS),
    "customer_domain": st.sampled_from(DOMAINS),
    "order_domain": st.sampled_from(DOMAINS),
    "reasons": few_codes,
    "for_remedies": few_remedies | st.just(frozenset(("return_refund",))),
    "days_from": st.sampled_from((1, 3, 8)),
    "days_to": st.sampled_from((1, 3, 8, 20)),
    "amount_from": st.sampled_from((1, 3, 8)),
    "amount_to": st.sampled_from((1, 3, 8, 20)),
    "goods": st.sampled_from(("unshipped", "shipped", "received")),
    "seal": st.sampled_from(("sealed", "opened")),
    "returns_min": st.sampled_from((1, 2)),
    "ordered_from": st.sampled_from(("2026-10-20", "2026-10-24")),
    "ordered_to": st.sampled_from(("2026-10-24", "2026-10-28")),
}
moments = (st.integers(-5, 12) | st.integers(-40, 500)).map(
    lambda steps: BASE + timedelta(hours=steps * 13)
)
workdays = st.builds(
    Workdays,
    days_off=st.sets(
        st.integers(0, 30).map(lambda number: date(2026, 10, 24) + timedelta(number)),
        max_size=5,
    ).map(frozenset),
)


@st.composite
def rules(draw, key, kinds=KINDS):
    kind = draw(st.sampled_from(kinds))
    named = draw(st.sets(st.sampled_from(sorted(CONDITIONS)), max_size=2))
    return Rule(
        key,
        f"rule {key}",
        kind,
        value=draw(st.sampled_from(VALUES.get(kind, ("",)))),
        days=draw(st.sampled_from((0, 3, 7, 14, 30))),
        percent=draw(st.sampled_from((0, 1000))),
        amount=draw(st.sampled_from((0, 500))),
        photos=draw(st.integers(0, 2)),
        remedies=draw(few_remedies),
        legal_code=draw(st.sampled_from(("", *GROUNDS))) if kind == "refuse" else "",
        needs_confirmation=kind == "refuse" and draw(st.booleans()),
        returns_days=draw(st.sampled_from((30, 90))),
        **{name: draw(CONDITIONS[name]) for name in sorted(named)},
    )


@st.composite
def versions(draw, kinds=KINDS, most=6):
    terms = Terms(
        zone=draw(st.sampled_from(("Asia/Shanghai", "Europe/Berlin"))),
        preset=draw(st.sampled_from(PRESETS)),
        window_days=draw(st.sampled_from((0, 7, 14, 30))),
        window_rolls=draw(st.sampled_from(("calendar", "holiday", "working"))),
        informs_buyer=draw(st.booleans()),
        transit_days=draw(st.sampled_from((0, 10))),
        auto_approve=draw(st.booleans()),
        auto_approve_max=draw(st.sampled_from((0, 5))),
        fee_percent=draw(st.sampled_from((0, 500))),
        keep_item_max=draw(st.sampled_from((0, 5))),
        remedies=draw(few_remedies),
    )
    count = draw(st.integers(0, most))
    return Version(
        1, terms, tuple(draw(rules(key, kinds)) for key in range(1, count + 1))
    )


@st.composite
def siblings(draw):
    """Return a version of two rules of one kind which hardly differ."""
    kind = draw(st.sampled_from(KINDS))
    preset = draw(st.sampled_from(PRESETS))
    first = draw(rules(1, (kind,)))
    name = draw(st.sampled_from(sorted(CONDITIONS)))
    changed = {name: draw(CONDITIONS[name] | st.just(getattr(Rule(0, "", ""), name)))}
    if kind == "refuse" and draw(st.booleans()):
        changed["legal_code"] = draw(st.sampled_from(("", *GROUNDS)))
        changed["needs_confirmation"] = draw(st.booleans())
    second = replace(first, key=2, name="rule 2", **changed)
    pair = draw(st.permutations((first, second)))
    return Version(1, Terms(preset=preset), tuple(pair))


@st.composite
def cases(draw, version):
    """Return facts as they can be: what never left was not received either."""
    true = {"A": draw(st.booleans()), "B": draw(st.booleans()), "": True, "[]": True}
    shipped = draw(st.booleans() | st.just(value=True))
    dates = st.none() | moments | st.just(BASE)
    return Facts(
        asked_at=draw(moments | st.just(BASE + timedelta(days=3))),
        reason=draw(st.sampled_from(REASONS)),
        remedy=draw(st.sampled_from(REMEDIES) | st.just("return_refund")),
        shipped=shipped,
        shipped_at=draw(dates) if shipped else None,
        received_at=draw(dates) if shipped else None,
        ordered_at=draw(dates),
        informed_at=draw(dates),
        quantity_left=draw(st.sampled_from((1.0, 1.0, 0.0))),
        exclusion=draw(st.sampled_from(("", "", *GROUNDS))),
        confirmed_at=draw(dates),
        seal=draw(st.sampled_from(("", "sealed", "opened"))),
        is_consumer=draw(st.booleans() | st.just(value=True)),
        amount=draw(st.integers(0, 25)),
        returns={30: draw(st.integers(0, 3)), 90: draw(st.integers(0, 3))},
        matched=frozenset(
            rule.key
            for rule in version.rules
            if true[rule.domain]
            and true[rule.customer_domain]
            and true[rule.order_domain]
        ),
    )
