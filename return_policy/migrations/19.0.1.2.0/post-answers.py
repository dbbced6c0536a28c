"""Requests nobody has decided yet propose to approve all that is asked for."""


def migrate(cr, version):
    """Fill in what the answers of open requests start from."""
    cr.execute(
        "UPDATE return_request_line SET qty_approved = qty_requested "
        "WHERE state IN ('draft', 'submitted', 'needs_info')"
    )
    cr.execute(
        "UPDATE return_request SET buyer_asked_at = submitted_at "
        "WHERE state = 'needs_info'"
    )
