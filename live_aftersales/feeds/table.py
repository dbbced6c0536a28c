"""Find the header of a sheet and give its columns our names."""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from .problems import FeedError

HEADER_ROWS = 20
_BRACKETS = str.maketrans("【】〔〕{}", "[][]()")
_UNIT = re.compile(r"[(\[](单位:?)?(元|分|人民币|RMB|CNY)[)\]]$", re.IGNORECASE)
_FEN = re.compile(r"[(\[](单位:?)?分[)\]]$")
# Never stored: identity documents (PIPL art. 28).
_PRIVATE = re.compile(r"身份证|实名|ID\s*(Number|Name)", re.IGNORECASE)


@dataclass(frozen=True)
class Spec:
    """How one platform writes its orders.

    :param dict aliases: our field -> header texts, the best one first
    :param tuple required: our fields without which no order can be made
    :param dict statuses: the platform's status text -> our state
    :param frozenset live: traffic types which mean a livestream
    :param dict aftersales: the platform's after-sale text -> whether the buyer has the
        money of the line back
    """

    platform: str
    aliases: dict
    required: tuple
    statuses: dict
    live: frozenset
    aftersales: dict

    def with_aliases(self, extra):
        """Return a copy which also knows the (field, header) pairs of ``extra``."""
        aliases = {name: list(texts) for name, texts in self.aliases.items()}
        for name, header in extra:
            aliases.setdefault(name, []).append(header)
        return replace(self, aliases=aliases)


@dataclass
class Table:
    """A sheet under its header: ``columns`` says where each field is found."""

    header: list
    columns: dict
    rows: list = field(repr=False)  # (number in the file from 1, cells)
    fen: frozenset = frozenset()  # indexes of columns in 分


def normalise(header):
    """Return a header in one spelling: NFKC, no spaces, 账 for 帐, no (元).

    >>> normalise("收货地址 "), normalise("动帐金额(元)")
    ('收货地址', '动账金额')
    """
    return _UNIT.sub("", _plain(header))


def _plain(header):
    plain = unicodedata.normalize("NFKC", "" if header is None else str(header))
    plain = "".join(plain.split()).replace("\ufeff", "").replace("帐", "账")
    return plain.translate(_BRACKETS).lower()


def is_private(header):
    return bool(_PRIVATE.search("" if header is None else str(header)))


def find_table(sheets, spec):
    """Return the table of the first sheet that has all key columns.

    Further sheets with the same columns continue it.

    :raises FeedError: no_header, naming the key columns that are missing
    """
    missing = found = None
    for rows in sheets:
        best = max(
            (match_header(row, spec) for row in rows[:HEADER_ROWS]),
            key=len,
            default={},
        )
        lacks = [name for name in spec.required if name not in best]
        if not lacks and not found:
            found = _table(rows, best, spec)
        elif not lacks and best == found.columns:
            found.rows += _table(rows, best, spec).rows
        elif best and (missing is None or len(lacks) < len(missing)):
            missing = lacks
    if found:
        return found
    if not any(any(_filled(row)) for rows in sheets for row in rows):
        raise FeedError("empty")
    names = [spec.aliases[name][0] for name in missing or spec.required]
    raise FeedError("no_header", names)


def match_header(row, spec):
    """Return {field: [column indexes]}, the columns of better aliases first."""
    places = {}
    for index, header in enumerate(row):
        places.setdefault(normalise(header), []).append(index)
    return {
        name: found
        for name, texts in spec.aliases.items()
        if (found := [i for text in texts for i in places.get(normalise(text), ())])
    }


def _filled(row):
    return (cell not in (None, "") and str(cell).strip() for cell in row)


def _table(rows, columns, spec):
    at = next(i for i, row in enumerate(rows) if match_header(row, spec) == columns)
    header = ["" if cell is None else str(cell).strip() for cell in rows[at]]
    below = [
        (number, row)
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(_filled(row))
    ]
    return Table(header, columns, below, fen_columns(header))


def fen_columns(header):
    """Return the indexes of the columns whose amounts are in 分."""
    return frozenset(i for i, text in enumerate(header) if _FEN.search(_plain(text)))
