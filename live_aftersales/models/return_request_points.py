"""The ledger of points moves with a return; the return tells what it did."""

from odoo import models

from odoo.addons.return_policy.policy.amounts import split


class ReturnRequest(models.Model):
    """Points of returns."""

    _inherit = "return.request"

    def _queue_refunds(self, settlement, moves):
        """Move the points of goods that got no credit note, before money is split."""
        # sudo: sale.order.line - whoever settles has no rights on points
        sold = settlement.all_lines().sudo().sale_line_id
        unbilled = sold.browse(line.id for line in sold._points_unbilled_returns())
        unbilled._points_take_back()
        return super()._queue_refunds(settlement, moves)

    def _prepare_in_kind(self, settlement, move):
        """Name the points which the ledger has given back to its cards."""
        vals_list = super()._prepare_in_kind(settlement, move)
        by_card = {}
        for vals in vals_list:
            by_card.setdefault(vals["card_id"], []).append(vals)
        for card in self.env["loyalty.card"].browse(by_card).filtered("points_ledger"):
            rows = by_card[card.id]
            parts = split(
                self._points_given_by(card, move),
                [round(vals["points"] * 100) for vals in rows],
            )
            for vals, points in zip(rows, parts, strict=True):
                vals["points"] = points
        return vals_list

    def _points_given_by(self, card, move):
        """Return the points given back to a card which no return has told yet.

        :param move: the credit note of this request; nothing where there is none
        """
        # sudo: loyalty.points.entry - whoever settles has no rights on points
        entries = self.env["loyalty.points.entry"].sudo()
        order, document = self.sale_order_id, move.id if move else False
        given = entries.search(
            [
                ("order_id", "=", order.id),
                ("program_id", "=", card.program_id.id),
                ("kind", "=", "give_back"),
                ("move_id", "=", document),
            ]
        )
        told = order.return_refund_ids.filtered(
            lambda refund: (
                refund.tender == "in_kind"
                and refund.card_id == card
                and refund.move_id.id == document
            )
        )
        return int(sum(given.mapped("points")) - sum(told.mapped("points")))
