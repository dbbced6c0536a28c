"""What a return gives back less, or more, than its goods were paid for, and why."""

from odoo import api, fields, models


class ReturnRequestDeduction(models.Model):
    """One deduction of a settled request. Written by settling, never changed."""

    _name = "return.request.deduction"
    _description = "Return Deduction"
    _inherit = ["return.defaults.mixin"]
    _order = "request_id desc, id"
    _rec_name = "sentence"

    request_id = fields.Many2one(
        "return.request", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(
        related="request_id.currency_id", store=True, precompute=True
    )
    kind = fields.Selection(
        [
            ("promotion", "Promotion priced anew"),
            ("gift", "Gift kept"),
            ("freight", "Free delivery lost"),
            ("fee", "Restocking fee"),
            ("outbound", "Delivery given back"),
        ],
        required=True,
        readonly=True,
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The discount, the gift or the delivery it is about.",
    )
    amount = fields.Monetary(
        required=True,
        readonly=True,
        help="Taxes included. Below zero where the buyer gets more back.",
    )
    needed = fields.Monetary(
        readonly=True, help="The amount of goods which the condition asks for."
    )
    kept = fields.Monetary(
        readonly=True, help="What the goods came to that are left for the condition."
    )
    fee_percent = fields.Float("Fee (%)", readonly=True)
    fee_flat = fields.Monetary("Fee per Piece", readonly=True)
    sentence = fields.Char(
        string="In Words", compute="_compute_sentence", compute_sudo=True
    )

    @api.depends_context("lang")
    @api.depends("kind", "amount")
    def _compute_sentence(self):
        """Say it in the reader's language, from the stored figures."""
        for deduction in self:
            deduction.sentence = getattr(deduction, f"_say_{deduction.kind}")()

    def _figures(self):
        """Return names and figures for the sentences."""
        money = self.currency_id.format
        return {
            # sudo: sale.order.line - the product's name only
            "what": self.sudo().sale_line_id.name or "",
            "amount": money(abs(self.amount)),
            "needed": money(self.needed),
            "kept": money(self.kept),
            "percent": f"{self.fee_percent:g}",
            "flat": money(self.fee_flat),
        }

    def _say_promotion(self):
        figures = self._figures()
        if self.amount < 0:
            return self.env._(
                "“%(what)s” stays with what is kept or was counted before: %(amount)s "
                "more.",
                **figures,
            )
        if self.needed:
            return self.env._(
                "“%(what)s” asks for %(needed)s, the goods kept come to %(kept)s: "
                "%(amount)s less.",
                **figures,
            )
        return self.env._(
            "“%(what)s” does not fit the goods kept any more: %(amount)s less.",
            **figures,
        )

    def _say_gift(self):
        figures = self._figures()
        if self.amount < 0:
            return self.env._(
                "The gift “%(what)s” came back or is earned again: %(amount)s more.",
                **figures,
            )
        return self.env._(
            "The gift “%(what)s” is kept but not earned by the goods kept; its price "
            "was stated before the purchase: %(amount)s less.",
            **figures,
        )

    def _say_freight(self):
        figures = self._figures()
        if self.amount < 0:
            return self.env._(
                "Delivery of goods kept is not charged any more: %(amount)s more.",
                **figures,
            )
        return self.env._(
            "Delivery was free from %(needed)s, the goods kept come to %(kept)s: "
            "%(amount)s less.",
            **figures,
        )

    def _say_fee(self):
        figures = self._figures()
        if self.fee_percent and self.fee_flat:
            return self.env._(
                "Restocking fee of %(percent)s %% and %(flat)s a piece: %(amount)s.",
                **figures,
            )
        if self.fee_percent:
            return self.env._(
                "Restocking fee of %(percent)s %%: %(amount)s.", **figures
            )
        if self.fee_flat:
            return self.env._(
                "Restocking fee of %(flat)s a piece: %(amount)s.", **figures
            )
        return self.env._("Restocking fee: %(amount)s.", **figures)

    def _say_outbound(self):
        return self.env._("Delivery to the buyer: %(amount)s more.", **self._figures())
