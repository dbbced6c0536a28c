"""Verdicts per second: the pure rules alone, and through the ORM beside its own way."""

import time
from ast import literal_eval
from datetime import UTC, datetime, timedelta

from odoo.addons.return_policy.policy.decision import Facts, decide
from odoo.addons.return_policy.policy.terms import Rule, Terms, Version

from . import world
from .figures import Figure

RULES = 20
PURE = 300_000
LINES = 10_000


def pure_rate():
    """Return decisions per second of one core over changing facts and 20 rules."""
    signed = datetime(2026, 10, 27, 7, 50, tzinfo=UTC)
    kinds = (("refuse", ""), ("approval", "auto"))
    version = Version(
        number=1,
        terms=Terms(),
        rules=tuple(
            Rule(
                key=number,
                name=f"rule {number}",
                kind=kinds[number % 2][0],
                value=kinds[number % 2][1],
                legal_code="A6_2",
            )
            for number in range(RULES)
        ),
    )
    facts = [
        Facts(
            asked_at=signed + timedelta(hours=6 * (number % 40)),
            received_at=signed,
            exclusion=("", "", "A6_2", "A7_1")[number % 4],
            amount=100 * number,
            matched=frozenset({number % (2 * RULES)}),
        )
        for number in range(1_000)
    ]
    started = time.perf_counter()
    for _round in range(PURE // len(facts)):
        for fact in facts:
            decide(version, fact)
    return PURE / (time.perf_counter() - started)


def policy_rules(env, goods):
    """Publish 20 rules with conditions on products; none of them fits all."""
    policy = env["return.policy"].search([("company_id", "=", env.company.id)], limit=1)
    policy.rule_ids = [
        (
            0,
            0,
            {
                "name": f"Benchmark rule {number}",
                "kind": "approval",
                "approval": "auto" if number % 2 else "review",
                "product_domain": repr(
                    [
                        ("default_code", "=", f"BENCH-{number}"),
                        ("list_price", ">", 5 + number),
                    ]
                ),
            },
        )
        for number in range(RULES)
    ]
    policy.action_publish()
    return policy


def natural_way(lines, rules):
    """Ask every rule about every line, as an Odoo developer would write it first."""
    found = {}
    for line in lines:
        for rule in rules:
            domain = literal_eval(rule.product_domain)
            if line.product_id.filtered_domain(domain):
                found[line.id] = rule
                break
    return found


def run(env):
    """Return the figures; the database is left as it was found."""
    goods = world.products(env, count=50)
    policy = policy_rules(env, goods)
    orders = world.confirmed_orders(env, LINES // 10, goods, lines=10)
    lines = orders.order_line
    with world.measured(env) as ours:
        lines._return_verdicts()
    with world.measured(env) as few:
        lines[: LINES // 100]._return_verdicts()
    with world.measured(env) as theirs:
        natural_way(lines, policy.rule_ids)
    rate = pure_rate()
    return [
        Figure("verdicts_pure", rate, "verdicts/s", n=PURE),
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
            f"the same for {LINES // 100} lines",
            few.queries,
            n=len(lines),
        ),
    ]
