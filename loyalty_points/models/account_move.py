from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Move points with the money, in the same transaction."""
        posted = super()._post(soft)
        # sudo: account.move - an accountant posts, without rights on points
        sold = posted.sudo().filtered(
            lambda move: move.is_sale_document(include_receipts=True)
        )
        refunds = sold.filtered(lambda move: move._points_refunded_lines())
        if refunds:
            refunds.invoice_line_ids.sale_line_ids._points_take_back(refunds)
            refunds._points_tell_debts()
        if again := (sold - refunds)._points_billed_again():
            again._points_settle()
        return posted

    def write(self, vals):
        """Undo what a document did to points when it is no longer posted."""
        reopened = self.browse()
        if vals.get("state") in ("draft", "cancel"):
            reopened = self.filtered(lambda move: move.state == "posted")
        result = super().write(vals)
        if reopened:
            reopened._points_undo()
            # sudo: sale.order.line - an accountant reopens, without rights on points
            reopened.sudo().invoice_line_ids.sale_line_ids._points_take_back()
        return result

    def unlink(self):
        """Undo what a document did to points before it is gone, posted or not."""
        # sudo: account.move - whoever may delete it, without rights on points
        posted = self.sudo().filtered(lambda move: move.state == "posted")
        posted._points_undo()
        lines = posted.invoice_line_ids.sale_line_ids
        result = super().unlink()
        lines._points_take_back()
        return result

    def _points_refunded_lines(self):
        """Return the order lines these documents pay back, wholly or in part."""
        return self.invoice_line_ids.filtered(
            lambda line: line._points_takes_back()
        ).sale_line_ids

    def _points_billed_again(self):
        """Return the order lines billed here after something of them was paid back."""
        lines = self.invoice_line_ids.sale_line_ids
        documents = lines.invoice_lines.move_id - self
        refunds = documents.filtered(
            lambda move: move.state == "posted" and move._points_refunded_lines()
        )
        return lines & refunds.invoice_line_ids.sale_line_ids

    def _points_deducted(self):
        """Return {(document, program): points whose worth lowers what it pays back}.

        None by itself. An addon that lowers refunds says so here; these points are
        then noted instead of owed.
        """
        return {}

    def _points_undo(self):
        """Book the opposite of everything these documents took back."""
        # sudo: loyalty.points.entry - an accountant reopens, without rights on points
        ledger = self.env["loyalty.points.entry"].sudo()
        claws = ledger.search(
            [
                ("move_id", "in", self.ids),
                ("kind", "=", "clawback"),
                "|",
                ("reverses_id", "=", False),
                ("reverses_id.kind", "=", "earn"),
                ("card_id.points_ledger", "=", True),
            ],
            order="id",
        )
        claws -= ledger.search(
            [("reverses_id", "in", claws.ids), ("kind", "=", "clawback")]
        ).reverses_id
        living = claws.card_id._points_living()
        books = self.env["loyalty.card"].union(*living.values())._points_open_books()
        for claw in claws:
            books[living[claw.card_id]].undo_claw(
                claw._to_lot(),
                key=f"undo:{claw.id}",
                move_id=claw.move_id.id,
                order_id=claw.order_id.id,
                source=claw.source,
                amount=-claw.amount,
                description=claw.description,
                earned_at=claw.earned_at or claw.lot_id.earned_at,
                available_on=claw.available_on or claw.lot_id.available_on,
            )
        self.env["loyalty.card"]._points_close_books(books)

    def _points_tell_debts(self):
        """Say in the chatter where points should be deducted and could not be.

        A credit note made by hand is never changed: the member owes the points.
        """
        owed = self.env["loyalty.points.entry"]._read_group(
            [
                ("move_id", "in", self.ids),
                ("kind", "=", "clawback"),
                ("reverses_id.kind", "!=", "clawback"),
                ("lot_id", "=", False),
                ("points", "<", 0),
                ("program_id.points_negative", "=", "net"),
            ],
            ["move_id", "card_id"],
            ["points:sum"],
        )
        for move, card, points in owed:
            worth = card.program_id._points_money(
                -points, move.currency_id, move.company_id, move.date
            )
            move.message_post(
                body=self.env._(
                    "%(points)s refunded points of %(member)s were spent before. "
                    "Nothing was deducted for them: the member owes these points, "
                    "worth %(worth)s.",
                    points=-points,
                    member=card.partner_id.display_name or card.code,
                    worth=move.currency_id.format(worth),
                )
            )
