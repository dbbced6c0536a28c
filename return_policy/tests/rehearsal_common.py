"""What the tests of rehearsals share: six lines of which four change."""

from odoo.fields import Command
from odoo.tests import freeze_time

from .policy_common import PolicyCase, at

# 15 November 2026, 12:00 in Shanghai.
NOW = "2026-11-15 04:00:00"
ORDERED = at("2026-10-15 02:00:00")


def step(part, limit):
    """Judge one batch."""
    return part._step(limit, part.rehearsal_id._frozen_draft(), {})


@freeze_time(NOW)
class RehearsalCase(PolicyCase):
    """Orders under the 7-day version, and a draft with 15 days and one ground."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fish = cls.make_product("Fish", list_price=20.0)
        cls.course = cls.make_product("Course", list_price=500.0, type="service")

    def sold(self, product, signed, ordered=ORDERED):
        """Return the line of an order, delivered where it was signed for."""
        order = self.order(product)
        order.date_order = ordered
        if signed:
            self.deliver(order, on="2026-10-16 02:00:00")
            order.order_line.return_received_at = at(signed)
        return order.order_line

    def sell_all(self):
        """Sell what the matrix of the tests counts."""
        self.late = self.sold(self.product, "2026-11-03 10:00:00")
        self.fresh = self.sold(self.fish, "2026-11-12 10:00:00")
        self.open = self.sold(self.product, "2026-11-12 10:00:00")
        self.old = self.sold(self.product, "2026-10-20 10:00:00")
        self.unshipped = self.sold(self.make_product("Lamp", list_price=7.0), None)
        self.undated = self.sold(self.course, None)
        self.undated.qty_delivered = 1

    def change_draft(self):
        """Draft 15 days, automatic approval, and no return of fish."""
        self.policy.write({"window_days": 15, "auto_approve": True})
        return self.rule("Fresh fish", product_domain=f"[('id', '=', {self.fish.id})]")

    def rehearsal(self, **vals):
        return self.env["return.rehearsal"].create(
            {"policy_id": self.policy.id, "with_requests": False, **vals}
        )

    def rehearse(self, **vals):
        rehearsal = self.rehearsal(**vals)
        rehearsal.action_start()
        return rehearsal

    def requested(self, line, submitted_at, **vals):
        """Return the line of a request which was submitted at a moment."""
        request = self.env["return.request"].create(
            {
                "sale_order_id": line.order_id.id,
                "line_ids": [Command.create({"sale_line_id": line.id, **vals})],
            }
        )
        request.action_submit()
        request.submitted_at = submitted_at
        return request.line_ids

    def matrix(self, rehearsal, source="line"):
        """Return {(before, after): (cases, amount)} of what is not empty."""
        found = {}
        for cell in rehearsal.cell_ids.filtered(lambda cell: cell.source == source):
            cases, amount = found.get((cell.before, cell.after), (0, 0))
            found[cell.before, cell.after] = (
                cases + cell.case_count,
                amount + cell.amount,
            )
        return found
