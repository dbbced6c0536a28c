"""What the tests of policies and verdicts share."""

from odoo.fields import Command, Datetime
from odoo.tests import TransactionCase, new_test_user

at = Datetime.to_datetime

# signed on 3 November 2026, 18:00 in Shanghai; the window ends on the 10th, 24:00
SIGNED = at("2026-11-03 10:00:00")
LAST_SECOND = at("2026-11-10 15:59:59")
NEXT_SECOND = at("2026-11-10 16:00:00")


class PolicyCase(TransactionCase):
    """A company with its first policy, a buyer, goods and people of every role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.policy = cls.env["return.policy"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.version = cls.policy.version_id
        cls.buyer = cls.env["res.partner"].create({"name": "Buyer"})
        cls.category = cls.env["product.category"].create({"name": "Goods"})
        cls.product = cls.make_product("Dress")

    @classmethod
    def make_product(cls, name, **vals):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "list_price": 99.0,
                "taxes_id": [Command.clear()],
                "categ_id": cls.category.id,
                **vals,
            }
        )

    @classmethod
    def make_user(cls, login, groups, **vals):
        return new_test_user(cls.env, login, groups=groups, **vals)

    def order(self, *products, confirm=True, **vals):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": 1})
                    for product in products or [self.product]
                ],
                **vals,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    def deliver(self, order, on="2026-11-01 02:00:00"):
        moves = order.picking_ids.move_ids
        for move in moves:
            move.quantity = move.product_uom_qty
        moves.picked = True
        order.picking_ids.button_validate()
        moves.date = on

    def delivered(self, *products, signed=SIGNED, **vals):
        """Return the lines of a delivered order, signed for on the 3rd."""
        order = self.order(*products, **vals)
        self.deliver(order)
        order.order_line.return_received_at = signed
        return order.order_line

    def judge(self, line, asked_at=LAST_SECOND, **vals):
        return line._return_verdicts(asked_at=asked_at, **vals)[line.id]

    def confirm_purchase(self, line):
        return self.env["return.purchase.confirmation"].create(
            {
                "sale_line_id": line.id,
                "confirmed_at": at("2026-10-31 12:00:00"),
                "wording": "I know that this cannot be returned once opened.",
                "source": "import",
            }
        )

    def rule(self, name, **vals):
        vals.setdefault("kind", "refuse")
        if vals["kind"] == "refuse":
            vals.setdefault("legal_code", "A6_2")
        return self.env["return.policy.rule"].create(
            {"policy_id": self.policy.id, "name": name, **vals}
        )
