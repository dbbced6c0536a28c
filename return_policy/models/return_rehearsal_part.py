"""One part of a rehearsal: what is to be judged, and how far that is."""

from odoo import fields, models
from odoo.fields import Domain

from .return_rehearsal_cell import SOURCES
from .sale_order_line_facts import SOLD

MODELS = {"line": "sale.order.line", "request": "return.request.line"}


class ReturnRehearsalPart(models.Model):
    """All order lines or all requests of a rehearsal, judged in the order of ids."""

    _name = "return.rehearsal.part"
    _description = "Part of a Return Rehearsal"
    _order = "rehearsal_id desc, id"
    _rec_name = "source"

    rehearsal_id = fields.Many2one(
        "return.rehearsal", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="rehearsal_id.company_id", store=True, index=True
    )
    source = fields.Selection(SOURCES, required=True, readonly=True)
    total_count = fields.Integer(string="To Judge", readonly=True)
    done_count = fields.Integer(string="Judged", readonly=True)
    last_id = fields.Integer(
        readonly=True, help="The last case judged; the next batch begins after it."
    )
    end_id = fields.Integer(
        readonly=True, help="The last case there was when the rehearsal started."
    )

    def _open(self, rehearsal, sources):
        """Create the parts of a rehearsal that starts, with what there is to judge."""
        parts = self.create(
            [{"rehearsal_id": rehearsal.id, "source": source} for source in sources]
        )
        for part in parts:
            [[count, last]] = self.env[MODELS[part.source]]._read_group(
                part._domain(), [], ["__count", "id:max"]
            )
            part.total_count = count
            part.end_id = last

    def _is_open(self):
        """Tell whether something is left to judge."""
        self.ensure_one()
        return self.last_id < self.end_id

    def _step(self, limit, draft, spoken):
        """Judge the next cases; return how many they were.

        :param Version draft: the draft as it was at the start
        :param dict spoken: sentences worded before in this run; filled

        The caller holds the lock on the part. Totals, changes and the place where the
        next batch begins are written together: a batch that was rolled back is judged
        again, one that was committed never.
        """
        self.ensure_one()
        records = self.env[MODELS[self.source]].search(
            self._domain() & Domain("id", ">", self.last_id), order="id", limit=limit
        )
        self._judge(records, draft, spoken)
        is_last = len(records) < limit
        done = self.done_count + len(records)
        self.write(
            {
                "last_id": self.end_id if is_last else records[-1:].id,
                "done_count": self.total_count if is_last else done,
            }
        )
        return len(records)

    def _domain(self):
        """Return which records are judged, those of its start only once it began."""
        begin, end = self.rehearsal_id._period()
        known = Domain("id", "<=", self.end_id) if self.end_id else Domain.TRUE
        if self.source == "request":
            return known & Domain(
                [
                    ("company_id", "=", self.company_id.id),
                    ("request_id.submitted_at", ">=", begin),
                    ("request_id.submitted_at", "<", end),
                    ("sale_line_id.order_id", "any", self._order_domain()),
                ]
            )
        placed = Domain([("date_order", ">=", begin), ("date_order", "<", end)])
        return (
            known
            & Domain("company_id", "=", self.company_id.id)
            & SOLD
            & Domain("order_id", "any", placed & self._order_domain())
        )

    def _order_domain(self):
        """Return which orders the policy may govern; ``_governed`` tells which do."""
        policy = self.rehearsal_id.policy_id
        if not policy.version_ids:
            return Domain("company_id", "=", policy.company_id.id)
        return Domain("return_policy_version_id", "=", False) | Domain(
            "return_policy_version_id", "in", policy.version_ids.ids
        )
