"""Answers line by line, and who may give how much away."""

import pytest

from return_policy.policy.answers import (
    ROLES,
    Answer,
    Ceilings,
    is_wholly_refused,
    may_approve,
)

YES = Answer(is_refused=False, asked=3, approved=3)
PART = Answer(is_refused=False, asked=3, approved=2)
NO = Answer(is_refused=True, asked=3, approved=3)


@pytest.mark.parametrize(
    ("answer", "is_partial", "needs_reason"),
    [(YES, False, False), (PART, True, True), (NO, False, True)],
)
def test_less_than_was_asked_for_needs_a_reason(answer, is_partial, needs_reason):
    assert (answer.is_partial, answer.needs_reason) == (is_partial, needs_reason)
    assert answer.lacks_reason is needs_reason
    assert answer._replace(reason=" ").lacks_reason is needs_reason
    assert answer._replace(reason="worn").lacks_reason is False


@pytest.mark.parametrize(
    ("answers", "refused"),
    [([YES], False), ([NO], True), ([NO, PART], False), ([NO, NO], True)],
)
def test_a_request_is_refused_when_each_line_is(answers, refused):
    assert is_wholly_refused(answers) is refused


@pytest.mark.parametrize(
    ("agent", "lead", "amount", "approver"),
    [
        (0, 0, 10**9, "agent"),
        (5000, 0, 0, "agent"),
        (5000, 0, 5000, "agent"),
        (5000, 0, 5001, "lead"),
        (5000, 0, 10**9, "lead"),
        (5000, 20000, 5001, "lead"),
        (5000, 20000, 20000, "lead"),
        (5000, 20000, 20001, "manager"),
        (0, 20000, 20000, "agent"),
        (0, 20000, 20001, "manager"),
    ],
)
def test_the_lowest_role_that_may_give_so_much_away(agent, lead, amount, approver):
    assert Ceilings(agent, lead).approver(amount) == approver


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_the_lower_ones_may(role):
    allowed = [approver for approver in ROLES if may_approve(role, approver)]
    assert allowed == list(ROLES[: ROLES.index(role) + 1])
