"""Turn one cell into an id, an amount, a quantity, a time or a text.

Nothing is guessed: a cell that can be read in two ways raises ``CellError``.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from .problems import CellError

EMPTY = {"", "-", "--", "—", "/", "None", "null", "NULL"}
EXACT_DIGITS = 15  # what a spreadsheet number holds
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\x00"))
_WRAPPED = re.compile(r'^="?(.*?)"?$', re.DOTALL)
_SCIENTIFIC = re.compile(r"^\d+(\.\d+)?[eE]\+?\d+$")
_ID = re.compile(r"^[0-9A-Za-z][0-9A-Za-z_\-]*$")
_AMOUNT = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$")
_CURRENCY = re.compile(r"(?i)^([+-]?)(?:CNY|RMB|¥|￥)|(?:元|CNY|RMB)$")
_TIME = re.compile(
    r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T\s]+(\d{1,2})[:时](\d{1,2})(?:[:分](?:(\d{1,2})(?:\.\d+)?秒?)?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?$"
)
_SECRET = re.compile(r"\s*[#$~]{1,2}密文.*$", re.DOTALL)
_EXCEL_DAYS = (36526, 73051)  # 2000-01-01 .. 2100-01-01


def text(cell):
    """Return the cell as clean text; whole floats lose their ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**EXACT_DIGITS:
        cell = int(cell)
    found = unicodedata.normalize("NFKC", str(cell)).translate(_INVISIBLE).strip()
    if found.startswith('="') and found.endswith('"'):
        found = found[2:-1].strip()  # how a spreadsheet is told to keep a text
    found = found.lstrip("'`\t ").rstrip("\t ")
    return "" if found in EMPTY else found


def shown(cell):
    """Return a text for people: what the platform encrypted is left away."""
    return _SECRET.sub("", text(cell))


def lost_zeros(digits):
    """Tell whether a long number ends as a spreadsheet leaves it: 15 digits, zeros."""
    return len(digits) > EXACT_DIGITS and not digits[EXACT_DIGITS:].strip("0")


def identifier(cell):
    """Return an id as text.

    :raises CellError: id_lost_digits (1.2E+18, a rounded number), bad_id
    """
    if isinstance(cell, float) and not isinstance(cell, bool):
        if abs(cell) >= 10**EXACT_DIGITS:
            raise CellError("id_lost_digits", cell)
        if not cell.is_integer():
            raise CellError("bad_id", cell)
    if isinstance(cell, int) and lost_zeros(str(cell)):
        raise CellError("id_lost_digits", cell)
    found = text(cell)
    found = _WRAPPED.sub(r"\1", found).strip("'\"` \t") if found else ""
    if _SCIENTIFIC.match(found):
        raise CellError("id_lost_digits", found)
    found = found.removesuffix(".0")
    if found in EMPTY:
        return ""
    if not _ID.match(found):
        raise CellError("bad_id", found)
    return found


def cents(cell, scale=100):
    """Return an amount in cents, None when empty.

    :param int scale: 100 for a column in yuan, 1 for one in fen
    :raises CellError: bad_amount
    """
    if isinstance(cell, bool):
        raise CellError("bad_amount", cell)
    if isinstance(cell, int | float):
        found = repr(round(cell, 6))
    else:
        found = _CURRENCY.sub(r"\1", text(cell).replace(" ", "")).strip()
        found = _CURRENCY.sub(r"\1", found)
        if found in EMPTY:
            return None
        if not _AMOUNT.match(found):
            raise CellError("bad_amount", cell)
    try:
        amount = Decimal(found.replace(",", "")) * scale
    except ArithmeticError as error:
        raise CellError("bad_amount", cell) from error
    if not amount.is_finite() or amount != amount.to_integral_value():
        raise CellError("bad_amount", cell)
    return int(amount)


def quantity(cell):
    """Return a whole number above zero. :raises CellError: bad_quantity"""
    found = text(cell)
    if isinstance(cell, bool) or not _AMOUNT.match(found):
        raise CellError("bad_quantity", cell)
    amount = Decimal(found.replace(",", ""))
    if amount <= 0 or amount != amount.to_integral_value() or amount > 10**6:
        raise CellError("bad_quantity", cell)
    return int(amount)


def moment(cell, zone):
    """Return a time as naive UTC, None when empty.

    :param zone: tzinfo of the wall clock the platform writes
    :raises CellError: bad_time
    """
    if isinstance(cell, datetime):
        return _utc(cell, zone)
    if isinstance(cell, date):
        return _utc(datetime(cell.year, cell.month, cell.day), zone)  # noqa: DTZ001
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _utc(_excel_date(cell), zone)
    found = text(cell)
    return _utc(*_wall_clock(found, zone)) if found else None


def _wall_clock(found, zone):
    match = _TIME.match(found)
    if not match:
        raise CellError("bad_time", found)
    *parts, offset = match.groups()
    try:
        wall = datetime(*(int(part or 0) for part in parts))  # noqa: DTZ001
        if offset:
            offset = "+0000" if offset == "Z" else offset
            zone = datetime.strptime(offset.replace(":", ""), "%z").tzinfo
    except ValueError as error:
        raise CellError("bad_time", found) from error
    if not 2000 <= wall.year < 2100:
        raise CellError("bad_time", found)
    return wall, zone


def _excel_date(number):
    first, last = _EXCEL_DAYS
    if not first <= number < last:
        raise CellError("bad_time", number)
    start = datetime(1899, 12, 30)  # noqa: DTZ001 a spreadsheet knows no zone
    return start + timedelta(seconds=round(number * 86400))


def _utc(wall, zone):
    if not wall.tzinfo:
        wall = wall.replace(tzinfo=zone)
    # A spreadsheet keeps a time as a fraction of a day, a little beside the second.
    wall = wall.astimezone(UTC) + timedelta(microseconds=500_000)
    return wall.replace(tzinfo=None, microsecond=0)
