"""What of a draft undercuts the legal floor of its preset."""

from typing import NamedTuple

from .terms import Terms, Version


class Preset(NamedTuple):
    """Where a policy starts, the law it rests on, and when that was last read."""

    terms: Terms
    min_window_days: int
    source: str
    checked_on: str


PRESETS = {
    "CN-7": Preset(
        terms=Terms(),
        min_window_days=7,
        source=(
            "网络购买商品七日无理由退货暂行办法 (SAIC Order 90 of 2017, amended by SAMR"
            " Order 31 of 2020), art. 6, 7, 10, 13, 18, 20; 消费者权益保护法 (2013),"
            " art. 24, 25"
        ),
        checked_on="2026-11-21",
    ),
}


class Breach(NamedTuple):
    """One way in which a draft undercuts the law."""

    code: str
    article: str
    rule: str = ""
    number: int = 0


def breaches(version: Version) -> list[Breach]:
    """Return every breach of the floor of the version's preset, terms first."""
    found = []
    terms, floor = version.terms, version.floor
    if terms.window_days < floor.window_days:
        article = floor.articles["window"]
        found.append(Breach("window", article, number=floor.window_days))
    if terms.quality_days < floor.quality_days:
        article = floor.articles["quality"]
        found.append(Breach("quality_window", article, number=floor.quality_days))
    for rule in version.by_kind["refuse"]:
        breach = floor.window_days and _refusal_breach(floor, rule)
        if breach:
            found.append(breach)
    return found


def _refusal_breach(floor, rule):
    clause = floor.clause(rule.legal_code)
    if clause is None:
        return Breach("refusal", floor.articles["refusal"], rule.name)
    if clause.needs_confirmation and not rule.needs_confirmation:
        return Breach("confirmation", floor.articles["confirmation"], rule.name)
    return None
