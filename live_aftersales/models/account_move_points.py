"""Credit notes of returns that are lower by the worth of spent points."""

from odoo import models


class AccountMove(models.Model):
    """Points in credit notes."""

    _inherit = "account.move"

    def _points_deducted(self):
        """Name the points whose worth returns deduct on these credit notes."""
        deducted = super()._points_deducted()
        # sudo: return.request.deduction - an accountant posts, without rights on it
        rows = self.return_request_id.sudo().deduction_ids.filtered("points")
        for move in self.filtered("return_request_id"):
            mine = rows.filtered(
                lambda row, move=move: (
                    row.request_id == move.return_request_id
                    and row.points_move_id in (row.points_move_id.browse(), move)
                )
            )
            mine.points_move_id = move
            for row in mine:
                key = (move, row.points_program_id)
                deducted[key] = deducted.get(key, 0) + row.points
        return deducted
