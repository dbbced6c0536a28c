"""What of a request goes to a card: store credit, and shares that cards had paid."""

from dataclasses import replace

from odoo import models

from ..policy.amounts import split
from ..policy.purchase import cut
from ..policy.settlement import owed
from ..policy.tenders import Tender, units_back
from .sale_order_card import COUPONS, POINTS


class ReturnRequest(models.Model):
    """Cards."""

    _inherit = "return.request"

    def _find_origins(self):
        """Refuse store credit where no eWallet could take it, before anything moves."""
        wanted = self.line_ids.filtered(
            lambda line: line.remedy == "store_credit" and not line.is_refused
        )
        for company in wanted.company_id:
            company._return_ewallet()
        return super()._find_origins()

    def _split_credit(self, amount, lines):
        """Return {line: what of an amount becomes store credit}, in the smallest unit.

        Lines for store credit take of the money of a request what their goods are of
        all its goods.
        """
        if not amount:
            return {}
        goods = lines.filtered(lambda line: line.amount > 0)
        weights = [line._minor(line.amount) for line in goods]
        shares = dict(zip(goods, split(amount, weights), strict=True)) if goods else {}
        return {
            line: units
            for line, units in shares.items()
            if line.remedy == "store_credit" and units
        }

    def _prepare_store_credit(self, shares, move):
        """Return the values of the refund which fills the buyer's eWallet."""
        self.ensure_one()
        if not shares:
            return []
        first = min(line.id for line in shares)
        program = self.company_id._return_ewallet()
        partner = self.sale_order_id.partner_id
        card = self.env["loyalty.card"]._return_wallet(program, partner)
        unit = self.currency_id.rounding or 0.01
        amount = sum(shares.values()) * unit
        bonus = sum(line._bonus(units) for line, units in shares.items()) * unit
        return [
            {
                "request_id": self.id,
                "move_id": move and move.id,
                "amount": amount,
                "bonus": bonus,
                "points": self._in_points(program, amount + bonus),
                "card_id": card.id,
                "tender": "store_credit",
                "idempotency_key": f"{self.id}/{first}/credit",
            }
        ]

    def _in_points(self, program, amount):
        """Return an amount of this request's currency as points of an eWallet."""
        value = self.currency_id._convert(
            amount,
            program.currency_id,
            self.company_id,
            self._today(),
        )
        worth = program.reward_ids[:1].discount or 1.0
        return program.currency_id.round(value / worth)

    # In kind ------------------------------------------------------------------

    def _prepare_in_kind(self, settlement, move):
        """Return the values of refunds to the cards that paid part of the goods.

        The shares are those by which their lines lowered the price of what came back;
        whatever the steps, a card gets in the end all that it had paid.
        """
        self.ensure_one()
        lines = settlement.lines(self)
        vals_list = []
        for rewards in self.sale_order_id._return_card_lines():
            taken = sum(
                -part.total
                for reward in rewards
                for part in settlement.parts_of(self, reward)
            )
            taken += self._freight_in_kind(settlement, rewards)
            if taken <= 0:
                continue
            vals_list.append(
                self._prepare_given_back(rewards, taken, move, min(lines.ids))
            )
        return vals_list

    def _freight_in_kind(self, settlement, rewards):
        """Return what cards paid of a delivery which goes back with the last goods.

        In the smallest unit; it goes back where delivery paid in money would.
        """
        order = self.sale_order_id
        deliveries = order.order_line.filtered("is_delivery")
        last = [r for r in settlement.steps if r.sale_order_id == order][-1]
        if not deliveries or self != last:
            return 0
        paid = order.order_line._return_paid()
        held = sum(
            -part.total
            for line in deliveries
            for part in paid[line].parts
            if part.source in rewards.ids
        )
        if not held:
            return 0
        known = settlement.purchases[order]
        purchase = replace(known, freight=replace(known.freight, charged=held))
        settled = order.return_request_ids.line_ids.filtered("is_settled")
        lots = cut(purchase, settled._lots())
        return owed(purchase, lots, self._terms()).freight

    def _prepare_given_back(self, rewards, taken, move, key):
        first = rewards.sorted("id")[:1]
        unit = self.currency_id.rounding or 0.01
        earlier = self.sale_order_id.return_refund_ids.filtered(
            lambda refund: refund.tender == "in_kind" and refund.reward_line_id == first
        )
        program = first.coupon_id.program_id
        cost = sum(rewards.mapped("points_cost"))
        scale = (
            1 if cost == int(cost) and program.program_type not in POINTS[:2] else 100
        )
        tender = Tender(
            first.id,
            "coupon" if program.program_type in COUPONS else "points",
            paid=-sum(self._to_minor(reward.price_total) for reward in rewards),
            given=sum(self._to_minor(refund.amount) for refund in earlier),
            units=round(cost * scale),
        )
        return {
            "request_id": self.id,
            "move_id": move and move.id,
            "amount": taken * unit,
            "points": units_back(tender, taken) / scale,
            "card_id": first.coupon_id.id,
            "reward_line_id": first.id,
            "tender": "in_kind",
            "idempotency_key": f"{self.id}/{key}/card/{first.id}",
        }
