"""What refunds and cancellations take back, at the rate first given."""

from odoo import models
from odoo.fields import Domain

from ..ledger import shares


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _points_billed(self):
        """Return {line: [(move, invoiced, refunded)]} in order of posting.

        Extended by addons that pay back without a credit note; they name no move.
        """
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

    def _points_targets(self, full, moves=None, billed=None):
        """Return {line: [(move, points to keep)]}, after each of the moves.

        Without moves there is one step: all that is posted today.

        :param billed: see ``_points_billed``, which is asked when it is not given
        """
        billed = billed or self._points_billed()
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

    def _points_settle(self):
        """Follow a changed order or a document that is no longer posted."""
        self._points_take_back()
        self.filtered("points_program_id")._points_earn()

    def _points_take_back(self, moves=None):
        """Give back what rewards had cost and take back what was earned.

        Both as far as the goods of these lines were paid back; what is given back
        lowers what would be owed. Cancelled orders keep nothing.

        :param moves: the credit notes just posted; without, all that is posted today
        """
        opened = self._points_moved_books(moves)
        self.env["loyalty.card"]._points_close_books(opened)

    def _points_missing(self):
        """Return {program: points} that would be owed if all due was taken back now.

        Nothing is booked. Asked by addons that lower a refund instead, before they
        post its credit note; see ``account.move._points_deducted``.
        """
        missing = {}
        for card, book in self._points_moved_books().items():
            owed = min(card.points, 0) - min(book.balance(), 0)
            if owed > 0:
                missing[card.program_id] = missing.get(card.program_id, 0) + int(owed)
        return missing

    def _points_moved_books(self, moves=None):
        """Return {card: Book} in which all that is due has moved; see above."""
        cards = self._points_moved_cards()
        if not cards:
            return {}
        living = cards._points_living()
        opened = self.env["loyalty.card"].union(*living.values())._points_open_books()
        books = {card: opened[living[card]] for card in cards}
        self.order_id._points_give_back(books, moves)
        self._points_claw(books, moves)
        return opened

    def _points_moved_cards(self):
        """Return the cards on which these lines earned and their orders spent."""
        earned = Domain("sale_line_id", "in", self.ids) & Domain("kind", "=", "earn")
        spent = Domain("order_id", "in", self.order_id.ids) & Domain(
            "kind", "=", "spend"
        )
        groups = self.env["loyalty.points.entry"]._read_group(
            Domain("card_id.points_ledger", "=", True) & (earned | spent), ["card_id"]
        )
        return self.env["loyalty.card"].union(*(card for (card,) in groups))

    def _points_claw(self, books, moves=None, billed=None):
        """Take back in these books what the lines may no longer keep.

        :param books: {card on which was earned: Book}
        """
        lines = self.filtered(lambda line: line.points_program_id.points_ledger)
        full = lines._points_full()
        # a line that is free now earns nothing any more
        full = {line: full.get(line, (line.points_program_id, 0)) for line in lines}
        targets = lines._points_targets(full, moves, billed)
        standing, earnings = lines._points_standing(), lines._points_earnings()
        deducted = moves._points_deducted() if moves else {}
        expired = self.env["loyalty.points.entry"]._expired("sale_line_id", lines)
        for line in lines:
            points, number = standing[line]
            taken = shares.steps(points, [target for _move, target in targets[line]])
            for (move, _target), piece in zip(targets[line], taken, strict=True):
                for part in shares.take_from(earnings[line], piece):
                    line._points_book_claw(
                        books, part, number, move, deducted, expired[line]
                    )

    def _points_earnings(self):
        """Return {line: [Earning]}, oldest first; their keys are the entries."""
        entries = self.env["loyalty.points.entry"].search(
            [("sale_line_id", "in", self.ids), ("kind", "in", ("earn", "clawback"))],
            order="id",
        )
        earnings, by_line = {}, {line: [] for line in self}
        for entry in entries:
            points, paid = entry.points - entry.shortfall, entry._paid_units()
            origin = entry._origin_entry()
            if entry.kind == "earn":
                earnings[entry] = shares.Earning(entry, points, paid)
                by_line[entry.sale_line_id].append(earnings[entry])
            if origin in earnings:
                earnings[origin].standing += points
                earnings[origin].paid_left += paid
                earnings[origin].ungranted -= entry.shortfall
        return by_line

    def _points_book_claw(self, books, taken, number, move, deducted, expired):
        """Book what one refund takes of one earning.

        :param taken: shares.Taken, its key is the entry by which was earned
        :param deducted: see ``account.move._points_deducted``; it is kept up
        :param expired: see ``loyalty.points.entry._expired``; it is kept up
        """
        earned, named = taken.key, (move, self.points_program_id)
        entries = books[earned.card_id].claw(
            taken.points,
            self.id,
            self.points_program_id.points_negative == "zero",
            taken.ungranted,
            deducted.get(named, 0),
            earned.id,
            expired,
            key=f"clawback:{self.id}:{number}:{move.id if move else 0}",
            order_id=self.order_id.id,
            source="order",
            move_id=move and move.id,
            earned_at=earned.earned_at,
            available_on=earned.available_on,
            description=f"{move.name if move else self.order_id.name} · "
            f"{self.product_id.display_name}",
        )
        noted = sum(entry.shortfall for entry in entries if not entry.lot)
        if named in deducted:
            deducted[named] -= noted - taken.ungranted
        currency = self.points_program_id.currency_id
        weights = [entry.shortfall - entry.points for entry in entries]
        paid = shares.portions(taken.paid, weights)
        for entry, units in zip(entries, paid, strict=True):
            amount = -currency.round(units * currency.rounding)
            entry.facts = {**entry.facts, "amount": amount}
