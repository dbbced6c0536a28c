from odoo import models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        """Take back what an invoice earned when its payment is taken away."""
        # sudo: account.move - whoever may undo a payment; points follow from it
        moves = (self.debit_move_id | self.credit_move_id).move_id.sudo()
        paid = moves.filtered(lambda move: move._points_is_paid())
        result = super().unlink()
        paid.exists().filtered(lambda move: not move._points_is_paid())._points_lose()
        return result
