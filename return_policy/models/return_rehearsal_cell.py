"""Totals of a rehearsal: how many cases went from one verdict to which other."""

from odoo import api, fields, models

VERDICTS = [
    ("allowed", "Returnable"),
    ("review", "To be judged"),
    ("refused", "Not returnable"),
]
APPROVALS = [("auto", "Automatic"), ("review", "By a person")]
SOURCES = [("line", "Order lines"), ("request", "Requests")]
CHANGES = [
    ("verdict", "Verdict"),
    ("approval", "Who approves"),
    ("terms", "Fee, freight or other terms"),
    ("window", "Last day"),
    ("ground", "Reason"),
]


class ReturnRehearsalCell(models.Model):
    """Count and amount of the cases with the same verdict before and after."""

    _name = "return.rehearsal.cell"
    _description = "Return Rehearsal Total"
    _order = "rehearsal_id desc, id"
    _rec_name = "rehearsal_id"

    rehearsal_id = fields.Many2one(
        "return.rehearsal", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    source = fields.Selection(SOURCES, required=True, readonly=True)
    before = fields.Selection(VERDICTS, required=True, readonly=True)
    after = fields.Selection(
        VERDICTS, string="With the Draft", required=True, readonly=True
    )
    approval_before = fields.Selection(APPROVALS, readonly=True)
    approval_after = fields.Selection(
        APPROVALS, string="Approval with the Draft", readonly=True
    )
    change = fields.Selection(
        CHANGES, readonly=True, help="What changes; empty where nothing does."
    )
    case_count = fields.Integer(string="Cases", readonly=True)
    amount = fields.Monetary(
        readonly=True, help="What buyers paid for it, in the company's currency."
    )

    @api.model
    def _add(self, part, totals):
        """Add a batch of a part to the totals of its rehearsal.

        :param dict totals: {(before, after, change): [cases, amount]}: sides, and the
            amount in the company's smallest unit
        """
        rounding = part.company_id.currency_id.rounding
        held = {cell._key(): cell for cell in part.rehearsal_id.cell_ids}
        made = []
        for key, (count, units) in totals.items():
            values = self._values(part.source, *key)
            cell = held.get(tuple(values.values()))
            if cell:
                cell.case_count += count
                cell.amount += units * rounding
            else:
                values.update(
                    rehearsal_id=part.rehearsal_id.id,
                    company_id=part.company_id.id,
                    currency_id=part.company_id.currency_id.id,
                    case_count=count,
                    amount=units * rounding,
                )
                made.append(values)
        self.create(made)

    def _values(self, source, before, after, change):
        return {
            "source": source,
            "before": before.verdict,
            "after": after.verdict,
            "approval_before": before.approval or False,
            "approval_after": after.approval or False,
            "change": change or False,
        }

    def _key(self):
        """Return what tells the cell from the others of its rehearsal."""
        self.ensure_one()
        return (
            self.source,
            self.before,
            self.after,
            self.approval_before,
            self.approval_after,
            self.change,
        )
