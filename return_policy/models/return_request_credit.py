"""Credit notes of requests: exact lines, made and posted in batch."""

from collections import defaultdict

from odoo import fields, models

from ..policy.amounts import Part, split


class ReturnRequest(models.Model):
    """Credit notes."""

    _inherit = "return.request"

    def _freight_due(self):
        """Return [(freight line, Part)] to give back: all of it or nothing.

        Outbound freight stays with the buyer unless the merchant answers for every
        reason and nothing of the order is kept (7-day return rules, art. 18).
        """
        self.ensure_one()
        order = self.sale_order_id
        back = order.return_request_ids.line_ids.filtered("qty_settled") | self.line_ids
        reasons = [line.reason_id or line.request_id.reason_id for line in back]
        if not all(reason.liability == "merchant" for reason in reasons):
            return []
        given = order._return_freight_given()[order]
        if given or not self.line_ids._is_whole_order_back():
            return []
        paid = order.order_line._return_paid()
        by_hand = order._return_hand_credited()
        return [
            (line, part)
            for line, price in paid.items()
            if line.is_delivery and not by_hand.get(line)
            for part in price.parts
            if part.total
        ]

    def _create_credit_notes(self, settlement):
        """Create and post one credit note for each request; return them by request.

        Requests whose goods were never billed get none: what is returned is simply
        not billed any more.
        """
        drafts = {}
        for request in self:
            vals = request._prepare_credit_note(settlement)
            if vals:
                drafts[request] = vals
        moves = self.env["account.move"].create(list(drafts.values()))
        moves._post_return_credits()
        return dict(zip(drafts, moves, strict=True))

    def _prepare_credit_note(self, settlement):
        """Return the values of the credit note, or None where nothing was billed."""
        self.ensure_one()
        rows, invoices, discounts = [], self.env["account.move"], defaultdict(list)
        for line in settlement.lines(self):
            sold = line.sale_line_id
            billed = sold._return_posted_lines()
            quantity = line._take_credit_quantity(settlement)
            if not billed or line.uom_id.compare(quantity, 0) <= 0:
                continue
            invoices |= billed.move_id
            for part in line._credit_parts(settlement, quantity):
                if part.source == sold.id:
                    rows.append(billed[:1]._prepare_return_credit(part, quantity, sold))
                else:
                    discounts[part.source].append(part)
        if not rows:
            return None
        rows += self._prepare_side_credits(settlement, discounts)
        return self._prepare_credit_move(invoices, rows)

    def _prepare_side_credits(self, settlement, discounts):
        """Return credit rows of discounts and freight; never billed again by them."""
        pieces = {
            self.env["sale.order.line"].browse(source): parts
            for source, parts in discounts.items()
        }
        for _line, part in settlement.freight.get(self, []):
            pieces.setdefault(
                self.env["sale.order.line"].browse(part.source), []
            ).append(part)
        rows = []
        for line, parts in pieces.items():
            billed = line._return_posted_lines()[:1]
            part = Part(
                line.id,
                sum(part.base for part in parts),
                sum(part.tax for part in parts),
            )
            if billed and part.total:
                rows.append(billed._prepare_return_credit(part, 1, None))
        return rows

    def _prepare_credit_move(self, invoices, rows):
        invoice = invoices.sorted("id")[:1]
        return {
            "move_type": "out_refund",
            "reversed_entry_id": invoice.id,
            "return_request_id": self.id,
            "company_id": invoice.company_id.id,
            "journal_id": invoice.journal_id.id,
            "partner_id": invoice.partner_id.id,
            "partner_shipping_id": invoice.partner_shipping_id.id,
            "fiscal_position_id": invoice.fiscal_position_id.id,
            "currency_id": invoice.currency_id.id,
            "invoice_date": fields.Date.context_today(self),
            "invoice_origin": self.sale_order_id.name,
            "invoice_payment_term_id": False,
            "ref": self.name,
            "invoice_line_ids": [(0, 0, row) for row in rows],
        }


def price_of(currency, part, quantity, line):
    """Return (price_unit, discount) which give the part for the quantity.

    The price on the invoice where it does, else the exact price.
    """
    included = any(line.tax_ids.mapped("price_include"))
    wanted = (part.total if included else part.base) * currency.rounding
    natural = line.price_unit * (1 - line.discount / 100) * quantity
    if currency.compare_amounts(natural, wanted) == 0:
        return line.price_unit, line.discount
    return wanted / quantity, 0.0


def tax_amounts(currency, part, taxes):
    """Return {tax id: amounts} that add up to the part's tax exactly."""
    if not taxes:
        return {}
    weights = [round(abs(tax.amount) * 10**6) for tax in taxes]
    shares = split(part.tax, weights)
    amounts = {}
    for tax, units in zip(taxes, shares, strict=True):
        amounts[str(tax.id)] = {"tax_amount_currency": units * currency.rounding}
        if len(taxes) == 1:
            amounts[str(tax.id)]["base_amount_currency"] = part.base * currency.rounding
    return amounts
