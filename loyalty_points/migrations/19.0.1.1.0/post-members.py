"""Cards become members, entries say what they were given for."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Make memberships for the cards there are; name the source of old entries."""
    cr.execute(
        """
        UPDATE loyalty_points_entry SET source = CASE
                   WHEN kind IN ('earn', 'release', 'clawback') THEN 'order'
                   WHEN kind = 'opening' THEN 'start'
                   ELSE 'manual' END
         WHERE source IS NULL
           AND kind IN ('earn', 'release', 'clawback', 'opening', 'adjust')
        """
    )
    api.Environment(cr, SUPERUSER_ID, {})["loyalty.membership"]._make_missing()
