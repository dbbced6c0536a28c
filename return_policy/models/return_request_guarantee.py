"""The three guarantees (三包): how often and how long a piece was in repair."""

from odoo import api, fields, models

# Three-guarantee rules of China (1995): after two repairs, or more than 30 days lost
# through the repairer, the buyer may ask for an exchange, else for the money.
MOST_REPAIRS = 2
MOST_DAYS = 30


class ReturnRequest(models.Model):
    """Counters of repairs."""

    _inherit = "return.request"

    repair_count = fields.Integer(
        "Repairs So Far",
        compute="_compute_repair_counters",
        help="Finished repairs of these pieces, by their serial numbers, else of their "
        "order lines; earlier requests included.",
    )
    repair_days = fields.Integer(
        "Days in Repair",
        compute="_compute_repair_counters",
        help="From the receipt until the goods were sent back, all repairs together. "
        "The warranty stands still meanwhile.",
    )
    repair_notice = fields.Char(compute="_compute_repair_counters")

    @api.depends("line_ids.remedy", "repair_state", "received_at")
    def _compute_repair_counters(self):
        # sudo: repair.order - what the counters need, of earlier requests as well
        requests = self.sudo()
        repairs = self.env["repair.order"].sudo()
        repairs = repairs.search(
            [
                "|",
                (
                    "return_request_line_id.sale_line_id",
                    "in",
                    requests.line_ids.sale_line_id.ids,
                ),
                ("lot_id", "in", requests.line_ids.return_move_ids.lot_ids.ids),
                ("return_request_line_id.remedy", "=", "repair"),
            ]
        )
        for request in requests:
            found = [line._repairs_of_same(repairs) for line in request.line_ids]
            request.repair_count = max(
                (same._count_repairs() for same in found), default=0
            )
            request.repair_days = max(
                (same._days_in_repair() for same in found), default=0
            )
            request.repair_notice = request._repair_notice()

    def _repair_notice(self):
        """Return what the law lets the buyer ask for now, or nothing."""
        self.ensure_one()
        if not self.policy_version_id or self.state in ("done", "cancelled"):
            return False
        if self.policy_version_id._to_version().terms.preset != "CN-7":
            return False
        names = {"count": self.repair_count, "days": self.repair_days}
        if self.repair_count >= MOST_REPAIRS:
            return self.env._(
                "Repaired %(count)s times. If it fails again the buyer may ask for an "
                "exchange, and where that is not possible for the money "
                "(three-guarantee rules of 1995).",
                **names,
            )
        if self.repair_days > MOST_DAYS:
            return self.env._(
                "%(days)s days in repair. Beyond 30 days through the repairer's fault "
                "the buyer may ask for an exchange (three-guarantee rules of 1995).",
                **names,
            )
        return False
