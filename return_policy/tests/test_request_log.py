"""Years later the log and the published version give the same verdict again."""

from odoo.fields import Command, Datetime
from odoo.tests import freeze_time, tagged

from ..policy.decision import decide
from ..policy.record import from_record
from ..policy.terms import from_json
from .common import ReturnCase

at = Datetime.to_datetime

RULES = (
    {"name": "Lamps", "kind": "window", "window_days": 15},
    {"name": "Small", "kind": "approval", "approval": "auto", "amount_to": 150},
    {
        "name": "Often",
        "kind": "approval",
        "approval": "review",
        "returns_min": 1,
        "returns_days": 30,
    },
    {"name": "Opened", "kind": "evidence", "evidence_photos": 2, "seal": "opened"},
)
REMADE = (
    "approval",
    "refund_on",
    "freight_payer",
    "fee_percent",
    "fee_flat",
    "keeps_item",
    "assumed",
    "unconfirmed",
)


@tagged("post_install", "-at_install")
class TestRequestLog(ReturnCase):
    def _decided(self, request, event="submitted"):
        """Return {log entry: the decision made again from it and its version}."""
        logs = request.sudo().log_ids.filtered(lambda log: log.event == event)
        return {
            log: decide(
                from_json(log.policy_version_id.snapshot), *from_record(log.inputs)
            )
            for log in logs
        }

    def _check_again(self, request, event="submitted"):
        for log, decision in self._decided(request, event).items():
            self.assertEqual(str(decision.outcome), log.verdict)
            self.assertEqual(decision.rule_code, log.rule_code)
            said = log.inputs["decision"]
            for name in REMADE:
                self.assertEqual(getattr(decision, name), said[name], name)
            end = decision.last_moment
            self.assertEqual(end and end.isoformat(), said["last_moment"])
            self.assertEqual(log.inputs["version"], log.policy_version_id.number)

    def _change_everything(self, order):
        """Change what verdicts are made of, as years do."""
        self.product.product_tmpl_id.return_exclusion = "A6_1"
        order.order_line.return_received_at = at("2020-01-01 00:00:00")
        self.reason.write({"regime": "quality", "liability": "merchant"})
        self._policy(window_days=99, auto_approve=False)

    def _publish(self, **vals):
        policy = self.env["return.policy"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        policy.write(vals)
        with freeze_time("2026-10-01 08:00:00"):
            policy.action_publish()

    def _asked(self, product, signed, **line_vals):
        """Return a request of 20 November about goods signed for on that day."""
        with freeze_time("2026-11-20 08:00:00"):
            order = self._order((product, 1))
            order.order_line.return_received_at = signed and at(f"{signed} 10:00:00")
            return self._request(order, line_vals=line_vals)

    def test_each_kind_of_verdict_is_made_again(self):
        self._publish(
            rule_ids=[Command.create(rule) for rule in RULES], keep_item_max=60
        )
        cheap = self._product("Cup", 50.0)
        requests = {
            self._asked(self.product, "2026-11-10", seal="opened"): "allowed",
            self._asked(self.product, "2026-10-10"): "refused",
            self._asked(self.product, False, seal="sealed"): "allowed",
            self._asked(cheap, "2026-11-19", remedy="refund_only"): "review",
            self._asked(cheap, "2026-11-19"): "allowed",
        }
        for request, verdict in requests.items():
            self.assertEqual(request.line_ids.verdict, verdict)
        self.assertEqual(
            [request.line_ids.keeps_item for request in requests],
            [False, False, False, False, True],
        )
        for request in requests:
            self._change_everything(request.sudo().sale_order_id)
        self.env.invalidate_all()
        for request in requests:
            self._check_again(request)

    def test_the_log_names_what_the_decision_rests_on(self):
        rule = {"name": "Lamps", "kind": "window", "window_days": 15}
        self._publish(rule_ids=[Command.create(rule)])
        request = self._asked(self.product, "2026-11-10", seal="sealed")
        inputs = request.sudo().log_ids.inputs
        facts = inputs["facts"]
        self.assertEqual(facts["asked_at"], "2026-11-20T08:00:00+00:00")
        self.assertEqual(facts["received_at"], "2026-11-10T10:00:00+00:00")
        self.assertEqual((facts["seal"], facts["amount"]), ("sealed", 10000))
        self.assertEqual(facts["reason"]["regime"], "no_reason")
        self.assertIsNone(facts["confirmed_at"])
        self.assertEqual(
            [(rule["name"], rule["kind"]) for rule in inputs["rules"]],
            [("Lamps", "window")],
        )
        self.assertEqual(inputs["decision"]["last_moment"], "2026-11-25T16:00:00+00:00")
        self.assertEqual(
            inputs["evidence"],
            {"photos_asked": 0, "video_asked": False, "photos": 0, "video": False},
        )
        self.assertEqual(inputs["quantity"], 1)

    def test_a_closing_day_that_moved_the_window_stays_in_the_log(self):
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": name,
                    "company_id": self.company.id,
                    "calendar_id": self.company.resource_calendar_id.id,
                    "date_from": f"{day} 00:00:00",
                    "date_to": f"{day} 23:59:59",
                }
                for name, day in (("Fair", "2026-11-17"), ("Old", "2026-09-01"))
            ]
        )
        with freeze_time("2026-11-18 08:00:00"):
            order = self._order((self.product, 1))
            order.order_line.return_received_at = at("2026-11-10 10:00:00")
            request = self._request(order)
        self.assertEqual(request.line_ids.verdict, "allowed")
        days_off = request.sudo().log_ids.inputs["workdays"]["days_off"]
        self.assertEqual(days_off, ["2026-11-17"])
        self.env["resource.calendar.leaves"].search([]).unlink()
        self._check_again(request)

    def test_a_later_version_that_decided_is_the_one_in_the_log(self):
        order = self._order()
        held = order.return_policy_version_id
        order.order_line.return_received_at = Datetime.subtract(Datetime.now(), days=20)
        policy = held.policy_id
        policy.window_days = 30
        policy.action_publish(is_retroactive=True)
        later = policy.version_ids - held
        request = self._request(order, 1)
        self.assertEqual(request.line_ids.verdict, "allowed")
        self.assertEqual(request.policy_version_id, held)
        self.assertEqual(request.sudo().log_ids.policy_version_id, later)
        self._check_again(request)

    def test_an_order_without_a_policy_is_logged_as_well(self):
        order = self._order()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET return_policy_version_id = NULL WHERE id = %s",
            [order.id],
        )
        self.env.invalidate_all()
        request = self._request(order, 1)
        log = request.sudo().log_ids
        self.assertEqual((log.verdict, log.rule_code), ("review", "no_policy"))
        self.assertEqual(log.inputs["decision"]["code"], "no_policy")
        self.assertIsNone(log.inputs["version"])
