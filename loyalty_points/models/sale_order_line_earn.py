"""What deliveries, invoices and payments earn."""

from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _points_earn(self, moments=None, ways=None):
        """Book what these lines have earned so far.

        :param moments: {line: when it was delivered, invoiced or paid}; else now
        :param ways: only lines that earn in one of these ways
        """
        rates = (self | self.order_id.order_line)._points_rates()
        full = {
            line: (program, line._points_whole(basis, number))
            for line, (program, basis, number) in rates.items()
            if line in self and (not ways or line._points_earning_at(program) in ways)
        }
        lines = self.browse([line.id for line in full])
        sums, targets = lines._points_sums(), lines._points_targets(full)
        targets = {line: targets[line][-1][1] for line in lines}
        gains = {
            line: gain for line in lines if (gain := targets[line] - sums[line][0]) > 0
        }
        cards = self._points_cards({line: full[line] for line in gains})
        earning = lines.filtered(lambda line: line in cards)
        earning.order_id.order_line._points_freeze(rates)
        paid = {
            line: line._points_paid(full[line], targets[line]) - sums[line][1]
            for line in earning
        }
        numbers = {line: sums[line][2] for line in earning}
        earning._points_book_gains(cards, gains, paid, numbers, moments or {})

    def _points_book_gains(self, cards, gains, paid, numbers, moments):
        """Book what these lines gain, as far as the caps of the program go.

        :param cards: {line: card}
        :param gains: {line: points}
        :param paid: {line: what the buyer paid for them, in program currency}
        :param numbers: {line: entries of the line so far}
        """
        if not self:
            return
        books = self._points_card_union(cards)._points_open_books()
        now = fields.Datetime.now()
        moments = {line: moments.get(line) or now for line in self}
        dates = self._points_available_dates(moments)
        granted = self._points_granted(gains, cards, moments)
        for line in self:
            books[cards[line]].earn(
                granted[line],
                line.id,
                withheld=gains[line] - granted[line],
                key=f"earn:{line.id}:{numbers[line]}",
                order_id=line.order_id.id,
                source="order",
                amount=paid[line],
                description=line._points_description(),
                earned_at=moments[line],
                available_on=dates[line],
            )
        self.env["loyalty.card"]._points_close_books(books)

    def _points_freeze(self, rates):
        """Let these lines keep what they earn by, from now on.

        :param rates: {line: (program, basis, number)}
        """
        alike = {}
        for line in self.filtered(lambda line: not line.points_program_id):
            if line not in rates:
                continue
            program, basis, number = rates[line]
            way = line._points_earning_at(program)
            key = (program.id, basis, float(number), way)
            alike[key] = alike.get(key, self.browse()) + line
        for (program_id, basis, number, way), lines in alike.items():
            lines.write(
                {
                    "points_program_id": program_id,
                    "points_basis": basis,
                    "points_rate": number,
                    "points_earn_at": way,
                }
            )

    def _points_paid(self, full, kept):
        """Return what the buyer pays for points of this line, in program currency.

        :param full: program and points of the whole line
        :param kept: points of the part that counts
        """
        program, points = full
        paid = program._points_amount(self.price_total, self.order_id)
        unit = program.currency_id.rounding
        return program.currency_id.round(round(paid / unit) * kept // points * unit)

    def _points_cards(self, full):
        """Return {line: card}, without the lines of customers who are no member."""
        wanted = {
            line: (program, line.order_id.partner_id)
            for line, (program, _points) in full.items()
        }
        cards = self.env["loyalty.program"]._points_cards(wanted.values())
        return {line: cards[pair] for line, pair in wanted.items() if pair in cards}

    def _points_card_union(self, cards):
        return self.env["loyalty.card"].union(*(cards[line] for line in self))

    def _points_description(self):
        return f"{self.order_id.name} · {self.product_id.display_name}"
