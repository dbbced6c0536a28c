"""Repairs of returned goods: begun by the inspection, told to the request."""

from odoo import fields, models

from .return_request import AGENT, WAREHOUSE


class RepairOrder(models.Model):
    """A repair may be about a piece of a return."""

    _inherit = "repair.order"

    return_request_line_id = fields.Many2one(
        "return.request.line",
        string="Return Line",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        groups="stock.group_stock_user,return_policy.group_return_agent",
    )

    def action_repair_done(self):
        """Send repaired goods of buyers back to them."""
        result = super().action_repair_done()
        # sudo: return.request - stock users have no right on requests
        returned = self.sudo().filtered(
            lambda repair: (
                repair.state == "done"
                and repair.return_request_line_id.remedy == "repair"
            )
        )
        returned._send_back()
        return result

    def _send_back(self):
        """Make the deliveries of repaired goods, for all repairs at once."""
        self.env["stock.picking"]._create_send_backs(
            [
                (repair.return_request_line_id, row, row.quantity_product_uom, True)
                for repair in self
                for row in repair.move_id.move_line_ids
            ]
        )

    def action_view_return(self):
        """Open the request whose goods are repaired."""
        self.ensure_one()
        self.check_access("read")
        # sudo: return.request.line - only the request is looked up
        request = self.sudo().return_request_line_id.request_id
        request = request.with_env(self.env)
        request._check_may(AGENT, WAREHOUSE)
        return request._open(request.name, request)

    def _count_repairs(self):
        """Return how often one piece was repaired.

        Pieces without numbers cannot be told apart: then requests are counted.
        """
        done = self.filtered(lambda repair: repair.state == "done")
        lots = done.filtered("lot_id").grouped("lot_id")
        return max(
            [len(same) for same in lots.values()]
            + [len((done - done.filtered("lot_id")).return_request_line_id)]
        )

    def _days_in_repair(self):
        """Return the days from the inspection until the buyer got the goods again."""
        now, days = fields.Datetime.now(), 0
        for line, repairs in self.grouped("return_request_line_id").items():
            if set(repairs.mapped("state")) == {"cancel"}:
                continue
            begin = min(repairs.mapped("create_date"))
            sent = line.replacement_move_ids.filtered(lambda move: move.state == "done")
            is_back = line._repair_state() == "returned" and sent
            end = max(sent.mapped("date")) if is_back else now
            days += max((end - begin).days, 0)
        return days
