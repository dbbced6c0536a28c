"""Lines per second of a rehearsal: a draft judged on 100,000 past order lines."""

import resource

from odoo import Command, fields
from odoo.tools import SQL

from odoo.addons.return_policy.models.return_rehearsal_run import BATCH

from . import world
from .figures import Figure

LINES = 100_000
PER_ORDER = 10
MADE = 20  # orders which Odoo makes; the others are their copies in the tables
RULES = 20


def peak():
    """Return the most memory the process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def copy_rows(env, model, copies, step, **changes):
    """Copy all rows of a model's orders, each copy ``step`` further in its ids.

    :param changes: {column: SQL} of what differs; ``n`` is the number of the copy
    """
    columns = [
        name
        for name, field in env[model]._fields.items()
        if field.store and field.column_type
    ]
    values = [changes.get(name, SQL.identifier("t", name)) for name in columns]
    table = SQL.identifier(env[model]._table)
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s t, generate_series(1, %s) n "
            "WHERE t.id <= %s",
            table,
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(values),
            table,
            copies,
            step,
        )
    )


def past_orders(env, goods):
    """Return how many lines were sold: few orders of Odoo's, copied in SQL.

    Signing dates spread over 30 days, amounts over the products; copies have no
    transfers, so that their facts are those of goods which were signed for.
    """
    orders = world.confirmed_orders(env, MADE, goods, lines=PER_ORDER)
    for number, line in enumerate(orders.order_line):
        line.return_received_at = fields.Datetime.subtract(
            fields.Datetime.now(), hours=4 * (number % 180)
        )
    env.flush_all()
    order_step, line_step = max(orders.ids), max(orders.order_line.ids)
    copies = LINES // (MADE * PER_ORDER) - 1
    order_id = SQL("t.id + n * %s", order_step)
    copy_rows(env, "sale.order", copies, order_step, id=order_id)
    copy_rows(
        env,
        "sale.order.line",
        copies,
        line_step,
        id=SQL("t.id + n * %s", line_step),
        order_id=SQL("t.order_id + n * %s", order_step),
    )
    world.analyze(env)
    env.invalidate_all()
    return env["sale.order.line"].search_count([("order_id", ">=", min(orders.ids))])


def draft(env, goods, count):
    """Return the policy with rules on so many products in its draft."""
    policy = env.company.return_policy_id
    rules = [
        Command.create(
            {
                "name": f"Benchmark rule {number}",
                "kind": "refuse" if number % 4 else "approval",
                "approval": "auto",
                "legal_code": "A6_2",
                "product_domain": repr([("id", "=", goods[number].id)]),
            }
        )
        for number in range(count)
    ]
    policy.rule_ids = [Command.clear(), *rules]
    return policy


def rehearse(env, policy):
    """Return the cost of a rehearsal in batches, and the rehearsal."""
    rehearsal = env["return.rehearsal"].create(
        {"policy_id": policy.id, "with_requests": False}
    )
    rehearsal._freeze()
    rehearsal._move_to("running")
    with world.measured(env) as cost:
        rehearsal._process()
    assert rehearsal.state == "done"
    assert rehearsal.done_count == rehearsal.total_count
    return cost, rehearsal


def verdicts_alone(env, rehearsal):
    """Return the cost of the same verdicts without keeping any of them."""
    version = rehearsal._frozen_draft()
    lines = env["sale.order.line"].search(rehearsal.part_ids._domain(), order="id")
    with world.measured(env) as cost:
        for start in range(0, len(lines), BATCH):
            batch = lines.browse(lines.ids[start : start + BATCH])
            batch._return_verdicts(asked_at=rehearsal.asked_at)
            batch._return_verdicts(asked_at=rehearsal.asked_at, version=version)
            env.invalidate_all()
    return cost


def run(env):
    """Return the figures; the database is left as it was found."""
    goods = world.products(env, count=50)
    past_orders(env, goods)
    memory = peak()
    rows = []
    for name, rules in (("rehearsal", 5), ("rehearsal_most_change", RULES)):
        ours, rehearsal = rehearse(env, draft(env, goods, rules))
        alone = verdicts_alone(env, rehearsal)
        count, changes = rehearsal.done_count, rehearsal.change_count
        rows += [
            Figure(
                name,
                count / ours.ms * 1000,
                "lines/s",
                "the verdicts alone",
                count / alone.ms * 1000,
                n=count,
            ),
            Figure(f"{name}_changes", changes, "changes", n=count),
        ]
    return [
        *rows,
        Figure("rehearsal_queries", ours.queries / count * BATCH, "queries/batch"),
        Figure("rehearsal_memory", peak() - memory, "MB more", n=count),
    ]
