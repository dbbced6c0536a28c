"""Columns that are new but need no computing: nothing was deducted until now.

Computing them would judge every request again, and forget the delivery given back.
"""

COLUMNS = (
    ("return_request", "amount_deducted", "numeric"),
    ("return_request_line", "fee_percent", "double precision"),
    ("return_request_line", "fee_flat", "numeric"),
    ("sale_order_line", "return_gift_price", "numeric"),
)


def migrate(cr, version):
    """Add the columns, which leaves them empty: zero."""
    for table, column, kind in COLUMNS:
        cr.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column} {kind}")
