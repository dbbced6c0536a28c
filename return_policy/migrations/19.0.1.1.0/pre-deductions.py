"""Columns that are new but need no computing: nothing was deducted until now.

Computing them would judge every request again, and forget the delivery given back.
"""

COLUMNS = (
    ("return_request", "amount_deducted", "numeric"),
    ("return_request_line", "fee_percent", "double precision"),
    ("return_request_line", "fee_flat", "numeric"),
    ("return_request_line", "is_voluntary", "boolean"),
    ("sale_order_line", "return_gift_price", "numeric"),
)


def migrate(cr, version):
    """Add the columns, empty for zero, and say which lines the buyer alone wanted."""
    for table, column, kind in COLUMNS:
        cr.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column} {kind}")
    cr.execute(
        """
        UPDATE return_request_line line
           SET is_voluntary = COALESCE(reason.regime = 'no_reason'
                                   AND reason.liability IN ('consumer', 'none'), true)
          FROM return_request request
          LEFT JOIN return_request_line own ON own.request_id = request.id
          LEFT JOIN return_reason reason
            ON reason.id = COALESCE(own.reason_id, request.reason_id)
         WHERE own.id = line.id
        """
    )
