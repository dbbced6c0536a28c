"""One return from request to posted credit note: ours beside core's, one run."""

from odoo import Command

from . import core_return, world
from .figures import Figure

SINGLE = 10
BATCH = 200
STEPS = ("open", "approve", "receive", "refund")
CORE = "core: wizard + credit note"


def open_requests(env, orders):
    """Return a request for one unit of every line of each order, submitted."""
    reason = env["return.reason"].search(
        [("regime", "=", "no_reason"), ("child_ids", "=", False)], limit=1
    )
    requests = env["return.request"].create(
        [
            {
                "sale_order_id": order.id,
                "reason_id": reason.id,
                "line_ids": [
                    Command.create({"sale_line_id": line.id, "qty_requested": 1})
                    for line in order.order_line
                ],
            }
            for order in orders
        ]
    )
    requests.action_submit()
    return requests


def our_steps(env, orders):
    """Return our cost per step and case.

    More is done than in core: verdicts, limits under lock, the log, quarantine and
    inspection, the refund intent and the points.
    """
    count = len(orders)
    with world.measured(env, count) as opened:
        requests = open_requests(env, orders)
    with world.measured(env, count) as approved:
        requests.action_approve()
    with world.measured(env, count) as received:
        core_return.receive(requests.picking_ids)
    with world.measured(env, count) as refunded:
        requests.action_inspect()
    assert len(requests.credit_note_ids.filtered(lambda m: m.state == "posted")) == (
        count
    )
    return dict(zip(STEPS, (opened, approved, received, refunded), strict=True))


def mean(costs):
    """Return the mean of several runs of the same steps."""
    result = {}
    for step in costs[0]:
        result[step] = total = world.Cost()
        total.ms = sum(cost[step].ms for cost in costs) / len(costs)
        total.queries = sum(cost[step].queries for cost in costs) / len(costs)
    return result


def figures(way, ours, core, count):
    """Return milliseconds and queries per case for each step and in all."""
    rows = []
    for measure, unit in (("ms", "ms"), ("queries", "queries")):
        ours_all = core_all = 0
        for step in STEPS:
            mine = getattr(ours[step], measure)
            peer = getattr(core[step], measure) if step in core else None
            ours_all += mine
            core_all += peer or 0
            name = f"request_{way}_{step}_{measure}"
            rows.append(Figure(name, mine, unit, CORE if peer else "", peer, n=count))
        name = f"request_{way}_total_{measure}"
        rows.append(Figure(name, ours_all, unit, CORE, core_all, n=count))
    return rows


def run(env):
    """Return the figures: one case at a time, then 200 in one call."""
    # the deciding user may do everything; rights cost both sides the same
    goods = world.products(env)
    singles = world.delivered_orders(env, 2 * (SINGLE + 1), goods)
    batch = world.delivered_orders(env, 2 * BATCH, goods)
    ours, core = singles[: SINGLE + 1], singles[SINGLE + 1 :]
    one_by_one = [our_steps(env, order) for order in ours]
    core_one_by_one = [core_return.run(env, order) for order in core]
    # the first of each warms caches and is left out
    rows = figures("single", mean(one_by_one[1:]), mean(core_one_by_one[1:]), SINGLE)
    ours = our_steps(env, batch[:BATCH])
    return rows + figures("batch", ours, core_return.run(env, batch[BATCH:]), BATCH)
