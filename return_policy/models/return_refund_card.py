"""Refunds to a card: store credit with its bonus, and what was paid in kind."""

from odoo import fields, models


class ReturnRefund(models.Model):
    """Money that goes to a card is there at once: no provider is asked."""

    _inherit = "return.refund"

    tender = fields.Selection(
        selection_add=[
            ("store_credit", "Store credit"),
            ("in_kind", "Back to the card that paid"),
        ],
        ondelete={"store_credit": "cascade", "in_kind": "cascade"},
    )
    card_id = fields.Many2one(
        "loyalty.card", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    points = fields.Float(
        "On the Card", readonly=True, help="In the unit of the card's program."
    )
    bonus = fields.Monetary(
        readonly=True, help="Given on top of the amount for taking store credit."
    )
    reward_line_id = fields.Many2one(
        "sale.order.line",
        string="Paid by",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The line of the order by which the card had paid.",
    )
    entry_id = fields.Many2one(
        "account.move",
        string="Journal Entry",
        readonly=True,
        index="btree_not_null",
        help="Turns what the buyer is owed into store credit.",
    )

    def _give_to_cards(self):
        """Fill the cards and confirm, in the transaction that decides the money."""
        for refund in self:
            refund.card_id._return_give(
                refund.points, refund.sale_order_id, refund._say_to_card()
            )
        credit = self.filtered(lambda refund: refund.tender == "store_credit")
        credit._book_credit()
        self._move_to("sent", sent_at=fields.Datetime.now(), attempts=1)
        for refund in self:
            refund._move_to(
                "confirmed",
                confirmed_at=fields.Datetime.now(),
                reference=refund.card_id.code,
            )

    def _say_to_card(self):
        """Return what the history of the card says, in the buyer's language."""
        env = self.with_context(lang=self.partner_id.lang or self.env.lang).env
        return env._(
            "Return %(request)s of order %(order)s",
            request=self.request_id.name,
            order=self.sale_order_id.name,
        )

    def _book_credit(self):
        """Turn what the buyer is owed into a debt of the eWallet, with its bonus."""
        entries = self.env["account.move"].create(
            [refund._prepare_entry() for refund in self]
        )
        entries._post(soft=False)
        for refund, entry in zip(self, entries, strict=True):
            refund.entry_id = entry
        self.sale_order_id._return_reconcile()

    def _prepare_entry(self):
        self.ensure_one()
        company, partner = self.company_id, self.partner_id.commercial_partner_id
        wallet = self.card_id.program_id.reward_ids.discount_line_product_id[:1]
        accounts = wallet.product_tmpl_id.with_company(company).get_product_accounts()
        receivable = self.move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).account_id[:1]
        rows = [
            (
                receivable
                or partner.with_company(company).property_account_receivable_id,
                self.amount,
            ),
            (company._return_bonus_account(wallet), self.bonus),
            (accounts["income"], -self.amount - self.bonus),
        ]
        return {
            "move_type": "entry",
            "company_id": company.id,
            "currency_id": self.currency_id.id,
            "date": self.request_id._today(),
            "ref": f"{self.request_id.name}: {self.card_id.code}",
            "line_ids": [
                (0, 0, self._prepare_entry_line(account, amount, partner))
                for account, amount in rows
                if amount
            ],
        }

    def _prepare_entry_line(self, account, amount, partner):
        balance = self.currency_id._convert(
            amount,
            self.company_id.currency_id,
            self.company_id,
            self.request_id._today(),
        )
        return {
            "account_id": account.id,
            "partner_id": partner.id,
            "name": self._say_to_card(),
            "currency_id": self.currency_id.id,
            "amount_currency": amount,
            "balance": balance,
        }
