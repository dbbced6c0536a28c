from odoo import api, models


class UtmSource(models.Model):
    _inherit = "utm.source"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_points_rule(self):
        self.env["loyalty.points.rule"]._points_refuse_unlink(self, "source_ids")
