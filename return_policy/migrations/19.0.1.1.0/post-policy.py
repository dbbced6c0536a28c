"""Policies made before this version keep saying what they said.

New columns took the defaults of a new policy; where those differ from what the frozen
snapshots of the old format mean, the old meaning is put back, so that no draft differs
from its version in force because of the upgrade.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give old policies their old meaning, and each company its default."""
    cr.execute(
        "UPDATE return_policy SET window_rolls = 'calendar', reprice = false,"
        " lost_freight = false"
    )
    # Orders took the first policy of their company until now.
    cr.execute(
        """
        UPDATE res_company SET return_policy_id = first.id
          FROM (SELECT DISTINCT ON (company_id) company_id, id
                  FROM return_policy
                 WHERE active
              ORDER BY company_id, sequence, id) AS first
         WHERE first.company_id = res_company.id
           AND res_company.return_policy_id IS NULL
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    policies = env["return.policy"].search([("remedy_ids", "=", False)])
    policies.remedy_ids = env["return.remedy"].search([])
