"""Requests judged before this version keep their verdict as it was frozen.

Columns made here are not computed for old requests, which would judge them again:
nobody asked for evidence then, and nobody kept anything.
"""

COLUMNS = (
    ("return_request", "asked_at", "timestamp"),
    ("return_request", "is_evidence_missing", "bool"),
    ("return_request_line", "asked_at", "timestamp"),
    ("return_request_line", "asks_seal", "bool"),
    ("return_request_line", "freight_payer", "varchar"),
    ("return_request_line", "may_keep_item", "bool"),
    ("return_request_line", "keeps_item", "bool"),
    ("return_request_line", "evidence_photos", "int4"),
    ("return_request_line", "evidence_video", "bool"),
    ("return_request_line", "is_evidence_missing", "bool"),
)


def migrate(cr, version):
    """Add the columns, empty but for the moment the buyer asked."""
    for table, column, kind in COLUMNS:
        cr.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column} {kind}")
    cr.execute("UPDATE return_request SET asked_at = submitted_at")
    cr.execute(
        """
        UPDATE return_request_line line SET asked_at = request.asked_at
          FROM return_request request
         WHERE request.id = line.request_id
        """
    )
