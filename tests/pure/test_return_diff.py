"""What differs between two versions."""

from dataclasses import replace

import pytest

from return_policy.policy.diff import differences
from return_policy.policy.terms import Rule, Terms, Version

A = Rule(1, "Fresh", "refuse", legal_code="A6_2")
B = Rule(2, "Seals", "refuse", legal_code="A7_1", needs_confirmation=True)
C = Rule(3, "Software", "refuse", legal_code="A6_3", seal="opened")
FEE = Rule(4, "Late", "fee", percent=1000, days_from=8)


def of(old, new):
    """Return the differences as (kind, old, new, names); rules by key and name."""
    old, new = (Version(1, Terms(), tuple(rules)) for rules in (old, new))
    return [
        (
            found.kind,
            found.old and found.old.name,
            found.new and found.new.name,
            found.names,
        )
        for found in differences(old, new)
    ]


def test_equal_versions_do_not_differ():
    assert differences(Version(1, Terms(), (A, B)), Version(2, Terms(), (A, B))) == []


def test_terms_that_differ_are_named_with_both_values():
    old = Version(1, Terms(), (A,))
    new = Version(2, Terms(window_days=15, remedies=frozenset(("exchange",))), (A,))
    found = [(d.kind, d.field, d.old, d.new) for d in differences(old, new)]
    assert found == [
        ("terms", "window_days", 7, 15),
        ("terms", "remedies", Terms().remedies, frozenset(("exchange",))),
    ]


CHANGED = replace(FEE, name="Too late", percent=500)
SAME_NAME = replace(FEE, key=9)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([], [A], [("added", None, "Fresh", ())]),
        ([A], [], [("removed", "Fresh", None, ())]),
        ([FEE], [CHANGED], [("changed", "Late", "Too late", ("name", "percent"))]),
        ([A, FEE], [A, SAME_NAME], []),  # entered anew, word for word
        (
            [FEE],
            [replace(SAME_NAME, days_from=9)],
            [("changed", "Late", "Late", ("days_from",))],
        ),
        (
            [FEE],
            [replace(SAME_NAME, kind="bonus")],
            [("added", None, "Late", ()), ("removed", "Late", None, ())],
        ),
        ([A, B], [B, A], [("moved", "Fresh", "Fresh", ())]),
        ([A, B, C], [C, A, B], [("moved", "Software", "Software", ())]),
        ([A, B, C], [B, C, A], [("moved", "Fresh", "Fresh", ())]),
        ([A, FEE], [FEE, A], []),  # order only means something among one kind
        (
            [A, B],
            [B, replace(A, domain="x")],
            [
                ("changed", "Fresh", "Fresh", ("domain",)),
                ("moved", "Fresh", "Fresh", ()),
            ],
        ),
        (
            [A, C],
            [B, replace(C, seal="")],
            [
                ("added", None, "Seals", ()),
                ("changed", "Software", "Software", ("seal",)),
                ("removed", "Fresh", None, ()),
            ],
        ),
    ],
)
def test_rules_are_paired_by_key_then_by_name(old, new, found):
    assert of(old, new) == found


def test_namesakes_are_paired_once():
    twin = replace(FEE, key=5)
    assert of([FEE, twin], [replace(FEE, key=8)]) == [("removed", "Late", None, ())]
    assert of([FEE], [replace(FEE, key=8), replace(FEE, key=9)]) == [
        ("added", None, "Late", ())
    ]
