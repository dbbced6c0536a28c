"""The same delivered, invoiced orders for us and for the peers."""

import time
from contextlib import contextmanager

from odoo import Command

CHUNK = 100


class Cost:
    """Milliseconds and queries of a ``with`` block, per case."""

    def __init__(self):
        self.ms = self.queries = 0.0


@contextmanager
def measured(env, cases=1):
    """Measure a block as a transaction of its own, divided by ``cases``.

    What happens before a commit belongs to it, as notes of tracked changes do.

    :param int cases: how many cases the block settles
    :return: a Cost whose ``ms`` and ``queries`` are per case
    """
    cost = Cost()
    env.cr.flush()
    env.invalidate_all()
    queries, started = env.cr.sql_log_count, time.perf_counter()
    yield cost
    env.cr.flush()
    cost.ms = (time.perf_counter() - started) * 1000 / cases
    cost.queries = (env.cr.sql_log_count - queries) / cases


def products(env, count=20):
    """Return storable products at 10, 11, … per unit, without taxes."""
    return env["product.product"].create(
        [
            {
                "name": f"Benchmark product {number}",
                "default_code": f"BENCH-{number}",
                "type": "consu",
                "is_storable": True,
                "list_price": 10.0 + number,
                "taxes_id": [Command.clear()],
                "invoice_policy": "delivery",
            }
            for number in range(count)
        ]
    )


def draft_orders(env, count, goods, lines=2):
    """Return ``count`` quotations of as many buyers, lines of 3 units each."""
    buyers = env["res.partner"].create(
        [{"name": f"Benchmark buyer {number}"} for number in range(count)]
    )
    return env["sale.order"].create(
        [
            {
                "partner_id": buyer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": goods[(number + line) % len(goods)].id,
                            "product_uom_qty": 3,
                        }
                    )
                    for line in range(lines)
                ],
            }
            for number, buyer in enumerate(buyers)
        ]
    )


def confirmed_orders(env, count, goods, lines=2):
    """Return ``count`` confirmed orders of as many buyers, lines of 3 units each."""
    orders = env["sale.order"]
    for start in range(0, count, CHUNK):
        chunk = draft_orders(env, min(CHUNK, count - start), goods, lines)
        chunk.action_confirm()
        orders |= chunk
        analyze(env)
    return orders


def delivered_orders(env, count, goods, lines=2):
    """Return ``count`` orders, delivered and invoiced."""
    orders = confirmed_orders(env, count, goods, lines)
    deliver(orders)
    orders._create_invoices(grouped=False)
    orders.invoice_ids.action_post()
    analyze(env)
    return orders


def analyze(env):
    """Tell the planner what is in the tables, as autovacuum does where people commit.

    Without it core's own searches scan whole tables inside one long transaction.
    """
    env.flush_all()
    env.cr.execute("ANALYZE")


def deliver(orders):
    """Ship everything of the orders, in stock or not, without asking."""
    deliver_pickings(
        orders.picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))
    )


def deliver_pickings(pickings):
    """Ship everything of these transfers, in stock or not, without asking."""
    for move in pickings.move_ids:
        move.quantity = move.product_uom_qty
    pickings.move_ids.picked = True
    pickings._action_done()
