"""What an order line is worth in points, and what it has earned so far."""

from odoo import models

from ..ledger import shares


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _points_is_earning(self):
        self.ensure_one()
        return (
            not self.display_type
            and not self.is_downpayment
            and not self.is_reward_line
            and not self._is_discount_line()
            and not self._is_delivery()
            and self.product_uom_qty > 0
            and self.price_total > 0
        )

    def _points_programs(self):
        """Return {line: program}; a line keeps the first program it earned in."""
        programs = self.env["loyalty.program"].search(
            [("points_ledger", "=", True), ("sale_ok", "=", True)]
        )
        found = {}
        for line in self.filtered(lambda line: line._points_is_earning()):
            program = line.points_program_id or next(
                (each for each in programs if each._points_accepts(line.order_id)),
                line.points_program_id,
            )
            if program.points_ledger and not line.order_id.partner_id.is_public:
                found[line] = program
        return found

    def _points_full(self):
        """Return {line: (program, points of the whole line)}."""
        return {
            line: (
                program,
                shares.whole_points(
                    line.price_total,
                    line.points_rate or program._points_rate_for(line.order_id),
                ),
            )
            for line, program in self._points_programs().items()
        }

    def _points_standing(self):
        """Return {line: (points earned and not taken back, number of entries)}."""
        counted = self.env["loyalty.points.entry"]._read_group(
            [("sale_line_id", "in", self.ids), ("kind", "in", ("earn", "clawback"))],
            ["sale_line_id"],
            ["points:sum", "shortfall:sum", "__count"],
        )
        standing = {
            line.id: (points - shortfall, count)
            for line, points, shortfall, count in counted
        }
        return {line: standing.get(line.id, (0, 0)) for line in self}
