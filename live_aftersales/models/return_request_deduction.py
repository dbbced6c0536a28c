"""The worth of points which were spent before their goods came back."""

from odoo import fields, models


class ReturnRequestDeduction(models.Model):
    """Points in deductions."""

    _inherit = "return.request.deduction"

    kind = fields.Selection(
        selection_add=[("points", "Points spent")], ondelete={"points": "set fee"}
    )
    points = fields.Integer(
        readonly=True,
        help="So many points of the goods were spent before they came back.",
    )
    points_program_id = fields.Many2one(
        "loyalty.program", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    points_move_id = fields.Many2one(
        "account.move",
        string="Deducted On",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The credit note which is lower by the worth of these points.",
    )

    def _say_points(self):
        return self.env._(
            "%(points)s points of the returned goods were spent before: %(amount)s "
            "less.",
            points=self.points,
            **self._figures(),
        )
