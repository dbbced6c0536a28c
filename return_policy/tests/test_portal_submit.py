"""Nothing in a form is believed, and many clicks make one request."""

from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalSubmit(PortalCase):
    def setUp(self):
        super().setUp()
        self.order = self._order((self.product, 2))
        self.path = f"/my/orders/{self.order.id}/return"
        self._as(self.buyer)

    def _requests(self):
        return self.order.return_request_ids.filtered(lambda r: r.state != "draft")

    def test_a_second_click_comes_to_the_first_request(self):
        draft = self._asked(self.order)
        seen = draft._buyer_seen()
        form = {"ask": draft.id, "seen": seen}
        first = self._post(f"{self.path}/review", **form)
        second = self._post(f"{self.path}/review", **form)
        self.assertEqual(first.url, second.url)
        self.assertEqual(self._requests(), draft)
        self.assertEqual(len(draft.log_ids), 1)

    def test_a_window_that_shows_something_else_sends_nothing(self):
        draft = self._asked(self.order)
        seen = draft._buyer_seen()
        self._ask_items(self.order, 2)
        answer = self._post(f"{self.path}/review", ask=draft.id, seen=seen)
        self.assertIn("Something changed since you opened", self._words(answer))
        self.assertEqual(draft.state, "draft")
        self._confirm(draft)
        self.assertEqual(draft.line_ids.qty_requested, 2)
        self.assertEqual(self._requests(), draft)

    def test_what_was_sent_meanwhile_cannot_be_sent_again(self):
        draft = self._asked(self.order, 2)
        self._request(self.order, 1)
        answer = self._confirm(draft)
        words = self._words(answer)
        self.assertIn("Lamp: no more than 1 can be asked for now.", words)
        self.assertEqual(draft.state, "draft")

    def test_a_window_that_closed_meanwhile_is_named(self):
        draft = self._asked(self.order)
        self.order.order_line.return_received_at = Datetime.now() - timedelta(days=60)
        answer = self._confirm(draft)
        self.assertIn("The return window of 7 days ended", self._words(answer))
        self.assertEqual(draft.state, "draft")

    def test_impossible_quantities_are_refused_and_kept_as_typed(self):
        line = self.order.order_line
        for typed in ("0", "-1", "3", "nan", "inf", "1e400", "two", ""):
            answer = self._ask_items(self.order, typed)
            self.assertIn("enter a quantity above 0, at most 2", self._words(answer))
            if typed not in ("", "0"):
                self.assertIn(f'value="{typed}"', answer.text)
            self.assertFalse(self._draft(self.order))
        answer = self._post(self.path, reason=self.reason.id)
        self.assertIn("Choose at least one product.", self._words(answer))
        answer = self._post(self.path, **{f"pick_{line.id}": 1, f"qty_{line.id}": 1})
        self.assertIn("Choose a reason.", self._words(answer))
        self.assertFalse(self._draft(self.order))

    def test_foreign_lines_reasons_and_remedies_are_ignored(self):
        foreign = self._order((self._product("Sofa", 900.0), 1)).order_line
        top = self.reason.parent_id
        answer = self._post(
            self.path,
            reason=top.id,
            **{f"pick_{foreign.id}": 1, f"qty_{foreign.id}": 1},
        )
        self.assertIn("Choose at least one product.", self._words(answer))
        self._ask_items(self.order, **{f"pick_{foreign.id}": 1, f"qty_{foreign.id}": 1})
        draft = self._draft(self.order)
        self.assertEqual(draft.line_ids.sale_line_id, self.order.order_line)
        for remedy in ("refund_only", "reship", "partial_refund", "cancel", "x", ""):
            answer = self._post(f"{self.path}/outcome", remedy=remedy)
            self.assertIn("Lamp: choose what you would like.", self._words(answer))
            self.assertEqual(draft.line_ids.remedy, "return_refund")

    def test_an_order_cancelled_meanwhile_asks_nothing(self):
        order = self._order(deliver=False, invoice=False)
        draft = self._asked(order, remedy="")
        order._action_cancel()
        answer = self._confirm(draft)
        self.assertIn("no more than 0 can be asked for now", self._words(answer))
        self.assertEqual(draft.state, "draft")
        for step in ("", "/details", "/outcome", "/review"):
            self._page(f"/my/orders/{order.id}/return{step}")

    def test_side_lines_cannot_be_asked_for(self):
        self.order.order_line.create(
            {
                "order_id": self.order.id,
                "product_id": self._product("Coupon", -10.0).id,
                "price_unit": -10.0,
                "tax_ids": False,
            }
        )
        self.assertNotIn("Coupon", self._page(self.path))

    def test_the_way_back_keeps_everything(self):
        draft = self._asked(self.order, 2)
        self._post(f"{self.path}/details", go="next", note="My story")
        page = self.url_open(self.path).text
        self.assertIn('value="2"', page)
        self.assertIn("selected", page)
        self.assertIn("My story", self._page(f"{self.path}/details"))
        self._ask_items(self.order, 1)
        self.assertEqual(self._draft(self.order), draft)
        self.assertEqual((draft.line_ids.qty_requested, draft.note), (1, "My story"))

    def test_later_pages_without_an_ask_lead_to_the_first(self):
        for step in ("details", "outcome", "review"):
            answer = self.url_open(f"{self.path}/{step}")
            self.assertTrue(answer.url.endswith(self.path), answer.url)
            answer = self._post(f"{self.path}/{step}", go="next")
            self.assertTrue(answer.url.endswith(self.path), answer.url)

    def test_an_ask_that_was_not_sent_is_thrown_away_after_a_day(self):
        draft, kept = self._asked(self.order), self._request(self.order, submit=False)
        self.env["return.request"]._gc_buyer_asks()
        self.assertTrue(draft.exists())
        self.env.cr.execute(
            "UPDATE return_request SET write_date = write_date - interval '25 hours'"
        )
        self.env.invalidate_all()
        self.env["return.request"]._gc_buyer_asks()
        self.assertFalse(draft.exists())
        self.assertTrue(kept.exists())

    def test_asking_takes_as_many_queries_for_ten_lines_as_for_two(self):
        counts = []
        for number in (2, 10):
            goods = [self._product(f"Good {index}", 10.0) for index in range(number)]
            order = self._order(*[(product, 1) for product in goods])
            self.url_open(f"/my/orders/{order.id}/return")
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            order._buyer_askable()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)
