"""The nightly jobs over a million entries, beside one statement for the same work.

Jobs work in batches, under lock, and ask what has to be asked; the statements do
all at once, as only somebody who has the database to himself may. Both write the
same entries, lots, cards and history. The jobs commit each batch; here everything
is one transaction, which is undone in the end.
"""

import time
from contextlib import contextmanager
from functools import partial
from unittest.mock import patch

from odoo import fields
from odoo.tools import SQL

from . import points_sql, rows
from .figures import Figure

MEMBERS = 200_000
# How far back each of a member's entries was earned, and whether it still waits.
LOTS = ((40, "pending"), (35, "pending"), (500, "available"), (450, "available"))
LOTS += ((100, "available"),)
ENTRIES = MEMBERS * len(LOTS)
DAYS_TO_WAIT, DAYS_TO_LIVE = 30, 365
SILVER = 297  # two of 91 members reach it tonight
TABLES = (
    "res_partner",
    "loyalty_card",
    "loyalty_membership",
    "loyalty_points_entry",
    "loyalty_history",
)
PEER = "one SQL statement"


def make_program(env):
    """Return a program whose points wait, expire and count for tiers."""
    program = env["loyalty.program"].create(
        {
            "name": "Benchmark",
            "program_type": "loyalty",
            "points_ledger": True,
            "points_pending_days": DAYS_TO_WAIT,
            "points_expiry": "days",
            "points_expiry_count": DAYS_TO_LIVE,
            "points_expiry_from": "earned",
            "points_notice_days": 0,
        }
    )
    env["loyalty.tier"].create(
        [
            {"program_id": program.id, "name": name, "enter_at": enter}
            for name, enter in (("Silver", SILVER), ("Gold", 100_000))
        ]
    )
    return program


def make_members(env, program):
    """Return the highest card id before 200,000 members, copied from one of Odoo's."""
    partner = env["res.partner"].create({"name": "Benchmark member"})
    card = env["loyalty.card"].create(
        {"program_id": program.id, "partner_id": partner.id, "points": 0}
    )
    env.flush_all()
    member = env["loyalty.membership"].search([("card_id", "=", card.id)])
    others = SQL("generate_series(1, %s) AS n", MEMBERS - 1)
    for record, names, codes in (
        (partner, ("id", "commercial_partner_id"), ()),
        (card, ("id", "partner_id"), ("code",)),
        (member, ("id", "partner_id", "card_id"), ("referral_code",)),
    ):
        column = partial(SQL.identifier, record._table)
        shifted = {name: SQL("%s + n", column(name)) for name in names}
        unique = {name: SQL("%s || n", column(name)) for name in codes}
        rows.copy(env, record, others, **shifted, **unique)
    return card.id


def make_entries(env, program, first):
    """Give each member five lots: two to release, two to expire and one to keep."""
    for number, (days, bucket) in enumerate(LOTS):
        env.cr.execute(
            points_sql.ENTRIES,
            {
                "program": program.id,
                "first": first,
                "bucket": bucket,
                "event": f"bench:{number}",
                "days": days,
                "wait": DAYS_TO_WAIT,
                "live": DAYS_TO_LIVE,
            },
        )
    analyze(env)
    env.cr.execute(points_sql.BALANCES, {"program": program.id})
    analyze(env)


def analyze(env):
    """Tell the planner what is in the tables that are worked on."""
    env.flush_all()
    for table in TABLES:
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))


@contextmanager
def undone(env):
    """Undo what was done in the block."""
    env.flush_all()
    with env.cr.savepoint(flush=False) as point:
        yield
        point.rollback()
    env.invalidate_all(flush=False)


def seconds(work):
    """Return how long the work took, in seconds of the wall."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def jobs(env, program):
    """Return [(name, cases, the job, the statement for the same work)]."""
    entries, cards = env["loyalty.points.entry"], env["loyalty.card"]
    values = {
        "program": program.id,
        "now": fields.Datetime.now(),
        "today": program._points_today(),
        "live": DAYS_TO_LIVE,
        "zone": program._points_zone(),
        "uid": env.uid,
    }

    def statement(text):
        return lambda: env.cr.execute(text, values)

    lots = 2 * MEMBERS
    return [
        ("release", lots, entries._cron_release, statement(points_sql.RELEASE)),
        ("expire", lots, entries._cron_expire, statement(points_sql.EXPIRE)),
        (
            "tier",
            ENTRIES + 3 * lots,
            env["loyalty.membership"]._cron_tiers,
            statement(points_sql.TIER),
        ),
        ("prove", ENTRIES + 3 * lots, cards._cron_prove, statement(points_sql.PROVE)),
    ]


def run(env):
    """Return seconds of each job of the night beside those of the statement."""
    env.company.points_notify = False
    env["loyalty.program"].search([]).active = False
    program = make_program(env)
    make_entries(env, program, make_members(env, program))
    found = []
    with patch.object(env.cr, "commit", env.flush_all):
        for name, count, job, statement in jobs(env, program):
            with undone(env):
                theirs = seconds(statement)
            found.append(
                Figure(f"points_{name}", seconds(job), "s", PEER, theirs, count)
            )
            analyze(env)
    check(env, program)
    return found


def check(env, program):
    """See that the jobs did what is measured."""
    entries = env["loyalty.points.entry"]
    number = entries.search_count([("program_id", "=", program.id)])
    assert number == ENTRIES + 3 * 2 * MEMBERS, number
    assert not env["loyalty.card"].search([("points_fault", "!=", False)])
    reached = env["loyalty.membership"].search_count([("tier_id", "!=", False)])
    assert reached == env["loyalty.membership"].search_count(
        [("tier_measure", ">=", SILVER)]
    )
    assert reached >= MEMBERS // 50, reached
