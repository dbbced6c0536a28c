"""What lay in the parcel and was not asked back, or nothing at all."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .evidence_common import picture
from .inspection_common import InspectionCase


@tagged("post_install", "-at_install")
class TestGoodsExtra(InspectionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._product("Cup", 30.0)

    def _note(self, request, **vals):
        return (
            self.env["return.extra.item"]
            .with_user(self.keeper)
            .create({"request_id": request.id, "product_id": self.other.id, **vals})
        )

    def _photo(self, user=None):
        user = user or self.keeper
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": "parcel.png", "raw": picture()})
        )

    def test_extra_goods_wait_in_quarantine_and_no_order_knows_them(self):
        order = self._order((self.product, 2))
        request = self._approved(order)
        item = self._note(request, quantity=2, note="In the same box")
        self.assertEqual(self._at(self.quarantine, self.other), 2)
        self.assertEqual(len(order.order_line), 1)
        self.assertEqual(request.line_ids.qty_received, 0)
        self.assertEqual(order.order_line.qty_delivered, 2)
        self.assertFalse(item.is_done)

    def test_extra_goods_are_kept_scrapped_or_sent_back(self):
        request = self._approved(self._order((self.product, 1)))
        for disposition, place in (("restock", self.stock), ("scrap", None)):
            item = self._note(request)
            item.with_user(self.agent).disposition = disposition
            item.with_user(self.agent).action_settle()
            self.assertEqual(self._at(self.quarantine, self.other), 0)
            self.assertTrue(item.is_done)
            if place:
                self.assertEqual(self._at(place, self.other), 1)
        item = self._note(request, disposition="buyer")
        item.action_settle()
        picking = item.sudo().leaving_move_id.picking_id
        self.assertEqual(
            (picking.state, picking.partner_id), ("assigned", self.partner)
        )
        picking.move_ids.picked = True
        picking._action_done()
        self.assertEqual(self._at(self.quarantine, self.other), 0)
        self.assertEqual(len(request.sale_order_id.sudo().order_line), 1)

    def test_settling_needs_a_choice_and_happens_once(self):
        item = self._note(self._approved(self._order()))
        with self.assertRaisesRegex(UserError, "what happens to the goods"):
            item.action_settle()
        item.disposition = "restock"
        item.action_settle()
        item.action_settle()
        self.assertEqual(self._at(self.stock, self.other), 1)
        with self.assertRaisesRegex(UserError, "left quarantine"):
            item.disposition = "scrap"

    def test_only_the_warehouse_notes_what_came(self):
        request = self._approved(self._order())
        with self.assertRaises(AccessError):
            self.env["return.extra.item"].with_user(self.agent).create(
                {"request_id": request.id, "product_id": self.other.id}
            )
        item = self._note(request)
        with self.assertRaises(AccessError):
            item.with_user(self.keeper).quantity = 5
        self.assertEqual(self._at(self.quarantine, self.other), 1)

    def test_wrong_goods_leave_the_line_missing_and_wait_apart(self):
        order = self._order((self.product, 1))
        request = self._approved(order)
        screen = self._screen(request)
        unit = screen.unit_ids
        unit.grade = "wrong"
        with (
            self.assertRaisesRegex(UserError, "which product came"),
            self.cr.savepoint(),
        ):
            screen.action_done()
        self.env.invalidate_all()
        unit.write(
            {
                "wrong_product_id": self.other.id,
                "evidence_ids": [(4, self._photo().id)],
            }
        )
        screen.action_done()
        item = request.extra_ids
        self.assertEqual((item.kind, item.product_id), ("wrong", self.other))
        self.assertEqual(len(item.evidence_ids), 1)
        self.assertEqual(self._at(self.quarantine, self.other), 1)
        self.assertEqual(self._at(self.quarantine), 0)
        self.assertEqual(order.order_line.qty_delivered, 1)
        self.assertEqual(request.line_ids.qty_received, 0)
        self.assertFalse(request.sudo().refund_ids)

    def test_an_empty_parcel_needs_a_photo_and_becomes_a_dispute(self):
        order = self._order((self.product, 2))
        request = self._approved(order)
        screen = self._screen(request)
        with (
            self.assertRaisesRegex(UserError, "photo of the empty"),
            self.cr.savepoint(),
        ):
            screen.action_empty()
        self.env.invalidate_all()
        self.assertFalse(request.is_disputed)
        screen.unit_ids[0].evidence_ids = self._photo()
        screen.action_empty()
        self.assertTrue(request.is_disputed)
        self.assertTrue(request.line_ids.is_short)
        self.assertEqual(request.line_ids.qty_received, 0)
        self.assertFalse(request.sudo().refund_ids)
        self.assertFalse(request.sudo().credit_note_ids)
        self.assertEqual(order.order_line.qty_delivered, 2)
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    def test_what_arrives_beyond_the_approved_quantity_is_noted_apart(self):
        order = self._order((self.product, 3))
        request = self._approved(order, 2)
        self._receive(request, 3)
        self.assertEqual(request.line_ids.qty_received, 2)
        item = request.extra_ids
        self.assertEqual((item.kind, item.quantity), ("surplus", 1))
        self.assertEqual(self._at(self.quarantine), 3)
        self.assertEqual(order.order_line.qty_delivered, 1)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(self._at(self.stock), 2)
        self.assertEqual(self._at(self.quarantine), 1)
        self.assertEqual(request.sudo().refund_ids.amount, 200)

    def test_photos_of_pieces_are_checked_and_private(self):
        request = self._approved(self._order())
        unit = self._screen(request).unit_ids[0]
        bad = self.env["ir.attachment"].with_user(self.keeper)
        bad = bad.create({"name": "x.png", "raw": b"<svg onload='alert(1)'/>"})
        with self.assertRaisesRegex(UserError, "no photo or video"):
            unit.evidence_ids = bad
        photo = self._photo()
        unit.evidence_ids = photo
        self.assertFalse(photo.sudo().public)
        stranger = self._user("stranger", "base.group_user")
        with self.assertRaises(AccessError):
            photo.with_user(stranger).read(["raw"])
