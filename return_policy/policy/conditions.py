"""The conditions of a rule on the single case, asked one by one or all at once.

Each is one function of a rule and what it asks about. ``looks_for`` asks many rules at
once: it puts down beforehand which of them each value lets through, as bits.
"""

from bisect import bisect
from datetime import date

from .clock import DAY, day_number, local_day, midnight

FIRST_DAY, LAST_DAY = date.min.isoformat(), date.max.isoformat()


def fits_days(rule, days):
    """Tell whether the days since receipt, None before any, suit the rule."""
    if not (rule.days_from or rule.days_to):
        return True
    return days is not None and days >= rule.days_from and _upto(days, rule.days_to)


def fits_amount(rule, amount):
    """Tell whether what the line cost suits the rule."""
    above = not rule.amount_from or amount >= rule.amount_from
    return above and _upto(amount, rule.amount_to)


def fits_goods(rule, place):
    """Tell whether the place of the goods suits the rule."""
    return rule.goods in ("", place)


def fits_returns(rule, counts):
    """Tell whether the customer returned as often, by days back, as the rule asks."""
    least = rule.returns_min
    return not least or counts.get(rule.returns_days, 0) >= least


def fits_ordered(rule, day):
    """Tell whether the ISO day of the order, None for none, suits the rule."""
    if not (rule.ordered_from or rule.ordered_to):
        return True
    return day is not None and day >= rule.ordered_from and _upto(day, rule.ordered_to)


def fits_seal(rule, seal):
    """Tell whether the seal suits the rule; a refusal waits for one not yet known."""
    return rule.seal in ("", seal) or (not seal and rule.kind == "refuse")


def _upto(value, end):
    """Tell whether a value lies before an end, which is open where empty."""
    return not end or value <= end


def place_of(facts, received):
    """Return where the goods are: unshipped, shipped or received."""
    if not facts.shipped:
        return "unshipped"
    return "received" if received and received <= facts.asked_at else "shipped"


def first_failing(rule, facts, zone, received):
    """Return the name of the first condition which a case fails, or nothing.

    One of: days, amount, goods, returns, ordered, seal.
    """
    signed = received and day_number(received, zone)
    days = signed and day_number(facts.asked_at, zone) - signed
    ordered = facts.ordered_at and local_day(facts.ordered_at, zone).isoformat()
    asked = {
        "days": fits_days(rule, days),
        "amount": fits_amount(rule, facts.amount),
        "goods": fits_goods(rule, place_of(facts, received)),
        "returns": fits_returns(rule, facts.returns),
        "ordered": fits_ordered(rule, ordered),
        "seal": fits_seal(rule, facts.seal_known),
    }
    return next((name for name, fits in asked.items() if not fits), "")


def looks_for(rules, zone):
    """Return functions of (facts, received, number of its day) for these rules.

    Each looks at one thing and returns bits: bit n is set where the nth rule fits. The
    rules which all let through are those that ``first_failing`` says nothing about.
    """
    looks = []
    if any(rule.days_from or rule.days_to for rule in rules):
        looks.append(_look_at_days(rules, zone))
    if any(rule.amount_from or rule.amount_to for rule in rules):
        looks.append(_look_at_amount(rules))
    if any(rule.goods for rule in rules):
        looks.append(_look_at_goods(rules))
    counted = {rule.returns_days for rule in rules if rule.returns_min}
    looks += [_look_at_returns(rules, days) for days in counted]
    if any(rule.ordered_from or rule.ordered_to for rule in rules):
        looks.append(_look_at_ordered(rules, zone))
    if any(rule.seal for rule in rules):
        looks.append(_look_at_seal(rules))
    return tuple(looks)


def _bits(rules, fits, value):
    return sum(1 << number for number, rule in enumerate(rules) if fits(rule, value))


def _look_at_days(rules, zone):
    edges = {0, *(rule.days_from for rule in rules)}
    edges = sorted(edges | {rule.days_to + 1 for rule in rules})
    bits = [_bits(rules, fits_days, days) for days in (-1, *edges)]
    unknown = _bits(rules, fits_days, None)

    def look(facts, _received, signed):
        if signed is None:
            return unknown
        return bits[bisect(edges, day_number(facts.asked_at, zone) - signed)]

    return look


def _look_at_amount(rules):
    edges = {rule.amount_from for rule in rules}
    edges = sorted(edges | {rule.amount_to + 1 for rule in rules})
    bits = [_bits(rules, fits_amount, amount) for amount in (edges[0] - 1, *edges)]
    return lambda facts, _received, _signed: bits[bisect(edges, facts.amount)]


def _look_at_goods(rules):
    places = ("unshipped", "shipped", "received")
    bits = {place: _bits(rules, fits_goods, place) for place in places}
    return lambda facts, received, _signed: bits[place_of(facts, received)]


def _look_at_returns(rules, days):
    """Look at one count only: rules which ask another, or none, are let through."""

    def fits(rule, count):
        return rule.returns_days != days or fits_returns(rule, {days: count})

    edges = sorted({rule.returns_min for rule in rules})
    bits = [_bits(rules, fits, count) for count in (-1, *edges)]
    return lambda facts, _received, _signed: bits[
        bisect(edges, facts.returns.get(days, 0))
    ]


def _look_at_ordered(rules, zone):
    # the first and the last day there is bound nothing, and have none beside them
    first = {rule.ordered_from for rule in rules if rule.ordered_from} - {FIRST_DAY}
    after = {rule.ordered_to for rule in rules if rule.ordered_to} - {LAST_DAY}
    days = {date.fromisoformat(day) for day in first}
    days = sorted(days | {date.fromisoformat(day) + DAY for day in after})
    edges = [midnight(day, zone) for day in days]
    bits = [
        _bits(rules, fits_ordered, day)
        for day in (FIRST_DAY, *(day.isoformat() for day in days))
    ]
    unknown = _bits(rules, fits_ordered, None)

    def look(facts, _received, _signed):
        if facts.ordered_at is None:
            return unknown
        return bits[bisect(edges, facts.ordered_at)]

    return look


def _look_at_seal(rules):
    bits = {seal: _bits(rules, fits_seal, seal) for seal in ("", "sealed", "opened")}
    # ``Facts.seal_known``, unwrapped
    return lambda facts, _received, _signed: bits[
        facts.seal if facts.shipped else "sealed"
    ]
