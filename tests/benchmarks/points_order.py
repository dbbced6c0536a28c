"""Confirm and deliver orders that earn, beside core's own loyalty program.

The buyers are new: each gets a card, from core when the order is confirmed, from the
ledger when it is delivered. Core books a sum on the card; the ledger an entry for each
line, with its rule, its campaign and the date from which the points may be spent.
"""

from odoo import Command

from . import world
from .figures import Figure

ONE_BY_ONE = 30
BATCHES, BATCH = 4, 50


def programs(env, goods):
    """Return {name: program}, all archived: the ledger's, core's, and none."""
    env["loyalty.program"].search([]).active = False
    values = {"program_type": "loyalty", "applies_on": "both", "trigger": "auto"}
    rule = {"reward_point_mode": "money", "reward_point_amount": 1}
    ours, core = env["loyalty.program"].create(
        [
            {"name": "Benchmark ledger", "points_ledger": True, **values},
            {"name": "Benchmark core", "rule_ids": [Command.create(rule)], **values},
        ]
    )
    env["loyalty.points.rule"].create(
        [
            {"program_id": ours.id, "points": 2, "product_ids": goods[:5].ids},
            {
                "program_id": ours.id,
                "effect": "multiplier",
                "date_from": "2020-01-01",
                "product_domain": "[('sale_ok', '=', True)]",
            },
        ]
    )
    (ours + core).active = False
    return {"ours": ours, "core": core, "none": env["loyalty.program"]}


def settle(orders):
    orders.action_confirm()
    world.deliver(orders)


def measure(env, found, goods, count, size):
    """Return {name: Cost per order} of ``count`` orders each, ``size`` at once.

    The programs take turns, so that what else the machine does falls on all of them.
    """
    orders, costs = {}, {}
    for name, program in found.items():
        program.active = True
        settle(world.draft_orders(env, size, goods))  # what is read once is read
        program.active = False
        orders[name], costs[name] = world.draft_orders(env, count, goods), world.Cost()
    world.analyze(env)
    for start in range(0, count, size):
        for name, program in found.items():
            program.active = True
            with world.measured(env, count) as cost:
                settle(orders[name][start : start + size])
            program.active = False
            costs[name].ms += cost.ms
            costs[name].queries += cost.queries
    check(found, orders)
    return costs


def check(found, orders):
    """See that both programs gave each buyer what was paid, ours double for some."""
    cards = orders["ours"].env["loyalty.card"]
    for name in ("ours", "core"):
        mine = cards.search([("program_id", "=", found[name].id)])
        held = {card.partner_id: card.points + card.points_pending for card in mine}
        for order in orders[name]:
            assert held[order.partner_id] >= int(order.amount_total), (name, order)
    assert not cards._points_faults(found["ours"])


def run(env):
    goods = world.products(env)
    found = programs(env, goods)
    figures = []
    for name, count, size in (
        ("one by one", ONE_BY_ONE, 1),
        (f"{BATCH} at once", BATCHES * BATCH, BATCH),
    ):
        costs = measure(env, found, goods, count, size)
        figures += [
            Figure(
                f"confirm and deliver an earning order, {name}",
                getattr(costs["ours"], unit),
                unit,
                said,
                getattr(costs[peer], unit),
                count,
            )
            for peer, said in (("core", "core's program"), ("none", "no program"))
            for unit in ("ms", "queries")
        ]
    return figures
