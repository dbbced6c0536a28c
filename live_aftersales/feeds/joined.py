"""Some exports put all children of an order into one row, joined by ";"."""

from . import values
from .problems import CellError

# What must have one part for each child, or one for all of them.
EXACT = ("order_ref", "quantity", "sku", "payable", "freight", "list_price", "status")
EXACT += ("aftersale",)


def split_row(cells, columns):
    """Return the cells of each child order.

    :raises CellError: bad_join
    """
    at = columns["line_ref"][0]
    count = len(_parts(cells[at])) if at < len(cells) else 1
    if count < 2:
        return [cells]
    exact = {index for name in EXACT for index in columns.get(name, ())}
    shares = [_share(cell, count, index in exact) for index, cell in enumerate(cells)]
    return [[share[child] for share in shares] for child in range(count)]


def _parts(cell):
    if not isinstance(cell, str):
        return [cell]
    parts = cell.replace("；", ";").split(";")
    while len(parts) > 1 and not values.text(parts[-1]):
        parts.pop()
    return parts


def _share(cell, count, exact):
    parts = _parts(cell)
    if len(parts) == 1:
        return parts * count
    if len(parts) == count:
        return parts
    if exact:
        raise CellError("bad_join", cell)
    if len(parts) % count:
        return [cell] * count
    size = len(parts) // count  # a text with its own ";", such as a specification
    return [";".join(parts[i * size : (i + 1) * size]) for i in range(count)]
