"""Which rules of a version spoke in a case, in their order, and why others did not."""

from typing import NamedTuple

from .clock import EVERY_DAY, day_number
from .decision import decide
from .matching import mismatch
from .refusal import UNCONFIRMED, ground_of
from .terms import Rule
from .window import is_lawful


class Step(NamedTuple):
    """One rule, whether it spoke, and why not.

    ``why`` is empty where it spoke, else one of

    - a condition which the case fails: domain (``detail``: of product, customer or
      order, where the caller knew), reason, remedy, regime (windows and refusals bind
      a fault only where they name its reason), days, amount, goods, returns, ordered,
      seal
    - earlier: another rule of its kind came first (``other`` is its key)
    - excluded: the product itself is, so no refusing rule was asked
    - a refusal whose ground does not hold: unconfirmed, sealed, consumer (the ground
      is for businesses only)
    - late: refused anyway, for the window has closed, nothing is left to return, or it
      is too late to cancel
    - broken: a rule cannot be evaluated, so none was asked
    """

    rule: Rule
    fired: bool
    why: str = ""
    other: int = 0
    detail: str = ""


def trace(version, facts, workdays=EVERY_DAY, domains=None):
    """Return one ``Step`` for each rule of the version, in their order.

    The rules that spoke are those of ``decision.effects.fired`` and the refusing one.

    :param dict domains: {rule key: which of product, customer, order does not fit}
    """
    if facts.broken_rule:
        return [Step(rule, fired=False, why="broken") for rule in version.rules]
    decision = decide(version, facts, workdays)
    spoke = {*decision.effects.fired, decision.rule_key}
    lawful = _was_lawful(decision, facts, workdays)
    first, steps = {}, []
    for rule in version.rules:
        if rule.key in spoke:
            first.setdefault(rule.kind, rule.key)
            steps.append(Step(rule, fired=True))
            continue
        why = mismatch(rule, facts, version, decision.received_at)
        if why:
            detail = (domains or {}).get(rule.key, "") if why == "domain" else ""
            steps.append(Step(rule, fired=False, why=why, detail=detail))
        elif rule.kind in first:
            other = first[rule.kind]
            steps.append(Step(rule, fired=False, why="earlier", other=other))
        else:
            why = _refuses_not(rule, facts, decision, lawful)
            steps.append(Step(rule, fired=False, why=why))
    return steps


def _was_lawful(decision, facts, workdays):
    """Tell again what the decision held of the law."""
    version, received = decision.version, decision.received_at
    signed = received and day_number(received, version.terms.zone)
    days, end = decision.effects.window_days, decision.last_moment
    return is_lawful(version, facts, days, signed, end, workdays)


def _refuses_not(rule, facts, decision, lawful):
    """Return why a refusal that fits, with none before it, refused nothing."""
    if decision.clause and not decision.rule_key:
        return "excluded"
    ground = ground_of(rule, facts, decision.version, lawful)
    if ground is UNCONFIRMED:
        return "unconfirmed"
    if ground:
        return "late"
    return "consumer" if rule.legal_code == "B2B" else "sealed"
