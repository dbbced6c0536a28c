"""The order of a random walk: what is sold, shipped, billed, paid."""

from .walk_common import World


class OrderWorld(World):
    """An order drawn from the seed, under terms drawn from it."""

    def build(self):
        """Make the order."""
        self._draw_rules()
        self._draw_order()
        self.order.action_confirm()
        way = self.pick("online", "online", "part", "none", "by hand", "by hand")
        part = self.pick(0.4, 1) if way == "part" else 1
        if self.order.amount_total > 1 and way in ("online", "part"):
            amount = self.order.currency_id.round(self.order.amount_total * part)
            self.case._pay_online(self.order, amount)._post_process()
        shipped = self.pick(1, 1, 1, 0.5, 0)
        self.ship_order(shipped)
        billed = self.pick("all", "all", "part", "none")
        if billed != "none":
            self.attempt(lambda: self.bill(self.order, billed == "part"))
        if way == "by hand":
            self.pay_bills()
        self.tell(f"paid {way} {part:g}, shipped {shipped:g}, billed {billed}")
        self.is_all_billed = self._is_all_billed()
        came = self.money()[0]
        missing = self.order.currency_id.compare_amounts(came, self.order.amount_total)
        self.is_all_paid = missing >= 0

    def _draw_rules(self):
        company = self.case.company
        company.tax_calculation_rounding_method = self.pick(
            "round_per_line", "round_globally"
        )
        company.return_ship_on = self.pick("approval", "received", "inspected")
        terms = {
            "preset": "STORE",
            "refund_on": self.pick("inspected", "inspected", "received", "approval"),
            "reprice": self.pick(True, False),
            "lost_freight": self.pick(True, False),
            "auto_approve": self.pick(True, False),
            "outbound_freight": self.pick("none", "merchant", "standard"),
            "fee_percent": self.pick(0, 0, 10),
            "fee_flat": self.pick(0, 0, 1),
            "bonus_percent": self.pick(0, 10),
            "keep_item_max": self.pick(0, 50),
        }
        self.case._publish(**terms)
        self.tell("terms", terms, company.tax_calculation_rounding_method)
        self.case.partner = self.env["res.partner"].create({"name": "Walker"})
        if self.chance() < 0.3:
            self.case.partner.property_product_pricelist = self.case.euro_prices

    def _draw_order(self):
        policy = self.pick("order", "delivery")
        lines = []
        for number in range(self.pick(1, 2, 3)):
            tax = self.pick(None, self.case.tax, self.case.tax_included)
            price = self.pick(100, 33.33, 9.99, 0.07, 149.5)
            product = self._product(f"P{number}", price, tax, invoice_policy=policy)
            lines.append((product, self.pick(1, 2, 3, 5), self.pick(0, 0, 10, 33.33)))
        self.products = [line[0] for line in lines]
        self.others = [
            self._product("Cheaper", 5, self.case.tax),
            self._product("Dearer", 250, self.case.tax),
        ]
        promotion = self.pick(None, None, None, (30, 0), (10, 150))
        if promotion:
            self.case._less(*promotion)
        self.order = self.env["sale.order"].create(
            {
                "partner_id": self.case.partner.id,
                "order_line": [
                    (0, 0, {"product_id": p.id, "product_uom_qty": q, "discount": d})
                    for p, q, d in lines
                ],
            }
        )
        freight = self.pick(None, None, 12, 0)
        if freight is not None:
            self.order.set_delivery_line(self.case.carrier, freight)
        points = self.pick(0, 0, 0, 5, 40, 1000)
        if self.order.currency_id != self.case.company.currency_id:
            points = 0  # core may find converted points a cent short
        self._claim(promotion, points)
        self.tell(
            f"order by {policy}, {self.order.currency_id.name}",
            [(p.name, p.list_price, q, d, p.taxes_id.name) for p, q, d in lines],
            f"freight {freight}, promotion {promotion}, wallet {points}",
        )

    def _product(self, name, price, tax, **vals):
        product = self.case._product(name, price, tax, **vals)
        stock = self.case.warehouse.lot_stock_id
        self.env["stock.quant"]._update_available_quantity(product, stock, 1000)
        return product

    def _claim(self, promotion, points):
        order = self.order
        if promotion:
            order._update_programs_and_rewards()
            for coupon, rewards in order._get_claimable_rewards().items():
                order._apply_program_reward(rewards[:1], coupon)
        if points and order.amount_total > 1:
            card = self.env["loyalty.card"].create(
                {
                    "program_id": self.case.wallet.id,
                    "partner_id": self.case.partner.id,
                    "points": points,
                }
            )
            order._apply_program_reward(self.case.wallet.reward_ids, card)

    def _is_all_billed(self):
        lines = self.order.order_line.filtered(lambda line: not line.display_type)
        return all(
            not line.product_uom_id.compare(
                line.qty_invoiced_posted, line.product_uom_qty
            )
            for line in lines
        )
