"""What differs between two versions, for a comparison side by side."""

from dataclasses import fields
from typing import NamedTuple

from .terms import Rule, Terms


class Difference(NamedTuple):
    """One thing which two versions hold differently.

    ``kind``: terms (``field`` says which; ``old`` and ``new`` are its values), or
    added, removed, changed, moved for a rule (``old`` and ``new`` are the rules, None
    where there is none; ``names`` are the fields of a changed one). A rule that is
    moved stands elsewhere among those of its kind, where alone order means something.
    """

    kind: str
    old: object
    new: object
    field: str = ""
    names: tuple[str, ...] = ()


TERMS = tuple(item.name for item in fields(Terms) if item.init)
RULE = tuple(item.name for item in fields(Rule) if item.init and item.name != "key")


def differences(old, new):
    """Return every ``Difference`` of two versions: terms, then rules in their order.

    Rules are paired by key, then by kind and name, which two drafts may share. Those
    of the new version come in its order, removed ones last.
    """
    found = [
        Difference("terms", before, after, field=name)
        for name in TERMS
        if (before := getattr(old.terms, name)) != (after := getattr(new.terms, name))
    ]
    pairs = _pairs(old.rules, new.rules)
    partner = {after.key: before for before, after in pairs}
    moved = _moved(pairs, old.rules, new.rules)
    for rule in new.rules:
        found += _of_rule(partner.get(rule.key), rule, rule.key in moved)
    kept = {before.key for before, _after in pairs}
    found += [
        Difference("removed", rule, None) for rule in old.rules if rule.key not in kept
    ]
    return found


def _pairs(old, new):
    """Return [(old rule, new rule)] of those which are the same rule."""
    by_key = {rule.key: rule for rule in old}
    pairs = [(by_key.pop(rule.key), rule) for rule in new if rule.key in by_key]
    by_name = {(rule.kind, rule.name): rule for rule in reversed(by_key.values())}
    paired = {after.key for _before, after in pairs}
    alone = [rule for rule in new if rule.key not in paired]
    named = [(by_name.pop((rule.kind, rule.name), None), rule) for rule in alone]
    return pairs + [pair for pair in named if pair[0]]


def _of_rule(before, after, is_moved):
    """Return the differences of one rule of the new version."""
    if before is None:
        return [Difference("added", None, after)]
    found = [Difference("moved", before, after)] if is_moved else []
    names = tuple(n for n in RULE if getattr(before, n) != getattr(after, n))
    if names:
        found.insert(0, Difference("changed", before, after, names=names))
    return found


def _moved(pairs, old, new):
    """Return the new keys of the rules which stand elsewhere among their kind.

    As few as possible: the longest run that kept its order counts as standing still.
    """
    place = {rule.key: number for number, rule in enumerate(old)}
    order = {rule.key: number for number, rule in enumerate(new)}
    moved = set()
    for kind in {after.kind for _before, after in pairs}:
        same = [pair for pair in pairs if {pair[0].kind, pair[1].kind} == {kind}]
        same.sort(key=lambda pair: order[pair[1].key])
        still = _longest_rise([place[before.key] for before, _after in same])
        moved |= {
            after.key for number, (_b, after) in enumerate(same) if number not in still
        }
    return moved


def _longest_rise(numbers):
    """Return the positions of a longest rising subsequence."""
    best = []  # best[i]: positions of a longest rise that ends at i
    for here, number in enumerate(numbers):
        before = [run for run in best if numbers[run[-1]] < number]
        best.append([*max(before, key=len, default=[]), here])
    return set(max(best, key=len, default=[]))
