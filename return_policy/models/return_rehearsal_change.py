"""One order line or request which the rehearsed draft treats differently."""

from odoo import api, fields, models

from ..policy.clock import local_day
from ..policy.rehearsal import changed_terms, side
from .return_policy_terms import NAMES
from .return_rehearsal_cell import APPROVALS, CHANGES, SOURCES, VERDICTS


class ReturnRehearsalChange(models.Model):
    """Both verdicts on one case, in words."""

    _name = "return.rehearsal.change"
    _description = "Return Rehearsal Change"
    _order = "rehearsal_id desc, id"
    _rec_name = "sale_line_id"

    rehearsal_id = fields.Many2one(
        "return.rehearsal", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    source = fields.Selection(SOURCES, required=True, readonly=True)
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    request_line_id = fields.Many2one(
        "return.request.line", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    sale_order_id = fields.Many2one(related="sale_line_id.order_id", string="Order")
    partner_id = fields.Many2one(
        related="sale_line_id.order_partner_id", string="Customer"
    )
    product_id = fields.Many2one(related="sale_line_id.product_id")
    request_id = fields.Many2one(related="request_line_id.request_id")
    asked_at = fields.Datetime(
        readonly=True, help="The moment at which the case is judged."
    )
    amount = fields.Monetary(
        readonly=True, help="What the buyer paid for it, in the company's currency."
    )
    change = fields.Selection(
        CHANGES, readonly=True, help="The gravest of the things which change."
    )
    before = fields.Selection(VERDICTS, readonly=True)
    after = fields.Selection(VERDICTS, string="With the Draft", readonly=True)
    approval_before = fields.Selection(APPROVALS, readonly=True)
    approval_after = fields.Selection(
        APPROVALS, string="Approval with the Draft", readonly=True
    )
    rule_before = fields.Char(
        readonly=True, help="The rule, legal clause or reason behind the verdict."
    )
    rule_after = fields.Char(
        string="Rule with the Draft",
        readonly=True,
        help="The rule, legal clause or reason behind the verdict.",
    )
    text_before = fields.Char(string="Verdict Before", readonly=True)
    text_after = fields.Char(string="Verdict with the Draft", readonly=True)
    terms_text = fields.Char(
        string="Changed Terms",
        readonly=True,
        help="Fee, freight and other terms of the return: before → after.",
    )

    _case_uniq = models.UniqueIndex(
        "(rehearsal_id, sale_line_id, COALESCE(request_line_id, 0))",
        "This case is listed already.",
    )

    def action_view_case(self):
        """Open the request, or the order where there is none."""
        self.ensure_one()
        self.check_access("read")
        record = self.request_id or self.sale_order_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }

    @api.model
    def _add(self, part, cases, spoken):
        """List the cases of a batch which change.

        :param dict spoken: what was worded before in this run; filled
        """
        currency = part.company_id.currency_id
        self.create(
            [
                {
                    "rehearsal_id": part.rehearsal_id.id,
                    "company_id": part.company_id.id,
                    "currency_id": currency.id,
                    "source": part.source,
                    "sale_line_id": case.line_id,
                    "request_line_id": case.question.request_line_id or False,
                    "asked_at": case.question.asked_at,
                    "amount": case.amount * currency.rounding,
                    "change": case.change,
                    **self._side_values("before", case.before, spoken),
                    **self._side_values("after", case.after, spoken),
                    "terms_text": self._terms_in_words(case, currency, spoken),
                }
                for case in cases
            ]
        )

    def _side_values(self, name, decision, spoken):
        """Return the fields which tell one of the two decisions."""
        verdict, approval = side(decision)
        return {
            name: verdict,
            f"approval_{name}": approval or False,
            f"rule_{name}": decision.rule_name or decision.rule_code,
            f"text_{name}": self._sentence(decision, spoken),
        }

    def _sentence(self, decision, spoken):
        """Return the verdict in words; many cases share one sentence.

        It names days, never hours, and nothing of the facts. The version is kept with
        what it said, since its identity stands for it.
        """
        version, day = decision.version, decision.received_at
        if day:
            day = local_day(day, version.terms.zone)
        said = decision._replace(
            version=None, received_at=day, facts=None, workdays=None
        )
        key = id(version), said
        if key not in spoken:
            words = self.env["sale.order.line"]._return_verdict_sentence(decision)
            spoken[key] = words, version
        return spoken[key][0]

    def _terms_in_words(self, case, currency, spoken):
        """Return how the terms of a case change, empty where goods stay."""
        if "refused" in (case.before.outcome, case.after.outcome):
            return ""
        terms = tuple(changed_terms(case.before, case.after))
        if terms not in spoken:
            spoken[terms] = "; ".join(
                self._term_in_words(currency, *term) for term in terms
            )
        return spoken[terms]

    def _term_in_words(self, currency, name, old, new):
        """Return one change: label, value before and after."""
        if name == "keeps_item":
            info = {"string": self.env._("Buyer keeps the goods"), "type": "boolean"}
        else:
            field = NAMES.get(name, name)
            described = self.env["return.policy"].fields_get(
                [field], ["string", "type", "selection"]
            )
            info = described[field]
        before, after = (
            self.env["return.policy"]._term_in_words(name, value, info, currency)
            for value in (old, new)
        )
        return self.env._(
            "%(term)s: %(before)s → %(after)s",
            term=info["string"],
            before=before,
            after=after,
        )
