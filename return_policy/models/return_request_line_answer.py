"""What the desk answers to one line: approve or refuse, how much of it, and why."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..policy.amounts import to_units
from ..policy.answers import Answer
from ..policy.refusal import Code
from ..policy.states import UNDECIDED
from .return_request_decide import DECIDED


class ReturnRequestLine(models.Model):
    """Answers."""

    _inherit = "return.request.line"

    answer = fields.Selection(
        [("approve", "Approve"), ("refuse", "Refuse")],
        string="Decision",
        required=True,
        default="approve",
        copy=False,
        help="What “Approve” does with this line. Nothing is decided, and everything "
        "can be changed again, until then.",
    )
    answer_reason = fields.Char(
        "Why",
        copy=False,
        help="Why the line is refused, or approved for less than was asked. Where the "
        "policy itself refuses the line, its own sentence is taken.",
    )
    qty_approved = fields.Float(
        compute="_compute_qty_approved",
        store=True,
        precompute=True,
        readonly=False,
        help="How much of what was asked for is approved.",
    )

    @api.depends("qty_requested")
    def _compute_qty_approved(self):
        """Propose all that is asked for, until somebody decides."""
        for line in self.filtered(
            lambda line: line.state in (False, "draft", *UNDECIDED)
        ):
            line.qty_approved = line.qty_requested

    @api.depends("answer", "is_refused")
    def _compute_amount(self):
        """Preview no money for what is refused."""
        return super()._compute_amount()

    def _wanted(self):
        """Leave out what is refused."""
        wanted = super()._wanted()
        return {
            line: quantity
            for line, quantity in wanted.items()
            if not line._is_answered_no()
        }

    def _is_answered_no(self):
        """Tell whether this line is refused, or will be."""
        self.ensure_one()
        return self.is_refused or self.answer == "refuse"

    def _is_against_policy(self):
        """Tell whether the policy objects to this line although it gets a yes.

        Also where the law leaves the policy no choice but to object below its floor.
        """
        self.ensure_one()
        objects = (
            self.verdict in ("refused", "none") or self.rule_code == Code.BELOW_FLOOR
        )
        return objects and not self._is_answered_no()

    def _to_answer(self):
        """Return the pure answer."""
        self.ensure_one()
        return Answer(
            is_refused=self.answer == "refuse",
            asked=to_units(self.qty_requested),
            approved=to_units(self.qty_approved),
            reason=self._answer_words(),
        )

    def _answer_words(self):
        """Return why the line gets less than was asked for."""
        self.ensure_one()
        said = (self.answer_reason or "").strip()
        if not said and self.answer == "refuse" and self.verdict in ("refused", "none"):
            return self.verdict_text or ""
        return said

    def _check_answers(self):
        """Refuse answers that give less than was asked for and do not say why."""
        silent = self.filtered(lambda line: line._to_answer().lacks_reason)
        if silent:
            raise UserError(
                self.env._(
                    "Less is approved than was asked for: %(products)s. Say why in the "
                    "column “Why”.",
                    products=", ".join(silent.product_id.mapped("display_name")),
                )
            )

    @api.constrains("qty_approved")
    def _check_qty_approved(self):
        """Approve something, and no more than was asked for."""
        for line in self:
            if line.is_refused or line.state not in UNDECIDED:
                continue
            compare = line.uom_id.compare
            too_much = compare(line.qty_approved, line.qty_requested) > 0
            if too_much or compare(line.qty_approved, 0) <= 0:
                raise ValidationError(
                    self.env._(
                        "%(product)s: approve more than 0 and at most the %(asked)g "
                        "asked for, or refuse the line.",
                        product=line.product_id.display_name,
                        asked=line.qty_requested,
                    )
                )

    def _carry_out_answers(self):
        """Refuse for good what is answered so."""
        self.filtered(lambda line: line.answer == "refuse").write(
            {"is_refused": True, "qty_approved": 0}
        )

    def _answer_note(self):
        """Return one phrase on a line that got less than was asked for."""
        self.ensure_one()
        words = {"product": self.product_id.display_name, "why": self._answer_words()}
        if self.is_refused:
            return self.env._("%(product)s refused: %(why)s", **words)
        return self.env._(
            "%(product)s: %(approved)g of %(asked)g approved: %(why)s",
            approved=self.qty_approved,
            asked=self.qty_requested,
            **words,
        )

    def _prepare_log(self, event, reason, is_auto):
        """Say of each line what was decided on it, and why."""
        if self.is_refused and event in (*DECIDED, "refused"):
            event, reason = "refused", self._answer_words()
        elif event in DECIDED:
            if not self._is_against_policy():
                event = "approved"
            if self._to_answer().is_partial:
                reason = " ".join(filter(None, [reason, self._answer_words()]))
        values = super()._prepare_log(event, reason, is_auto)
        if self.amount_agreed:
            values["inputs"]["amount_agreed"] = self.amount_agreed
        return values
