"""Try a policy: what it says of one case, which rules spoke, and why others did not."""

from odoo import api, fields, models

from ..policy.decision import NOT_SOLD, decide
from ..policy.trace import trace

CASE = (
    "version_id",
    "sale_line_id",
    "reason_id",
    "remedy_id",
    "seal",
    "asked_at",
    "product_id",
    "partner_id",
    "ordered_at",
    "shipped_at",
    "received_at",
    "amount",
    "quantity",
    "is_confirmed",
    "returns_count",
)

# What of it the reader must be allowed to see: facts are read with full rights.
READ = ("policy_id", "version_id", "sale_line_id", "product_id", "partner_id")


class ReturnPolicyTest(models.TransientModel):
    """One case, taken from an order or typed, judged as it is changed."""

    _name = "return.policy.test"
    _description = "Try a Return Policy"

    policy_id = fields.Many2one("return.policy", required=True, readonly=True)
    company_id = fields.Many2one(related="policy_id.company_id")
    currency_id = fields.Many2one(related="policy_id.currency_id")
    version_id = fields.Many2one(
        "return.policy.version",
        domain="[('policy_id', '=', policy_id)]",
        help="Empty: the draft as it stands.",
    )
    sale_order_id = fields.Many2one(
        "sale.order",
        string="Order",
        domain="[('company_id', '=', company_id), ('state', '=', 'sale')]",
        help="Take the facts from an order, or leave it empty and type them.",
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        compute="_compute_sale_line_id",
        store=True,
        readonly=False,
        domain="[('order_id', '=', sale_order_id), ('display_type', '=', False)]",
    )
    reason_id = fields.Many2one("return.reason", help="Empty: no reason.")
    remedy_id = fields.Many2one(
        "return.remedy",
        required=True,
        default=lambda self: self.env.ref("return_policy.remedy_return_refund"),
    )
    seal = fields.Selection(
        [("sealed", "Unopened"), ("opened", "Opened")],
        help="What the buyer says of the package; empty where nobody asked.",
    )
    asked_at = fields.Datetime(
        string="Asked on",
        required=True,
        default=fields.Datetime.now,
        help="When the buyer asks to return it.",
    )
    product_id = fields.Many2one("product.product")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", help="A company is no consumer."
    )
    ordered_at = fields.Datetime(string="Ordered on", default=fields.Datetime.now)
    shipped_at = fields.Datetime(string="Shipped on", default=fields.Datetime.now)
    received_at = fields.Datetime(
        string="Signed for on",
        default=fields.Datetime.now,
        help="Empty: the policy assumes some days after shipping.",
    )
    amount = fields.Monetary(string="Paid", default=100)
    quantity = fields.Float(string="Pieces", default=1)
    is_confirmed = fields.Boolean(
        string="Confirmed at the Purchase",
        help="The buyer confirmed at the purchase that it cannot be returned.",
    )
    returns_count = fields.Integer(
        string="Returns Before",
        help="How often the customer returned something lately, for rules that ask.",
    )
    outcome = fields.Char(compute="_compute_result")
    chip = fields.Char(string="Verdict", compute="_compute_result")
    sentence = fields.Char(string="In Words", compute="_compute_result")
    result_html = fields.Html(compute="_compute_result", sanitize=False)

    @api.depends("sale_order_id")
    def _compute_sale_line_id(self):
        for case in self:
            lines = case.sale_order_id.order_line
            if case.sale_line_id not in lines:
                case.sale_line_id = lines.filtered(lambda line: not line.display_type)[
                    :1
                ]

    @api.depends(*CASE)
    @api.depends_context("lang")
    def _compute_result(self):
        for case in self:
            result = case._result()
            case.outcome = result["outcome"]
            case.chip = result["chip"]
            case.sentence = result["sentence"]
            case.result_html = self.env["ir.qweb"]._render(
                "return_policy.return_policy_test_result", result
            )

    def _result(self):
        """Return what the screen shows: verdict, effects, amounts, remedies, rules.

        :raises AccessError: for a policy, order line, product or customer the reader
            may not see
        """
        self.ensure_one()
        for name in READ:
            self[name].check_access("read")
        # sudo: return.policy.test - facts lie in stock and products; checked above
        case = self.sudo().with_company(self.company_id)
        version = case.version_id._to_version() or case.policy_id._to_version(0)
        result = {
            "findings": [] if case.version_id else case.policy_id._findings(),
            "rules": [],
            "remedies": [],
            "effects": [],
            "amounts": [],
        }
        facts, domains = case._facts(version)
        if facts is None:
            return result | case._verdict(NOT_SOLD)
        workdays = case.company_id._return_workdays(version.terms.zone)
        decision = decide(version, facts, workdays)
        steps = trace(version, facts, workdays, domains)
        return result | {
            **case._verdict(decision),
            "effects": case._effects_in_words(decision),
            "amounts": case._amounts_in_words(decision, facts),
            "remedies": case._by_remedy(version, facts, workdays),
            "rules": case._steps_in_words(version, steps),
        }

    def _verdict(self, decision):
        """Return outcome, chip and sentence of a decision."""
        lines = self.sale_line_id
        return {
            "outcome": str(decision.outcome),
            "chip": lines._return_verdict_chip(decision),
            "sentence": lines._return_verdict_sentence(decision)
            or self.env._("This line sold nothing that could come back."),
        }

    def _by_remedy(self, version, facts, workdays):
        """Return the verdict on every remedy, side by side."""
        found = []
        for code, name in self.env["return.remedy"]._names().items():
            decision = decide(version, facts._replace(remedy=code), workdays)
            is_asked = code == facts.remedy
            found.append(
                {"name": name, "is_asked": is_asked, **self._verdict(decision)}
            )
        return found
