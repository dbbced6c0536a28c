"""An order's returns: lock, buttons, and no cancelling behind their back."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import SQL

from ..policy.states import OPEN
from .return_request import AGENT


class SaleOrder(models.Model):
    """Returns on the order."""

    _inherit = "sale.order"

    return_request_ids = fields.One2many(
        "return.request", "sale_order_id", groups=AGENT
    )
    return_request_count = fields.Integer(
        compute="_compute_return_request_count", groups="base.group_user"
    )
    return_guard = fields.Integer(
        copy=False,
        groups="base.group_system",
        help="Raised by every step that gives goods or money back, so that two of "
        "them at once cannot both succeed.",
    )

    @api.depends("return_request_ids")
    def _compute_return_request_count(self):
        # sudo: return.request - the number alone tells nothing
        requests = self.env["return.request"].sudo()
        groups = requests._read_group(
            [("sale_order_id", "in", self.ids)], ["sale_order_id"], ["__count"]
        )
        counts = {order.id: count for order, count in groups}
        for order in self:
            order.return_request_count = counts.get(order._origin.id, 0)

    def _return_lock(self):
        """Hold these orders for giving back until the transaction ends.

        :return: those which this transaction did not hold yet
        :raises LockError: when somebody else holds one of them right now
        """
        # forgotten with the transaction, and with every savepoint that is undone
        held = self.env.cr.precommit.data.setdefault("return_policy.held", set())
        orders = self.filtered(lambda order: order.id not in held)
        if not orders:
            return orders
        # what ``lock_for_update`` does, and raising the counter, in one statement
        rows = self.env.execute_query(
            SQL(
                "UPDATE sale_order SET return_guard = COALESCE(return_guard, 0) + 1 "
                "WHERE id IN (SELECT id FROM sale_order WHERE id IN %s "
                "FOR NO KEY UPDATE SKIP LOCKED) RETURNING id",
                tuple(orders.ids),
            )
        )
        if len(rows) < len(orders):
            raise LockError(
                self.env._(
                    "Somebody else is working on the returns of %(orders)s right now. "
                    "Nothing was changed; try again in a moment.",
                    orders=", ".join(orders.mapped("name")),
                )
            )
        held.update(orders.ids)
        orders.invalidate_recordset(["return_guard"], flush=False)
        return orders

    def action_return(self):
        """Open a new request with everything of the order that can come back."""
        self.ensure_one()
        self._check_return_agent()
        # sudo: sale.order.line - quantities only, of an order the agent may read
        left = self.sudo().order_line._return_quantities()
        lines = [
            (0, 0, {"sale_line_id": line.id, "qty_requested": quantities.returnable})
            for line, quantities in left.items()
            if quantities.returnable > 0 and not line._is_return_side_line()
        ]
        lines = lines or self._return_unshipped_lines()
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing of order %(order)s can be returned or cancelled: "
                    "everything is already in a return request.",
                    order=self.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Return"),
            "res_model": "return.request",
            "view_mode": "form",
            "context": {
                "default_sale_order_id": self.id,
                "default_line_ids": lines,
            },
        }

    def _return_unshipped_lines(self):
        """Return the lines of a request that cancels what has not left."""
        # sudo: sale.order.line - quantities only, of an order the agent may read
        sold = self.sudo().order_line.filtered(
            lambda line: line.product_id and not line._is_return_side_line()
        )
        return [
            (
                0,
                0,
                {
                    "sale_line_id": line.id,
                    "qty_requested": quantity,
                    "remedy": "cancel",
                },
            )
            for line, quantity in sold._return_still_here().items()
            if self.state == "sale" and quantity > 0
        ]

    def action_view_return_requests(self):
        """Open the return requests of the order."""
        self.ensure_one()
        self._check_return_agent()
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Return Requests"),
            "res_model": "return.request",
            "view_mode": "list,form",
            "domain": [("sale_order_id", "=", self.id)],
            "context": {"default_sale_order_id": self.id},
        }
        if len(self.return_request_ids) == 1:
            action |= {"view_mode": "form", "res_id": self.return_request_ids.id}
        return action

    def _check_return_agent(self):
        if not self.env.user.has_group(AGENT):
            raise AccessError(
                self.env._("Only after-sales agents may work with return requests.")
            )
        self.check_access("read")

    def _action_cancel(self):
        """Refuse while goods are with the buyer or a return is under way."""
        # sudo: return.request, sale.order.line - the guard must see everything
        orders = self.sudo()
        busy = orders.filtered(
            lambda order: any(
                request.state in OPEN and request.state != "draft"
                for request in order.return_request_ids
            )
        )
        if busy:
            raise UserError(
                self.env._(
                    "Order %(orders)s has open return requests. Finish or cancel them "
                    "before cancelling the order.",
                    orders=", ".join(busy.mapped("name")),
                )
            )
        return super()._action_cancel()
