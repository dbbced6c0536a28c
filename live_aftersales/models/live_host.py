from odoo import fields, models


class LiveHost(models.Model):
    _name = "live.host"
    _description = "Live Host"
    _inherit = ["avatar.mixin", "live.orders.mixin"]
    _order = "name, id"
    _check_company_auto = True
    _rec_names_search = ["name", "code"]
    _orders_field = "live_host_id"

    name = fields.Char(required=True)
    code = fields.Char(
        string="Host ID",
        copy=False,
        help="The host's number on the platform, kept as text: order files name "
        "the host by it.",
    )
    active = fields.Boolean(default=True)
    color = fields.Integer()
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        check_company=True,
        index="btree_not_null",
        help="Who this host is for contracts and payments.",
    )
    platform_id = fields.Many2one(
        "live.platform",
        ondelete="restrict",
        index="btree_not_null",
        help="The platform on which the host ID is valid. Empty: on any platform.",
    )
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index="btree_not_null",
        help="Empty: the host works for all companies.",
    )
    session_ids = fields.One2many("live.session", "host_id", string="Sessions")
    session_count = fields.Integer(compute="_compute_session_count")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(platform_id, 0), COALESCE(company_id, 0))"
        " WHERE code IS NOT NULL",
        "Another host of this platform already has this host ID.",
    )

    def _compute_session_count(self):
        counts = dict(
            self.env["live.session"]._read_group(
                [("host_id", "in", self.ids)], ["host_id"], ["__count"]
            )
        )
        for host in self:
            host.session_count = counts.get(host, 0)

    def copy_data(self, default=None):
        """Tell the copy by its name."""
        return [
            dict(vals, name=self.env._("%(name)s (copy)", name=host.name))
            for host, vals in zip(self, super().copy_data(default=default), strict=True)
        ]

    def action_view_sessions(self):
        """Open the sessions of these hosts."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "live_aftersales.action_live_session"
        )
        action["domain"] = [("host_id", "in", self.ids)]
        action["context"] = {"default_host_id": self[:1].id}
        return action
