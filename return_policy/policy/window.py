"""How long a case may come back, and whether the law itself gives it."""

from .clock import end_of_day, uninformed_end
from .terms import NO_REASON

# What gives an order up before it was shipped, which then needs no return.
GIVEN_UP = frozenset(("return_refund", "refund_only", "cancel"))


def assumed_receipt(terms, facts):
    """Return when goods nobody signed for count as received, or None."""
    if facts.shipped_at is not None and terms.transit_days:
        return facts.shipped_at + terms.transit
    return None


def window(version, facts, days, signed, workdays):
    """Return the exclusive end of a window of so many days.

    :param int signed: number of the day of receipt in the policy's time zone
    """
    zone = version.terms.zone
    if facts.reason.regime != NO_REASON:
        return end_of_day(signed + days, zone)
    end = end_of_day(signed + days, zone, version.rolls, workdays)
    if version.informs_buyer or not facts.is_consumer:
        return end
    months = version.floor.uninformed_months
    told = facts.informed_at
    return uninformed_end(end, days, months, told, zone, version.rolls, workdays)


def is_lawful(version, facts, days, signed, end, workdays):
    """Tell whether the law itself gives this consumer a return without a reason.

    :param int days: the window in which the case is judged, ending at ``end``
    :param int signed: number of the day of receipt, None where nobody knows
    """
    statutory = version.floor.window_days
    if not statutory or not facts.is_consumer or not _is_withdrawal(facts):
        return False
    if signed is None:
        return True
    if days > statutory:
        end = window(version, facts, statutory, signed, workdays)
    return facts.asked_at < end


def _is_withdrawal(facts):
    """Tell whether somebody wants all money back for no reason but a change of mind.

    Exchanges, credit and money without a return are the merchant's to offer.
    """
    if facts.reason.regime != NO_REASON:
        return False
    return facts.remedy == "return_refund" or (
        not facts.shipped and facts.remedy in GIVEN_UP
    )
