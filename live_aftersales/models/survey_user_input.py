from odoo import models


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    def _mark_done(self):
        """Thank members who completed a survey, whatever they answered."""
        result = super()._mark_done()
        # sudo: loyalty.program - customers answer without rights on points
        self.sudo()._points_thank()
        return result

    def _points_thank(self):
        """Give the points once per survey and member; tries of the desk bring none."""
        answers = [
            (
                answer.partner_id,
                self.env.company,
                {
                    "key": f"survey:{answer.survey_id.id}:{answer.partner_id.id}",
                    "source": "survey",
                    "description": answer.survey_id.title,
                },
            )
            for answer in self
            if answer.partner_id
            and not answer.partner_id.is_public
            and not answer.test_entry
        ]
        self.env["loyalty.program"]._points_thank("points_for_survey", answers)
