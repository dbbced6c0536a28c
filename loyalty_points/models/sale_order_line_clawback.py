"""What refunds and cancellations take back, at the rate first given."""

from odoo import models
from odoo.fields import Domain

from ..ledger import shares


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _points_billed(self):
        """Return {line: [(move, invoiced, refunded)]} in order of posting."""
        lines = self.env["account.move.line"].search(
            Domain("sale_line_ids", "in", self.ids)
            & Domain("parent_state", "=", "posted")
            & Domain("display_type", "=", "product"),
            order="id",
        )
        billed = {line: [] for line in self}
        for invoice_line in lines:
            for line, amount in invoice_line._points_amounts().items():
                if line in billed:
                    bill = (invoice_line.move_id, max(amount, 0), max(-amount, 0))
                    billed[line].append(bill)
        return billed

    def _points_targets(self, full, moves=None):
        """Return {line: [(move, points to keep)]}, after each of the moves.

        Without moves there is one step: all that is posted today.
        """
        billed = self._points_billed()
        reached = self._points_reached(full, billed)
        return {
            line: line._points_steps(full[line][1], reached[line], billed[line], moves)
            for line in self
        }

    def _points_steps(self, full, reached, billed, moves):
        if self.state == "cancel":
            return [(False, 0)]
        invoiced = shares.ratio(sum(bill[1] for bill in billed), self.price_total)
        tolerance = self.currency_id.rounding * (len(billed) + 0.5)
        mine = [move for move in moves or () if any(bill[0] == move for bill in billed)]
        steps = []
        for index, move in enumerate(mine or [False]):
            later = mine[index + 1 :]
            refunded = sum(bill[2] for bill in billed if bill[0] not in later)
            share = shares.kept_share(
                reached,
                invoiced,
                shares.billed_share(refunded, self.price_total, tolerance),
            )
            steps.append((move, shares.kept_points(full, share)))
        return steps

    def _points_take_back(self, moves=None):
        """Take back what these lines have earned and may no longer keep.

        :param moves: the credit notes just posted; without, the order is cancelled
        """
        earned = self.filtered("points_program_id")
        full = earned._points_full()
        cards = self._points_cards(full)
        lines = self.browse([line.id for line in full if line in cards])
        if not lines:
            return
        books = lines.env["loyalty.card"].union(*cards.values())._points_open_books()
        standing, targets = lines._points_standing(), lines._points_targets(full, moves)
        for line in lines:
            points, number = standing[line]
            taken = shares.steps(points, [target for _move, target in targets[line]])
            for (move, _target), piece in zip(targets[line], taken, strict=True):
                if piece:
                    line._points_book_claw(books[cards[line]], piece, number, move)
        self.env["loyalty.card"]._points_close_books(books)

    def _points_book_claw(self, book, points, number, move):
        book.claw(
            points,
            self.id,
            self.points_program_id.points_negative == "zero",
            key=f"clawback:{self.id}:{number}:{move.id if move else 0}",
            order_id=self.order_id.id,
            source="order",
            move_id=move and move.id,
            description=f"{move.name if move else self.order_id.name} · "
            f"{self.product_id.display_name}",
        )
