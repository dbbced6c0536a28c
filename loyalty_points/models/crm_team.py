from odoo import api, models


class CrmTeam(models.Model):
    _inherit = "crm.team"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_points_rule(self):
        self.env["loyalty.points.rule"]._points_refuse_unlink(self, "team_ids")
