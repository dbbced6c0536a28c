"""The frozen terms of a policy: what a published version holds, and its JSON."""

from dataclasses import asdict, dataclass, field, fields
from datetime import timedelta

from .clock import ROLLS
from .law import Floor, floor_of

NO_REASON = "no_reason"
REMEDIES = (
    "return_refund",
    "refund_only",
    "exchange",
    "store_credit",
    "reship",
    "repair",
    "price_protection",
    "partial_refund",
    "cancel",
)
KINDS = (
    "refuse",
    "window",
    "remedies",
    "approval",
    "fee",
    "freight",
    "evidence",
    "refund_on",
    "keep_item",
    "bonus",
)
CASE_CONDITIONS = (
    "days_from",
    "days_to",
    "amount_from",
    "amount_to",
    "goods",
    "seal",
    "returns_min",
    "ordered_from",
    "ordered_to",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """The defaults of a policy, which hold where no rule says otherwise.

    Windows are calendar days; amounts are in the smallest unit of the company's
    currency, percentages in basis points (10 % = 1000). The defaults of the fields
    are what a snapshot without them meant, see ``from_json``.
    """

    zone: str = "Asia/Shanghai"
    preset: str = "CN-7"
    window_days: int = 7
    window_rolls: str = "calendar"  # last day: calendar, holiday, working
    informs_buyer: bool = True  # of the right to withdraw, before the order
    quality_days: int = 7
    transit_days: int = 10  # 0: receipt is never assumed
    auto_approve: bool = False
    auto_approve_max: int = 0  # 0: no ceiling
    refund_on: str = "inspected"  # approval, scanned, received, inspected
    refund_days: int = 7
    refund_clock: str = "goods_back"  # goods_back, notice
    freight_payer: str = "consumer"  # consumer, merchant, insurance
    outbound_freight: str = "merchant"  # none, merchant (its fault), standard
    reprice: bool = False  # threshold promotions on a partial return
    lost_freight: bool = False  # deduct freight that is no longer free
    fee_percent: int = 0
    fee_flat: int = 0  # per piece
    bonus_percent: int = 0  # for taking store credit
    bonus_flat: int = 0
    keep_item_max: int = 0  # up to this amount the goods may be kept; 0: never
    photos: int = 0  # asked for where neither rule nor reason says more
    video: bool = False
    remedies: frozenset[str] = frozenset(REMEDIES)
    transit: timedelta = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "transit", timedelta(days=self.transit_days))


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions and one effect. All conditions given must hold; none fits all.

    ``key`` names the rule in ``Facts.matched``, which says where its three domains
    fit. ``reasons`` and ``for_remedies`` are codes. Days are calendar days since
    receipt (0: open end), amounts the smallest unit of the company's currency
    (0: open end), order dates ISO days of the policy's time zone, both inclusive.

    The effect is ``kind`` with the value it needs: ``value`` (approval: auto, review,
    refuse; freight: consumer, merchant, insurance; refund_on: a step), ``days``
    (window), ``percent`` in basis points and ``amount`` (fee per piece, bonus,
    keep_item), ``photos`` and ``video`` (evidence), ``remedies`` (the only ones).
    """

    key: int
    name: str
    kind: str
    value: str = ""
    days: int = 0
    percent: int = 0
    amount: int = 0
    photos: int = 0
    video: bool = False
    remedies: frozenset[str] = frozenset()
    legal_code: str = ""
    needs_confirmation: bool = False
    # conditions
    domain: str = ""  # on products
    customer_domain: str = ""
    order_domain: str = ""
    reasons: frozenset[str] = frozenset()
    for_remedies: frozenset[str] = frozenset()
    days_from: int = 0
    days_to: int = 0
    amount_from: int = 0
    amount_to: int = 0
    goods: str = ""  # unshipped, shipped, received
    seal: str = ""  # sealed, opened
    returns_days: int = 0  # this many days back …
    returns_min: int = 0  # … the customer returned at least this often; 0: any
    ordered_from: str = ""
    ordered_to: str = ""
    # whether none of the conditions depends on the single case
    is_plain: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        asked = any(getattr(self, name) for name in CASE_CONDITIONS)
        object.__setattr__(self, "is_plain", not asked)


@dataclass(frozen=True, slots=True)
class Version:
    """One published policy, its rules in order."""

    number: int
    terms: Terms
    rules: tuple[Rule, ...] = ()
    floor: Floor = field(init=False, repr=False, compare=False)
    rolls: str = field(init=False, repr=False, compare=False)  # the floor counted in
    informs_buyer: bool = field(init=False, repr=False, compare=False)  # or need not
    by_kind: dict = field(init=False, repr=False, compare=False)
    plans: dict = field(init=False, repr=False, compare=False)  # filled by matching

    def __post_init__(self):
        by_kind = {
            kind: tuple(rule for rule in self.rules if rule.kind == kind)
            for kind in KINDS
        }
        floor = floor_of(self.terms.preset)
        rolls = max(self.terms.window_rolls, floor.window_rolls, key=ROLLS.index)
        object.__setattr__(self, "floor", floor)
        object.__setattr__(self, "rolls", rolls)
        informs = self.terms.informs_buyer or not floor.uninformed_months
        object.__setattr__(self, "informs_buyer", informs)
        object.__setattr__(self, "by_kind", by_kind)
        object.__setattr__(self, "plans", {})

    def keys_by(self, name):
        """Return {text of the domain: keys of the rules that ask it}.

        :param str name: ``domain``, ``customer_domain`` or ``order_domain``
        """
        found = {}
        for rule in self.rules:
            found.setdefault(getattr(rule, name), []).append(rule.key)
        return found


def to_json(version: Version) -> dict:
    """Return plain JSON values from which ``from_json`` makes an equal version."""
    return {
        "format": 2,
        "number": version.number,
        "terms": _plain(version.terms),
        "rules": [_plain(rule) for rule in version.rules],
    }


def from_json(values: dict) -> Version:
    """Return the version held in a snapshot.

    What an older format does not hold takes the default, which is what it meant then.
    Keys of later formats are ignored, so that every snapshot opens.
    """
    return Version(
        number=values["number"],
        terms=_read(Terms, values["terms"]),
        rules=tuple(_read(Rule, rule) for rule in values["rules"]),
    )


def _plain(record):
    """Return the fields of a record as JSON values."""
    names = {item.name for item in fields(record) if item.init}
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in asdict(record).items()
        if name in names
    }


def _read(cls, values):
    """Return a record of the class from JSON values."""
    known = {item.name: item for item in fields(cls) if item.init}
    return cls(
        **{
            name: frozenset(value) if isinstance(value, list) else value
            for name, value in values.items()
            if name in known
        }
    )
