from odoo.fields import Command
from odoo.tests import tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestClawbackOrders(PointsCommon):
    """Documents which follow each other, and orders edited after their delivery."""

    def _bill(self, order, quantity=1, post=True):
        """Bill lines of an order once more, as a debit note does."""
        note = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": order.partner_id.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "quantity": quantity,
                            "price_unit": line.price_unit,
                            "tax_ids": [Command.clear()],
                            "sale_line_ids": [Command.link(line.id)],
                        }
                    )
                    for line in order.order_line
                ],
            }
        )
        if post:
            note.action_post()
        return note

    def test_a_debit_note_after_a_credit_note_earns_again_at_the_first_rate(self):
        order = self._delivered((50, 2))
        self._credit(order)
        self.assertEqual(self._balance(), (0, 0))
        self.program.points_per_unit = 9
        self._bill(order)
        self.assertEqual(self._balance(), (0, 50))
        self._bill(order)
        self.assertEqual(self._balance(), (0, 100))
        self._bill(order)
        self.assertEqual(self._balance(), (0, 100))
        self.assertEqual(order.points_earned, 100)

    def test_a_debit_note_that_does_not_stay_takes_what_it_earned(self):
        order = self._delivered((50, 2))
        self._credit(order)
        bill = self._bill(order, 2)
        self.assertEqual(self._balance(), (0, 100))
        bill.button_draft()
        self.assertEqual(self._balance(), (0, 0))
        bill.action_post()
        self.assertEqual(self._balance(), (0, 100))
        bill.button_draft()
        bill.button_cancel()
        self.assertEqual(self._balance(), (0, 0))

    def test_an_invoice_without_a_credit_note_before_it_books_nothing(self):
        order = self._delivered((50, 2))
        self._invoice(order)
        self.assertEqual(len(self._card().points_entry_ids), 1)

    def test_a_lower_price_after_the_delivery_takes_the_difference(self):
        order = self._delivered((100, 1))
        order.order_line.price_unit = 80
        self.assertEqual(self._balance(), (0, 80))
        self.assertEqual(self._booked(order, "clawback").points, -20)

    def test_a_refund_that_makes_up_for_the_lower_price_takes_nothing_more(self):
        order = self._delivered((100, 1))
        invoice = self._invoice(order)
        order.order_line.price_unit = 80
        note = self._credit(order, post=False, invoice=invoice)
        note.invoice_line_ids.price_unit = 20
        note.action_post()
        self.assertEqual(self._balance(), (0, 80))

    def test_a_higher_price_after_the_delivery_earns_at_the_first_rate(self):
        order = self._delivered((100, 1))
        self.program.points_per_unit = 9
        order.order_line.price_unit = 130
        self.assertEqual(self._balance(), (0, 130))

    def test_a_line_that_becomes_free_keeps_nothing(self):
        order = self._delivered((100, 1), (40, 1))
        order.order_line[0].discount = 100
        self.assertEqual(self._balance(), (0, 40))

    def test_more_ordered_after_the_delivery_earns_when_it_is_delivered(self):
        self.product.list_price = 100
        order = self._delivered((100, 1))
        order.order_line.product_uom_qty = 3
        self.assertEqual(self._balance(), (0, 100))
        self._deliver(order)
        self.assertEqual(self._balance(), (0, 300))

    def test_a_salesperson_edits_without_rights_on_points(self):
        order = self._delivered((100, 1))
        seller = self.env["res.users"].create(
            {
                "name": "Seller",
                "login": "points_seller",
                "group_ids": [
                    Command.set(
                        [self.env.ref("sales_team.group_sale_salesman_all_leads").id]
                    )
                ],
            }
        )
        order.order_line.with_user(seller).price_unit = 70
        self.assertEqual(self._balance(), (0, 70))

    def test_a_credit_note_undone_after_the_order_was_cancelled_gives_nothing(self):
        order = self._delivered((100, 1))
        note = self._credit(order)
        order._action_cancel()
        note.button_draft()
        self.assertEqual(self._balance(), (0, 0))

    def test_a_deleted_order_leaves_its_entries(self):
        order = self._delivered((100, 1))
        name = order.name
        order._action_cancel()
        order.picking_ids.move_ids.sale_line_id = False
        # first: the database checks both keys of entries made in this transaction
        order.order_line.unlink()
        order.unlink()
        entries = self._card().sudo().points_entry_ids
        self.assertEqual(sorted(entries.mapped("points")), [-100, 100])
        self.assertFalse(entries.order_id)
        self.assertTrue(all(name in each for each in entries.mapped("description")))
        self.assertEqual(self._balance(), (0, 0))
