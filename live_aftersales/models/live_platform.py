from odoo import fields, models

from odoo.addons.base.models.res_partner import _tz_get


class LivePlatform(models.Model):
    _name = "live.platform"
    _description = "Live Platform"
    _inherit = ["live.orders.mixin"]
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]
    _orders_field = "platform_id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Short technical name of the platform. Importers know it by this code.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    utm_source_id = fields.Many2one(
        "utm.source",
        string="Source",
        ondelete="restrict",
        index="btree_not_null",
        help="Marketing source given to the platform's orders, so that the sales "
        "reports can be read by platform.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        required=True,
        default="Asia/Shanghai",
        help="The wall clock which the platform prints in its files.",
    )
    auto_confirm_days = fields.Integer(
        string="Receipt Confirmed After",
        default=10,
        help="Days after shipping when the platform itself takes an order as "
        "received, if the buyer says nothing. 0: never.",
    )
    deadline_plan_id = fields.Many2one(
        "return.deadline.plan",
        string="Deadlines of Returns",
        ondelete="restrict",
        index="btree_not_null",
        help="How long the platform gives each step of a return. It goes before the "
        "deadlines of the policy and of the company. Empty, or a plan of another "
        "company: theirs hold.",
    )
    shop_ids = fields.One2many("live.shop", "platform_id", string="Shops")

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another platform already has this code."
    )
    _auto_confirm_days_positive = models.Constraint(
        "CHECK (auto_confirm_days >= 0)",
        "The days until receipt is confirmed cannot be negative.",
    )

    def copy_data(self, default=None):
        """Give each copy a code of its own."""
        return [
            dict(vals, code=self.env._("%(code)s (copy)", code=platform.code))
            for platform, vals in zip(
                self, super().copy_data(default=default), strict=True
            )
        ]
