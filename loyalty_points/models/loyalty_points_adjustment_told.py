"""Who is told of adjustments: whoever asks at once, managers by an activity."""

from odoo import models

from .loyalty_points_adjustment import MANAGER


class LoyaltyPointsAdjustment(models.Model):
    _inherit = "loyalty.points.adjustment"

    def _notice_of_waiting(self):
        return self and self._notice(
            "warning",
            self.env._("%(adjustments)s: a manager has to approve this first."),
        )

    def _notice_of_booked(self):
        return self._notice("success", self.env._("%(adjustments)s: booked."))

    def _notice(self, kind, message):
        """Return the action that shows a message and closes the dialog."""
        names = ", ".join(self.mapped("display_name"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message % {"adjustments": names},
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _tell_managers(self):
        managers = self.env.ref(MANAGER).sudo().all_user_ids  # sudo: who they are
        people = managers.filtered(lambda user: user.active and user != self.env.user)
        for adjustment in self:
            company = adjustment.company_id or self.env.company
            able = people.filtered(lambda user, at=company: at in user.company_ids)
            if able:
                adjustment.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Points adjustment to approve"),
                    user_id=able[0].id,
                )
