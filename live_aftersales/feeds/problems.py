"""What can be wrong with a file or with one row of it."""

# Reasons for which a row is held back until somebody repairs it.
HELD = (
    "missing_id",
    "id_lost_digits",
    "bad_id",
    "bad_quantity",
    "bad_amount",
    "bad_time",
    "bad_join",
    "no_product_code",
    "duplicate_child",
    "order_conflict",
)


class FeedError(Exception):
    """The file as a whole cannot be read.

    :param str code: empty, not_a_table, too_big, no_header
    :param names: for no_header, the key columns which were not found
    """

    def __init__(self, code, names=()):
        super().__init__(code)
        self.code = code
        self.names = tuple(names)


class CellError(ValueError):
    """One cell cannot be understood; ``code`` is one of HELD."""

    def __init__(self, code, value=""):
        super().__init__(code)
        self.code = code
        self.value = str(value)
