"""How long each step of a return may take, and what happens when it was not done."""

from odoo import fields, models
from odoo.tools import ormcache

from ..policy.deadline import Time


class ReturnDeadlinePlan(models.Model):
    """The times of one platform, one law or one company."""

    _name = "return.deadline.plan"
    _description = "Deadlines of Returns"
    _order = "company_id desc, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Plans without a company came with the module and are kept up to date by "
        "it. Copy one to change it.",
    )
    step_ids = fields.One2many("return.deadline.step", "plan_id", copy=True)
    source = fields.Text(translate=True, help="Where these times are written down.")
    checked_on = fields.Date(help="When somebody last looked at the source.")
    note = fields.Text(
        translate=True, help="What the source leaves open, and what to mind."
    )

    def copy_data(self, default=None):
        """Give the copy to the company of the user, who may change it."""
        return [
            {
                **vals,
                "company_id": self.env.company.id,
                "name": (default or {}).get("name")
                or self.env._("%(plan)s (copy)", plan=plan.name),
            }
            for plan, vals in zip(self, super().copy_data(default=default), strict=True)
        ]

    def action_copy(self):
        """Open a copy which the company may change."""
        self.ensure_one()
        self.check_access("read")
        return self.copy()._get_records_action(name=self.env._("Deadlines"))

    @ormcache("self.id")
    def _times(self):
        """Return {action: Time} of one plan, or of none."""
        return {
            step.step: Time(step.amount, step.unit, step.clock, step.at_zero)
            # sudo: return.deadline.step - whoever takes a step, its time is the same
            for step in self.sudo().step_ids
        }
