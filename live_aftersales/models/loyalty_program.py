from odoo import api, fields, models


class LoyaltyProgram(models.Model):
    """Points for telling us how it was; never for liking it."""

    _inherit = "loyalty.program"

    points_for_rating = fields.Integer(
        string="Points for a Rating",
        help="For each conversation or return a member rates, whatever the rating is. "
        "0: none.",
    )
    points_for_survey = fields.Integer(
        string="Points for a Survey",
        help="For each survey a member completes, whatever the answers are. 0: none.",
    )

    _points_for_answers_positive = models.Constraint(
        "CHECK (points_for_rating >= 0 AND points_for_survey >= 0)",
        "Points for ratings and surveys cannot be negative.",
    )

    def _points_say_gifts(self):
        yield from super()._points_say_gifts()
        if self.points_for_rating:
            yield self.env._(
                "%(points)s points for a rating.", points=self.points_for_rating
            )
        if self.points_for_survey:
            yield self.env._(
                "%(points)s points for a survey.", points=self.points_for_survey
            )

    @api.depends("points_for_rating", "points_for_survey")
    def _compute_points_summary(self):
        return super()._compute_points_summary()

    def _points_thank(self, field, answers):
        """Give members points for answers, once for each event.

        :param field: the field of the program which says how many
        :param answers: [(partner, company, facts)]; the facts name the ``key`` of the
            event and a ``description``
        """
        programs = self.search([("points_ledger", "=", True), (field, ">", 0)])
        wanted = [
            (program, partner, facts)
            for partner, company, facts in answers
            if (program := programs._points_for_company(company))
        ]
        cards = self._points_cards((program, who) for program, who, _facts in wanted)
        self.env["loyalty.card"]._points_grant(
            [
                (cards[program, partner], program[field], facts)
                for program, partner, facts in wanted
                if (program, partner) in cards
            ]
        )

    def _points_for_company(self, company):
        """Return the first of these programs which is the company's, or everybody's."""
        return self.filtered(
            lambda program: (
                not program.company_id or program.company_id in company.parent_ids
            )
        )[:1]
