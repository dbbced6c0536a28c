"""One rule of a return policy: whom it fits, and its one effect."""

from odoo import api, fields, models

from ..policy.terms import Rule
from .product_template import EXCLUSIONS
from .return_policy_terms import MOMENTS

# The fields which say what a rule does, by the kind of its effect.
EFFECT_FIELDS = {
    "refuse": ("legal_code", "needs_confirmation"),
    "window": ("window_days",),
    "remedies": ("remedy_ids",),
    "approval": ("approval",),
    "fee": ("percent", "amount"),
    "freight": ("freight_payer",),
    "evidence": ("evidence_photos", "evidence_video"),
    "refund_on": ("refund_on",),
    "keep_item": ("amount",),
    "bonus": ("percent", "amount"),
}


class ReturnPolicyRule(models.Model):
    """Conditions and one effect; of each kind of effect the first to fit wins."""

    _name = "return.policy.rule"
    _description = "Return Policy Rule"
    _order = "policy_id, sequence, id"

    policy_id = fields.Many2one(
        "return.policy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="policy_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="policy_id.company_id.currency_id")
    sequence = fields.Integer(
        default=10, help="Rules are asked in this order; drag them to change it."
    )
    name = fields.Char(
        required=True,
        translate=True,
        help="What the rule is about; the sentence names its goods, customers or "
        "orders by it.",
    )

    # effect
    kind = fields.Selection(
        [
            ("refuse", "Refuse"),
            ("window", "Return window"),
            ("remedies", "Remedies"),
            ("approval", "Approval"),
            ("fee", "Restocking fee"),
            ("freight", "Return freight"),
            ("evidence", "Evidence"),
            ("refund_on", "When to refund"),
            ("keep_item", "Keep the goods"),
            ("bonus", "Bonus for store credit"),
        ],
        string="Effect",
        help="What the rule does where it fits. It takes the place of what the policy "
        "says. Of several rules with the same effect, the first that fits wins.",
    )
    approval = fields.Selection(
        [
            ("auto", "Automatic"),
            ("review", "By a person"),
            ("refuse", "Refused"),
        ],
        help="Whether an allowed return is approved at once or waits for a person. A "
        "return which the law gives is never refused: a person looks at it.",
    )
    freight_payer = fields.Selection(
        [
            ("consumer", "Buyer"),
            ("merchant", "Merchant"),
            ("insurance", "Freight insurance"),
        ],
        string="Paid by",
        help="Who pays the way back. Where the merchant is to blame, the buyer never "
        "does.",
    )
    refund_on = fields.Selection(
        MOMENTS,
        string="Refund",
        help="The step at which the money goes back.",
    )
    window_days = fields.Integer(
        string="Days",
        help="Calendar days after the day of receipt. It binds returns without a "
        "reason; a fault only where the rule names the reason.",
    )
    percent = fields.Float(
        string="Percentage",
        digits=(5, 2),
        help="Of what is given back for the goods. A fee of 0 with an amount of 0 is "
        "none, whatever the policy takes. Where the merchant is to blame, there is no "
        "fee.",
    )
    amount = fields.Monetary(
        help="A fee is per piece. Goods up to this price may be kept; 0: never."
    )
    evidence_photos = fields.Integer(
        string="Photos",
        help="How many photos the buyer has to send. 0 and no video: none are asked "
        "for, whatever policy and reason say.",
    )
    evidence_video = fields.Boolean(
        string="Video", help="The buyer has to send a video, as of opening the parcel."
    )
    remedy_ids = fields.Many2many(
        "return.remedy",
        "return_policy_rule_remedy_rel",
        string="Remedies Offered",
        help="The only remedies on offer where the rule fits.",
    )
    legal_code = fields.Selection(
        [
            *EXCLUSIONS,
            ("B2B", "Buyer is no consumer — CN art. 2, EU art. 2(1), UK reg. 4"),
        ],
        string="Legal Ground",
        help="What lets the merchant refuse. Without one, or with one which the law of "
        "the policy does not know, the policy cannot be published.",
    )
    needs_confirmation = fields.Boolean(
        string="Needs Purchase Confirmation",
        help="Refuse only when the buyer's confirmation at the purchase is recorded on "
        "the order line (CN art. 7, 20; EU art. 16(m); UK reg. 37).",
    )

    # conditions: all given must hold
    product_domain = fields.Char(
        string="Products",
        default="[]",
        help="Which products the rule fits; empty fits all.",
    )
    customer_domain = fields.Char(
        string="Customers",
        default="[]",
        help="Which customers the rule fits; empty fits all.",
    )
    order_domain = fields.Char(
        string="Orders",
        default="[]",
        help="Which orders the rule fits; empty fits all.",
    )
    reason_ids = fields.Many2many(
        "return.reason",
        string="Reasons",
        help="Which reasons the rule fits, with those below them; empty fits all.",
    )
    for_remedy_ids = fields.Many2many(
        "return.remedy",
        "return_policy_rule_for_remedy_rel",
        string="Wanted Remedies",
        help="Which remedies the buyer may want for the rule to fit; empty fits all.",
    )
    days_from = fields.Integer(
        string="From Day",
        help="Days since receipt when the return is asked for: the day after signing "
        "is 1. 0: from the start.",
    )
    days_to = fields.Integer(
        string="To Day", help="Days since receipt, this one included. 0: no end."
    )
    amount_from = fields.Monetary(
        string="Price From", help="What the order line cost. 0: from the start."
    )
    amount_to = fields.Monetary(
        string="Price To", help="What the order line cost, this included. 0: no end."
    )
    goods = fields.Selection(
        [
            ("unshipped", "Not shipped"),
            ("shipped", "On the way"),
            ("received", "Received"),
        ],
        string="Where the Goods Are",
        help="When the return is asked for; empty fits all.",
    )
    seal = fields.Selection(
        [("sealed", "Unopened"), ("opened", "Opened")],
        help="What the buyer answered; empty fits all, also no answer.",
    )
    returns_min = fields.Integer(
        string="Returned at Least",
        help="How often the customer returned before. 0: no matter.",
    )
    returns_days = fields.Integer(
        string="In the Last Days",
        default=90,
        help="How many days back the customer's returns are counted.",
    )
    ordered_from = fields.Date(
        string="Bought From", help="In the time zone of the policy, this day included."
    )
    ordered_to = fields.Date(
        string="Bought To", help="In the time zone of the policy, this day included."
    )

    @api.onchange("kind")
    def _onchange_kind(self):
        """Empty what belongs to another effect, so that nothing hidden stays."""
        kept = EFFECT_FIELDS.get(self.kind, ())
        for name in {name for names in EFFECT_FIELDS.values() for name in names}:
            if name not in kept:
                self[name] = False

    def _to_rule(self):
        """Return the pure rule, with nothing that belongs to another effect."""
        self.ensure_one()
        return Rule(
            key=self.id,
            name=self.name or "",
            kind=self.kind or "",
            **self._effect_values(),
            **self._domain_texts(),
            reasons=frozenset(self.reason_ids.mapped("code")),
            for_remedies=frozenset(self.for_remedy_ids.mapped("code")),
            days_from=self.days_from,
            days_to=self.days_to,
            amount_from=self._minor(self.amount_from),
            amount_to=self._minor(self.amount_to),
            goods=self.goods or "",
            seal=self.seal or "",
            returns_min=self.returns_min,
            returns_days=self.returns_days if self.returns_min else 0,
            ordered_from=fields.Date.to_string(self.ordered_from) or "",
            ordered_to=fields.Date.to_string(self.ordered_to) or "",
        )

    def _effect_values(self):
        """Return the values of the pure rule which its kind needs."""
        match self.kind:
            case "refuse":
                return {
                    "legal_code": self.legal_code or "",
                    "needs_confirmation": self.needs_confirmation,
                }
            case "approval" | "freight" | "refund_on":
                (name,) = EFFECT_FIELDS[self.kind]
                return {"value": self[name] or ""}
            case "window":
                return {"days": self.window_days}
            case "remedies":
                return {"remedies": frozenset(self.remedy_ids.mapped("code"))}
            case "evidence":
                return {"photos": self.evidence_photos, "video": self.evidence_video}
            case "fee" | "bonus":
                return {
                    "percent": round(self.percent * 100),
                    "amount": self._minor(self.amount),
                }
            case "keep_item":
                return {"amount": self._minor(self.amount)}
        return {}

    def _minor(self, amount):
        """Return an amount in the smallest unit of the company's currency."""
        return round(amount / (self.currency_id.rounding or 0.01))
