"""Points which the rewards of an order cost, spent once and given back."""

from math import ceil

from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_point_changes(self):
        """Leave the cards with a ledger out: their points are booked by us."""
        changes = super()._get_point_changes()
        return {
            card: change
            for card, change in changes.items()
            if not card.sudo().points_ledger  # sudo: loyalty.card - only the flag
        }

    def _points_costs(self):
        """Return {(order, card): whole points the rewards of the order cost}."""
        costs = {}
        for line in self.order_line:
            if line.reward_id and line.coupon_id.points_ledger:
                key = (line.order_id, line.coupon_id)
                costs[key] = costs.get(key, 0.0) + line.points_cost
        return {key: ceil(round(cost, 6)) for key, cost in costs.items()}

    def _points_check_spending(self):
        """Lock the cards these orders spend from and see that they have enough."""
        costs = self._points_costs()
        cards = self.env["loyalty.card"].union(*(card for _order, card in costs))
        cards._points_lock()
        cards._points_expire_due()
        if archived := cards.filtered(lambda card: not card.active):
            raise UserError(
                self.env._(
                    "Card %(card)s is archived. Remove its rewards from the order.",
                    card=archived[0].code,
                )
            )
        for order, card in costs:
            order._points_check_member(card)
        for card in cards:
            wanted = sum(cost for (_o, each), cost in costs.items() if each == card)
            if wanted > card.points:
                raise UserError(
                    self.env._(
                        "Card %(card)s has %(balance)s points available, %(orders)s "
                        "needs %(wanted)s. Update the rewards of the order.",
                        card=card.code,
                        balance=int(card.points),
                        orders=", ".join(
                            order.name for order, each in costs if each == card
                        ),
                        wanted=wanted,
                    )
                )

    def _points_check_member(self, card):
        """Refuse the points of another customer, as when an order changes hands."""
        if card.partner_id not in (self.partner_id, self.env["res.partner"]):
            raise UserError(
                self.env._(
                    "Card %(card)s belongs to %(member)s. Remove its rewards from "
                    "%(order)s.",
                    card=card.code,
                    member=card.partner_id.display_name,
                    order=self.name,
                )
            )

    def _points_spend(self):
        costs = self._points_costs()
        if not costs:
            return
        cards = self.env["loyalty.card"].union(*(card for _order, card in costs))
        books, spent = cards._points_open_books(), self._points_spent()
        for (order, card), cost in costs.items():
            standing = sum(points for _entry, points in spent.get((order, card), []))
            if cost > standing:
                facts = {
                    "key": f"spend:{order.id}:{card.points_entry_count}",
                    "order_id": order.id,
                    "description": order.name,
                }
                card._points_spend(books[card], cost - standing, facts)
        cards._points_close_books(books, history=False)

    def _points_return_spent(self):
        spent = self._points_spent()
        cards = self.env["loyalty.card"].union(*(card for _order, card in spent))
        living = cards._points_living()
        books = cards.union(*living.values())._points_open_books()
        self._points_book_returned({card: books[living[card]] for card in cards}, spent)
        # core has just deleted the history of the spending
        cards._points_close_books(books, history=False)

    def _points_book_returned(self, books, spent):
        """Give back all that stands of what orders have spent.

        :param books: {card as the points were spent from: Book}
        :param spent: see ``_points_spent``
        """
        for (order, card), entries in spent.items():
            for spend, points in entries:
                if points:
                    books[card].give_back(
                        spend._to_lot(),
                        points,
                        key=f"give_back:{spend.id}:{card.points_entry_count}",
                        order_id=order.id,
                        description=order.name,
                    )

    def _points_spent(self):
        """Return {(order, card): [(spend entry, points not given back)]}."""
        # sudo: loyalty.points.entry - read to give back what the order spent
        entries = (
            self.env["loyalty.points.entry"]
            .sudo()
            .search(
                [
                    ("order_id", "in", self.ids),
                    ("kind", "in", ("spend", "give_back")),
                    ("card_id.points_ledger", "=", True),
                ]
            )
        )
        returned = {}
        for entry in entries.filtered("reverses_id"):
            spend = entry._origin_entry()
            points = entry.points - entry.shortfall
            returned[spend] = returned.get(spend, 0) + points
        spent = {}
        for entry in entries.filtered(lambda entry: entry.kind == "spend"):
            spent.setdefault((entry.order_id, entry.card_id), []).append(
                (entry, -entry.points - returned.get(entry, 0))
            )
        return spent
