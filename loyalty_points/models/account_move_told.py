"""What a credit note did to the points of its customer, as its form tells it."""

from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    points_sentence = fields.Char(
        string="Points in Words",
        compute="_compute_points_sentence",
        compute_sudo=True,
        groups="base.group_user",
    )
    points_moved = fields.Integer(
        string="Points Taken or Given Back",
        compute="_compute_points_sentence",
        compute_sudo=True,
        groups="base.group_user",
        help="Points given back by this document, less those it took back.",
    )

    @api.depends_context("lang")
    @api.depends("state")
    def _compute_points_sentence(self):
        sums = self._points_sums()
        for move in self:
            claw, kept = sums.get((move._origin, "clawback"), (0, 0))
            given, _kept = sums.get((move._origin, "give_back"), (0, 0))
            move.points_moved = claw + given
            parts = move._points_say_moved(-claw, given, kept)
            move.points_sentence = " ".join(parts) or False

    def _points_sums(self):
        """Return {(document, kind): (points, points that could not be taken)}.

        What was given back and taken again, when a document was no longer posted, has
        no document of its own.
        """
        entries = self.env["loyalty.points.entry"].search(
            [
                "|",
                ("move_id", "in", self._origin.ids),
                "&",
                ("move_id", "=", False),
                ("reverses_id.move_id", "in", self._origin.ids),
            ]
        )
        sums = {}
        for entry in entries:
            key = (entry.move_id or entry.reverses_id.move_id, entry.kind)
            points, kept = sums.get(key, (0, 0))
            sums[key] = (points + entry.points, kept + entry.shortfall)
        return sums

    def _points_say_moved(self, taken, given, kept):
        """Yield what was taken back, could not be taken, and was given back."""
        if taken > 0:
            yield self.env._("%(points)s points taken back.", points=taken)
        if kept > 0:
            yield self.env._("%(points)s points could not be taken back.", points=kept)
        if given > 0:
            yield self.env._("%(points)s spent points given back.", points=given)

    def action_points_entries(self):
        """Open the points entries of this document."""
        self.ensure_one()
        self.check_access("read")
        self.env["loyalty.points.entry"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty_points.action_loyalty_points_entry"
        )
        return {**action, "domain": [("move_id", "=", self.id)]}
