"""Verdicts through the ORM: 10,000 order lines under 20 rules, beside its own way."""

from ast import literal_eval

from odoo import Command, fields

from . import world
from .figures import Figure

LINES = 10_000
PER_ORDER = 10
FEW = 100  # lines, to show that the number of queries stays the same
SIGNED_HOURS = 4  # between one signing date and the next
RULES = 20


def effects(env):
    """Return one effect of each of the ten kinds, as values of a rule."""
    remedies = env["return.remedy"].search([])
    return [
        {"kind": "refuse", "legal_code": "A6_2"},
        {"kind": "window", "window_days": 15},
        {"kind": "remedies", "remedy_ids": [Command.set(remedies.ids)]},
        {"kind": "approval", "approval": "auto", "amount_to": 100},
        {"kind": "fee", "percent": 10, "days_from": 16},
        {"kind": "freight", "freight_payer": "merchant"},
        {"kind": "evidence", "evidence_photos": 2, "amount_from": 50},
        {"kind": "refund_on", "refund_on": "received"},
        {"kind": "keep_item", "amount": 5, "days_to": 3},
        {"kind": "bonus", "percent": 5},
    ]


def conditions(number):
    """Return conditions on products, on most customers, and on half of the orders."""
    codes = [f"BENCH-{number}", f"BENCH-{number + RULES}"]
    products = [("default_code", "in", codes), ("list_price", ">", 5 + number)]
    customers = [("name", "ilike", f"buyer {number % 10}")] if number % 3 else []
    orders = [("amount_total", ">", 10 * number)] if number % 2 else []
    return {
        "product_domain": repr(products),
        "customer_domain": repr(customers),
        "order_domain": repr(orders),
    }


def publish(env):
    """Publish 20 rules, each kind of effect twice."""
    policy = env.company.return_policy_id
    chosen = effects(env)
    policy.rule_ids = [Command.clear()] + [
        Command.create(
            {
                "name": f"Benchmark rule {number}",
                **conditions(number),
                **chosen[number % len(chosen)],
            }
        )
        for number in range(RULES)
    ]
    policy.action_publish()
    return policy


def sold(env, goods):
    """Return order lines which were signed for on different days."""
    orders = world.confirmed_orders(env, LINES // PER_ORDER, goods, lines=PER_ORDER)
    now = fields.Datetime.now()
    for number in range(180):
        signed = fields.Datetime.subtract(now, hours=SIGNED_HOURS * number)
        orders[number::180].order_line.return_received_at = signed
    world.analyze(env)
    return orders.order_line


def natural_way(lines, rules):
    """Ask every rule about every line, as an Odoo developer would write it first."""
    found = {}
    for line in lines:
        order = line.order_id
        asked = (
            (line.product_id, "product_domain"),
            (order.partner_id, "customer_domain"),
            (order, "order_domain"),
        )
        for rule in rules:
            if (line.id, rule.kind) not in found and all(
                record.filtered_domain(literal_eval(rule[name] or "[]"))
                for record, name in asked
            ):
                found[line.id, rule.kind] = rule
    return found


def run(env):
    """Return the figures; the database is left as it was found."""
    goods = world.products(env, count=50)
    policy = publish(env)
    lines = sold(env, goods)
    lines[:FEW]._return_verdicts()  # what a worker reads once, as the version
    with world.measured(env) as few:
        lines[:FEW]._return_verdicts()
    with world.measured(env) as ours:
        verdicts = lines._return_verdicts()
    with world.measured(env) as theirs:
        natural_way(lines, policy.rule_ids)
    if len({str(verdict.code) for verdict in verdicts.values()}) < 3:
        raise ValueError("The lines do not differ enough to be measured")
    return [
        Figure(
            "verdicts_orm",
            len(lines) / ours.ms * 1000,
            "lines/s",
            "filtered_domain per line and rule",
            len(lines) / theirs.ms * 1000,
            n=len(lines),
        ),
        Figure(
            "verdicts_orm_queries",
            ours.queries,
            "queries",
            f"the same for {FEW} lines",
            few.queries,
            n=len(lines),
        ),
    ]
