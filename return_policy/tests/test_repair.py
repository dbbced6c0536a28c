"""Repairs: from quarantine to the bench and back to the buyer, and what if not."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .inspection_common import InspectionCase


@tagged("post_install", "-at_install")
class TestRepair(InspectionCase):
    def _to_repair(self, order=None, **vals):
        request = self._approved(
            order or self._order((self.product, 2)),
            reason_id=self.reason_quality.id,
            line_vals={"remedy": "repair"},
            **vals,
        )
        self._screen(request).action_all_new()
        return request.sudo()

    def _repair(self, repairs):
        repairs.action_repair_start()
        repairs.action_repair_end()

    def _ship(self, pickings):
        pickings = pickings.filtered(lambda picking: picking.state == "assigned")
        pickings.move_ids.picked = True
        pickings.with_user(self.keeper)._action_done()

    def test_the_inspection_makes_repairs_in_quarantine(self):
        order = self._order((self.product, 2))
        request = self._to_repair(order)
        repairs = request.line_ids.repair_ids
        self.assertEqual(repairs.mapped("product_qty"), [1, 1])
        self.assertEqual(set(repairs.mapped("state")), {"confirmed"})
        self.assertEqual(repairs.product_location_src_id, self.quarantine)
        self.assertEqual(repairs.product_location_dest_id, self.quarantine)
        self.assertFalse(repairs.sale_order_id)
        self.assertTrue(all(repairs.mapped("under_warranty")))
        self.assertEqual(request.repair_state, "to_repair")
        self.assertEqual(request.next_action, "repair")
        self.assertEqual(self._at(self.quarantine), 2)
        self.assertFalse(request.refund_ids)
        self.assertEqual(len(order.order_line), 1)

    def test_an_agent_opens_the_repair_from_the_request(self):
        request = self._to_repair(self._order((self.product, 1))).with_user(self.agent)
        action = request.action_view_repairs()
        repair = request.env[action["res_model"]].browse(action["res_id"])
        with Form(repair) as form:
            self.assertEqual(form.product_id, self.product)
        tag = self.env["repair.tags"].create({"name": "Glue"})
        self.assertEqual(tag.with_user(self.agent).name, "Glue")

    def test_repaired_goods_go_back_and_nothing_is_billed(self):
        for policy in ("order", "delivery"):
            with self.subTest(policy=policy):
                product = self._product(f"Kettle {policy}", 100, invoice_policy=policy)
                order = self._order((product, 2))
                line = order.order_line
                request = self._to_repair(order)
                self.assertEqual((line.qty_delivered, line.qty_to_invoice), (0, 0))
                self._repair(request.line_ids.repair_ids)
                self.assertEqual(request.repair_state, "to_return")
                self.assertEqual(request.next_action, "ship")
                self.assertEqual(line.qty_delivered, 0)
                moves = request.line_ids.replacement_move_ids
                self.assertEqual(set(moves.mapped("state")), {"assigned"})
                self._ship(moves.picking_id)
                self.assertEqual(request.state, "done")
                self.assertEqual(request.repair_state, "returned")
                self.assertEqual((line.qty_delivered, line.qty_to_invoice), (2, 0))
                self.assertEqual(line.invoice_status, "invoiced")
                self.assertEqual(line.qty_returnable, 2)
                self.assertEqual(line.product_uom_qty, 2)
                self.assertEqual(self._at(self.quarantine, product), 0)
                self.assertFalse(request.credit_note_ids)
                self.assertFalse(request.refund_ids)

    def test_the_very_piece_goes_back(self):
        phone = self._product("Phone", 100, tracking="serial")
        lots = self._lots(phone, "SN1", "SN2")
        order = self._order_of_lots(phone, lots)
        request = self._to_repair(order)
        repairs = request.line_ids.repair_ids
        self.assertEqual(repairs.lot_id, lots)
        self._repair(repairs.filtered(lambda repair: repair.lot_id == lots[1]))
        self.assertEqual(request.repair_state, "to_repair")
        moves = request.line_ids.replacement_move_ids
        self.assertEqual(moves.move_line_ids.lot_id, lots[1])
        self._ship(moves.picking_id)
        self.assertEqual(self._at(self.at_buyer, phone, lots[1]), 1)
        self.assertEqual(self._at(self.quarantine, phone, lots[0]), 1)
        self.assertEqual(request.state, "approved")

    def test_repaired_goods_can_be_returned_later(self):
        order = self._order((self.product, 1))
        request = self._to_repair(order)
        self._repair(request.line_ids.repair_ids)
        self._ship(request.line_ids.replacement_move_ids.picking_id)
        again = self._inspected(order, 1)
        self.assertEqual(again.sudo().refund_ids.amount, 100)
        self.assertEqual(order.order_line.qty_delivered, 0)
        self.assertEqual(self._at(self.stock), 1)

    def test_what_is_not_repaired_is_paid_back_with_a_reason(self):
        order = self._order((self.product, 1))
        request = self._to_repair(order)
        request.line_ids.repair_ids.action_repair_cancel()
        self.assertEqual(request.repair_state, "failed")
        self.assertEqual(request.next_action, "unrepaired")
        self.assertEqual(request.state, "approved")
        ask = request.with_user(self.agent).action_refund_instead()
        self.assertEqual(ask["res_model"], "return.request.reason")
        self.assertFalse(request.refund_ids)
        request.with_user(self.agent).action_refund_instead("Board burnt")
        self.assertEqual(request.line_ids.remedy, "return_refund")
        self.assertEqual(request.refund_ids.amount, 100)
        self.assertEqual(self._at(self.quarantine), 1)
        log = request.log_ids.filtered(lambda log: log.event == "remedy_changed")
        self.assertEqual((log.reason, log.user_id), ("Board burnt", self.agent))
        self.assertEqual(request.line_ids.disposition, "vendor")
        todo = request.activity_ids.filtered(lambda a: "not repaired" in a.summary)
        self.assertEqual((len(todo), todo.user_id), (1, self.agent))
        self.assertIn(self.quarantine.display_name, todo.note)
        request.with_user(self.agent).action_refund_instead("twice")
        self.assertEqual(request.refund_ids.amount, 100)

    def test_what_is_not_repaired_may_be_exchanged(self):
        order = self._order((self.product, 1))
        request = self._to_repair(order)
        self.env["stock.quant"]._update_available_quantity(self.product, self.stock, 1)
        request.with_user(self.agent).action_exchange_instead("No parts any more")
        self.assertEqual(set(request.line_ids.repair_ids.mapped("state")), {"cancel"})
        self.assertEqual(request.replacement_state, "to_ship")
        self._ship(request.replacement_picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 1)
        self.assertEqual(request.state, "done")
        self.assertFalse(request.refund_ids)

    def test_what_is_repaired_already_is_not_paid_back(self):
        request = self._to_repair()
        self._repair(request.line_ids.repair_ids[0])
        with self.assertRaisesRegex(UserError, "repaired already"):
            request.with_user(self.agent).action_refund_instead("try")

    def test_the_warehouse_does_not_change_the_remedy(self):
        request = self._to_repair()
        with self.assertRaises(AccessError):
            request.with_user(self.keeper).action_refund_instead("try")
        self.assertEqual(request.line_ids.remedy, "repair")

    def test_goods_of_the_shop_are_repaired_into_stock(self):
        request = self._approved(self._order((self.product, 1)))
        screen = self._screen(request)
        screen.unit_ids.write({"grade": "c", "disposition": "repair"})
        screen.action_done()
        line = request.sudo().line_ids
        self.assertEqual(request.sudo().refund_ids.amount, 100)
        self._repair(line.repair_ids)
        self.assertEqual(self._at(self.stock), 1)
        self.assertFalse(line.replacement_move_ids)
        self.assertEqual(request.repair_state, "none")

    def test_a_buyers_piece_is_repaired_or_sent_back(self):
        request = self._approved(
            self._order((self.product, 1)),
            reason_id=self.reason_quality.id,
            line_vals={"remedy": "repair"},
        )
        screen = self._screen(request)
        screen.unit_ids.write({"grade": "a", "disposition": "restock"})
        with self.assertRaisesRegex(UserError, "repair it, or send it back"):
            screen.action_done()

    def test_what_is_not_accepted_goes_back_to_the_buyer(self):
        for policy in ("order", "delivery"):
            with self.subTest(policy=policy):
                product = self._product(f"Bag {policy}", 100, invoice_policy=policy)
                order = self._order((product, 2))
                line = order.order_line
                request = self._approved(order).sudo()
                screen = self._screen(request)
                good, worn = screen.unit_ids
                good.grade = "a"
                worn.write(
                    {
                        "grade": "c",
                        "is_accepted": False,
                        "refusal": "Worn for weeks",
                        "disposition": "buyer",
                    }
                )
                screen.action_done()
                self.assertEqual(request.refund_ids.amount, 100)
                self.assertEqual(request.next_action, "send")
                self.assertEqual(request.repair_state, "to_return")
                self.assertEqual(self._at(self.quarantine, product), 1)
                self._ship(request.picking_ids)
                self.assertEqual(request.repair_state, "returned")
                self.assertEqual(request.line_ids.qty_received, 2)
                self.assertEqual(request.line_ids.qty_sent_back, 1)
                self.assertEqual((line.qty_delivered, line.qty_to_invoice), (1, 0))
                self.assertEqual(line.qty_returnable, 1)
                self.assertEqual(self._at(self.quarantine, product), 0)
                log = request.log_ids.filtered(lambda log: log.event == "inspected")
                self.assertIn("Worn for weeks", log.reason)

    def test_two_repairs_or_a_month_are_told_with_the_law(self):
        phone = self._product("Phone", 100, tracking="serial")
        lot = self._lots(phone, "SN9")
        order = self._order_of_lots(phone, lot)
        for number in (1, 2):
            request = self._to_repair(order)
            self.assertEqual(request.repair_count, number - 1)
            self.assertFalse(request.repair_notice)
            self._repair(request.line_ids.repair_ids)
            self._ship(request.line_ids.replacement_move_ids.picking_id)
        third = self._to_repair(order)
        self.assertEqual(third.repair_count, 2)
        self.assertIn("Repaired 2 times", third.repair_notice)
        self.assertIn("1995", third.repair_notice)

    def test_a_month_in_repair_is_told(self):
        begin = fields.Datetime.to_datetime("2026-11-01 08:00:00")
        order = self._order((self.product, 1))
        request = self._to_repair(order)
        self.cr.execute(
            "UPDATE repair_order SET create_date = %s WHERE id IN %s",
            [begin, tuple(request.line_ids.repair_ids.ids)],
        )
        for days, told in ((30, False), (31, True)):
            self.env.invalidate_all()
            with freeze_time(begin + timedelta(days=days)):
                self.assertEqual(request.repair_days, days)
                self.assertEqual(bool(request.repair_notice), told)

    def test_repairs_of_many_cost_the_same_queries_each(self):
        def count(number):
            orders = [self._order((self.product, 1)) for _piece in range(number)]
            requests = self.env["return.request"].union(
                *(
                    self._approved(
                        order,
                        reason_id=self.reason_quality.id,
                        line_vals={"remedy": "repair"},
                    )
                    for order in orders
                )
            )
            for request in requests:
                self._receive(request)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            requests.with_user(self.keeper).action_inspect()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count(1)
        few, many = count(2), count(12)
        self.assertLessEqual((many - few) / 10, 26)
