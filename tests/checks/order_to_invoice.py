"""Sell, deliver and invoice one thing, and open the main screens on the way.

Run by the Odoo shell, which provides ``env``, on a database from which an addon
was uninstalled; nothing is kept.
"""

import os

from odoo import Command

addon = os.environ["ADDON"]
left = env["ir.model.data"].search([("module", "=", addon)])
assert not left, f"{addon} left behind: {left.mapped('complete_name')}"
models = (
    "sale.order",
    "stock.picking",
    "account.move",
    "product.template",
    "res.users",
)
for model in models:
    for kind in ("list", "form", "search"):
        env[model].get_view(view_type=kind)

product = env["product.product"].create({"name": "Cup", "type": "consu"})
order = env["sale.order"].create(
    {
        "partner_id": env["res.partner"].create({"name": "Buyer"}).id,
        "order_line": [Command.create({"product_id": product.id})],
    }
)
order.action_confirm()
for move in order.picking_ids.move_ids:
    move.write({"quantity": move.product_uom_qty, "picked": True})
order.picking_ids.with_context(skip_sms=True).button_validate()
invoice = order._create_invoices()
invoice.action_post()
assert order.picking_ids.state == "done"
assert invoice.state == "posted"
env.cr.rollback()
