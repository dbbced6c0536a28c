from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common_import import SHIPPED, ImportCase, utc

SECOND = {"order": "6900000000000000022", "line": "6911000000000000022"}


@tagged("post_install", "-at_install")
class TestImportMatch(ImportCase):
    def _attribution(self, **cells):
        self._import(self._row(**cells))
        order = self._order()
        return (
            order.live_attribution,
            order.live_attribution_reason,
            order.live_session_id,
        )

    def test_room_number_is_exact(self):
        found = self._attribution(
            直播间ID="7501827701082209999",
            订单提交时间="2026-10-29 01:00:00",
            达人ID="",
        )
        self.assertEqual(found, ("exact", "room", self.session))
        self.assertEqual(self._order().live_host_id, self.host)

    def test_host_and_time_are_inferred(self):
        self.assertEqual(self._attribution(), ("inferred", "host_time", self.session))
        self.assertEqual(self._order().live_host_id, self.host)
        self.assertEqual(self._order().campaign_id, self.session.utm_campaign_id)
        self.assertEqual(self._order().source_id, self.platform.utm_source_id)

    def test_first_second_of_the_session_counts(self):
        found = self._attribution(订单提交时间="2026-10-26 19:00:00")
        self.assertEqual(found[0], "inferred")

    def test_second_before_the_session_does_not_count(self):
        found = self._attribution(订单提交时间="2026-10-26 18:59:59")
        self.assertEqual(found, ("none", "no_session", self.env["live.session"]))
        self.assertEqual(self._order().live_host_id, self.host)

    def test_other_traffic_is_not_live(self):
        self.assertEqual(self._attribution(流量体裁="短视频")[:2], ("none", "not_live"))

    def test_unknown_host_is_told(self):
        found = self._attribution(达人ID="99")
        self.assertEqual(found[:2], ("none", "unknown_host"))

    def test_overlapping_sessions_are_not_guessed(self):
        self.session.copy({"room_id": False})
        found = self._attribution()
        self.assertEqual(found[:2], ("none", "several_sessions"))

    def test_a_session_listed_later_is_found_when_the_file_comes_again(self):
        start, end = self.session.start, self.session.end
        self.session.write(
            {"start": "2026-01-01 00:00:00", "end": "2026-01-01 01:00:00"}
        )
        self.assertEqual(self._attribution()[:2], ("none", "no_session"))
        self.session.write({"start": start, "end": end})
        again = self._import(self._row())
        self.assertEqual((again.changed_count, again.unchanged_count), (1, 0))
        order = self._order()
        self.assertEqual(order.live_session_id, self.session)
        self.assertEqual(order.live_attribution_reason, "host_time")
        self.assertEqual(order.campaign_id, self.session.utm_campaign_id)
        self.assertEqual(self._import(self._row()).unchanged_count, 1)

    def test_session_of_another_platform_does_not_count(self):
        self.session.platform_id = self.env.ref("live_aftersales.platform_taobao")
        self.assertEqual(self._attribution()[:2], ("none", "no_session"))

    def test_same_masked_buyer_is_one_probable_contact(self):
        self._import(self._row(), self._row(**SECOND))
        orders = self._order() | self._order(SECOND["order"])
        self.assertEqual(len(orders.partner_id), 1)
        self.assertEqual(set(orders.mapped("buyer_match")), {"probable"})

    def test_other_district_is_another_contact(self):
        self._import(self._row(), self._row(**SECOND, 区="海淀区"))
        orders = self._order() | self._order(SECOND["order"])
        self.assertEqual(len(orders.partner_id), 2)

    def test_buyer_number_is_exact_whatever_the_address(self):
        self._import(self._row(open_id="AbC_1"), self._row(**SECOND, open_id="AbC_2"))
        self._import(
            self._row("6900000000000000033", "6911000000000000033", open_id="AbC_1")
            | {"收件人": "王*", "区": "海淀区"}
        )
        third = self._order("6900000000000000033")
        self.assertEqual(third.partner_id, self._order().partner_id)
        self.assertNotEqual(third.partner_id, self._order(SECOND["order"]).partner_id)
        self.assertEqual(third.buyer_match, "exact")

    def test_merged_contacts_keep_their_orders_and_get_the_next_one(self):
        self._import(self._row(), self._row(**SECOND, 区="海淀区"))
        first, second = (
            self._order().partner_id,
            self._order(SECOND["order"]).partner_id,
        )
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (first | second).ids, first
        )
        self.assertEqual(self._order(SECOND["order"]).partner_id, first)
        self._import(
            self._row("6900000000000000033", "6911000000000000033", 区="海淀区")
        )
        self.assertEqual(self._order("6900000000000000033").partner_id, first)

    def test_lead_splits_a_buyer(self):
        self.shop.invoice_on_import = True
        self._import(self._row(**SHIPPED), self._row(**SECOND, **SHIPPED))
        order, other = self._order(), self._order(SECOND["order"])
        lead = new_test_user(self.env, "split_lead", "live_aftersales.group_lead")
        order.with_user(lead).action_split_buyer()
        self.assertNotEqual(order.partner_id, other.partner_id)
        self.assertEqual(order.partner_id.name, "李*")
        self.assertEqual(order.picking_ids.partner_id, order.partner_id)
        self.assertEqual(order.invoice_ids.partner_id, order.partner_id)
        self.assertEqual(order.amount_total, 394.0)
        with self.assertRaises(UserError):
            order.action_split_buyer()

    def test_agent_may_not_split_a_buyer(self):
        self._import(self._row())
        partner = self._order().partner_id
        agent = new_test_user(self.env, "split_agent", "live_aftersales.group_agent")
        with self.assertRaises(AccessError):
            self._order().with_user(agent).action_split_buyer()
        self.assertEqual(self._order().partner_id, partner)

    def _tax(self, name, included):
        return self.env["account.tax"].create(
            {
                "name": name,
                "amount": 13,
                "amount_type": "percent",
                "type_tax_use": "sale",
                "price_include_override": included,
            }
        )

    def test_tax_inside_the_price_leaves_the_total(self):
        tax = self._tax("VAT 13% incl", "tax_included")
        self.crab.taxes_id = [Command.set(tax.ids)]
        self.shop.invoice_on_import = True
        for method in ("round_per_line", "round_globally"):
            self.env.company.tax_calculation_rounding_method = method
            ref = f"69000000000000001{len(method)}1"
            self._import(
                *(
                    self._row(ref, f"6911{ref[4:-1]}{n}", **SHIPPED)
                    | {"商品数量": "3", "订单应付金额": paid, "优惠总金额": "10.00"}
                    for n, paid in enumerate(("1190.01", "1189.99", "1190.07"))
                )
            )
            order = self._order(ref)
            self.assertEqual(order.order_line[0].tax_ids, tax)
            self.assertEqual(order.amount_total, 3570.07)
            self.assertGreater(order.amount_tax, 400)
            self.assertEqual(order.invoice_ids.amount_total, 3570.07)

    def test_tax_on_top_is_replaced_by_the_one_inside(self):
        on_top = self._tax("VAT 13%", "tax_excluded")
        self.crab.taxes_id = [Command.set(on_top.ids)]
        self._import(self._row())
        self.assertEqual(self._order().amount_total, 394.0)
        self.assertFalse(on_top & self._order().order_line.tax_ids)
        self._tax("VAT 13% incl", "tax_included").sequence = 0
        self._import(self._row(**SECOND))
        order = self._order(SECOND["order"])
        self.assertEqual(order.amount_total, 394.0)
        self.assertTrue(all(order.order_line[0].tax_ids.mapped("price_include")))
        self.assertAlmostEqual(order.amount_tax, 44.64)

    def test_session_clock_is_the_platforms(self):
        self.assertEqual(self.session.start, utc("2026-10-26 19:00:00"))
