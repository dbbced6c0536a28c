"""The rows of an inspection: made for what came or is expected, then summed up."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..policy.inspection import ARRIVED, worst
from .return_inspected_unit import LATER

ONE_BY_ONE = 20  # more pieces of one line without numbers start as a single row


class ReturnRequestLine(models.Model):
    """Pieces."""

    _inherit = "return.request.line"

    unit_ids = fields.One2many(
        "return.inspected.unit", "line_id", string="Pieces", readonly=True
    )

    def _expected(self):
        """Return the quantity the rows of this line have to be about."""
        self.ensure_one()
        return max(self.qty_approved, self.qty_received)

    def _delivered_lots(self):
        """Return the lots and serial numbers that were delivered for the order line."""
        delivered = self.sale_line_id.move_ids.filtered(
            lambda move: (
                move.state == "done" and move.location_dest_id.usage == "customer"
            )
        )
        return delivered.move_line_ids.lot_id

    def _make_units(self):
        """Make the rows that lack, for all lines at once."""
        self.request_id._hold_for_receipt()
        self.env["return.inspected.unit"].create(
            [vals for line in self for vals in line._missing_units()]
        )

    def _missing_units(self):
        """Return the values of the rows for what has none yet."""
        self.ensure_one()
        uom = self.uom_id
        had = {}
        for unit in self.unit_ids:
            had[unit.lot_id] = had.get(unit.lot_id, 0) + unit.quantity
        left = self._expected() - sum(had.values())
        vals_list = []
        for lot, quantity, is_here in self._pieces_by_lot():
            known = min(had.get(lot, 0), quantity)
            had[lot] = had.get(lot, 0) - known
            take = min(quantity - known, left)
            if uom.compare(take, 0) > 0:
                left -= take
                vals_list += self._prepare_units(lot, take, is_here)
        if uom.compare(left, 0) > 0:
            vals_list += self._prepare_units(self.env["stock.lot"], left, False)
        return vals_list

    def _pieces_by_lot(self):
        """Return [(lot, quantity, is here)] of what came and what is on the way."""
        moves = self.return_move_ids.filtered(
            lambda move: (
                move.state != "cancel"
                and move.location_id.usage == "customer"
                and move.product_id == self.product_id
            )
        )
        return [
            (
                row.lot_id,
                row.product_uom_id._compute_quantity(row.quantity, self.uom_id),
                row.move_id.state == "done",
            )
            for row in moves.sorted(lambda move: move.state != "done").move_line_ids
        ]

    def _prepare_units(self, lot, quantity, is_here):
        """Return rows of one piece each, or a single one for many or for a part."""
        whole = quantity == int(quantity) and quantity <= ONE_BY_ONE
        waits = self.qty_received and not is_here
        vals = {
            "line_id": self.id,
            "lot_id": lot.id,
            "grade": LATER if waits else False,
        }
        if not whole:
            return [{**vals, "quantity": quantity}]
        return [{**vals, "quantity": 1} for _piece in range(int(quantity))]

    def _check_units(self):
        """Refuse rows which do not add up to what was expected."""
        for line in self.filtered("unit_ids"):
            found = sum(line.unit_ids.mapped("quantity"))
            if line.uom_id.compare(found, line._expected()):
                raise UserError(
                    self.env._(
                        "%(product)s: the rows are about %(found)g, but %(expected)g "
                        "are expected. Note what was in the parcel beyond that under "
                        "“Something Else Came”.",
                        product=line.product_id.display_name,
                        found=found,
                        expected=line._expected(),
                    )
                )

    def _total_units(self):
        """Write on the line what its rows say together."""
        for line in self.filtered("unit_ids"):
            units = line.unit_ids
            accepted = units.filtered("is_accepted")
            scrapped = units.filtered(
                lambda unit: unit.grade in ARRIVED and unit.disposition == "scrap"
            )
            ways = set(units.mapped("disposition"))
            line.write(
                {
                    "grade": worst(units.mapped("grade")),
                    "qty_accepted": min(
                        sum(accepted.mapped("quantity")), line.qty_approved
                    ),
                    "qty_damaged": sum(scrapped.mapped("quantity")),
                    "disposition": ways.pop() if len(ways) == 1 else False,
                }
            )
            units.write({"is_done": True})
