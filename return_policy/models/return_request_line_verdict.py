"""What the policy says of one return line: live in drafts, frozen once submitted."""

from odoo import api, fields, models

from ..policy.facts import Facts, utc
from ..policy.record import to_record
from ..policy.refusal import Code


def _asks_seal(decision):
    """Tell whether it matters if the buyer broke the seal."""
    rules = decision.version.rules if decision.version else ()
    return decision.code == Code.ASK_OPENED or any(rule.seal for rule in rules)


class ReturnRequestLine(models.Model):
    """The verdict and the terms which come with it."""

    _inherit = "return.request.line"

    seal = fields.Selection(
        [("sealed", "Unopened"), ("opened", "Opened")],
        help="What the buyer says: is the package still sealed? Asked where the answer "
        "changes the verdict.",
    )
    asks_seal = fields.Boolean(compute="_compute_verdict", store=True, copy=False)
    verdict = fields.Selection(
        [
            ("allowed", "Returnable"),
            ("refused", "Not returnable"),
            ("review", "To be judged"),
            ("none", "No return"),
        ],
        compute="_compute_verdict",
        store=True,
        copy=False,
    )
    verdict_text = fields.Char(
        "Verdict in Words", compute="_compute_verdict", store=True, copy=False
    )
    rule_code = fields.Char("Rule", compute="_compute_verdict", store=True, copy=False)
    freight_payer = fields.Selection(
        [("consumer", "Buyer"), ("merchant", "Merchant"), ("insurance", "Insurance")],
        "Way Back Paid by",
        compute="_compute_verdict",
        store=True,
        copy=False,
        help="Who pays the freight of the way back.",
    )
    may_keep_item = fields.Boolean(
        compute="_compute_verdict",
        store=True,
        copy=False,
        help="The policy lets the buyer keep goods of this value.",
    )
    keeps_item = fields.Boolean(
        "Buyer Keeps It",
        compute="_compute_keeps_item",
        store=True,
        readonly=False,
        copy=False,
        help="The money goes back without the goods. Untick it before the approval to "
        "have the goods sent back after all.",
    )
    evidence_photos = fields.Integer(
        "Photos Asked for", compute="_compute_verdict", store=True, copy=False
    )
    evidence_video = fields.Boolean(
        "Video Asked for", compute="_compute_verdict", store=True, copy=False
    )
    policy_version_id = fields.Many2one(
        "return.policy.version",
        "Judged under",
        readonly=True,
        copy=False,
        help="The version that decided: the one the order was placed under, or a later "
        "one that holds for earlier orders too and is better for the buyer.",
    )
    asked_at = fields.Datetime(
        compute="_compute_asked_at",
        store=True,
        copy=False,
        help="When the buyer first asked for these goods, by which their window is "
        "judged. Goods added to a request later were asked for later.",
    )
    case = fields.Json(
        readonly=True,
        copy=False,
        help="The facts, rules and dates the verdict was made of when submitted.",
    )

    @api.depends("sale_line_id", "reason_id", "remedy", "seal", "request_id.reason_id")
    def _compute_verdict(self):
        """Judge drafts as of now; submitting freezes the verdict."""
        drafts = self.filtered(lambda line: line.state in (False, "draft"))
        drafts._store_decisions(drafts._decide())

    @api.depends("sale_line_id")
    def _compute_asked_at(self):
        """Forget it for other goods; submitting writes it down."""
        self.asked_at = False

    @api.depends("may_keep_item")
    def _compute_keeps_item(self):
        for line in self:
            line.keeps_item = line.may_keep_item

    def _asked(self):
        """Return {(reason, remedy, seal, when first asked): lines that name goods}."""
        return self.filtered("sale_line_id").grouped(
            lambda line: (
                line._buyer_reason(),
                line.remedy,
                line.seal or "",
                line.asked_at,
            )
        )

    def _decide(self, instead=None):
        """Return {line: Decision} as of the moment the buyer asked, or of now.

        :param str instead: a remedy to judge instead of the one that is asked for
        """
        decisions = {}
        for (reason, remedy, seal, asked_at), lines in self._asked().items():
            # sudo: sale.order.line - facts lie in orders and stock
            verdicts = lines.sale_line_id.sudo()._return_verdicts(
                reason=reason or None,
                remedy=instead or remedy,
                asked_at=asked_at or None,
                seal=seal,
            )
            decisions |= {line: verdicts[line.sale_line_id.id] for line in lines}
        return decisions

    def _store_decisions(self, decisions):
        for line in self:
            line.update(line._verdict_values(decisions.get(line)))

    def _freeze_decisions(self, decisions):
        """Store what was decided at submission, for drafts not judged yet as well."""
        for field in self.env.registry.field_computed[self._fields["verdict"]]:
            self.env.remove_to_compute(field, self)
        for line in self:
            decision = decisions[line]
            line.write(line._verdict_values(decision) | line._case_values(decision))

    def _verdict_values(self, decision):
        """Return the values of the fields that hold a decision, or none."""
        effects = decision and decision.effects
        # sudo: sale.order.line - the sentence names product and dates only
        sold = self.sale_line_id.sudo()
        values = {
            "verdict": decision and str(decision.outcome),
            "rule_code": decision and decision.rule_code,
            "verdict_text": decision and sold._return_verdict_sentence(decision),
            "freight_payer": decision and decision.freight_payer,
            "evidence_photos": effects.photos if effects else 0,
            "evidence_video": bool(effects and effects.video),
            "asks_seal": bool(decision and _asks_seal(decision)),
            **self._fee_values(decision),
        }
        may_keep = bool(decision and decision.keeps_item)
        if self.may_keep_item != may_keep:
            # writing the same again would undo what the agent chose
            values["may_keep_item"] = may_keep
        return values

    def _case_values(self, decision):
        """Return the values that keep what a decision rests on, for the log."""
        self.ensure_one()
        facts = decision.facts or Facts(
            asked_at=utc(self.asked_at or fields.Datetime.now()),
            reason=self._buyer_reason()._to_reason(),
            remedy=self.remedy,
            seal=self.seal or "",
        )
        return {
            "case": to_record(facts, decision, decision.workdays),
            "policy_version_id": self._deciding_version(decision.version).id,
        }

    def _deciding_version(self, version):
        """Return the record of the version that judged this line."""
        held = self.sale_order_id.return_policy_version_id
        if not version or version.number == held.number:
            return held
        return held.policy_id.version_ids.filtered(
            lambda record: record.number == version.number
        )

    def _prepare_log(self, event, reason, is_auto):
        """Return the values of the log entry for this line."""
        self.ensure_one()
        return {
            "request_id": self.request_id.id,
            "line_id": self.id,
            "event": event,
            "reason": reason,
            "is_auto": is_auto,
            "user_id": self.env.uid,
            "verdict": self.verdict,
            "verdict_text": self.verdict_text,
            "rule_code": self.rule_code,
            "policy_version_id": self.policy_version_id.id,
            "inputs": {
                "product": self.product_id.id,
                "sale_line": self.sale_line_id.id,
                "reason": self._buyer_reason()._to_reason().code,
                "remedy": self.remedy,
                "quantity": self.qty_approved or self.qty_requested,
                "amount": self.amount,
                "keeps_item": self.keeps_item,
                "evidence": self._evidence_inputs(),
                **(self.case or {}),
            },
        }
