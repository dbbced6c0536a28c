"""The inspection screen: one row per piece, receipt and grades in one go."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .inspection_common import InspectionCase


@tagged("post_install", "-at_install")
class TestInspection(InspectionCase):
    def test_one_press_receives_and_takes_all_as_new(self):
        order = self._order((self.product, 2))
        request = self._approved(order)
        screen = self._screen(request)
        self.assertEqual(screen.unit_ids.mapped("quantity"), [1, 1])
        self.assertEqual(screen.unit_ids.mapped("grade"), [False, False])
        screen.action_all_new()
        line = request.line_ids
        self.assertEqual(request.goods_state, "inspected")
        self.assertEqual((line.qty_received, line.qty_accepted), (2, 2))
        self.assertEqual((line.grade, line.disposition), ("a", "restock"))
        self.assertEqual(line.inspected_by, self.keeper)
        self.assertEqual(self._at(self.stock), 2)
        self.assertEqual(self._at(self.quarantine), 0)
        self.assertEqual(order.order_line.qty_delivered, 0)
        self.assertEqual(request.sudo().refund_ids.amount, 200)

    def test_each_piece_goes_its_own_way(self):
        order = self._order((self.product, 4))
        request = self._approved(order)
        screen = self._screen(request)
        new, used, broken, lost = screen.unit_ids
        new.grade = "a"
        used.write({"grade": "b", "condition": "Scratch on the base"})
        broken.grade = "c"
        lost.grade = "missing"
        self.assertEqual(broken.disposition, "scrap")
        screen.action_done()
        line = request.line_ids
        self.assertEqual((line.qty_received, line.qty_accepted), (3, 3))
        self.assertEqual((line.grade, line.qty_damaged), ("missing", 1))
        self.assertTrue(line.is_short)
        self.assertFalse(line.disposition)
        self.assertEqual(self._at(self.stock), 2)
        self.assertEqual(self._at(self.quarantine), 0)
        self.assertEqual(order.order_line.qty_delivered, 1)
        self.assertEqual(request.sudo().refund_ids.amount, 300)
        self.assertEqual(order.order_line.qty_returnable, 1)

    def test_a_b_piece_needs_its_condition_and_has_its_own_place(self):
        apart = self.env["stock.location"].create(
            {"name": "B goods", "location_id": self.warehouse.view_location_id.id}
        )
        self.warehouse.return_b_location_id = apart
        request = self._approved(self._order((self.product, 2)))
        screen = self._screen(request)
        screen.unit_ids.grade = "b"
        screen.unit_ids[0].condition = "Box torn"
        with self.assertRaisesRegex(UserError, "art. 25"), self.cr.savepoint():
            screen.action_done()
        self.env.invalidate_all()
        self.assertEqual(request.line_ids.qty_received, 0)
        screen.unit_ids[1].condition = "Worn"
        screen.action_done()
        self.assertEqual(self._at(apart), 2)
        self.assertEqual(self._at(self.stock), 0)

    def test_what_cannot_be_sold_never_goes_back_to_stock(self):
        request = self._approved(self._order((self.product, 1)))
        screen = self._screen(request)
        screen.unit_ids.write({"grade": "c", "disposition": "restock"})
        with self.assertRaisesRegex(UserError, "cannot go back to stock"):
            screen.action_done()

    def test_done_waits_for_every_grade(self):
        request = self._approved(self._order((self.product, 2)))
        screen = self._screen(request)
        screen.unit_ids[0].grade = "a"
        with self.assertRaisesRegex(UserError, "not graded yet"), self.cr.savepoint():
            screen.action_done()
        self.env.invalidate_all()
        self.assertEqual(request.goods_state, "awaiting")
        screen.action_all_new()
        self.assertEqual(request.goods_state, "inspected")

    def test_what_comes_with_the_next_parcel_keeps_the_rows_of_the_first(self):
        request = self._approved(self._order((self.product, 3)))
        screen = self._screen(request)
        first, second, third = screen.unit_ids
        first.write({"grade": "b", "condition": "Used"})
        second.grade = third.grade = "later"
        screen.action_done()
        self.assertEqual(request.line_ids.qty_received, 1)
        self.assertEqual(request.goods_state, "awaiting")
        self.assertFalse(first.is_done)
        again = self._screen(request)
        self.assertEqual(again.unit_ids, first + second + third)
        second.grade = "a"
        third.grade = "missing"
        again.action_done()
        self.assertEqual(request.line_ids.qty_received, 2)
        self.assertEqual(request.goods_state, "inspected")
        self.assertEqual(request.sudo().refund_ids.amount, 200)
        self.assertTrue(all((first + second + third).mapped("is_done")))

    def test_a_part_received_elsewhere_is_known(self):
        request = self._approved(self._order((self.product, 3)))
        self._receive(request, 1)
        screen = self._screen(request)
        self.assertEqual(screen.unit_ids.mapped("grade"), [False, "later", "later"])

    def test_many_pieces_are_one_row_which_can_be_split(self):
        request = self._approved(self._order((self.product, 50)))
        row = self._screen(request).unit_ids
        self.assertEqual(row.quantity, 50)
        row.action_split()
        rows = self._screen(request).unit_ids
        self.assertEqual(rows.mapped("quantity"), [49, 1])
        rows[1].grade = "c"
        self._screen(request).action_all_new()
        self.assertEqual(self._at(self.stock), 49)
        self.assertEqual(request.line_ids.qty_damaged, 1)

    def test_rows_that_do_not_add_up_are_refused(self):
        request = self._approved(self._order((self.product, 2)))
        screen = self._screen(request)
        screen.unit_ids[0].quantity = 2
        with self.assertRaisesRegex(UserError, "about 3, but 2 are expected"):
            screen.action_all_new()

    def test_a_failed_check_of_intactness_proposes_to_refuse(self):
        request = self._approved(self._order((self.product, 1)))
        unit = self._screen(request).unit_ids
        check = self.env.ref("return_policy.return_check_quality")
        unit.write({"grade": "c", "failed_check_ids": [(4, check.id)]})
        self.assertEqual((unit.is_accepted, unit.disposition), (False, "buyer"))
        with self.assertRaisesRegex(UserError, "say why the piece is not accepted"):
            self._screen(request).action_done()

    def test_the_checks_are_those_of_the_category(self):
        category = self.env["product.category"].create(
            {"name": "Phones", "return_goods": "electronic"}
        )
        below = self.env["product.category"].create(
            {"name": "Used", "parent_id": category.id}
        )
        self.product.categ_id = below
        unit = self._screen(self._approved(self._order((self.product, 1)))).unit_ids
        kinds = set(unit.check_ids.mapped("goods"))
        self.assertEqual(kinds, {False, "electronic"})

    def test_an_inspection_that_is_done_stays(self):
        request = self._approved(self._order((self.product, 1)))
        screen = self._screen(request)
        screen.action_all_new()
        with self.assertRaisesRegex(UserError, "what was found stays"):
            screen.unit_ids.grade = "c"

    def test_only_the_warehouse_grades(self):
        request = self._approved(self._order((self.product, 1)))
        with self.assertRaises(AccessError):
            request.with_user(self.agent).action_open_inspection()
        unit = self._screen(request).unit_ids
        with self.assertRaises(AccessError):
            unit.with_user(self.agent).grade = "a"
        with self.assertRaises(AccessError):
            unit.copy({"quantity": 9})
        self.assertFalse(unit.grade)
        portal = new_test_user(self.env, "return_buyer", groups="base.group_portal")
        with self.assertRaises(AccessError):
            unit.with_user(portal).read(["grade"])

    def test_the_wrong_number_needs_a_reason_that_stays_in_the_log(self):
        phone = self._product("Phone", 100, tracking="serial")
        sold, other = self._lots(phone, "SN1", "SN2")
        order = self._order_of_lots(phone, sold)
        self.env["stock.quant"]._update_available_quantity(
            phone, self.at_buyer, 1, lot_id=other
        )
        request = self._approved(order)
        screen = self._screen(request)
        self.assertEqual(screen.unit_ids.lot_id, sold)
        self.assertFalse(screen.unit_ids.is_other_lot)
        screen.unit_ids.write({"lot_id": other.id, "grade": "a"})
        self.assertTrue(screen.unit_ids.is_other_lot)
        with (
            self.assertRaisesRegex(UserError, "was not delivered"),
            self.cr.savepoint(),
        ):
            screen.action_done()
        self.env.invalidate_all()
        self.assertEqual(request.line_ids.qty_received, 0)
        screen.unit_ids.lot_note = "Exchanged in the shop last week"
        screen.action_done()
        self.assertEqual(self._at(self.stock, phone, other), 1)
        self.assertEqual(self._at(self.stock, phone, sold), 0)
        log = request.sudo().log_ids.filtered(lambda log: log.event == "inspected")
        self.assertIn("Exchanged in the shop last week", log.reason)

    def test_an_inspection_cut_off_anywhere_can_be_taken_again(self):
        request = self._approved(
            self._order((self.product, 2)),
            reason_id=self.reason_quality.id,
            line_vals={"remedy": "repair"},
        )
        screen = self._screen(request)
        for model, method in (
            ("return.request.line", "_receive_units"),
            ("return.request", "_close_short"),
            ("return.request.line", "_total_units"),
            ("return.request.line", "_start_repairs"),
            ("return.request.line", "_send_back_refused"),
        ):
            self._break_after(model, method, screen.action_all_new)
            self.assertEqual(request.goods_state, "awaiting", method)
            self.assertEqual(request.line_ids.qty_received, 0, method)
            self.assertFalse(request.sudo().line_ids.repair_ids, method)
            self.assertEqual(self._at(self.quarantine), 0, method)
        screen.action_all_new()
        self.assertEqual(len(request.sudo().line_ids.repair_ids), 2)
        self.assertEqual(self._at(self.quarantine), 2)
