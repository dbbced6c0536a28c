"""Credit notes of requests: exact lines, made and posted in batch."""

from collections import defaultdict
from dataclasses import dataclass

from odoo import models

from ..policy.amounts import Part, add_parts, in_proportion, split


@dataclass
class Row:
    """What a row of a credit note gives back, and the line it is written like.

    ``like`` is the invoice line, or the order line where nothing was billed. ``sold``
    is the order line the row credits; none for discounts, freight and deductions,
    which would be billed again otherwise.
    """

    part: Part
    like: models.BaseModel
    quantity: float = 1
    sold: models.BaseModel | None = None
    name: str = ""
    of_product: bool = True

    def values(self, sign=1):
        """Return the values of the row, with the other sign on an invoice."""
        part = Part(self.part.source, sign * self.part.base, sign * self.part.tax)
        values = self.like._prepare_return_credit(part, self.quantity, self.sold)
        if self.name:
            values["name"] = self.name
        if not self.of_product:
            values |= {"product_id": False, "product_uom_id": False}
        return values

    def booked(self, currency):
        """Return the values of the row of a credit note as core would book it.

        Core takes complete lines as they are and does not work them out again.
        """
        amount = currency.round(self.part.base * currency.rounding)
        booked = {"amount_currency": amount, "balance": amount}
        return {"display_type": "product", **self.values(), **booked}


class ReturnRequest(models.Model):
    """Credit notes."""

    _inherit = "return.request"

    def _create_credit_notes(self, settlement):
        """Create and post one credit note for each request; return them by request.

        Requests whose goods were never billed get none: what is returned is simply
        not billed any more. Deductions which no credit note has room for are billed.
        """
        # read at once what follows looks at invoice by invoice
        billed = settlement.all_lines().sale_line_id.invoice_lines
        billed.mapped("tax_ids")
        billed.move_id.line_ids.mapped("display_type")
        drafts, bills = {}, {}
        for request in self:
            rows, invoices = request._prepare_credit_rows(settlement)
            lower = request._prepare_deduction_rows(settlement)
            lower += request._prepare_gap_rows(settlement)
            room = sum(row.part.total for row in rows + lower)
            if room > 0 or (rows and not room):
                rows, lower = rows + lower, []
                invoices = invoices or request._deduction_bills()
            if rows:
                drafts[request] = request._prepare_credit_move(invoices, rows)
            if lower and room < 0:
                bills[request] = request._prepare_deduction_bill(lower)
        moves = self._create_documents([*bills.values(), *drafts.values()])
        moves[: len(bills)]._post(soft=False)
        notes = moves[len(bills) :]
        notes._post_return_credits()
        return dict(zip(drafts, notes, strict=True))

    def _create_documents(self, vals_list):
        """Create documents in batch; those that are complete apart from the others.

        In one call core would complete none as soon as one of them needs nothing.
        """
        # posting says in the chatter where they come from
        quiet = self.env["account.move"].with_context(mail_create_nolog=True)
        groups = defaultdict(list)
        for number, vals in enumerate(vals_list):
            groups[is_complete(vals)].append(number)
        made = {}
        for numbers in groups.values():
            moves = quiet.create([vals_list[number] for number in numbers])
            made |= zip(numbers, moves, strict=True)
        return quiet.concat(*(made[number] for number in sorted(made))).with_env(
            self.env
        )

    def _prepare_credit_rows(self, settlement):
        """Return the rows of what was billed, and the invoices it was billed with."""
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
                settlement.billed[self, part.source].append(part)
                if part.source == sold.id:
                    rows.append(Row(part, billed[:1], quantity, sold))
                else:
                    discounts[part.source].append(part)
        beside = self._prepare_side_credits(settlement, discounts)
        beside += self._prepare_allowance_rows(settlement)
        beside += self._prepare_downpayment_rows()
        return rows + beside, invoices | self._billed_by(beside)

    def _prepare_side_credits(self, settlement, discounts):
        """Return credit rows of discounts and freight; never billed again by them."""
        parts = [add_parts(source, pieces) for source, pieces in discounts.items()]
        freight = self._freight_parts(settlement.step(self).freight)
        self._note_unbilled_freight(freight)
        parts += freight
        rows = []
        for part in parts:
            line = self.env["sale.order.line"].browse(part.source)
            billed = line._return_posted_lines()[:1]
            if billed and part.total:
                rows.append(Row(part, billed))
        return rows

    def _freight_parts(self, amount):
        """Return the pieces of the delivery lines which make up an amount."""
        if not amount:
            return []
        order = self.sale_order_id
        by_hand = order._return_hand_credited()
        charged = {
            line: price.total
            for line, price in order.order_line._return_paid().items()
            if line.is_delivery and price.total and not by_hand.get(line)
        }
        takes = split(amount, list(charged.values()))
        return [
            line._return_part(take) for line, take in zip(charged, takes, strict=True)
        ]

    def _prepare_credit_move(self, invoices, rows):
        """Return the values of the credit note, of the team that sold."""
        if not invoices:
            return self._prepare_credit_ahead(rows)
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
            "team_id": invoice.team_id.id,
            "invoice_date": self._today(),
            "invoice_origin": self.sale_order_id.name,
            "invoice_payment_term_id": False,
            "ref": self.name,
            "line_ids": [(0, 0, vals) for vals in self._prepare_items(invoice, rows)],
        }

    def _prepare_items(self, invoice, rows):
        """Return the values of the journal items, taxes left to core.

        In another currency than the company's core converts and rounds them all.
        """
        currency = invoice.currency_id
        owed = invoice.line_ids.filtered(
            lambda item: item.display_type == "payment_term"
        )[:1]
        if currency != invoice.company_id.currency_id or not owed:
            return [{"display_type": "product", **row.values()} for row in rows]
        total = sum(row.part.total for row in rows) * currency.rounding
        owed_to_buyer = {
            "display_type": "payment_term",
            "account_id": owed.account_id.id,
            "date_maturity": self._today(),
            "amount_currency": -currency.round(total),
            "balance": -currency.round(total),
        }
        return [*(row.booked(currency) for row in rows), owed_to_buyer]


