"""One shop for the tests of returns: goods, orders, payments, people."""

from odoo.tests import TransactionCase, new_test_user


class BrokenError(Exception):
    """The plug was pulled."""


class ReturnCase(TransactionCase):
    """A company with accounts, one taxed product and helpers for an order's life."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.company = cls.env.company
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", cls.company)
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.tax = cls._tax(10, "tax_excluded")
        cls.tax_included = cls._tax(13, "tax_included")
        cls.product = cls._product("Lamp", 100.0)
        cls.partner = cls.env["res.partner"].create(
            {"name": "Ms Li", "email": "li@example.com"}
        )
        cls.reason = cls.env["return.reason"].search(
            [("regime", "=", "no_reason"), ("child_ids", "=", False)], limit=1
        )
        cls.reason_quality = cls.env["return.reason"].search(
            [("liability", "=", "merchant"), ("child_ids", "=", False)], limit=1
        )
        cls.outstanding = cls.env["account.account"].create(
            {
                "name": "Money on its way",
                "code": "RETURNTEST1",
                "account_type": "asset_current",
                "reconcile": True,
            }
        )
        cls.agent = cls._user("agent", "return_policy.group_return_agent")
        cls.lead = cls._user("lead", "return_policy.group_return_lead")
        cls.keeper = cls._user("keeper", "return_policy.group_return_warehouse")

    @classmethod
    def _user(cls, login, group):
        return new_test_user(
            cls.env, f"return_{login}", groups=f"base.group_user,{group}"
        )

    @classmethod
    def _tax(cls, amount, kind):
        return cls.env["account.tax"].create(
            {
                "name": f"Test {amount} {kind}",
                "amount": amount,
                "price_include_override": kind,
                "type_tax_use": "sale",
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def _product(cls, name, price, tax=None, **vals):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": price,
                "invoice_policy": "order",
                "taxes_id": [(6, 0, tax.ids if tax else [])],
                **vals,
            }
        )

    def _order(self, *lines, deliver=True, invoice=True, pay=True):
        """Return a confirmed order of (product, quantity[, price]) lines."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": line[0].id,
                            "product_uom_qty": line[1],
                            **({"price_unit": line[2]} if len(line) > 2 else {}),
                        },
                    )
                    for line in lines or [(self.product, 2)]
                ],
            }
        )
        order.action_confirm()
        if deliver:
            self._deliver(order)
        if invoice:
            self._invoice(order, pay)
        return order

    def _deliver(self, order):
        for picking in order.picking_ids.filtered(lambda p: p.state != "done"):
            for move in picking.move_ids:
                self.env["stock.quant"]._update_available_quantity(
                    move.product_id, move.location_id, move.product_uom_qty
                )
            picking.action_assign()
            picking.move_ids.picked = True
            picking._action_done()

    def _invoice(self, order, pay=True):
        invoice = order._create_invoices()
        invoice.action_post()
        if pay:
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            ).create({})._create_payments()
        return invoice

    def _request(self, order, quantity=None, submit=True, line_vals=None, **vals):
        """Return a request of the agent for every product line of the order."""
        lines = order.order_line.filtered(lambda line: not line._is_return_side_line())
        request = (
            self.env["return.request"]
            .with_user(self.agent)
            .create(
                {
                    "sale_order_id": order.id,
                    "reason_id": self.reason.id,
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "sale_line_id": line.id,
                                "qty_requested": quantity or line.qty_delivered,
                                **(line_vals or {}),
                            },
                        )
                        for line in lines
                    ],
                    **vals,
                }
            )
        )
        if submit:
            request.action_submit()
        return request

    def _approved(self, order, quantity=None, **vals):
        request = self._request(order, quantity, **vals)
        if request.state == "submitted":
            request.with_user(self.lead)._override("test: approve whatever the rule")
        return request

    def _receive(self, request, quantity=None):
        """Receive the return transfer as the warehouse does."""
        picking = request.sudo().picking_ids.filtered(lambda p: p.state == "assigned")
        picking = picking.with_user(self.keeper)
        for move in picking.move_ids:
            if quantity is not None:
                move.quantity = quantity
            move.picked = True
        picking._action_done()

    def _inspected(self, order, quantity=None, **vals):
        request = self._approved(order, quantity, **vals)
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        return request

    def _policy(self, **vals):
        """Change the policy of the company and publish it."""
        policy = self.env["return.policy"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        policy.write(vals)
        policy.action_publish()

    def _pay_online(self, order, amount=None, code="demo"):
        """Return a done transaction of a provider that can refund."""
        provider = self.env["payment.provider"].search(
            [("code", "=", code), ("company_id", "=", self.company.id)], limit=1
        )
        self.assertTrue(provider, f"the tests need the provider {code}: payment_demo")
        provider.state = "test"
        provider.journal_id.inbound_payment_method_line_ids.filtered(
            lambda line: line.payment_provider_id == provider
        ).payment_account_id = self.outstanding
        method = provider.payment_method_ids[:1] or self.env.ref(
            "payment.payment_method_unknown"
        )
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": f"{order.name}-{len(order.transaction_ids)}",
                "amount": amount or order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "sale_order_ids": [(6, 0, order.ids)],
                "state": "done",
                "operation": "online_direct",
                "is_post_processed": True,
            }
        )

    def _break_after(self, model, method, step):
        """Take a step which is cut off right after the named method ran."""
        cls = type(self.env[model])
        original = getattr(cls, method)

        def cut(record, *args, **kwargs):
            original(record, *args, **kwargs)
            raise BrokenError

        self.patch(cls, method, cut)
        with self.assertRaises(BrokenError), self.cr.savepoint():
            step()
            self.env.flush_all()
        self.patch(cls, method, original)
        self.env.invalidate_all()
