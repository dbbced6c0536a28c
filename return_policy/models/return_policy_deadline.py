"""A policy may have deadlines of its own."""

from odoo import fields, models


class ReturnPolicy(models.Model):
    """Deadlines of a policy."""

    _inherit = "return.policy"

    deadline_plan_id = fields.Many2one(
        "return.deadline.plan",
        string="Deadlines",
        domain="[('company_id', 'in', (False, company_id))]",
        ondelete="restrict",
        check_company=True,
        index="btree_not_null",
        help="How long the steps of returns under this policy may take. Empty: as the "
        "company has set it. It holds for new requests at once, without publishing.",
    )
