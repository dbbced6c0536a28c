"""Rehearsals of a policy's draft: open them, and find the orders they are about."""

from odoo import fields, models


class ReturnPolicyRehearse(models.Model):
    """The way from a draft to its rehearsals."""

    _inherit = "return.policy"

    rehearsal_count = fields.Integer(
        string="Rehearsals",
        compute="_compute_rehearsal_count",
        groups="return_policy.group_return_lead",
    )

    def _compute_rehearsal_count(self):
        counts = dict(
            self.env["return.rehearsal"]._read_group(
                [("policy_id", "in", self.ids)], ["policy_id"], ["__count"]
            )
        )
        for policy in self:
            policy.rehearsal_count = counts.get(policy, 0)

    def action_rehearse(self):
        """Ask over which period the draft is to be rehearsed."""
        self.ensure_one()
        self.env["return.rehearsal"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rehearse: %(policy)s", policy=self.display_name),
            "res_model": "return.rehearsal",
            "view_mode": "form",
            "context": {"default_policy_id": self.id},
        }

    def action_view_rehearsals(self):
        """Open the rehearsals of this policy."""
        self.ensure_one()
        self.env["return.rehearsal"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "return_policy.return_rehearsal_action"
        )
        return {
            **action,
            "domain": [("policy_id", "=", self.id)],
            "context": {"default_policy_id": self.id},
        }

    def _governed(self, orders):
        """Return the orders which hold a version of the policy, or would take it.

        An order under no version takes what it would take if it were confirmed today;
        so does every order while the policy was never published.
        """
        self.ensure_one()
        if not self.version_ids:
            return self._first_for(orders)
        held = orders.filtered(
            lambda order: order.return_policy_version_id.policy_id == self
        )
        free = orders.filtered(lambda order: not order.return_policy_version_id)
        taken = free._return_policies()
        return held + free.filtered(lambda order: taken[order] == self)

    def _first_for(self, orders):
        """Return the orders which would take the policy, were it published.

        Without conditions of its own, it is looked at as the company's default.
        """
        rivals = self.search(
            [("company_id", "=", self.company_id.id), ("version_ids", "!=", False)]
        ).filtered("is_conditional")
        if self.is_conditional:
            ranked = list((rivals | self).sorted())
            rivals = self.concat(*ranked[: ranked.index(self)])
        conditions = {policy: policy._conditions() for policy in [*rivals, self]}
        orders.fetch(["company_id", "partner_shipping_id", "source_id", "team_id"])
        orders.partner_shipping_id.fetch(["country_id"])
        return orders.filtered(
            lambda order: order._first_return_policy(conditions) == self
        )
