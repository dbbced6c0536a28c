"""Orders with promotions, gifts and deliveries, for the tests of deductions."""

from .common import ReturnCase


class DeductionCase(ReturnCase):
    """A policy that looks again at what the kept goods earn."""

    TERMS = {"reprice": True, "lost_freight": True}
    PLAIN = {
        "preset": "CN-7",
        "reprice": False,
        "lost_freight": False,
        "outbound_freight": "merchant",
        "fee_percent": 0,
        "fee_flat": 0,
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls._publish(**{**cls.PLAIN, **cls.TERMS})

    @classmethod
    def _publish(cls, **vals):
        policy = cls.env["return.policy"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        policy.write(vals)
        policy.action_publish()

    def _program(self, reward, minimum=0, **rule):
        """Return an automatic promotion for orders from a minimum."""
        return self.env["loyalty.program"].create(
            {
                "name": "Campaign",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [(0, 0, {"minimum_amount": minimum, **rule})],
                "reward_ids": [(0, 0, reward)],
            }
        )

    def _less(self, amount, minimum, **rule):
        """Return a promotion of an amount less from a minimum."""
        reward = {"reward_type": "discount", "discount_mode": "per_order"}
        return self._program({**reward, "discount": amount}, minimum, **rule)

    def _carrier(self, **vals):
        product = self._product("Freight", 12, type="service")
        return self.env["delivery.carrier"].create(
            {
                "name": "Parcel",
                "delivery_type": "fixed",
                "fixed_price": 12,
                "product_id": product.id,
                **vals,
            }
        )

    def _bought(self, *lines, carrier=None, deliver=True, invoice=True, pay=True):
        """Return an order with what the running promotions give for it."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "order_line": [
                    (0, 0, {"product_id": product.id, "product_uom_qty": quantity})
                    for product, quantity in lines
                ],
            }
        )
        if carrier:
            order.set_delivery_line(carrier, carrier.rate_shipment(order)["price"])
        order._update_programs_and_rewards()
        for coupon, rewards in order._get_claimable_rewards().items():
            order._apply_program_reward(rewards[:1], coupon)
        order.action_confirm()
        if deliver:
            self._deliver(order)
        if invoice:
            self._invoice(order, pay)
        return order

    def _ask(self, order, *products, quantity=1, reason=None, **line_vals):
        """Return a submitted request for some products of an order."""
        lines = order.order_line.filtered(lambda line: line.product_id in products)
        request = (
            self.env["return.request"]
            .with_user(self.agent)
            .create(
                {
                    "sale_order_id": order.id,
                    "reason_id": (reason or self.reason).id,
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "sale_line_id": line.id,
                                "qty_requested": quantity,
                                **line_vals,
                            },
                        )
                        for line in lines
                    ],
                }
            )
        )
        request.action_submit()
        return request

    def _back(self, order, *products, **vals):
        """Return a request whose goods came back and whose money is settled."""
        request = self._ask(order, *products, **vals)
        if request.state == "submitted":
            request.with_user(self.lead)._override("test: approve whatever the rule")
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        return request

    def _assert_back(self, request, expected, **deducted):
        """The request, its credit note and its refund all come to the amount."""
        found = dict.fromkeys(deducted, 0.0)
        for deduction in request.sudo().deduction_ids:
            found[deduction.kind] = found.get(deduction.kind, 0) + deduction.amount
        rounded = {kind: round(amount, 2) for kind, amount in found.items()}
        self.assertEqual(rounded, deducted)
        self.assertEqual(request.amount_total, expected)
        self.assertEqual(request.sudo().credit_note_ids.amount_total, expected)
        self.assertEqual(sum(request.sudo().refund_ids.mapped("amount")), expected)