def is_complete(vals):
    """Tell whether the values of a document say already what is owed by it."""
    return any(
        item["display_type"] == "payment_term"
        for _command, _id, item in vals.get("line_ids", ())
    )


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


def tax_amounts(line, part, taxes):
    """Return {tax id: amounts} that add up to the part's tax exactly.

    Each tax takes what it is of the line: taxes may be sums a piece, or below zero.
    """
    unit = line.currency_id.rounding
    if len(taxes) == 1:
        base = {"base_amount_currency": part.base * unit}
        return {str(taxes.id): {"tax_amount_currency": part.tax * unit, **base}}
    own, whole = taxes_of(line)
    shares = in_proportion(part.tax, [own[tax.id] for tax in taxes], part.base, whole)
    return {
        str(tax.id): {"tax_amount_currency": units * unit}
        for tax, units in zip(taxes, shares, strict=True)
    }


def taxes_of(line):
    """Return ({tax id: amount}, base) of a line, in the smallest unit."""
    is_billed = line._name == "account.move.line"
    found = line.tax_ids.compute_all(
        line.price_unit * (1 - line.discount / 100),
        line.currency_id,
        line.quantity if is_billed else line.product_uom_qty,
        product=line.product_id,
        partner=line.move_id.partner_id if is_billed else line.order_id.partner_id,
    )
    unit, own = line.currency_id.rounding, defaultdict(int)
    for tax in found["taxes"]:
        own[tax["id"]] += round(tax["amount"] / unit)
    return own, round(found["total_excluded"] / unit)


def pinned_values(line, part, quantity):
    """Return price, taxes and exact amounts of a row like an invoice or order line.

    ``extra_tax_data`` is how core itself pins amounts that no price would give.
    """
    currency = line.currency_id
    price, discount = price_of(currency, part, quantity, line)
    taxes = line.tax_ids._flatten_taxes_and_sort_them()[0]
    amounts = tax_amounts(line, part, taxes) if taxes else {}
    pinned = {
        "manual_total_excluded_currency": part.base * currency.rounding,
        "manual_tax_amounts": amounts,
        "currency_id": currency.id,
        "price_unit": price,
        "discount": discount,
        "quantity": quantity,
        "rate": 0,
    }
    return {
        "quantity": quantity,
        "price_unit": price,
        "discount": discount,
        "tax_ids": [(6, 0, line.tax_ids.ids)],
        "extra_tax_data": pinned if amounts else False,
    }
