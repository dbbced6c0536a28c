"""What an order line is worth in points, and what it has earned so far."""

from odoo import api, models

from ..ledger import earning


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _points_is_earning(self):
        return self._points_is_sold() and self.price_total > 0

    def _points_is_sold(self):
        """Tell whether this line sells something: goods or services, free ones too."""
        self.ensure_one()
        return (
            not self.display_type
            and not self.is_downpayment
            and not self.is_reward_line
            and not self._is_discount_line()
            and not self._is_delivery()
            and self.product_uom_qty > 0
        )

    def _points_programs(self):
        """Return {line: program}; a line keeps the first program it earned in."""
        earning = self.filtered(lambda line: line._points_is_earning())
        if not earning:
            return {}
        programs = self.env["loyalty.program"].search(
            [("points_ledger", "=", True), ("sale_ok", "=", True)]
        )
        orders = self.order_id.filtered(
            lambda order: order.partner_id and not order.partner_id.is_public
        )
        open_to = programs._points_open_to(orders)
        accepting = {
            order: next(
                (each for each in open_to[order] if each._points_accepts(order)),
                programs.browse(),
            )
            for order in orders
        }
        found = {}
        for line in earning:
            program = line.points_program_id or accepting.get(line.order_id)
            if program and program.points_ledger and line.order_id in accepting:
                found[line] = program
        return found

    def _points_full(self):
        """Return {line: (program, points of the whole line)}."""
        rates = self._points_rates()
        return {
            line: (program, line._points_whole(basis, number))
            for line, (program, basis, number) in rates.items()
        }

    @api.model
    def _points_of_members(self, full):
        """Return the part of {line: (program, points)} whose buyers earn.

        Where not every customer is a member, those who hold a card are.
        """
        chosen = {
            (program, line.order_id.partner_id._origin)
            for line, (program, _points) in full.items()
            if not program.points_enrol_all
        }
        held = self.env["loyalty.program"]._points_cards_held(chosen) if chosen else {}
        return {
            line: (program, points)
            for line, (program, points) in full.items()
            if program.points_enrol_all
            or (program, line.order_id.partner_id._origin) in held
        }

    def _points_whole(self, basis, number):
        pieces = self.product_uom_id._compute_quantity(
            self.product_uom_qty, self.product_id.uom_id, round=False
        )
        return earning.full_points(basis, number, self.price_total, pieces)

    def _points_rates(self):
        """Return {line: (program, basis, number)}: first given, else today's.

        Lines of an order may share its points, so all of them are looked at.
        """
        every = self | self.order_id.order_line
        programs = every._points_programs()
        rates = {
            line: (program, line.points_basis or earning.MONEY, line.points_rate)
            for line, program in programs.items()
            if line.points_program_id
        }
        new = every.filtered(lambda line: line in programs and line not in rates)
        if new:
            rates.update(new._points_new_rates(programs))
        return {line: rates[line] for line in self if line in rates}

    def _points_new_rates(self, programs):
        """Return {line: (program, basis, number)} by the rules of today."""
        every = self.env["loyalty.program"].union(*(programs[line] for line in self))
        rules = every._points_rules(self.product_id._origin)
        tiers = every._points_tiers(self.order_id.partner_id._origin)
        found = {}
        for line in self:
            program = programs[line]
            partner = line.order_id.partner_id._origin
            tier = tiers.get((program, partner), self.env["loyalty.tier"])
            found[line] = earning.rate(
                rules[program],
                program._points_sale(line, tier),
                program.points_per_unit,
                tier.multiplier or 1,
            )
        shares = self._points_order_shares(found)
        return {
            line: (
                programs[line],
                rate.basis,
                shares[line]
                if line in shares
                else line._points_in_currency(programs[line], rate),
            )
            for line, rate in found.items()
        }

    def _points_in_currency(self, program, rate):
        """Return the number of a rate; per unit of the order's currency if of money."""
        if rate.basis != earning.MONEY:
            return rate.number
        return rate.number * earning.exact(program._points_exchange_rate(self.order_id))

    def _points_order_shares(self, found):
        """Return {line: points} for lines that share the points of their order.

        Once an order has earned, they are given away.
        """
        shares, together = {}, {}
        for line in self:
            if found[line].basis == earning.ORDER:
                key = (line.order_id, found[line].rule)
                together[key] = together.get(key, self.browse()) + line
        for (order, _rule), lines in together.items():
            given = earning.ORDER in order.order_line.mapped("points_basis")
            points = 0 if given else int(found[lines[0]].points)
            parts = earning.spread(points, lines.mapped("price_total"))
            for line, part in zip(lines, parts, strict=True):
                shares[line] = int(part * found[line].factor)
        return shares

    def _points_sums(self):
        """Return {line: (points earned and not taken back, amount, entries)}.

        Points which a cap kept from being granted count as earned. The amount is
        what the buyer paid for them, in the currency of the program.
        """
        counted = self.env["loyalty.points.entry"]._read_group(
            [
                ("sale_line_id", "in", self._origin.ids),
                ("kind", "in", ("earn", "clawback")),
            ],
            ["sale_line_id"],
            ["points:sum", "shortfall:sum", "amount:sum", "__count"],
        )
        sums = {
            line.id: (points - shortfall, amount or 0.0, count)
            for line, points, shortfall, amount, count in counted
        }
        return {line: sums.get(line._origin.id, (0, 0.0, 0)) for line in self}

    def _points_standing(self):
        """Return {line: (points earned and not taken back, number of entries)}."""
        return {
            line: (points, count)
            for line, (points, _amount, count) in self._points_sums().items()
        }
