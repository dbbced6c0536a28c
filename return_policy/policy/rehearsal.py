"""What a draft changes: two decisions on the same case, side by side."""

from typing import NamedTuple

from .refusal import Outcome

# What may change, the gravest first; a case is listed under the gravest.
CHANGES = ("verdict", "approval", "terms", "window", "ground")
# What a buyer who may return gets, gives and shows.
TERMS = (
    "fee_percent",
    "fee_flat",
    "freight_payer",
    "refund_on",
    "bonus_percent",
    "bonus_flat",
    "photos",
    "video",
    "keeps_item",
)
TRANSITIONS = {
    "draft": {"running"},
    "running": {"done", "cancelled", "failed"},
    "failed": {"running", "cancelled"},
    "done": set(),
    "cancelled": set(),
}


class Side(NamedTuple):
    """One cell's side: the verdict, and who approves what is allowed."""

    verdict: str
    approval: str  # auto, review; empty where nothing is allowed


def side(decision):
    """Return the side of a decision on which totals count it."""
    allowed = decision.outcome is Outcome.ALLOWED
    return Side(str(decision.outcome), decision.approval if allowed else "")


def change_between(before, after):
    """Return the gravest of CHANGES from one decision to the other, or nothing.

    Terms and the end of the window matter only where goods may come back.
    """
    if before.outcome is not after.outcome:
        return "verdict"
    if before.outcome is Outcome.ALLOWED and before.approval != after.approval:
        return "approval"
    if before.outcome is not Outcome.REFUSED:
        if changed_terms(before, after):
            return "terms"
        if before.last_moment != after.last_moment:
            return "window"
    return "ground" if _ground(before) != _ground(after) else ""


def changed_terms(before, after):
    """Return [(name, old, new)] of the terms which differ, in the order of TERMS.

    Percentages are basis points, flat amounts the company's smallest unit.
    """
    if (before.effects, before.fee_due, before.keeps_item) == (
        after.effects,
        after.fee_due,
        after.keeps_item,
    ):
        return []
    pairs = [(name, _term(before, name), _term(after, name)) for name in TERMS]
    return [(name, old, new) for name, old, new in pairs if old != new]


def _term(decision, name):
    if name in ("photos", "video"):
        return getattr(decision.effects, name, 0)
    return getattr(decision, name)


def _ground(decision):
    """Return what the verdict rests on."""
    return decision.code, decision.clause, decision.rule_key, decision.unconfirmed


def as_of(known, left=None):
    """Return facts by name as they were at the moment of asking.

    What was shipped later was not shipped then. What came back since is unknown, so
    the quantity left is today's unless the caller knows better.

    :param dict known: facts by name, see ``Facts``
    :param left: the quantity which could come back then
    """
    facts = dict(known)
    if left is not None:
        facts["quantity_left"] = left
    shipped_at = facts["shipped_at"]
    if shipped_at is not None and shipped_at > facts["asked_at"]:
        facts.update(shipped=False, shipped_at=None, received_at=None)
    return facts
