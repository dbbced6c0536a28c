"""Money that went to the buyer and is tied to nothing: was it for this order?"""

from odoo import fields, models
from odoo.fields import Domain

from .return_request import AGENT

ASKED = ("submitted", "needs_info", "approved")


class ReturnRequest(models.Model):
    """Payments and credit notes made by hand for the customer, not for an invoice."""

    _inherit = "return.request"

    loose_money = fields.Char(
        compute="_compute_loose_money",
        groups=AGENT,
        help="Payments and credit notes since the order which the customer got without "
        "an invoice or an order line. Nobody knows whether they were for this order.",
    )

    def _compute_loose_money(self):
        """Read both kinds for all requests at once."""
        asked = self.filtered(lambda request: request.state in ASKED)
        self.loose_money = False
        if not asked:
            return
        # sudo: account.payment, account.move - agents see numbers and amounts alone
        requests = asked.sudo()
        found = [*requests._loose_payments(), *requests._loose_credit_notes()]
        for request in requests:
            buyer = request.partner_id.commercial_partner_id
            since = request.sale_order_id.date_order.date()
            mine = [
                document
                for document in found
                if document.partner_id.commercial_partner_id == buyer
                and document.company_id == request.company_id
                and document.date >= since
            ]
            request.loose_money = bool(mine) and self.env._(
                "%(documents)s went to this customer since the order, tied to no "
                "invoice and no order. If that was for this order, do not pay again.",
                documents=", ".join(map(_named, mine)),
            )

    def _loose_payments(self):
        """Return what was paid to the customers by hand and settles nothing."""
        unmatched = Domain("move_id", "!=", False) | Domain("invoice_ids", "=", False)
        return self.env["account.payment"].search(
            self._loose_domain()
            & Domain("payment_type", "=", "outbound")
            & Domain("partner_type", "=", "customer")
            & Domain("state", "in", ("in_process", "paid"))
            & Domain("is_reconciled", "=", False)
            & Domain("return_refund_ids", "=", False)
            & unmatched
        )

    def _loose_credit_notes(self):
        """Return open credit notes of the customers for no line of an order."""
        notes = self.env["account.move"].search(
            self._loose_domain()
            & Domain("move_type", "=", "out_refund")
            & Domain("state", "=", "posted")
            & Domain("payment_state", "in", ("not_paid", "partial"))
            & Domain("return_request_id", "=", False)
        )
        return notes.filtered(lambda note: not note.invoice_line_ids.sale_line_ids)

    def _loose_domain(self):
        buyers = self.partner_id.commercial_partner_id
        return Domain("partner_id", "child_of", buyers.ids) & Domain(
            "company_id", "in", self.company_id.ids
        )


def _named(document):
    """Return number and amount of a payment or credit note."""
    is_note = document._name == "account.move"
    amount = document.amount_total if is_note else document.amount
    return f"{document.name} ({document.currency_id.format(amount)})"
