from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    points_expected = fields.Integer(
        string="Points of the Order",
        compute="_compute_points",
        compute_sudo=True,
        groups="base.group_user",
        help="Points this order earns when all of it is delivered and kept.",
    )
    points_earned = fields.Integer(
        compute="_compute_points",
        compute_sudo=True,
        groups="base.group_user",
        help="Points earned by deliveries, less what refunds have taken back.",
    )

    @api.depends("order_line.points_expected", "order_line.points_earned")
    def _compute_points(self):
        for order in self:
            order.points_expected = sum(order.order_line.mapped("points_expected"))
            order.points_earned = sum(order.order_line.mapped("points_earned"))

    def action_confirm(self):
        """Spend the points of rewards, each card once, oldest points first."""
        confirming = self.filtered(lambda order: order.state != "sale")
        # sudo: loyalty.card - a salesperson spends a customer's points by a reward
        confirming.sudo()._points_check_spending()
        result = super().action_confirm()
        confirmed = confirming.sudo().filtered(lambda order: order.state == "sale")
        confirmed._points_check_limits()
        confirmed._points_spend()
        # delivered before a cancellation that is now taken back
        confirmed.order_line.filtered("points_program_id")._points_earn()
        return result

    def _action_cancel(self):
        """Give spent points back and take earned ones; our record stays whole."""
        confirmed = self.filtered(lambda order: order.state == "sale")
        result = super()._action_cancel()
        # sudo: loyalty.card - a salesperson cancels, without rights on points
        cancelled = confirmed.sudo().filtered(lambda order: order.state == "cancel")
        cancelled._points_return_spent()
        cancelled.order_line._points_take_back()
        return result

    # -- screens --------------------------------------------------------------------

    def action_points_entries(self):
        """Open the points entries of this order."""
        self.ensure_one()
        self.check_access("read")
        self.env["loyalty.points.entry"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty_points.action_loyalty_points_entry"
        )
        action["domain"] = [("order_id", "=", self.id)]
        return action
