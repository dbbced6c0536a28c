"""An order keeps the return policy it was placed under."""

from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Freeze the policy version when the order is confirmed."""

    _inherit = "sale.order"

    return_policy_version_id = fields.Many2one(
        "return.policy.version",
        string="Return Policy",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help="The version in force when the order was confirmed; later versions never "
        "change it.",
    )

    def _action_confirm(self):
        """Take the return policy before anything is delivered."""
        self._freeze_return_policy()
        return super()._action_confirm()

    def _freeze_return_policy(self):
        """Take the version in force at the order date, where none was taken yet."""
        # sudo: sale.order - the policy is taken whoever confirms, the buyer included
        todo = self.sudo().filtered(lambda order: not order.return_policy_version_id)
        policies = todo.company_id._return_policies()

        def version(order):
            policy = policies.get(order.company_id)
            return policy and policy._version_at(order.date_order)

        for taken, orders in todo.grouped(version).items():
            if taken:
                orders.return_policy_version_id = taken

    def write(self, vals):
        """Refuse to put another policy under an order that has one."""
        if "return_policy_version_id" in vals:
            wanted = vals["return_policy_version_id"]
            # sudo: sale.order - compare only, the field is for employees
            for order in self.sudo():
                held = order.return_policy_version_id
                if held and held.id != wanted:
                    raise UserError(
                        self.env._(
                            "Order %(order)s was placed under %(version)s "
                            "and keeps it.",
                            order=order.name,
                            version=held.display_name,
                        )
                    )
        return super().write(vals)

    def action_view_return_verdicts(self):
        """Open what each line of this order may still be returned for."""
        self.ensure_one()
        self.check_access("read")
        view = self.env.ref("return_policy.sale_order_line_view_list_verdict")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return Verdicts: %(order)s", order=self.name),
            "res_model": "sale.order.line",
            "view_mode": "list",
            "views": [(view.id, "list")],
            "domain": [("order_id", "=", self.id), ("display_type", "=", False)],
        }
