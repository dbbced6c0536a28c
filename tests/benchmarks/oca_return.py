"""What one return costs with OCA's rma and rma_sale, where the bench has them.

They are installed for the bench only, beside our addons in its own copy of the
database; nothing of ours depends on them.
"""

from odoo import fields

from .core_return import receive
from .world import deliver_pickings, measured

NAME = "OCA rma + rma_sale"


def is_installed(env):
    """Tell whether the database has the modules."""
    return "rma" in env and "rma_ids" in env["sale.order"]._fields


def open_rmas(env, orders, operation):
    """Return confirmed RMAs for one unit of every line, made by the order's wizard."""
    rmas = env["rma"]
    for order in orders:
        wizard = env["sale.order.rma.wizard"].browse(
            order.action_create_rma()["res_id"]
        )
        wizard.line_ids.write({"quantity": 1, "operation_id": operation.id})
        rmas |= wizard.create_rma()
    rmas.action_confirm()
    return rmas


def run(env, orders):
    """Return the cost per step: open and confirm, receive, refund and post."""
    count = len(orders)
    operation = env.ref("rma.rma_operation_refund")
    with measured(env, count) as opened:
        rmas = open_rmas(env, orders, operation)
    with measured(env, count) as received:
        receive(rmas.reception_move_id.picking_id)
    with measured(env, count) as credited:
        rmas.action_refund()
        rmas.refund_id.action_post()
    return {"open": opened, "receive": received, "refund": credited}


def exchange(env, orders):
    """Return the cost of exchanges: open, receive, send the same product again."""
    count = len(orders)
    operation = env.ref("rma.rma_operation_replace")
    with measured(env, count) as cost:
        rmas = open_rmas(env, orders, operation)
        receive(rmas.reception_move_id.picking_id)
        for rma in rmas:
            rma.create_replace(
                fields.Datetime.now(),
                rma.warehouse_id,
                rma.product_id,
                rma.product_uom_qty,
                rma.product_uom,
            )
        deliver_pickings(rmas.delivery_move_ids.picking_id)
    return cost
