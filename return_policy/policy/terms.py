"""The frozen terms of a policy: what a published version holds, and its JSON."""

from dataclasses import asdict, dataclass, field, fields
from datetime import timedelta

NO_REASON = "no_reason"


@dataclass(frozen=True, slots=True)
class Terms:
    """The defaults of a policy, which hold where no rule says otherwise.

    Windows are calendar days; ``auto_approve_max`` is in the smallest unit of the
    company's currency, 0 for no ceiling.
    """

    zone: str = "Asia/Shanghai"
    preset: str = "CN-7"
    window_days: int = 7
    quality_days: int = 7
    transit_days: int = 10
    auto_approve: bool = False
    auto_approve_max: int = 0
    refund_on: str = "inspected"
    freight_payer: str = "consumer"
    transit: timedelta = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "transit", timedelta(days=self.transit_days))


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition and one effect.

    ``key`` names the rule in ``Facts.matched``; ``reasons`` are codes, none for any.
    ``kind`` is ``refuse`` or ``approval``; ``value`` is the approval: auto or review.
    """

    key: int
    name: str
    kind: str
    value: str = ""
    domain: str = ""
    reasons: frozenset[str] = frozenset()
    legal_code: str = ""
    needs_confirmation: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One published policy, its rules in order."""

    number: int
    terms: Terms
    rules: tuple[Rule, ...] = ()
    confirmable: frozenset[str] = frozenset(("A7_1", "A7_2", "A7_3"))
    refusals: tuple[Rule, ...] = field(init=False, repr=False, compare=False)
    approvals: tuple[Rule, ...] = field(init=False, repr=False, compare=False)
    keys_by_domain: dict = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        by_domain = {}
        for rule in self.rules:
            by_domain.setdefault(rule.domain, []).append(rule.key)
        object.__setattr__(self, "keys_by_domain", by_domain)
        for name, kind in (("refusals", "refuse"), ("approvals", "approval")):
            chosen = tuple(rule for rule in self.rules if rule.kind == kind)
            object.__setattr__(self, name, chosen)


def to_json(version: Version) -> dict:
    """Return plain JSON values from which ``from_json`` makes an equal version."""
    terms = asdict(version.terms)
    del terms["transit"]
    return {
        "format": 1,
        "number": version.number,
        "terms": terms,
        "rules": [
            {**asdict(rule), "reasons": sorted(rule.reasons)} for rule in version.rules
        ],
        "confirmable": sorted(version.confirmable),
    }


def from_json(values: dict) -> Version:
    """Return the version held in a snapshot.

    Keys of later formats are ignored, so that an older snapshot always opens.
    """
    return Version(
        number=values["number"],
        terms=Terms(**_known(Terms, values["terms"])),
        rules=tuple(
            Rule(
                **{
                    **_known(Rule, rule),
                    "reasons": frozenset(rule.get("reasons", ())),
                }
            )
            for rule in values["rules"]
        ),
        confirmable=frozenset(values["confirmable"]),
    )


def _known(cls, values):
    names = {item.name for item in fields(cls) if item.init}
    return {name: value for name, value in values.items() if name in names}
