"""Returns in a big database: 200,000 orders, 100,000 requests, beside a small one.

The shop is multiplied in SQL, see ``multiply``: of 100 orders 50 have a request, of
which 30 are paid back and done, 6 wait for review, 8 for the goods, 2 for the
inspection, 2 were refused and 2 cancelled. All of it is taken back at the end.

``growth_…`` is a step there against the same step before; it should stay below 1.5.
``desk_…`` is a page of the desk over all requests, beside core's list of orders:
``list`` and ``board`` of everything, and the ``board_open`` as the menu opens it, the
closed ones left out.
"""

import statistics
import time
from ast import literal_eval

from lxml import etree

from . import core_return, request_steps, world
from .figures import Figure
from .multiply import Multiplier

ORDERS = 100
TIMES = 2_000
SINGLE = 5
BATCH = 100
PAGE = 80  # rows of a list
CARDS = 40  # of each column, as the web client asks for them
NEAREST = "deadline ASC, id ASC"
ROUNDS = 5
SMALL = "the same in a small database"
CORE_LIST = "core: list of sale orders"


def make_shop(env, goods):
    """Make the orders and requests that are multiplied."""
    orders = world.delivered_orders(env, ORDERS, goods)
    requests = request_steps.open_requests(env, orders[: ORDERS // 2])
    requests[:2].action_refuse("Not in this case")
    requests[2:4].action_cancel()
    approved = requests[4:44]
    approved.action_approve()
    core_return.receive(approved[:32].picking_ids)
    done = approved[:30]
    done.action_inspect()
    done.refund_ids.filtered(lambda refund: refund.state == "queued")._hand_over()
    done.refund_ids.action_confirm("Bank 1")


def measure_steps(env, goods):
    """Return {way: our costs by step}, in the database as it is."""
    orders = world.delivered_orders(env, SINGLE + 1 + BATCH, goods)
    singles = [request_steps.our_steps(env, order) for order in orders[: SINGLE + 1]]
    return {
        "single": request_steps.mean(singles[1:]),
        "batch": request_steps.our_steps(env, orders[SINGLE + 1 :]),
    }


def grown(before, after):
    """Return the figures of each step there against the same step before."""
    return [
        Figure(
            f"growth_{way}_{step}_{measure}",
            getattr(cost, measure),
            unit,
            SMALL,
            getattr(before[way][step], measure),
            SINGLE if way == "single" else BATCH,
        )
        for way, costs in after.items()
        for step, cost in costs.items()
        for measure, unit in request_steps.MEASURES
    ]


def specification(model, kind, view=None):
    """Return what the web client asks of each record of a list or of kanban cards."""
    arch = etree.fromstring(model.get_view(view, kind)["arch"])
    names = {
        node.get("name")
        for node in arch.iter("field")
        if not any(parent.tag == "field" for parent in node.iterancestors())
    }
    fields = {name: model._fields[name] for name in sorted(names)}
    return {
        name: {"fields": {"display_name": {}}} if field.relational else {}
        for name, field in fields.items()
    }


def timed(env, ask):
    """Return the median Cost of a page, each time read anew."""
    costs = []
    for _round in range(ROUNDS):
        env.invalidate_all()
        queries, started = env.cr.sql_log_count, time.perf_counter()
        ask()
        cost = world.Cost()
        cost.ms = (time.perf_counter() - started) * 1000
        cost.queries = env.cr.sql_log_count - queries
        costs.append(cost)
    return median(costs)


def median(costs):
    """Return the median of each measure."""
    result = world.Cost()
    result.ms = statistics.median(cost.ms for cost in costs)
    result.queries = statistics.median(cost.queries for cost in costs)
    return result


def list_page(model, order, view=None):
    """Return a function which reads the first page of a list."""
    fields = specification(model, "list", view)
    return lambda: model.web_search_read(
        [], fields, limit=PAGE, order=order, count_limit=10_001
    )


def board(requests, domain):
    """Return a function which reads the board: the nearest cards of each queue."""
    cards = specification(requests, "kanban")
    return lambda: requests.web_read_group(
        domain,
        ["queue"],
        order=NEAREST,
        auto_unfold=True,
        unfold_read_specification=cards,
        unfold_read_default_limit=CARDS,
    )


def open_ones(requests):
    """Return the domain of the filter with which the menu opens the desk."""
    arch = etree.fromstring(requests.get_view(view_type="search")["arch"])
    [found] = arch.xpath("//filter[@name='open']")
    return literal_eval(found.get("domain"))


def desk(env):
    """Return the figures of the desk beside core's list of orders."""
    requests, orders = env["return.request"], env["sale.order"]
    view = env.ref("sale.view_order_tree").id
    core = timed(env, list_page(orders, "date_order desc, id desc", view))
    pages = {
        "list": timed(env, list_page(requests, NEAREST)),
        "board": timed(env, board(requests, [])),
        "board_open": timed(env, board(requests, open_ones(requests))),
    }
    count = requests.search_count([])
    return [
        Figure(
            f"desk_{page}_{measure}",
            getattr(cost, measure),
            unit,
            CORE_LIST,
            getattr(core, measure),
            count,
        )
        for page, cost in pages.items()
        for measure, unit in request_steps.MEASURES
    ]


def run(env):
    """Return the figures; takes some minutes."""
    env.company.return_notify_buyer = False
    goods = world.products(env)
    before = measure_steps(env, goods)
    copies = Multiplier(env)
    make_shop(env, goods)
    copies.multiply(TIMES - 1)
    return grown(before, measure_steps(env, goods)) + desk(env)
