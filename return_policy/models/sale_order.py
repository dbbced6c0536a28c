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
        policies = todo._return_policies()

        def version(order):
            policy = policies[order]
            return policy and policy._version_at(order.date_order)

        for taken, orders in todo.grouped(version).items():
            if taken:
                orders.return_policy_version_id = taken

    def _return_policies(self):
        """Return {order: policy}, an empty one where the company has no default.

        The first published policy whose conditions fit is taken, then the default.
        """
        self.fetch(["company_id", "partner_shipping_id", "source_id", "team_id"])
        self.partner_shipping_id.fetch(["country_id"])
        # sudo: return.policy - whoever confirms an order, it takes the policy
        policies = self.env["return.policy"].sudo()
        published = policies.search(
            [
                ("active", "=", True),
                ("company_id", "in", self.company_id.ids),
                ("version_ids", "!=", False),
            ]
        )
        conditions = {
            policy: policy._conditions()
            for policy in published.filtered("is_conditional")
        }
        return {order: order._first_return_policy(conditions) for order in self}

    def _first_return_policy(self, conditions):
        """Return the first policy of the company that fits, else its default."""
        self.ensure_one()
        held = (
            self.partner_shipping_id.country_id.id,
            self.team_id.id,
            self.source_id.id,
        )
        for policy, wanted in conditions.items():
            if policy.company_id == self.company_id and all(
                not ids or value in ids for value, ids in zip(held, wanted, strict=True)
            ):
                return policy
        return self.company_id.return_policy_id

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
        # buyers read their orders, but not this
        self.env["return.policy.version"].check_access("read")
        view = self.env.ref("return_policy.sale_order_line_view_list_verdict")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return Verdicts: %(order)s", order=self.name),
            "res_model": "sale.order.line",
            "view_mode": "list",
            "views": [(view.id, "list")],
            "domain": [("order_id", "=", self.id), ("display_type", "=", False)],
        }
