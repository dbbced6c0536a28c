"""The legal floor of a preset: what no policy of that preset may take from a buyer."""

from typing import NamedTuple

from .terms import Terms, Version

NEVER = ("A6_1", "A6_2", "A6_3", "A6_4")
CONFIRMED = ("A7_1", "A7_2", "A7_3")


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
    preset = PRESETS.get(version.terms.preset)
    if preset is None:
        return []
    found = []
    terms, floor = version.terms, preset.min_window_days
    if terms.window_days < floor:
        found.append(Breach("window", "10", number=floor))
    if terms.quality_days < floor:
        found.append(Breach("quality_window", "24", number=floor))
    for rule in version.refusals:
        breach = _refusal_breach(rule)
        if breach:
            found.append(breach)
    return found


def _refusal_breach(rule):
    if rule.legal_code in CONFIRMED:
        if not rule.needs_confirmation:
            return Breach("confirmation", "7, 20", rule.name)
    elif rule.legal_code not in NEVER:
        return Breach("refusal", "6, 7", rule.name)
    return None
