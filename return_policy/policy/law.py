"""The legal floors: what the law of a preset gives every consumer at least.

Paraphrased, no legal advice; each policy names its source and when it was checked.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

# Grounds for refusing a return without a reason, by the code on products and rules.
GROUNDS = (
    "A6_1",  # made to measure
    "A6_2",  # fresh, perishable
    "A6_3",  # downloaded, or sealed media and software unsealed
    "A6_4",  # newspapers, periodicals
    "A7_1",  # opening affects safety, hygiene or quality
    "A7_2",  # value falls once activated or tried
    "A7_3",  # near expiry or flawed, disclosed at the sale
    "E16_B",  # price follows a financial market
    "E16_F",  # inseparably mixed after delivery
    "E16_G",  # alcohol agreed on at one price, delivered after 30 days
    "E16_H",  # urgent repair at the buyer's call
    "E16_K",  # public auction
    "E16_L",  # accommodation, transport, leisure on a date
    "E16_M",  # digital content, begun with consent
    "B2B",  # the buyer is no consumer
)


class Clause(NamedTuple):
    """Where a law names a ground, and what has to be true for it to hold."""

    article: str
    needs_confirmation: bool = False  # by the buyer, recorded at the purchase
    if_opened: bool = False  # only once the buyer broke the seal


@dataclass(frozen=True, slots=True)
class Floor:
    """What no policy of a preset may take from a consumer.

    Days are calendar days after receipt. ``articles`` names where each duty stands:
    window, rolls, quality, refund, fee, freight, remedies, refusal, confirmation.
    An empty floor (``window_days`` 0) binds nothing.
    """

    code: str = ""
    window_days: int = 0
    window_rolls: str = "calendar"
    quality_days: int = 0
    refund_days: int = 0
    refund_clock: str = "goods_back"
    proof_of_sending: bool = False  # counts as much as the goods themselves
    alarm_days: int = 0  # after the goods: holding the money back is an offence
    uninformed_months: int = 0  # the window is longer where nobody told the buyer
    outbound_freight: str = "none"  # given back on a whole return without a reason
    withdrawal_button: bool = False  # buyers withdraw by two clicks, without a login
    clauses: dict = field(default_factory=dict)
    articles: dict = field(default_factory=dict)

    def clause(self, code):
        """Return the clause that allows the ground, or None."""
        return self.clauses.get(code)


NO_FLOOR = Floor(clauses={code: Clause("") for code in GROUNDS})

# 7-day return rules (SAIC Order 90 of 2017, amended by SAMR Order 31 of 2020);
# Consumer Rights Law (2013), art. 24, 25; Civil Code, art. 203 (last day a holiday).
CN_7 = Floor(
    code="CN-7",
    window_days=7,
    window_rolls="holiday",
    quality_days=7,
    refund_days=7,
    refund_clock="goods_back",
    alarm_days=15,
    clauses={
        "A6_1": Clause("6(1)"),
        "A6_2": Clause("6(2)"),
        "A6_3": Clause("6(3)", if_opened=True),
        "A6_4": Clause("6(4)"),
        "A7_1": Clause("7(1)", needs_confirmation=True),
        "A7_2": Clause("7(2)", needs_confirmation=True),
        "A7_3": Clause("7(3)", needs_confirmation=True),
        "B2B": Clause("2"),
    },
    articles={
        "window": "10",
        "rolls": "203",  # Civil Code
        "quality": "24",  # Consumer Rights Law
        "refund": "13",
        "fee": "17",
        "freight": "24",  # Consumer Rights Law
        "remedies": "14",
        "refusal": "6, 7",
        "confirmation": "7, 20",
    },
)

# Directive 2011/83/EU on consumer rights; Directive (EU) 2019/771, art. 10 (two
# years); Regulation 1182/71, art. 3(4) (last day a holiday, Sunday or Saturday).
EU_14 = Floor(
    code="EU-14",
    window_days=14,
    window_rolls="working",
    quality_days=731,  # two years, one of them a leap year
    refund_days=14,
    refund_clock="notice",
    proof_of_sending=True,
    uninformed_months=12,
    outbound_freight="standard",
    withdrawal_button=True,
    clauses={
        "A6_1": Clause("16(c)"),
        "A6_2": Clause("16(d)"),
        "A6_3": Clause("16(i)", if_opened=True),
        "A6_4": Clause("16(j)"),
        "A7_1": Clause("16(e)", if_opened=True),
        "E16_B": Clause("16(b)"),
        "E16_F": Clause("16(f)"),
        "E16_G": Clause("16(g)"),
        "E16_H": Clause("16(h)"),
        "E16_K": Clause("16(k)"),
        "E16_L": Clause("16(l)"),
        "E16_M": Clause("16(m)", needs_confirmation=True),
        "B2B": Clause("2(1)"),
    },
    articles={
        "window": "9",
        "rolls": "3(4)",  # Regulation 1182/71
        "informed": "10",
        "quality": "10",  # Directive 2019/771
        "refund": "13(1)",
        "fee": "13(1)",
        "outbound": "13(1)-(2)",
        "freight": "14(1)",
        "remedies": "13(1)",
        "refusal": "16",
        "confirmation": "16(m)",
        "withdrawal": "11a",  # by Directive (EU) 2023/2673, since 19 June 2026
    },
)

# Consumer Contracts Regulations 2013 (SI 2013/3134); Consumer Rights Act 2015, s. 22
# (30 days to reject).
UK_14 = Floor(
    code="UK-14",
    window_days=14,
    window_rolls="calendar",
    quality_days=30,
    refund_days=14,
    refund_clock="goods_back",
    proof_of_sending=True,
    uninformed_months=12,
    outbound_freight="standard",
    clauses={
        "A6_1": Clause("28(1)(b)"),
        "A6_2": Clause("28(1)(c)"),
        "A6_3": Clause("28(3)(b)", if_opened=True),
        "A6_4": Clause("28(1)(f)"),
        "A7_1": Clause("28(3)(a)", if_opened=True),
        "E16_B": Clause("28(1)(a)"),
        "E16_F": Clause("28(3)(c)"),
        "E16_G": Clause("28(1)(d)"),
        "E16_H": Clause("28(1)(e)"),
        "E16_K": Clause("28(1)(g)"),
        "E16_L": Clause("28(1)(h)"),
        "E16_M": Clause("37", needs_confirmation=True),
        "B2B": Clause("4"),
    },
    articles={
        "window": "30",
        "informed": "31",
        "quality": "22",  # Consumer Rights Act
        "refund": "34",
        "fee": "34",
        "outbound": "34",
        "freight": "35",
        "remedies": "34",
        "refusal": "28",
        "confirmation": "37",
    },
)

FLOORS = {floor.code: floor for floor in (CN_7, EU_14, UK_14)}


def floor_of(preset):
    """Return the floor of a preset; one without a law has none."""
    return FLOORS.get(preset, NO_FLOOR)
