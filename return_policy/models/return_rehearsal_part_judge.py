"""The judging of a batch: the verdict in force beside the draft's."""

from datetime import datetime
from typing import NamedTuple

from odoo import models

from ..policy.decision import Decision
from ..policy.rehearsal import as_of, change_between, side


class Question(NamedTuple):
    """What a buyer asks about an order line."""

    asked_at: datetime  # naive UTC
    reason: models.BaseModel  # return.reason, empty for none
    remedy: str
    seal: str
    request_line_id: int  # 0: nobody asked, it is supposed
    quantity: float | None  # None: all that is left today


class Case(NamedTuple):
    """One order line, or one line of a request, judged twice."""

    line_id: int
    question: Question
    amount: int  # in the company's smallest unit
    before: Decision
    after: Decision
    change: str


class ReturnRehearsalPartJudge(models.Model):
    """Facts once, decisions twice, then totals and changes."""

    _inherit = "return.rehearsal.part"

    def _judge(self, records, draft, spoken):
        """Add what becomes of these order lines or request lines to the rehearsal."""
        cases = [
            case
            for questions in self._rounds(records)
            for case in self._decide_twice(questions, draft)
        ]
        totals = {}
        for case in cases:
            key = side(case.before), side(case.after), case.change
            total = totals.setdefault(key, [0, 0])
            total[0] += 1
            total[1] += case.amount
        self.env["return.rehearsal.cell"]._add(self, totals)
        self.env["return.rehearsal.change"]._add(
            self, [case for case in cases if case.change], spoken
        )

    def _rounds(self, records):
        """Return [{order line id: Question}]: one, unless lines were asked about again.

        Order lines are asked about all at one time, for return and refund without a
        reason; requests as their buyers asked.
        """
        if self.source == "line":
            no_reason = self.env["return.reason"]
            asked_at = self.rehearsal_id.asked_at
            supposed = Question(asked_at, no_reason, "return_refund", "", 0, None)
            return [dict.fromkeys(records.ids, supposed)]
        rounds = []
        for record in records:
            line_id, question = record.sale_line_id.id, self._question(record)
            free = next((found for found in rounds if line_id not in found), None)
            if free is None:
                rounds.append({line_id: question})
            else:
                free[line_id] = question
        return rounds

    def _question(self, record):
        """Return what the buyer asked on a request line."""
        request = record.request_id
        return Question(
            request.submitted_at,
            record.reason_id or request.reason_id,
            record.remedy,
            record.seal or "",
            record.id,
            record.qty_requested,
        )

    def _decide_twice(self, questions, draft):
        """Return the cases of a round: under the terms in force, and under the draft.

        :param dict questions: {order line id: Question}
        """
        company = self.company_id
        lines = self.env["sale.order.line"].with_company(company).browse(questions)
        rows = self._governed(lines._return_rows().get(company, []))
        judging = self._orders(rows)._return_judging()
        versions = [item for found in judging.values() for item in found]
        moments = {key: question.asked_at for key, question in questions.items()}
        known = lines._return_known(rows, [*versions, draft], moments)
        known = {
            key: as_of(facts, questions[key].quantity) for key, facts in known.items()
        }
        cases = []
        for (reason, remedy, seal), group in self._groups(rows, questions).items():
            asked = {
                "reason": reason._to_reason(),
                "remedy": remedy,
                "seal": seal,
            }
            before = lines._return_decide_best(group, judging, known, asked)
            after = lines._return_decide(group, draft, known, asked)
            cases += [
                self._case(row, questions[row.id], known, before, after)
                for row in group
            ]
        return cases

    def _groups(self, rows, questions):
        """Return {(reason, remedy, seal): rows asked about in this way}."""
        groups = {}
        for row in rows:
            question = questions[row.id]
            key = question.reason, question.remedy, question.seal
            groups.setdefault(key, []).append(row)
        return groups

    def _case(self, row, question, known, before, after):
        """Return the case; its amount is the share of the quantity asked about."""
        amount = known[row.id]["amount"]
        if question.quantity is not None and row.product_uom_qty:
            amount = round(amount * min(question.quantity / row.product_uom_qty, 1))
        old, new = before[row.id], after[row.id]
        return Case(row.id, question, amount, old, new, change_between(old, new))

    def _governed(self, rows):
        """Return the rows whose order the rehearsed policy governs."""
        orders = self.rehearsal_id.policy_id._governed(self._orders(rows))
        held = set(orders.ids)
        return [row for row in rows if row.order_id in held]

    def _orders(self, rows):
        return self.env["sale.order"].browse({row.order_id for row in rows})
