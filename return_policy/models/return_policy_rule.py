"""One rule of a return policy: whom it fits, and its one effect."""

import ast

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..policy.terms import Rule
from .product_template import EXCLUSIONS


class ReturnPolicyRule(models.Model):
    """A condition on products and reasons, with one effect; the first to fit wins."""

    _name = "return.policy.rule"
    _description = "Return Policy Rule"
    _order = "policy_id, sequence, id"

    policy_id = fields.Many2one(
        "return.policy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="policy_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [("refuse", "Refuse"), ("approval", "Approval")],
        string="Effect",
        help="Refuse: not returnable without a reason. Approval: whether an allowed "
        "return waits for a person.",
    )
    approval = fields.Selection(
        [("auto", "Automatic"), ("review", "By a person")],
        help="Needed for rules on approval.",
    )
    product_domain = fields.Char(
        string="Products",
        default="[]",
        help="Which products the rule fits; empty fits all.",
    )
    reason_ids = fields.Many2many(
        "return.reason",
        string="Reasons",
        help="Which reasons the rule fits, with those below them; empty fits all.",
    )
    legal_code = fields.Selection(
        EXCLUSIONS,
        string="Legal Ground",
        help="The article which lets the merchant refuse.",
    )
    needs_confirmation = fields.Boolean(
        string="Needs Purchase Confirmation",
        help="Refuse only when the buyer's confirmation at the purchase is recorded on "
        "the order line (art. 7, 20).",
    )
    sentence = fields.Char(string="In Words", compute="_compute_sentence")

    @api.depends(
        "kind",
        "approval",
        "reason_ids.name",
        "legal_code",
        "needs_confirmation",
        "name",
    )
    @api.depends_context("lang")
    def _compute_sentence(self):
        for rule in self:
            reasons = {reason.code: reason.name for reason in rule.reason_ids}
            rule.sentence = self._describe(rule._to_rule(), reasons)

    @api.model
    def _describe(self, rule, reasons):
        """Return a pure rule as one plain sentence; ``reasons`` are names by code."""
        grounds = dict(self._fields["legal_code"]._description_selection(self.env))
        chosen = sorted(reasons.get(code, code) for code in rule.reasons)
        names = {
            "rule": rule.name,
            "reasons": ", ".join(chosen) or self.env._("any reason"),
            "ground": grounds.get(rule.legal_code, self.env._("no legal ground")),
        }
        if rule.kind == "refuse" and rule.needs_confirmation:
            return self.env._(
                "Refuse %(rule)s without a reason where the buyer confirmed it at the "
                "purchase (%(ground)s)",
                **names,
            )
        if rule.kind == "refuse":
            return self.env._("Refuse %(rule)s without a reason (%(ground)s)", **names)
        if rule.value == "auto":
            return self.env._("Approve %(rule)s automatically (%(reasons)s)", **names)
        return self.env._("A person approves %(rule)s (%(reasons)s)", **names)

    @api.constrains("kind", "approval")
    def _check_effect(self):
        for rule in self:
            if not rule.kind:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s” does nothing: choose one in the field Effect.",
                        rule=rule.name,
                    )
                )
            if rule.kind == "approval" and not rule.approval:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s” is about approval: choose automatic or by a "
                        "person in the field Approval.",
                        rule=rule.name,
                    )
                )

    @api.constrains("product_domain")
    def _check_product_domain(self):
        for rule in self:
            problem = self._read_product_domain(rule.product_domain)[1]
            if problem:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: the field Products holds a condition that "
                        "cannot be used: %(problem)s",
                        rule=rule.name,
                        problem=problem,
                    )
                )

    @api.model
    def _read_product_domain(self, text):
        """Return (domain on products, problem); a problem means it cannot be used."""
        try:
            domain = Domain(ast.literal_eval(text or "[]"))
            domain.validate(self.env["product.product"])
        except (ValueError, SyntaxError, TypeError, KeyError) as error:
            return Domain.FALSE, str(error)
        return domain, ""

    def _to_rule(self):
        """Return the pure rule."""
        self.ensure_one()
        return Rule(
            key=self.id,
            name=self.name or "",
            kind=self.kind or "",
            value=self.approval or "",
            domain=self.product_domain or "[]",
            reasons=frozenset(self.reason_ids.mapped("code")),
            legal_code=self.legal_code or "",
            needs_confirmation=self.needs_confirmation,
        )
