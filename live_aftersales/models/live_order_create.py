from odoo import Command, api, models
from odoo.exceptions import UserError


class LiveOrderCreate(models.AbstractModel):
    """Make sale orders out of orders of a file, a whole batch at once."""

    _name = "live.order.create"
    _description = "Create Imported Orders"

    @api.model
    def _create_orders(self, orders, products, shop):
        """Return {order reference: new draft order}."""
        if not orders:
            return {}
        buyers = self.env["live.buyer"]._find_or_create(
            shop, [order.head for order in orders]
        )
        origins = self.env["live.order.matcher"]._attribute(orders, shop)
        taxes = self._taxes(set(products.values()) | {self._freight_product()}, shop)
        common = self._no_analytics()
        sales = (
            self.env["sale.order"]
            .with_context(tracking_disable=True)
            .create(
                [
                    self._order_vals(order, shop, buyers[order.ref])
                    | origins[order.ref]
                    | {
                        "order_line": self._line_commands(
                            order.lines, products, taxes, common
                        )
                    }
                    for order in orders
                ]
            )
        )
        return {
            order.ref: sale.with_context(tracking_disable=True)
            for order, sale in zip(orders, sales, strict=True)
        }

    @api.model
    def _order_vals(self, order, shop, buyer):
        head = order.head
        partner = buyer.partner_id
        notes = filter(None, (head.buyer_note, head.seller_note))
        return {
            "company_id": shop.company_id.id,
            "warehouse_id": self._warehouse(shop).id,
            "partner_id": partner.id,
            "partner_invoice_id": partner.id,
            "partner_shipping_id": partner.id,
            "buyer_match": buyer.match,
            "user_id": False,
            "pricelist_id": False,
            "payment_term_id": False,
            "fiscal_position_id": False,
            "require_signature": False,
            "require_payment": False,
            "validity_date": False,
            "note": False,
            "date_order": head.submitted_at,
            "client_order_ref": head.ref,
            "origin": " / ".join(notes) or False,
            "source_id": shop.platform_id.utm_source_id.id,
            "platform_id": shop.platform_id.id,
            "shop_id": shop.id,
            "platform_order_ref": head.ref,
            **self._state_vals(order),
        }

    @api.model
    def _state_vals(self, order):
        return {
            "platform_status": order.status or False,
            "platform_state": order.state,
            "platform_paid_at": order.head.paid_at or False,
            "platform_updated_at": order.head.updated_at or False,
        }

    @api.model
    def _warehouse(self, shop):
        warehouse = shop.warehouse_id or self.env["stock.warehouse"].search(
            [("company_id", "=", shop.company_id.id)], limit=1
        )
        if not warehouse:
            raise UserError(
                self.env._(
                    "%(shop)s has no warehouse to ship from. Choose one on the shop.",
                    shop=shop.name,
                )
            )
        return warehouse

    @api.model
    def _line_commands(self, lines, products, taxes, common):
        """Return the goods of the lines and one line for their freight."""
        commands = [
            Command.create(common | self._line_vals(line, products[line.ref], taxes))
            for line in lines
        ]
        freight = sum(line.freight for line in lines)
        if freight:
            commands.append(self._freight_command(freight, taxes, common))
        return commands

    @api.model
    def _freight_command(self, freight, taxes, common):
        product = self._freight_product()
        return Command.create(
            common
            | self._product_vals(product, freight / 100, taxes)
            | {"name": product.display_name, "is_delivery": True}
        )

    @api.model
    def _no_analytics(self):
        """Return values which spare a query per line where no analytics are set up."""
        if self.env["account.analytic.distribution.model"].search_count([], limit=1):
            return {}
        return {"analytic_distribution": False}

    @api.model
    def _line_vals(self, line, product, taxes):
        amounts = self._amount_vals(line)
        return {
            **self._product_vals(product, amounts["price_unit"], taxes),
            "name": line.name or product.display_name,
            "product_uom_qty": line.quantity,
            "platform_line_ref": line.ref,
            **amounts,
            **self._line_state_vals(line),
        }

    @api.model
    def _amount_vals(self, line):
        return {
            "price_unit": line.goods / 100 / line.quantity,
            "platform_list_price": line.list_price / 100,
            "discount_merchant": line.discount_merchant / 100,
            "discount_platform": line.discount_platform / 100,
            "discount_host": line.discount_host / 100,
            "discount_payment": line.discount_payment / 100,
        }

    @api.model
    def _line_state_vals(self, line):
        left = line.left_at
        return {
            "platform_status": line.status or False,
            "platform_shipped_at": left or False,
            "platform_closed": line.state == "closed" and not left,
            "platform_tracking_ref": line.tracking or False,
            "platform_aftersale_status": line.aftersale or False,
            "platform_refunded": line.goods / 100 if line.is_refunded else 0.0,
            "return_received_at": (left and line.completed_at) or False,
        }

    @api.model
    def _product_vals(self, product, price, taxes):
        return {
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "product_uom_qty": 1,
            "price_unit": price,
            "discount": 0,
            "customer_lead": 0,
            "tax_ids": [Command.set(taxes[product].ids)],
        }

    @api.model
    def _freight_product(self):
        return self.env.ref("live_aftersales.product_freight")

    @api.model
    def _taxes(self, products, shop):
        """Return {product: taxes that are inside the price}.

        What the buyer paid includes tax. A tax which would come on top is replaced by
        the company's included one of the same rate, or left out.
        """
        company = shop.company_id
        wanted = {
            product: product.taxes_id._filter_taxes_by_company(company)
            for product in products
        }
        included = (
            self.env["account.tax"]
            .search(
                [
                    ("company_id", "parent_of", company.id),
                    ("type_tax_use", "=", "sale"),
                    ("amount_type", "=", "percent"),
                ]
            )
            .filtered("price_include")
        )
        twins = {tax.amount: tax for tax in included.sorted("sequence", reverse=True)}
        return {
            product: self._taxes_inside(taxes, twins)
            for product, taxes in wanted.items()
        }

    @api.model
    def _taxes_inside(self, taxes, twins):
        none = self.env["account.tax"]
        found = [
            tax
            if tax.price_include
            else (twins.get(tax.amount) if tax.amount_type == "percent" else None)
            for tax in taxes
        ]
        return none.union(*found) if all(found) else none
