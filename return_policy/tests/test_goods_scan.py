"""Scanning opens the inspection; the slip tells where to send what."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .inspection_common import InspectionCase


@tagged("post_install", "-at_install")
class TestGoodsScan(InspectionCase):
    def _scan(self, code, user=None):
        model = self.env["return.request"].with_user(user or self.keeper)
        return model.action_scan(code)

    def test_every_number_on_the_parcel_opens_the_inspection(self):
        order = self._order()
        order.client_order_ref = "6921-77"
        request = self._approved(order)
        request.return_tracking_ref = "SF100200300"
        picking = request.sudo().picking_ids
        for code in (
            request.name,
            f"  {request.name.lower()} ",
            "SF100200300",
            "sf100200300",
            order.name,
            "6921-77",
            picking.name,
        ):
            action = self._scan(code)["action"]
            self.assertEqual(action["res_model"], "return.request.inspection", code)
            units = self.env["return.inspected.unit"].browse(
                action["context"]["default_unit_ids"]
            )
            self.assertEqual(units.request_id, request, code)
        self.assertEqual(len(request.sudo().line_ids.unit_ids), 2)

    def test_what_is_not_found_is_said(self):
        self.assertIn("No return is known under XYZ", self._scan("XYZ")["message"])
        self.assertIn("Scan or type", self._scan("  ")["message"])
        self.assertIn("No return is known", self._scan("%")["message"])

    def test_what_waits_for_nothing_is_said(self):
        request = self._inspected(self._order())
        self.assertIn("Nothing of", self._scan(request.name)["message"])
        self.assertIn(request.name, self._scan(request.name)["message"])

    def test_several_returns_of_an_order_are_listed(self):
        order = self._order((self.product, 2))
        one, two = self._approved(order, 1), self._approved(order, 1)
        action = self._scan(order.name)["action"]
        self.assertEqual(action["res_model"], "return.request")
        self.assertEqual(action["domain"], [("id", "in", (two + one).ids)])

    def test_only_the_warehouse_scans(self):
        request = self._approved(self._order())
        portal = new_test_user(self.env, "scan_portal", groups="base.group_portal")
        for user in (self.agent, portal):
            with self.assertRaises(AccessError):
                self._scan(request.name, user)
        self.assertFalse(request.sudo().line_ids.unit_ids)

    def test_goods_of_another_company_are_not_found(self):
        request = self._approved(self._order())
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.keeper.write({"company_ids": [(4, company.id)]})
        found = (
            self.env["return.request"]
            .with_user(self.keeper)
            .with_context(allowed_company_ids=company.ids)
            .action_scan(request.name)
        )
        self.assertIn("No return is known", found["message"])

    def test_done_leads_back_to_the_scanner(self):
        request = self._approved(self._order())
        action = self._screen(request).action_all_new()
        self.assertEqual(action["tag"], "return_policy.scan")
        self.assertEqual(action["params"]["done"], f"{request.name}: Inspected")

    # The slip ---------------------------------------------------------------

    def test_the_slip_names_number_goods_and_address(self):
        address = self.env["res.partner"].create(
            {"name": "Returns Dept.", "street": "8 Dock Road", "phone": "010-555"}
        )
        self.warehouse.return_partner_id = address
        request = self._approved(self._order())
        content, media = request._render_slip()
        text = content.decode()
        self.assertEqual(media, "text/html")
        for part in (request.name, "8 Dock Road", "Lamp", "Put this slip"):
            self.assertIn(part, text)
        self.assertIn("data:image/png;base64", text)

    def test_several_slips_are_pages_of_one_article(self):
        requests = self._approved(self._order()) | self._approved(self._order())
        text = requests._render_slip()[0].decode()
        self.assertEqual(text.count('class="article"'), 1)
        self.assertEqual(text.count('class="page"'), 2)
        for request in requests:
            self.assertIn(request.name, text)

    def test_the_slip_speaks_the_buyers_language(self):
        self.partner.lang = "zh_CN"
        request = self._approved(self._order())
        self.assertTrue(request._render_slip()[0])

    def test_strangers_get_no_slip_from_the_report_itself(self):
        request = self._approved(self._order(), 1)
        portal = new_test_user(self.env, "slip_buyer", groups="base.group_portal")
        clerk = new_test_user(self.env, "slip_clerk", groups="base.group_user")
        reports = self.env["ir.actions.report"]
        for user in (portal, clerk):
            with self.assertRaises(AccessError):
                reports.with_user(user)._render_qweb_html(
                    "return_policy.return_slip", request.ids
                )
        for user in (self.agent, self.keeper):
            content = reports.with_user(user)._render_qweb_html(
                "return_policy.return_slip", request.ids
            )[0]
            self.assertIn(request.name, content.decode())

    def test_slips_are_for_approved_requests(self):
        request = self._request(self._order(), submit=False)
        with self.assertRaises(UserError):
            request.action_print_slip()
        approved = self._approved(self._order())
        action = approved.with_user(self.keeper).action_print_slip()
        self.assertEqual(action["report_name"], "return_policy.return_slip")
        portal = new_test_user(self.env, "slip_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            approved.with_user(portal).action_print_slip()


@tagged("post_install", "-at_install")
class TestReturnWarehouse(InspectionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shed = cls.env["stock.warehouse"].create({"name": "Shed", "code": "SHD"})

    def test_goods_come_back_to_the_warehouse_that_was_chosen_before(self):
        request = self._approved(self._order(), return_warehouse_id=self.shed.id).sudo()
        picking = request.picking_ids
        self.assertEqual(picking.picking_type_id, self.shed.in_type_id)
        self._screen(request).action_all_new()
        self.assertEqual(self._at(self.shed.lot_stock_id), 2)
        self.assertEqual(self._at(self.stock), 0)

    def test_open_transfers_follow_a_later_choice(self):
        request = self._approved(self._order())
        request.with_user(self.agent).return_warehouse_id = self.shed
        picking = request.sudo().picking_ids
        self.assertEqual(picking.location_dest_id, self.shed.return_location_id)
        self.assertEqual(picking.move_ids.location_id, self.at_buyer)
        self.assertEqual(
            picking.move_line_ids.location_dest_id, self.shed.return_location_id
        )
        self._receive(request)
        self.assertEqual(self._at(self.shed.return_location_id), 2)
        self.assertEqual(request.sale_order_id.sudo().order_line.qty_delivered, 0)

    def test_a_parcel_dropped_elsewhere_is_received_there(self):
        request = self._approved(self._order())
        screen = self._screen(request)
        self.assertEqual(screen.warehouse_id, self.warehouse)
        screen.warehouse_id = self.shed
        screen.action_all_new()
        self.assertEqual(request.return_warehouse_id, self.shed)
        self.assertEqual(self._at(self.shed.lot_stock_id), 2)

    def test_goods_of_two_warehouses_come_back_to_each(self):
        order = self._order((self.product, 1), (self.product, 1), deliver=False)
        picking = order.picking_ids
        second = picking.move_ids[1]
        other = picking.copy(
            {
                "move_ids": [],
                "picking_type_id": self.shed.out_type_id.id,
                "location_id": self.shed.lot_stock_id.id,
            }
        )
        second.write(
            {
                "picking_id": other.id,
                "picking_type_id": self.shed.out_type_id.id,
                "location_id": self.shed.lot_stock_id.id,
            }
        )
        self._deliver(order)
        request = self._approved(order).sudo()
        self.assertEqual(len(request.picking_ids), 2)
        self._screen(request).action_all_new()
        self.assertEqual(request.goods_state, "inspected")
        self.assertEqual(self._at(self.stock), 1)
        self.assertEqual(self._at(self.shed.lot_stock_id), 1)
        self.assertEqual(order.order_line.mapped("qty_delivered"), [0, 0])
