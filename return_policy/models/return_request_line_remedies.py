"""Which remedies the desk may choose for a line, and what each of them needs."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..policy.refusal import Outcome

CLOSED = (Outcome.REFUSED, Outcome.NONE)


class ReturnRequestLine(models.Model):
    """Choice of the remedy."""

    _inherit = "return.request.line"

    remedies_allowed = fields.Char(
        compute="_compute_remedies_allowed",
        help="Codes of the remedies which reason and policy leave open for this line.",
    )

    @api.depends("sale_line_id", "reason_id", "request_id.reason_id", "seal", "remedy")
    def _compute_remedies_allowed(self):
        """Offer what is not refused, and what is chosen already."""
        allowed = {}
        for (reason, _remedy, seal, asked_at), lines in self._asked().items():
            verdicts = lines.sale_line_id._origin._return_verdicts_by_remedy(
                reason=reason or None, asked_at=asked_at or None, seal=seal
            )
            for line in lines:
                decisions = verdicts.get(line.sale_line_id._origin.id, {})
                allowed[line] = {
                    code
                    for code, decision in decisions.items()
                    if decision.outcome not in CLOSED
                }
        for line in self:
            codes = [code for code, _label in self._fields["remedy"].selection]
            chosen = allowed.get(line, set(codes)) | {line.remedy}
            line.remedies_allowed = ",".join(code for code in codes if code in chosen)

    def _check_before_submit(self):
        """Refuse remedies that lack what they need."""
        self._check_exchange_products()
        self._check_price_protection()
        return super()._check_before_submit()

    def _check_exchange_products(self):
        """Refuse to promise goods that are not sold any more, or never leave."""
        # sudo: product.product - whether it is sold and shipped
        gone = self.filtered(
            lambda line: (
                line._is_exchange_for_other()
                and not (
                    line.exchange_product_id.sudo().active
                    and line.exchange_product_id.sudo().sale_ok
                    and line.exchange_product_id.sudo().type == "consu"
                )
            )
        )
        if gone:
            raise UserError(
                self.env._(
                    "%(products)s cannot be given in exchange: archived, not for sale, "
                    "or nothing that is shipped. Choose another product.",
                    products=", ".join(gone.exchange_product_id.mapped("display_name")),
                )
            )

    def _check_price_protection(self):
        """Refuse price protection without an amount."""
        equal = self.filtered(
            lambda line: (
                line.remedy == "price_protection"
                and line.currency_id.compare_amounts(line.amount_agreed, 0) <= 0
            )
        )
        if equal:
            raise UserError(
                self.env._(
                    "%(products)s: today's price is not lower than what was paid, so "
                    "there is nothing to give back. If the buyer saw a lower price, "
                    "enter the agreed amount.",
                    products=", ".join(equal.mapped("product_id.display_name")),
                )
            )
