"""Tell rows which are no orders: formulas, totals, notes, a header once more."""

import re

from . import values
from .table import normalise

_TOTAL = re.compile(r"(合计|总计|汇总|小计|共计|共\s*\d|total|sum\b)", re.IGNORECASE)


def id_headers(spec):
    """Return what stands in the columns of the ids where a header is repeated."""
    return {
        normalise(text)
        for name in ("order_ref", "line_ref")
        for text in spec.aliases[name]
    }


def is_remark(get, headers):
    """Return whether a row is no order; one which may be an order is not skipped.

    :param get: returns the cell of one of our fields, None when empty
    :param set headers: ``id_headers`` of the platform
    """
    order, line = values.text(get("order_ref")), values.text(get("line_ref"))
    if normalise(order or line) in headers:
        return True
    submitted = get("submitted_at")
    counted = any(map(str.isdigit, values.text(get("quantity"))))
    goods = counted and (submitted or get("sku"))
    if not (order or line):
        return not goods
    if submitted:
        return False
    if _TOTAL.match(order) or _TOTAL.match(line):
        return True
    return not (any(map(str.isdigit, order + line)) or goods)
