"""Questions to the buyer and the answers, as many rounds as it takes."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .return_request import AGENT


class ReturnRequest(models.Model):
    """What is asked of the buyer."""

    _inherit = "return.request"

    info_question = fields.Text(
        "Question to the Buyer", readonly=True, copy=False, help="The last one asked."
    )
    info_answer = fields.Text(
        "The Buyer's Answer",
        readonly=True,
        copy=False,
        help="To the last question. The earlier ones are among the decisions.",
    )
    buyer_asked_at = fields.Datetime(
        "Buyer Asked on",
        readonly=True,
        copy=False,
        help="Since when the buyer's answer to a question or an offer is waited for.",
    )
    info_history = fields.Text(compute="_compute_info_history")

    @api.depends("log_ids")
    def _compute_info_history(self):
        """List what was asked and answered, the oldest first, once for all lines."""
        labels = self._log_labels()
        for request in self:
            asked = request.log_ids.sorted("id").filtered(
                lambda entry: entry.event in ("needs_info", "answered")
            )
            said = [
                self.env._(
                    "%(day)s %(event)s: %(words)s",
                    day=fields.Datetime.context_timestamp(
                        request, entry.create_date
                    ).date(),
                    event=labels[entry.event],
                    words=entry.reason or "",
                )
                for entry in asked
                if entry.line_id == asked[:1].line_id
            ]
            request.info_history = "\n".join(said)

    def action_need_info(self, question=None):
        """Ask the buyer and wait; without a question a dialog asks for it."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.state != "needs_info")
        todo._check_all_in({"submitted"})
        if not todo:
            return True
        if not (question or "").strip():
            return todo._ask_reason("ask")
        todo._move_to(
            "needs_info",
            info_question=question,
            info_answer=False,
            buyer_asked_at=fields.Datetime.now(),
        )
        todo._log("needs_info", question)
        return True

    def action_answer(self, text=None):
        """Note what the buyer answered; without it a dialog asks for it."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.state != "submitted")
        todo._check_all_in({"needs_info"})
        if not todo:
            return True
        if not (text or "").strip():
            return todo._ask_reason("answer")
        todo._answer_info(text)
        return True

    def _answer_info(self, text):
        """Take the buyer's answer: the request is judged anew and reviewed again."""
        self._check_all_in({"needs_info"})
        if not (text or "").strip():
            raise UserError(self.env._("The answer is empty. Write one first."))
        # sudo: return.request - the step writes what people may not write by hand
        self.sudo().write({"info_answer": text})
        self._submit("answered", text)
