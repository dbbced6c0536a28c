from odoo.fields import Command, Datetime

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..models.sale_order_line_reach import SaleOrderLine

# Other addons may let points wait for something else; in these tests the program says.
RELEASE_BY_PROGRAM = ("_points_available_on", SaleOrderLine._points_available_on)


class PointsCommon(AccountTestInvoicingCommon):
    """Build a program, orders, deliveries and credit notes in few words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["sale.order.line"], *RELEASE_BY_PROGRAM)
        for group in ("sales_team.group_sale_manager", "stock.group_stock_user"):
            cls.env.user.group_ids += cls.env.ref(group)
        cls.env["loyalty.program"].search([]).active = False
        cls.entries = cls.env["loyalty.points.entry"].sudo()
        cls.program = cls._program()
        cls.buyer = cls.env["res.partner"].create({"name": "Buyer", "lang": "en_US"})
        cls.product = cls.env["product.product"].create(
            {
                "name": "Tea",
                "type": "consu",
                "invoice_policy": "order",
                "taxes_id": [Command.clear()],
            }
        )

    @classmethod
    def _program(cls, **values):
        return (
            cls.env["loyalty.program"]
            .sudo()
            .create(
                {
                    "name": "Members",
                    "program_type": "loyalty",
                    "points_ledger": True,
                    "company_id": cls.env.company.id,
                    "reward_ids": [
                        Command.create(
                            {
                                "reward_type": "discount",
                                "discount_mode": "per_order",
                                "discount": 10,
                                "required_points": 100,
                            }
                        )
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def _order(cls, *lines, partner=None, **values):
        """Confirm an order of (price, quantity) lines."""
        order = cls._draft(*lines, partner=partner, **values)
        order.action_confirm()
        return order

    @classmethod
    def _draft(cls, *lines, partner=None, **values):
        return cls.env["sale.order"].create(
            {
                "partner_id": (partner or cls.buyer).id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "price_unit": price,
                            "product_uom_qty": quantity,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for price, quantity in lines or [(100, 1)]
                ],
                **values,
            }
        )

    @classmethod
    def _deliver(cls, order, quantity=None):
        pickings = order.picking_ids.filtered(lambda each: each.state != "done")
        for move in pickings.move_ids:
            move.quantity = move.product_uom_qty if quantity is None else quantity
            move.picked = True
        pickings._action_done()
        return order

    @classmethod
    def _delivered(cls, *lines, **values):
        return cls._deliver(cls._order(*lines, **values))

    @classmethod
    def _released(cls, *lines, **values):
        order = cls._delivered(*lines, **values)
        cls._pass_time(order.order_line)
        return order

    @classmethod
    def _pass_time(cls, lines):
        """Release what these lines earned as if the time had come."""
        lots = cls.entries.search(
            [("sale_line_id", "in", lines.ids), ("bucket", "=", "pending")]
        )
        past = Datetime.subtract(Datetime.now(), days=30)
        cls.env.cr.execute(
            "UPDATE loyalty_points_entry SET earned_at = %s, available_on = %s "
            "WHERE id IN %s",
            [past, past, tuple(lots.ids)],
        )
        lots.invalidate_recordset()
        cls.entries._release_due(1000)

    @classmethod
    def _invoice(cls, order):
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice

    @classmethod
    def _credit(cls, order, *quantities, post=True, invoice=None):
        """Refund quantities, line by line; all of them when none is given."""
        invoice = (
            invoice
            or order.invoice_ids.filtered(
                lambda move: move.move_type == "out_invoice" and move.state == "posted"
            )
            or cls._invoice(order)
        )
        note = invoice._reverse_moves()
        for line, quantity in zip(note.invoice_line_ids, quantities, strict=False):
            line.quantity = quantity
        if post:
            note.action_post()
        return note

    def _card(self, partner=None):
        return self.env["loyalty.card"].search(
            [("partner_id", "=", (partner or self.buyer).id)]
        )

    def _balance(self, partner=None):
        """Return (available, pending), after proving that all records agree."""
        card = self._card(partner)
        for bucket, shown in (
            ("available", card.points),
            ("pending", card.points_pending),
        ):
            entries = self.entries.search(
                [("card_id", "=", card.id), ("bucket", "=", bucket)]
            )
            self.assertEqual(sum(entries.mapped("points")), shown)
            self.assertEqual(sum(entries.mapped("remaining")), shown)
        return card.points, card.points_pending

    def _booked(self, order, kind):
        return self.entries.search(
            [("order_id", "=", order.id), ("kind", "=", kind)], order="id"
        )
