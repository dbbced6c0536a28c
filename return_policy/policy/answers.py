"""What the desk answers to a request line by line, and who may give how much away."""

from collections.abc import Iterable
from typing import NamedTuple

# Who decides, in the order in which they may give away more.
ROLES = ("agent", "lead", "manager")


class Answer(NamedTuple):
    """What is answered to one line; quantities in millionths of its unit."""

    is_refused: bool
    asked: int
    approved: int
    reason: str = ""

    @property
    def is_partial(self) -> bool:
        return not self.is_refused and self.approved < self.asked

    @property
    def needs_reason(self) -> bool:
        """Tell whether the buyer gets less than was asked for."""
        return self.is_refused or self.is_partial

    @property
    def lacks_reason(self) -> bool:
        return self.needs_reason and not self.reason.strip()


def is_wholly_refused(answers: Iterable[Answer]) -> bool:
    """Tell whether nothing of a request is approved."""
    return all(answer.is_refused for answer in answers)


class Ceilings(NamedTuple):
    """Up to how much a role may give away without goods coming back; 0: any amount.

    In the smallest unit of the company's currency. Managers have no ceiling.
    """

    agent: int = 0
    lead: int = 0

    def approver(self, given_away: int) -> str:
        """Return the lowest role that may give so much away."""
        if self.lead and given_away > self.lead:
            return "manager"
        if self.agent and given_away > self.agent:
            return "lead"
        return "agent"


def may_approve(role: str, approver: str) -> bool:
    """Tell whether a role is at least the one that has to approve."""
    return ROLES.index(role) >= ROLES.index(approver)
