"""What the warehouse finds, and what usually follows from it."""

from typing import NamedTuple

# From the best to the worst; the line is called what its worst piece is.
GRADES = ("a", "b", "c", "wrong", "missing")
ARRIVED = ("a", "b", "c")


class Found(NamedTuple):
    """So much of a line was found in one condition and goes one way."""

    quantity: float  # in the unit of the line
    grade: str
    disposition: str
    lot: object = None  # of this lot or serial number only
    note: str = ""


class Piece(NamedTuple):
    """What came in by one move line and goes one way."""

    came: object  # the move line
    quantity: float  # in the unit of the product
    found: Found


def is_accepted(grade: str | None) -> bool:
    """Tell whether the buyer usually gets what was asked; nobody graded: as new."""
    return not grade or grade in ARRIVED


def usual_disposition(grade: str | None, remedy: str) -> str:
    """Return where goods of a grade usually go.

    What did not come but is booked as received is written off like scrap.
    """
    if not is_accepted(grade):
        return "scrap"
    if remedy == "repair":
        return "repair"
    return "scrap" if grade == "c" else "restock"


def worst(grades) -> str:
    """Return the worst of the grades named, at least one."""
    return max(grades, key=GRADES.index)
