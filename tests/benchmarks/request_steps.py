"""One return from request to posted credit note: ours beside core's and OCA's.

One run on one database; orders of two lines, delivered and invoiced, without taxes.
``request_…`` waits for an agent's approval, and for the inspection before it pays;
``by_policy_…`` is approved as it is submitted, as normal returns are where the policy
says so; ``at_receipt_…`` pays when the goods come in, as the peers do, who inspect
nothing. What the inspection after it costs is ``inspect_…``.
"""

from functools import partial

from odoo import Command

from . import core_return, oca_return, world
from .figures import Figure

SINGLE = 10
BATCH = 200
MEASURES = (("ms", "ms"), ("queries", "queries"))


def open_requests(env, orders, remedy="return_refund"):
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
                    Command.create(
                        {
                            "sale_line_id": line.id,
                            "qty_requested": 1,
                            "remedy": remedy,
                        }
                    )
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

    More is done than by the peers: verdicts, limits under lock, the log, quarantine
    and inspection, the refund intent and the points.
    """
    requests, costs = our_steps_to_receipt(env, orders)
    with world.measured(env, len(orders)) as refunded:
        requests.action_inspect()
    assert is_credited(requests)
    return {**costs, "refund": refunded}


def our_steps_to_receipt(env, orders):
    """Return the requests of the orders, received, and the cost of each step."""
    count = len(orders)
    with world.measured(env, count) as opened:
        requests = open_requests(env, orders)
    with world.measured(env, count) as approved:
        requests.action_approve()
    with world.measured(env, count) as received:
        core_return.receive(requests.picking_ids)
    costs = {"open": opened, "approve": approved, "receive": received}
    return requests, costs


def our_steps_paid_at_receipt(env, orders):
    """Return our cost per step and case where the receipt pays."""
    requests, costs = our_steps_to_receipt(env, orders)
    assert is_credited(requests)
    return costs


def is_credited(requests):
    """Tell whether each request has its posted credit note."""
    posted = requests.credit_note_ids.filtered(lambda move: move.state == "posted")
    return len(posted) == len(requests)


def our_inspection(env, orders):
    """Return our cost of the inspection where the receipt has paid."""
    requests, _costs = our_steps_to_receipt(env, orders)
    with world.measured(env, len(orders)) as cost:
        requests.action_inspect()
    assert set(requests.mapped("goods_state")) == {"inspected"}
    return {"inspect": cost}


def our_exchange(env, orders):
    """Return our cost of exchanges for the same product, as of one step.

    The new goods leave once the old ones are received, which are inspected later.
    """
    with world.measured(env, len(orders)) as cost:
        requests = open_requests(env, orders, "exchange")
        requests.action_approve()
        core_return.receive(requests.picking_ids)
        world.deliver_pickings(requests.replacement_picking_ids)
    assert set(requests.mapped("replacement_state")) == {"shipped"}
    return {"exchange": cost}


def peers(env):
    """Return {name: module} of who is measured beside us in this database."""
    found = {core_return.NAME: core_return}
    if oca_return.is_installed(env):
        found[oca_return.NAME] = oca_return
    return found


def mean(costs):
    """Return the mean of several runs of the same steps."""
    result = {}
    for step in costs[0]:
        result[step] = total = world.Cost()
        total.ms = sum(cost[step].ms for cost in costs) / len(costs)
        total.queries = sum(cost[step].queries for cost in costs) / len(costs)
    return result


def figures(way, ours, theirs, count):
    """Return milliseconds and queries per case for each step and in all.

    :param dict theirs: {name of the peer: its costs by step}
    """
    rows = []
    for measure, unit in MEASURES:
        for step, cost in ours.items():
            name, mine = f"{way}_{step}_{measure}", getattr(cost, measure)
            known = {peer: costs for peer, costs in theirs.items() if step in costs}
            rows += [
                Figure(name, mine, unit, peer, getattr(costs[step], measure), count)
                for peer, costs in known.items()
            ] or [Figure(name, mine, unit, n=count)]
        if len(ours) > 1:
            name, mine = f"{way}_total_{measure}", total(ours, measure)
            rows += [
                Figure(name, mine, unit, peer, total(costs, measure), count)
                for peer, costs in theirs.items()
            ]
    return rows


def total(costs, measure):
    """Return the sum of a measure over all steps."""
    return sum(getattr(cost, measure) for cost in costs.values())


def measure_ways(env, name, ours, theirs, goods):
    """Return the figures of one job: one case at a time, then 200 in one call.

    :param ours: measures a recordset of orders, as do the values of ``theirs``
    """
    jobs = [ours, *theirs.values()]
    singles = world.delivered_orders(env, len(jobs) * (SINGLE + 1), goods)
    batch = world.delivered_orders(env, len(jobs) * BATCH, goods)
    one_by_one, at_once = [], []
    for number, job in enumerate(jobs):
        mine = singles[number :: len(jobs)]
        # the first warms caches and is left out
        one_by_one.append(mean([job(env, order) for order in mine][1:]))
        at_once.append(job(env, batch[number :: len(jobs)]))
    rows = []
    for way, (own, *others), count in (
        ("single", one_by_one, SINGLE),
        ("batch", at_once, BATCH),
    ):
        found = dict(zip(theirs, others, strict=True))
        rows += figures(f"{name}_{way}", own, found, count)
    return rows


def exchange_of(peer, env, orders):
    """Return the cost of a peer's exchange as of one step."""
    return {"exchange": peer.exchange(env, orders)}


def publish(env, **terms):
    """Publish the company's policy anew with other terms."""
    env.company.return_policy_id.write(terms)
    env.company.return_policy_id.action_publish()


def run(env):
    """Return the figures of returns, of exchanges, and of returns nobody approves."""
    # the deciding user may do everything; rights cost all sides the same
    env.company.return_notify_buyer = False  # nor do the peers write to the buyer
    goods, found = world.products(env), peers(env)
    returns = {name: peer.run for name, peer in found.items()}
    swaps = {name: partial(exchange_of, peer) for name, peer in found.items()}
    rows = [
        *measure_ways(env, "request", our_steps, returns, goods),
        *measure_ways(env, "exchange", our_exchange, swaps, goods),
    ]
    publish(env, auto_approve=True)
    rows += measure_ways(env, "by_policy", our_steps, returns, goods)
    publish(env, auto_approve=False, refund_on="received")
    return [
        *rows,
        *measure_ways(env, "at_receipt", our_steps_paid_at_receipt, returns, goods),
        *measure_ways(env, "inspect", our_inspection, {}, goods),
    ]
