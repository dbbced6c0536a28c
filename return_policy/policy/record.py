"""A decision with all it rests on as JSON, from which it can be made again."""

from datetime import date, datetime
from types import MappingProxyType

from .clock import EVERY_DAY, Workdays, local_day
from .decision import Decision
from .facts import Facts, Reason
from .promise import Promise


def to_record(facts: Facts, decision: Decision, workdays=EVERY_DAY) -> dict:
    """Return plain JSON values: the facts, the days off that counted, the outcome.

    Moments are ISO texts with their offset; units as in ``Facts`` and ``Effects``.
    """
    version = decision.version
    return {
        "facts": _plain(
            {
                **facts._asdict(),
                "reason": _plain(facts.reason._asdict()),
                "promise": facts.promise and facts.promise._asdict(),
            }
        ),
        "workdays": {
            "weekdays": sorted(workdays.weekdays),
            "days_off": _days_off(decision, workdays),
        },
        "version": version.number if version else None,
        "rules": _fired(decision),
        "decision": _plain(
            {
                "outcome": str(decision.outcome),
                "code": str(decision.code),
                "clause": decision.clause,
                "approval": decision.approval,
                "received_at": decision.received_at,
                "assumed": decision.assumed,
                "last_moment": decision.last_moment,
                "unconfirmed": decision.unconfirmed,
                "promised": decision.promised,
                "refund_on": decision.refund_on,
                "freight_payer": decision.freight_payer,
                "fee_percent": decision.fee_percent,
                "fee_flat": decision.fee_flat,
                "keeps_item": decision.keeps_item,
            }
        ),
    }


def from_record(values: dict) -> tuple[Facts, Workdays]:
    """Return what to hand to ``decide`` with the version to get the decision again."""
    known = dict(values["facts"])
    reason = known["reason"]
    for name in ("codes", "remedies"):
        reason = {**reason, name: frozenset(reason[name])}
    known["reason"] = Reason(**reason)
    if promise := known.get("promise"):
        known["promise"] = Promise(**promise)
    known["matched"] = frozenset(known["matched"])
    known["returns"] = {int(days): count for days, count in known["returns"].items()}
    for name, value in known.items():
        if name.endswith("_at") and value:
            known[name] = datetime.fromisoformat(value)
    days = values["workdays"]
    workdays = Workdays(
        frozenset(days["weekdays"]),
        frozenset(date.fromisoformat(day) for day in days["days_off"]),
    )
    return Facts(**known), workdays


def _plain(values):
    """Return the values as JSON knows them."""
    return {name: _as_json(value) for name, value in values.items()}


def _as_json(value):
    match value:
        case frozenset():
            return sorted(value)
        case datetime():
            return value.isoformat()
        case dict() | MappingProxyType():
            return {str(key): item for key, item in value.items()}
    return value


def _days_off(decision, workdays):
    """Return the days off on which the end of the window could depend."""
    if not decision.last_moment:
        return []
    zone = decision.version.terms.zone
    first = local_day(decision.received_at, zone)
    last = local_day(decision.last_moment, zone)
    return [
        day.isoformat() for day in sorted(workdays.days_off) if first <= day <= last
    ]


def _fired(decision):
    """Return the rules that spoke, in their order: key, name, kind."""
    version = decision.version
    if not version:
        return []
    effects = decision.effects
    keys = {decision.rule_key, *(effects.fired if effects else ())}
    return [
        {"key": rule.key, "name": rule.name, "kind": rule.kind}
        for rule in version.rules
        if rule.key in keys
    ]
