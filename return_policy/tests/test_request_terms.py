"""What the rules say holds in the request: seal, freight, kept goods, scan, remedy."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRequestTerms(ReturnCase):
    def _rule(self, name, kind, **vals):
        """Add a rule to the policy of the company and publish it."""
        policy = self.env["return.policy"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["return.policy.rule"].create(
            {"policy_id": policy.id, "name": name, "kind": kind, **vals}
        )
        policy.action_publish()

    def _remedies(self, *codes):
        return self.env["return.remedy"].search([("code", "in", codes)])

    # seal -------------------------------------------------------------------

    def test_the_seal_is_asked_where_the_law_looks_at_it(self):
        self.product.product_tmpl_id.return_exclusion = "A6_3"
        order = self._order()
        for seal, verdict, asked in (
            (False, "review", True),
            ("opened", "refused", False),
            ("sealed", "allowed", False),
        ):
            with self.subTest(seal=seal):
                line = self._request(order, 1, submit=False).line_ids
                line.seal = seal
                self.assertEqual((line.verdict, line.asks_seal), (verdict, asked))
                line.request_id.action_submit()
                self.assertEqual(line.verdict, verdict)
                line.request_id.action_refuse("next")

    def test_a_rule_on_the_seal_asks_for_it_and_takes_the_answer(self):
        self._rule("Opened", "evidence", evidence_photos=2, seal="opened")
        order = self._order()
        for seal, photos in ((False, 0), ("sealed", 0), ("opened", 2)):
            with self.subTest(seal=seal):
                line = self._request(order, 1, submit=False).line_ids
                line.seal = seal
                self.assertTrue(line.asks_seal)
                self.assertTrue(line.request_id.asks_seal)
                self.assertEqual(line.evidence_photos, photos)

    def test_the_seal_of_a_submitted_request_is_not_changed(self):
        line = self._request(self._order(), 1, line_vals={"seal": "sealed"}).line_ids
        with self.assertRaises(UserError), self.cr.savepoint():
            line.seal = "opened"
        with self.assertRaises(AccessError), self.cr.savepoint():
            line.with_user(self.keeper).seal = "opened"
        self.env.invalidate_all()
        self.assertEqual(line.seal, "sealed")

    # freight ----------------------------------------------------------------

    def test_who_pays_the_way_back_is_frozen_with_the_verdict(self):
        cases = (
            ({}, self.reason, "consumer"),
            ({}, self.reason_quality, "merchant"),
            ({"freight_payer": "insurance"}, self.reason, "insurance"),
        )
        for terms, reason, payer in cases:
            with self.subTest(payer=payer):
                self._policy(**terms)
                request = self._request(self._order(), 1, reason_id=reason.id)
                self.assertEqual(request.line_ids.freight_payer, payer)
                self._policy(freight_payer="merchant")
                self.assertEqual(request.line_ids.freight_payer, payer)

    # kept goods -------------------------------------------------------------

    def _keeping(self, **vals):
        self._policy(keep_item_max=100)
        return self._request(self._order((self.product, 1)), 1, **vals)

    def test_goods_worth_little_are_kept_and_paid_at_approval(self):
        request = self._keeping()
        line = request.line_ids
        self.assertTrue(line.keeps_item)
        request.action_approve()
        self.assertEqual(request.goods_state, "none")
        self.assertFalse(request.sudo().picking_ids)
        self.assertEqual((line.is_settled, line.qty_settled), (True, 1))
        self.assertEqual(request.sudo().refund_ids.amount, 100)
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 100)
        self.assertEqual(line.sale_line_id.qty_delivered, 1)
        again = self._request(line.sale_line_id.order_id, 1, submit=False)
        with self.assertRaises(UserError), self.cr.savepoint():
            again.action_submit()

    def test_dearer_goods_are_not_kept_and_nobody_ticks_it(self):
        self._policy(keep_item_max=99)
        request = self._request(self._order((self.product, 1)), 1)
        self.assertFalse(request.line_ids.keeps_item)
        with (
            self.assertRaisesRegex(ValidationError, "Refund only"),
            self.cr.savepoint(),
        ):
            request.line_ids.keeps_item = True
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._request(
                self._order((self.product, 1)), 1, line_vals={"keeps_item": True}
            )
        self.env.invalidate_all()
        self.assertFalse(request.line_ids.keeps_item)

    def test_an_agent_has_the_goods_sent_back_after_all(self):
        request = self._keeping()
        request.line_ids.keeps_item = False
        request.action_need_info("Which colour?")
        request.action_submit()
        self.assertEqual(
            (request.line_ids.may_keep_item, request.line_ids.keeps_item), (True, False)
        )
        request.action_approve()
        self.assertEqual(request.goods_state, "awaiting")
        self.assertEqual(len(request.sudo().picking_ids), 1)
        self.assertFalse(request.sudo().refund_ids)
        with self.assertRaises(UserError), self.cr.savepoint():
            request.line_ids.keeps_item = True
        self.env.invalidate_all()
        self.assertFalse(request.line_ids.keeps_item)

    def test_only_agents_choose_what_is_kept(self):
        request = self._keeping()
        clerk = new_test_user(self.env, "terms_clerk", groups="base.group_user")
        for user in (self.keeper, clerk):
            with self.assertRaises(AccessError), self.cr.savepoint():
                request.line_ids.with_user(user).keeps_item = False
        self.env.invalidate_all()
        self.assertTrue(request.line_ids.keeps_item)

    def test_a_request_may_mix_kept_and_returned_goods(self):
        dear = self._product("Sofa", 900.0)
        self._policy(keep_item_max=100)
        order = self._order((self.product, 1), (dear, 1))
        request = self._request(order)
        self.assertEqual(request.line_ids.mapped("keeps_item"), [True, False])
        request.action_approve()
        self.assertEqual(request.sudo().picking_ids.move_ids.product_id, dear)
        self.assertEqual(request.sudo().refund_ids.amount, 100)
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(sum(request.sudo().refund_ids.mapped("amount")), 1000)

    # the scan ---------------------------------------------------------------

    def _sent(self, **vals):
        self._policy(refund_on="scanned")
        request = self._approved(self._order(), 1, **vals)
        self.assertEqual(request.refund_on, "scanned")
        return request

    def test_the_scan_makes_the_money_due(self):
        request = self._sent()
        for step in (
            request.action_scanned,
            request.with_user(self.keeper).action_scanned,
        ):
            with (
                self.assertRaisesRegex(UserError, "tracking number"),
                self.cr.savepoint(),
            ):
                step()
        self.assertFalse(request.scanned_at)
        request.return_tracking_ref = "SF100"
        self.assertFalse(request.sudo().refund_ids)
        request.action_scanned()
        scanned_at = request.scanned_at
        self.assertTrue(scanned_at)
        self.assertEqual(request.goods_state, "in_transit")
        self.assertEqual(request.sudo().refund_ids.amount, 100)
        self.assertEqual(request.line_ids.qty_settled, 1)
        request.action_scanned()
        self.assertEqual(request.scanned_at, scanned_at)
        self.assertEqual(len(request.sudo().refund_ids), 1)
        events = request.sudo().log_ids.sorted("id").mapped("event")
        self.assertEqual(events[-2:], ["scanned", "settled"])
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(len(request.sudo().refund_ids), 1)

    def test_goods_that_came_unscanned_are_paid_at_receipt(self):
        request = self._sent()
        self._receive(request)
        self.assertEqual(request.sudo().refund_ids.amount, 100)
        with self.assertRaises(UserError), self.cr.savepoint():
            request.action_scanned()
        self.assertFalse(request.scanned_at)

    def test_a_scan_pays_nothing_where_the_policy_pays_later(self):
        for moment in ("received", "inspected"):
            with self.subTest(moment=moment):
                self._policy(refund_on=moment)
                request = self._approved(self._order(), 1)
                request.return_tracking_ref = "SF100"
                request.action_scanned()
                self.assertTrue(request.scanned_at)
                self.assertFalse(request.sudo().refund_ids)

    def test_the_warehouse_scans_on_the_return_transfer(self):
        request = self._sent()
        picking = request.sudo().picking_ids.with_user(self.keeper)
        self.assertFalse(picking.return_to_scan)
        request.return_tracking_ref = "SF100"
        self.env.invalidate_all()
        self.assertTrue(picking.return_to_scan)
        picking.action_return_scanned()
        self.assertTrue(request.scanned_at)
        self.env.invalidate_all()
        self.assertFalse(picking.return_to_scan)
        mover = new_test_user(
            self.env, "terms_mover", groups="base.group_user,stock.group_stock_user"
        )
        other = self._sent()
        other.return_tracking_ref = "SF101"
        with self.assertRaises(AccessError), self.cr.savepoint():
            other.sudo().picking_ids.with_user(mover).action_return_scanned()
        self.assertFalse(other.scanned_at)

    # remedies and overriding ------------------------------------------------

    def test_a_remedy_that_is_not_offered_is_refused(self):
        self._rule(
            "Money only for goods",
            "remedies",
            remedy_ids=[Command.set(self._remedies("return_refund", "exchange").ids)],
        )
        order = self._order()
        line = self._request(order, 1, submit=False).line_ids
        self.assertEqual(line.verdict, "allowed")
        line.remedy = "refund_only"
        self.assertEqual((line.verdict, line.rule_code), ("refused", "remedy"))
        self.assertIn("Return and refund", line.verdict_text)

    def _against_the_policy(self):
        self.product.product_tmpl_id.return_exclusion = "A6_1"
        request = self._request(self._order(), 1)
        self.assertTrue(request.has_refused_line)
        return request

    def test_the_company_says_who_approves_against_the_policy(self):
        manager = self._user("manager", "return_policy.group_return_manager")
        for setting, may, may_not, role in (
            ("lead", (self.lead, manager), (self.agent,), "Lead"),
            ("manager", (manager,), (self.agent, self.lead), "Manager"),
        ):
            self.company.return_override_by = setting
            for user in may_not:
                request = self._against_the_policy()
                for step in ("action_approve", "_override"):
                    args = ["because"] if step == "_override" else []
                    with (
                        self.subTest(setting=setting, user=user.login, step=step),
                        self.assertRaisesRegex(AccessError, role),
                        self.cr.savepoint(),
                    ):
                        getattr(request.with_user(user), step)(*args)
                self.env.invalidate_all()
                self.assertEqual(request.state, "submitted")
            for user in may:
                request = self._against_the_policy()
                request.with_user(user)._override("good buyer")
                self.assertEqual(request.state, "approved")
                log = request.sudo().log_ids.filtered(lambda x: x.event == "override")
                self.assertEqual((log.user_id, log.reason), (user, "good buyer"))

    def test_what_the_law_gives_against_a_rule_is_overridden_too(self):
        request = self._request(self._order(), 1)
        self.assertFalse(request.has_refused_line)
        # no such rule can be published; it may stand in a version older than the law
        request.sudo().line_ids.write({"verdict": "review", "rule_code": "below_floor"})
        self.assertTrue(request.has_refused_line)
        with self.assertRaises(AccessError), self.cr.savepoint():
            request.action_approve()
        self.env.invalidate_all()
        self.assertEqual(request.state, "submitted")
        request.with_user(self.lead)._override("the law gives it")
        self.assertEqual(request.state, "approved")
