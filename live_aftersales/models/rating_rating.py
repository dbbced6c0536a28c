from odoo import models


class RatingRating(models.Model):
    _inherit = "rating.rating"

    def write(self, vals):
        """Thank members for a rating; a bad one brings as many points."""
        fresh = self.browse()
        if vals.get("consumed"):
            fresh = self.filtered(lambda rating: not rating.consumed)
        result = super().write(vals)
        if fresh:
            # sudo: loyalty.program - customers rate without rights on points
            fresh.sudo()._points_thank()
        return result

    def _points_thank(self):
        """Give the points once per rated document, however often it is rated."""
        answers = [
            (
                rating.partner_id,
                rating._points_company(),
                {
                    "key": f"rating:{rating.res_model}:{rating.res_id}",
                    "source": "rating",
                    "description": rating.res_name or rating.display_name,
                },
            )
            for rating in self
            if rating.partner_id and not rating.partner_id.is_public
        ]
        self.env["loyalty.program"]._points_thank("points_for_rating", answers)

    def _points_company(self):
        document = self.env[self.res_model].browse(self.res_id).exists()
        has_company = document and "company_id" in document._fields
        return (has_company and document.company_id) or self.env.company
