"""What a request comes to: goods as paid, delivery given back, deductions."""

from dataclasses import replace

from odoo import api, fields, models

from ..policy.purchase import cut
from ..policy.settlement import Deduction, Statement, due, owed
from ..policy.terms import Terms

KEYED = ("promotion", "gift")  # kinds of which an order may have several


class ReturnRequest(models.Model):
    """Statements of what is owed."""

    _inherit = "return.request"

    amount_freight = fields.Monetary(
        "Delivery Given Back",
        compute="_compute_settlement",
        store=True,
        compute_sudo=True,
        help="What the buyer paid for delivery, given back when everything comes back, "
        "as far as the order's policy says so.",
    )
    amount_deducted = fields.Monetary(
        "Deductions",
        compute="_compute_settlement",
        store=True,
        compute_sudo=True,
        help="Promotions and free delivery the kept goods do not earn alone, gifts "
        "kept, and the restocking fee. Below zero where the buyer gets more back.",
    )
    deduction_ids = fields.One2many(
        "return.request.deduction", "request_id", readonly=True
    )
    deduction_text = fields.Text(
        "Deductions in Words",
        compute="_compute_deduction_text",
        compute_sudo=True,
        help="What will be deducted if the request is settled as it stands.",
    )

    @api.depends(
        "line_ids.amount",
        "line_ids.is_settled",
        "line_ids.is_voluntary",
        "line_ids.fee_percent",
        "line_ids.fee_flat",
        "deduction_ids.amount",
        "sale_order_id.return_request_ids.line_ids.qty_claimed",
    )
    def _compute_settlement(self):
        """Add what is fixed to what the open lines would bring.

        What that is depends on the other requests of the order.
        """
        steps = self._preview_steps()
        for request in self:
            settled = request.line_ids.filtered("is_settled").request_id
            step, fixed = steps.get(request, Statement()), settled._fixed_statement()
            now, unit = step + fixed, request.currency_id.rounding or 0.01
            request.amount_freight = now.freight * unit
            request.amount_deducted = sum(d.amount for d in now.deductions) * unit

    @api.depends_context("lang")
    @api.depends("amount_deducted", "amount_freight", "deduction_ids")
    def _compute_deduction_text(self):
        """Word the deductions that are not fixed yet."""
        steps = self._preview_steps()
        for request in self:
            wanted = request._prepare_deductions(steps.get(request, Statement()))
            found = [self.env["return.request.deduction"].new(vals) for vals in wanted]
            request.deduction_text = "\n".join(entry.sentence for entry in found)

    def _fixed_statement(self):
        """Return what was settled of these requests, the goods left out."""
        found = Statement()
        for fixed in self.deduction_ids:
            units = fixed.request_id._to_minor(fixed.amount)
            if fixed.kind == "outbound":
                found += Statement(freight=-units)
            else:
                key = fixed.sale_line_id.id if fixed.kind in KEYED else 0
                found += Statement(deductions=(Deduction(fixed.kind, key, units),))
        return found

    def _preview_steps(self):
        """Return {request: Statement} of what the unsettled lines would bring.

        After what is settled and after what earlier requests of the order claim.
        """
        requests = self.filtered(
            lambda request: not all(request.line_ids.mapped("is_settled"))
        )
        purchases = requests.sale_order_id._origin._return_purchases()
        steps = {}
        for request in requests.filtered("sale_order_id"):
            order = request.sale_order_id._origin
            settled = request.line_ids.filtered("is_settled")
            before = request._claims_before() + settled._lots()
            wanted = (request.line_ids - settled)._wanted()
            new = [
                line._lot(quantity)
                for line, quantity in wanted.items()
                if not line._is_exchange_for_other()
            ]
            purchase, terms = purchases[order], request._terms()
            steps[request] = due(
                owed(purchase, cut(purchase, before + new), terms),
                owed(purchase, cut(purchase, before), terms),
            )
        return steps

    def _claims_before(self):
        """Return the lots of other requests that come before this one."""
        self.ensure_one()
        others = self.sale_order_id.return_request_ids.line_ids - self.line_ids._origin
        return others.filtered(
            lambda line: (
                line.is_settled
                or not self._origin
                or line.request_id.id < self._origin.id
            )
        )._lots()

    def _settled_beside_goods(self, purchase):
        """Return what all claims of one order come to beside their goods."""
        statement = owed(purchase, cut(purchase, self.line_ids._lots()), self._terms())
        return statement.total - statement.goods

    def _fix_statements(self, lines, purchases):
        """Fix what is deducted for lines settled now, requests of an order in turn.

        :return: {request: (Statement, what was settled before)}
        """
        steps, vals_list = {}, []
        for order, requests in self.grouped("sale_order_id").items():
            purchase, all_requests = purchases[order], order.return_request_ids
            settled = all_requests.line_ids.filtered("is_settled") - lines
            lots = settled._lots()
            before = all_requests._fixed_statement() + settled._goods_statement()
            for request in requests.sorted("id"):
                mine = request.line_ids & lines
                lots += mine._lots()
                now = owed(purchase, cut(purchase, lots), request._terms())
                goods = before + mine._goods_statement()
                step = request._due_step(replace(now, goods=goods.goods), before)
                steps[request] = (step, before)
                before += step
                vals_list += request._prepare_deductions(step)
        self.env["return.request.deduction"].create(vals_list)
        return steps

    def _due_step(self, now, before):
        """Return the step to a statement from what was settled before.

        Extended by addons with deductions of their own.
        """
        return due(now, before)

    def _terms(self):
        """Return the terms the order was placed under; without any, plain shares."""
        order = self.sale_order_id
        version = self.policy_version_id[:1] or order.return_policy_version_id
        return version._to_version().terms if version else Terms()

    def _prepare_deductions(self, step):
        """Return the values of the deductions of a step."""
        self.ensure_one()
        unit = self.currency_id.rounding or 0.01
        delivery = self.sale_order_id.order_line.filtered("is_delivery")[:1]
        vals_list = [
            {
                "request_id": self.id,
                "kind": found.kind,
                "sale_line_id": delivery.id if found.kind == "freight" else found.key,
                "amount": found.amount * unit,
                "needed": found.needed * unit,
                "kept": found.kept * unit,
                **(self._fee_figures() if found.kind == "fee" else {}),
            }
            for found in step.deductions
        ]
        if step.freight:
            vals_list.append(
                {
                    "request_id": self.id,
                    "kind": "outbound",
                    "sale_line_id": delivery.id,
                    "amount": -step.freight * unit,
                }
            )
        return vals_list

    def _fee_figures(self):
        """Return percentage and flat fee where all lines with a fee have the same."""
        charged = self.line_ids.filtered(lambda line: line.fee_percent or line.fee_flat)
        rates = set(charged.mapped(lambda line: (line.fee_percent, line.fee_flat)))
        percent, flat = rates.pop() if len(rates) == 1 else (0.0, 0.0)
        return {"fee_percent": percent, "fee_flat": flat}
