"""Points which rewards had cost go back with what is paid back of their goods."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _points_give_back(self, books, moves=None):
        """Give back, in proportion, what the rewards of these orders had cost.

        Goods that are billed anew cost their points again.

        :param books: {card as the points were spent from: Book}
        :param moves: the credit notes just posted, told apart
        """
        spent = self._points_spent()
        if not spent:
            return
        costs, given = self._points_costs(), self._points_given()
        billed = self.order_line._points_billed()
        for (order, card), entries in spent.items():
            standing = sum(points for _entry, points in entries)
            cost = costs.get((order, card), 0)
            number, let_go = given.get((order, card.program_id), (0, 0))
            for move, share in order._points_paid_back(card, billed, moves):
                due = standing - (cost - int(cost * share))
                facts = order._points_facts(number, move)
                if due > 0:
                    let_go = self._points_book_back(
                        books[card], entries, due, let_go, facts
                    )
                elif due < 0:
                    self._points_book_again(books[card], entries, -due, facts)
                standing -= due

    def _points_paid_back(self, card, billed, moves):
        """Return [(move, share of a card's rewards paid back)], after each move."""
        self.ensure_one()
        rewards = self.order_line.filtered(lambda line: line.coupon_id == card)
        documents = {bill[0] for line in self.order_line for bill in billed[line]}
        mine = [move for move in moves or () if move in documents]
        return [
            (move, rewards._points_reward_share(billed, mine[index + 1 :]))
            for index, move in enumerate(mine or [False])
        ]

    def _points_given(self):
        """Return {(order, program): (number of give-backs, points let go)}."""
        counted = self.env["loyalty.points.entry"]._read_group(
            [("order_id", "in", self.ids), ("kind", "=", "give_back")],
            ["order_id", "program_id"],
            ["__count", "shortfall:sum"],
        )
        return {(order, program): tuple(sums) for order, program, *sums in counted}

    def _points_facts(self, number, move):
        """Return what entries of a give-back say.

        :param number: tells apart what one document does at different times
        """
        return {
            "key": f"give_back:{self.id}:{number}:{move.id if move else 0}",
            "order_id": self.id,
            "source": "order",
            "move_id": move and move.id,
            "description": f"{move.name} · {self.name}" if move else self.name,
        }

    def _points_book_back(self, book, entries, points, let_go, facts):
        """Give points back to the lots they came from, the latest first.

        :param entries: [(spend entry, points not given back)], which is kept up
        :param let_go: see ``Book.give_back``
        :return: what of it is left
        """
        for index, (spend, standing) in enumerate(entries):
            piece = min(points, standing)
            if piece > 0:
                noted = min(piece, let_go)
                book.give_back(spend._to_lot(), piece, noted, **facts)
                entries[index] = (spend, standing - piece)
                points, let_go = points - piece, let_go - noted
        return let_go

    def _points_book_again(self, book, entries, points, facts):
        """Take given-back points again, those given back last first."""
        ledger = self.env["loyalty.points.entry"]
        spends = [spend.id for spend, _standing in entries]
        given = ledger.search([("reverses_id", "in", spends)])
        left = {back: back.points for back in given}
        for again in ledger.search([("reverses_id", "in", given.ids)]):
            left[again.reverses_id] += again.points - again.shortfall
        expired = ledger._expired("lot_id", given)
        for back, standing in left.items():
            piece = min(points, standing)
            if piece > 0:
                stops = back.program_id.points_negative == "zero"
                book.take_again(back._to_lot(), piece, stops, expired[back], **facts)
                points -= piece
