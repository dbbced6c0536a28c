from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Take points back with the refund, in the same transaction."""
        posted = super()._post(soft)
        # sudo: account.move - an accountant posts, without rights on points
        refunds = posted.sudo().filtered(lambda move: move._points_refunded_lines())
        if refunds:
            refunds._points_refunded_lines()._points_take_back(refunds)
        return posted

    def write(self, vals):
        """Undo what a credit note took when it is no longer posted."""
        reopened = self.browse()
        if vals.get("state") in ("draft", "cancel"):
            reopened = self.filtered(lambda move: move.state == "posted")
        result = super().write(vals)
        if reopened:
            reopened._points_undo()
        return result

    def _points_refunded_lines(self):
        """Return the order lines these documents pay back."""
        return self.invoice_line_ids.filtered(
            lambda line: (
                line.sale_line_ids
                and line.move_id.direction_sign * line.price_total > 0
                and line.move_id.is_sale_document(include_receipts=True)
            )
        ).sale_line_ids

    def _points_undo(self):
        """Book the opposite of everything these documents took back."""
        # sudo: loyalty.points.entry - an accountant reopens, without rights on points
        ledger = self.env["loyalty.points.entry"].sudo()
        claws = ledger.search(
            [
                ("move_id", "in", self.ids),
                ("kind", "=", "clawback"),
                ("reverses_id", "=", False),
                ("card_id.points_ledger", "=", True),
            ],
            order="id",
        )
        claws -= ledger.search([("reverses_id", "in", claws.ids)]).reverses_id
        living = claws.card_id._points_living()
        books = self.env["loyalty.card"].union(*living.values())._points_open_books()
        for claw in claws:
            books[living[claw.card_id]].undo_claw(
                claw._to_lot(),
                key=f"undo:{claw.id}",
                move_id=claw.move_id.id,
                order_id=claw.order_id.id,
                source=claw.source,
                description=claw.description,
                earned_at=claw.lot_id.earned_at,
                available_on=claw.lot_id.available_on,
            )
        self.env["loyalty.card"]._points_close_books(books)
