"""Where the desk finds a request: one queue for each kind of work."""

from odoo import fields, models

# Queues which only show when something is in them.
QUIET = ("draft", "expired", "closed")


class ReturnRequest(models.Model):
    """Queues."""

    _inherit = "return.request"

    queue = fields.Selection(
        [
            ("draft", "Draft"),
            ("review", "To Review"),
            ("buyer", "Waiting for Buyer"),
            ("transit", "On the Way"),
            ("inspect", "To Inspect"),
            ("ship", "To Ship"),
            ("pay", "To Pay"),
            ("disputed", "Disputed"),
            ("expired", "Expired"),
            ("closed", "Closed"),
        ],
        compute="_compute_next_action",
        store=True,
        group_expand="_expand_queues",
        help="What kind of work the request waits for. Disputed requests stay in "
        "their own queue whatever else happens to them.",
    )

    # the desk reads what is open by the nearest deadline, and each queue by its own
    _desk_idx = models.Index(
        "(deadline, id) WHERE state IN ('draft', 'submitted', 'needs_info', 'approved')"
    )
    _queue_idx = models.Index("(queue, deadline, id) INCLUDE (company_id)")

    def _expand_queues(self, queues, domain):
        """Show every queue with work as a column, also while it is empty."""
        codes = [code for code, _label in self._fields["queue"].selection]
        return [code for code in codes if code in queues or code not in QUIET]
