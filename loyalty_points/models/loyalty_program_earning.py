"""Which orders earn in a program, when, and by which rules."""

from odoo import fields, models

from ..ledger import earning

DELIVERY, INVOICE, PAYMENT = "delivery", "invoice", "payment"


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_rule_ids = fields.One2many(
        "loyalty.points.rule",
        "program_id",
        string="Earning Rules",
        copy=True,
        help="The first rate that fits an order line counts, all multipliers multiply.",
    )
    points_earn_at = fields.Selection(
        [
            (DELIVERY, "When goods are delivered"),
            (INVOICE, "When the invoice is posted"),
            (PAYMENT, "When the invoice is paid in full"),
        ],
        string="Points Are Earned",
        required=True,
        default=DELIVERY,
        help="By the share that is delivered, invoiced or paid. Services have no "
        "delivery and earn when they are invoiced, unless payment is chosen. Points "
        "for goods wait for the delivery in any case. An order line keeps the way it "
        "first earned.",
    )
    points_minimum_amount = fields.Monetary(
        string="Smallest Order",
        help="Orders with a smaller total, taxes included, earn nothing. It is looked "
        "at when an order first earns.",
    )

    _points_minimum_amount_positive = models.Constraint(
        "CHECK (points_minimum_amount >= 0)", "The smallest order cannot be negative."
    )

    def _points_accepts(self, order):
        """Return whether an order earns here: company, date, pricelist, total."""
        self.ensure_one()
        day = self._points_order_day(order)
        return (
            (not self.company_id or self.company_id in order.company_id.parent_ids)
            and (not self.date_from or self.date_from <= day)
            and (not self.date_to or day <= self.date_to)
            and (not self.pricelist_ids or order.pricelist_id in self.pricelist_ids)
            and self._points_amount(order.amount_total, order)
            >= self.points_minimum_amount
        )

    def _points_open_to(self, orders):
        """Return {order: those of these programs its customer may earn in}.

        Where not every customer is a member, those who hold a card may.
        """
        closed = self.filtered(lambda program: not program.points_enrol_all)
        pairs = {
            (program, order.partner_id._origin)
            for program in closed
            for order in orders
        }
        held = self._points_cards_held(pairs) if pairs else {}
        shut = pairs - held.keys()
        return {
            order: self.filtered(
                lambda program, buyer=order.partner_id._origin: (
                    (program, buyer) not in shut
                )
            )
            for order in orders
        }

    def _points_order_day(self, order):
        """Return the day an order was placed, where this program is at home."""
        return self._points_day(order.date_order or fields.Datetime.now())

    def _points_exchange_rate(self, order):
        """Return units of this program's currency per unit of the order's."""
        if not order.currency_id or order.currency_id == self.currency_id:
            return 1.0
        if self.currency_id == order.company_id.currency_id and order.currency_rate:
            return 1.0 / order.currency_rate
        return self.env["res.currency"]._get_conversion_rate(
            order.currency_id,
            self.currency_id,
            order.company_id,
            self._points_order_day(order),
        )

    def _points_amount(self, amount, order):
        """Return an amount of an order in the currency of this program."""
        return self.currency_id.round(amount * self._points_exchange_rate(order))

    def _points_rules(self, products):
        """Return {program: pure rules}, judged for these products."""
        # archived products and teams still narrow a rule down
        every = self.env["loyalty.points.rule"].with_context(active_test=False)
        rules = every.search([("program_id", "in", self.ids), ("active", "=", True)])
        pure = rules._to_rules(products)
        found = {program: [] for program in self}
        for rule, each in zip(rules, pure, strict=True):
            found[rule.program_id].append(each)
        return found

    def _points_tiers(self, partners):
        """Return {(program, partner): tier} of the members who are in one."""
        members = self.env["loyalty.membership"].search(
            [
                ("program_id", "in", self.ids),
                ("partner_id", "in", partners.ids),
                ("tier_id", "!=", False),
            ]
        )
        return {
            (member.program_id, member.partner_id): member.tier_id for member in members
        }

    def _points_sale(self, line, tier):
        """Return an order line as the rules of this program see it."""
        order = line.order_id
        return earning.Sale(
            line.product_id._origin.id,
            order.team_id._origin.id,
            order.source_id._origin.id,
            tier.id,
            self._points_order_day(order),
            self._points_amount(order.amount_total, order),
        )
