"""The UCI Online Retail file: what was sold and what came back, in order.

A return names no invoice: it is matched with the latest purchases of the same
article by the same customer of which something is still there.
"""

import csv
import lzma
import os
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

NAME = "online_retail.csv.xz"


@dataclass
class Sale:
    """A line that was sold; ``back`` is how much of it has been returned."""

    number: int
    invoice: str
    customer: str
    article: str
    name: str
    quantity: float
    price: float
    at: datetime
    back: float = 0.0

    @property
    def total(self):
        return round(self.quantity * self.price, 2)

    @property
    def kept(self):
        return 1 - Fraction(str(self.back)) / Fraction(str(self.quantity))


@dataclass
class Return:
    """A line of a credit note, in pieces above zero."""

    invoice: str
    customer: str
    article: str
    quantity: float
    at: datetime


def path():
    """Return where the file is; ONLINE_RETAIL says so where it is not beside us."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data" / NAME
    found = Path(os.environ.get("ONLINE_RETAIL", beside))
    if not found.exists():
        raise SystemExit(f"Set ONLINE_RETAIL to the file {NAME} (UCI, CC0)")
    return found


def read(until=None):
    """Return the sales and the returns of known customers, by day.

    Lines without a customer earn for nobody; corrections and free goods earn nothing.

    :return: {date: ([Sale], [Return])} and how many lines the file has
    """
    days, number = {}, 0
    with lzma.open(path(), "rt", encoding="utf-8", newline="") as stream:
        table = csv.DictReader(stream)
        for row in table:
            at = datetime.fromisoformat(row["InvoiceDate"])
            if until and at.date() > until:
                break
            quantity, price = float(row["Quantity"]), float(row["UnitPrice"])
            customer, article = row["CustomerID"], row["StockCode"]
            if not customer:
                continue
            sales, returns = days.setdefault(at.date(), ([], []))
            if quantity < 0:
                returns.append(
                    Return(row["InvoiceNo"], customer, article, -quantity, at)
                )
            elif price > 0:
                number += 1
                sales.append(
                    Sale(
                        number,
                        row["InvoiceNo"],
                        customer,
                        article,
                        row["Description"],
                        quantity,
                        price,
                        at,
                    )
                )
    return days, table.line_num - 1


class Purchases:
    """What each customer has and could return, by article."""

    def __init__(self):
        self.kept = {}
        self.unmatched = 0

    def add(self, sale):
        self.kept.setdefault((sale.customer, sale.article), []).append(sale)

    def take(self, back):
        """Return the sales of which a return brings something back, latest first."""
        taken, left = [], back.quantity
        for sale in reversed(self.kept.get((back.customer, back.article), [])):
            piece = min(left, sale.quantity - sale.back)
            if piece > 0:
                sale.back += piece
                left -= piece
                taken.append(sale)
        self.unmatched += left > 0
        return taken
