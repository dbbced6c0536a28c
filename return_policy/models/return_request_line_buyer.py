"""One line of a buyer's ask: what it may become, and what speaks against it."""

import os

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..policy.states import UNDECIDED
from .return_evidence_mixin import MEGABYTE
from .return_request_buyer_options import FOR_FAULTS, is_open


class ReturnRequestLine(models.Model):
    """Lines as the buyer puts them together; called in sudo."""

    _inherit = "return.request.line"

    def _buyer_reason(self):
        """Return why this line comes back."""
        self.ensure_one()
        return self.reason_id or self.request_id.reason_id

    def _buyer_decisions(self):
        """Return {line: {remedy: Decision}}, whatever is chosen so far."""
        found = {}
        for (reason, _remedy, seal, _asked_at), lines in self._asked().items():
            verdicts = lines.sale_line_id._return_verdicts_by_remedy(
                reason=reason or None, seal=seal
            )
            found |= {line: verdicts.get(line.sale_line_id.id, {}) for line in lines}
        return found

    def _buyer_is_offered(self, code, decision):
        """Tell whether a buyer can ask for this remedy here."""
        self.ensure_one()
        reason = self._buyer_reason()
        if code == "price_protection":
            named = code in reason.remedy_ids.mapped("code")
            return named and is_open(decision)
        is_fault = reason.regime not in (False, "no_reason")
        return is_open(decision) and (is_fault or code not in FOR_FAULTS)

    def _buyer_exchanges(self):
        """Return what the goods of this line may be exchanged for, itself first."""
        self.ensure_one()
        product = self.product_id
        variants = product.product_tmpl_id.product_variant_ids
        return product | variants.filtered("sale_ok")

    def _buyer_exchange_price(self):
        """Return what the goods cost for which those of this line are exchanged.

        In the order's currency, taxes included; as the new order says, once it exists.
        """
        self.ensure_one()
        if not self._is_exchange_for_other() or self.is_refused:
            return 0.0
        if self.exchange_order_line_id:
            return self.exchange_order_line_id.price_total
        if self._costs_the_same():
            return self.amount
        order, product = self.sale_order_id, self.exchange_product_id
        unit = self._exchange_unit()
        price = order.pricelist_id._get_product_price(
            product, self.qty_requested, currency=order.currency_id, uom=unit
        )
        taxes = product.taxes_id._filter_taxes_by_company(self.company_id)
        totals = order.fiscal_position_id.map_tax(taxes).compute_all(
            price,
            currency=order.currency_id,
            quantity=self.qty_requested,
            product=product,
            partner=order.partner_shipping_id,
        )
        return totals["total_included"]

    def _buyer_problem(self, most, offered):
        """Return why this line cannot be asked for as it stands, or nothing.

        :param dict offered: {remedy: Decision}, see ``_buyer_offered``
        """
        self.ensure_one()
        name = self.product_id.display_name
        if self.uom_id.compare(self.qty_requested, most) > 0:
            return self.env._(
                "%(product)s: no more than %(most)g can be asked for now.",
                product=name,
                most=most,
            )
        if not offered:
            decision = self._decide().get(self)
            words = decision and self.sale_line_id._return_verdict_sentence(decision)
            return self.env._("%(product)s: %(why)s", product=name, why=words or "")
        return ""

    def _buyer_choice_problem(self, offered):
        """Return what is wrong with the remedy chosen, or nothing."""
        self.ensure_one()
        name = self.product_id.display_name
        if self.remedy not in offered:
            return self.env._("%(product)s: choose what you would like.", product=name)
        exchange = self.exchange_product_id
        if exchange and exchange not in self._buyer_exchanges():
            return self.env._(
                "%(product)s cannot be exchanged for that. Choose again.", product=name
            )
        if self.asks_seal and not self.seal:
            return self.env._("%(product)s: say whether it was opened.", product=name)
        return ""

    def _buyer_note(self):
        """Return what became of this line, where it is not what was asked for."""
        self.ensure_one()
        is_decided = self.state not in ("draft", *UNDECIDED)
        is_less = self.is_refused or self._to_answer().is_partial
        return self._answer_note() if is_decided and is_less else ""

    def _buyer_file_limits(self):
        """Return which files are taken, how many, and how large."""
        self.ensure_one()
        company = self.company_id
        return self.env._(
            "JPEG, PNG, WebP, HEIC, MP4 or MOV; up to %(count)s files of at most "
            "%(most)s MB.",
            count=company.return_evidence_max_count,
            most=company.return_evidence_max_mb,
        )

    def _buyer_add_file(self, name, stream):
        """Take a photo or video; its content decides what it is.

        :param str name: as the buyer's device calls it
        :param stream: an open file, which may be large
        :raises UserError: when it is too large, one too many, or something else
        """
        self.ensure_one()
        name = os.path.basename(name.replace("\\", "/"))[-100:]
        most = self.company_id.return_evidence_max_mb
        size = stream.seek(0, os.SEEK_END)
        if size > most * MEGABYTE:
            raise UserError(
                self.env._(
                    "%(file)s is too large: no more than %(most)s MB.",
                    file=name,
                    most=most,
                )
            )
        stream.seek(0)
        file = self.env["ir.attachment"].create({"name": name, "raw": stream.read()})
        self.evidence_ids = [Command.link(file.id)]
