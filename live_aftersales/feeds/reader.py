"""Turn the bytes of a file into sheets of cells, whatever its name says.

A sheet is a list of rows, a row a list of cells: text as written, or the number,
date or None which a workbook holds.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from datetime import datetime, time
from itertools import islice

from .problems import FeedError

MAX_ROWS = 500_000
MAX_UNPACKED = 600 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(r"<\s*(html|table|!doctype html|meta)\b", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def read_sheets(data):
    """Return the sheets of a file.

    :raises FeedError: empty, not_a_table, too_big
    """
    if not data or not data.strip():
        raise FeedError("empty")
    if data.startswith(b"PK"):
        return _read_xlsx(data)
    if data.startswith(_OLE):
        return _read_xls(data)
    content = decode(data)
    if content.lstrip().startswith("<") and _HTML.search(content[:4096]):
        return _read_html(content)
    if _CONTROL.search(content[:4096]):
        raise FeedError("not_a_table")
    return [_read_csv(content.replace("\0", ""))]


def decode(data):
    """Return the text: BOM first, then UTF-8, then GB18030, which reads GBK too."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FeedError("not_a_table")


def _read_csv(content):
    delimiter = max(",\t;|", key=lambda sign: _regularity(content, sign))
    # Long notes are normal; the default limit of 128 KiB a cell is kept.
    try:
        rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FeedError("not_a_table") from error
    return _capped(rows)


def _regularity(content, delimiter):
    """Return how many of the first rows have the same number of cells, and the number.

    Notes are full of commas and semicolons, but never the same number in each row.
    """
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(row) for row in islice(reader, 50) if len(row) > 1)
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _read_xlsx(data):
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
                raise FeedError("too_big")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [_read_worksheet(sheet) for sheet in book.worksheets]
    except FeedError:
        raise
    # A damaged workbook fails in openpyxl in a dozen ways; all mean the same.
    except Exception as error:
        raise FeedError("not_a_table") from error


def _read_worksheet(sheet):
    sheet.reset_dimensions()  # exporters often write a wrong size
    rows = []
    for row in sheet.iter_rows(values_only=True):
        rows.append(list(row))
        if len(rows) > MAX_ROWS:
            raise FeedError("too_big")
    return rows


def _read_xls(data):
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
        return [
            _capped([_xls_row(sheet.row(y), book.datemode) for y in range(sheet.nrows)])
            for sheet in book.sheets()
        ]
    except FeedError:
        raise
    # As for xlsx: whatever xlrd stumbles over, it is no workbook.
    except Exception as error:
        raise FeedError("not_a_table") from error


def _xls_row(cells, datemode):
    import xlrd

    row = []
    for cell in cells:
        if cell.ctype == xlrd.XL_CELL_DATE:
            parts = xlrd.xldate_as_tuple(cell.value, datemode)
            # A cell may hold a time of no day.
            row.append(datetime(*parts) if parts[0] else time(*parts[3:]))  # noqa: DTZ001
        elif cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
            row.append(None)
        else:
            row.append(cell.value)
    return row


def _read_html(content):
    from lxml import etree, html

    # The meta tag may name another charset; we have decoded already.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        document = html.fromstring(content.encode(), parser=parser)
    except (ValueError, etree.LxmlError) as error:
        raise FeedError("not_a_table") from error
    sheets = [
        _capped(
            [
                [cell.text_content() for cell in row.xpath("./td|./th")]
                for row in table.xpath("./tr|./*[not(self::tr)]/tr")
            ]
        )
        for table in document.iter("table")
    ]
    if not sheets:
        raise FeedError("not_a_table")
    return sheets


def _capped(rows):
    if len(rows) > MAX_ROWS:
        raise FeedError("too_big")
    return rows
