"""A year of a real shop: earn, take back, release, expire, tiers, and the proof.

Every line of the file is an order line in the database, written as a row: to
confirm and deliver 18,500 orders would measure stock and invoices. What a line
earns and what a return takes is decided by the functions that decide it for
deliveries and credit notes, and booked through the books of the cards, day by
day. Release, expiry, tiers and proof are the jobs themselves, each after its day.
"""

import time
from datetime import datetime, timedelta
from datetime import time as clock
from io import StringIO
from unittest.mock import patch

from odoo import Command, fields
from odoo.tools import SQL

from odoo.addons.loyalty_points.ledger.earning import MONEY, full_points
from odoo.addons.loyalty_points.ledger.shares import kept_points

from . import retail, rows, world
from .figures import Figure

WAIT, TIERS = 14, (("Silver", 1_000), ("Gold", 5_000))
SALE = """
    CREATE TEMP TABLE bench_sale (
        number int, invoice int, partner_id int, name text,
        quantity numeric, price numeric, total numeric, at timestamp
    ) ON COMMIT DROP
"""


def make_program(env):
    """Return a program whose points count half a year; tiers go by money spent."""
    program = env["loyalty.program"].create(
        {
            "name": "Benchmark",
            "program_type": "loyalty",
            "points_ledger": True,
            "points_pending_days": WAIT,
            "points_expiry": "month_end",
            "points_expiry_count": 6,
            "points_tier_basis": "spend",
        }
    )
    env["loyalty.tier"].create(
        [
            {"program_id": program.id, "name": name, "enter_at": enter}
            for name, enter in TIERS
        ]
    )
    return program


class Year:
    """The shop, its customers' cards and what has happened so far."""

    def __init__(self, env, days):
        self.env, self.days = env, days
        self.program = make_program(env)
        self.cards = self._make_cards()
        self.first_order, self.first_line = self._make_orders()
        self.purchases = retail.Purchases()
        self.full, self.standing, self.entries = {}, {}, {}
        self.now = None

    def _make_cards(self):
        """Return {customer: card}."""
        customers = sorted(
            {
                each.customer
                for day in self.days.values()
                for part in day
                for each in part
            }
        )
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in customers]
        )
        cards = self.env["loyalty.card"].create(
            [
                {"program_id": self.program.id, "partner_id": partner.id, "points": 0}
                for partner in partners
            ]
        )
        return dict(zip(customers, cards, strict=True))

    def _make_orders(self):
        """Write orders and lines; return the ids before those of the first."""
        pattern = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Pattern"}).id,
                "order_line": [
                    Command.create({"product_id": world.products(self.env, 1).id})
                ],
            }
        )
        self._load_sales()
        self._copy_orders(pattern)
        self._copy_lines(pattern.order_line)
        world.analyze(self.env)
        return pattern.id, pattern.order_line.id

    def _copy_orders(self, pattern):
        partner = SQL("sale.partner_id")
        invoices = SQL(
            "(SELECT DISTINCT ON (invoice) * FROM bench_sale ORDER BY invoice) AS sale"
        )
        rows.copy(
            self.env,
            pattern,
            invoices,
            id=SQL("sale_order.id + sale.invoice"),
            name=SQL("'BENCH/' || sale.invoice"),
            date_order=SQL("sale.at"),
            state=SQL("'sale'"),
            partner_id=partner,
            partner_invoice_id=partner,
            partner_shipping_id=partner,
            access_token=SQL("NULL"),
        )

    def _copy_lines(self, pattern):
        rows.copy(
            self.env,
            pattern,
            SQL("bench_sale AS sale"),
            id=SQL("sale_order_line.id + sale.number"),
            order_id=SQL("sale_order_line.order_id + sale.invoice"),
            state=SQL("'sale'"),
            name=SQL("sale.name"),
            product_uom_qty=SQL("sale.quantity"),
            price_unit=SQL("sale.price"),
            price_total=SQL("sale.total"),
            points_program_id=SQL("%s", self.program.id),
            points_rate=SQL("1.0"),
        )

    def _load_sales(self):
        """Hand the sales of the file to the database; number their invoices."""
        self.env.flush_all()
        self.env.cr.execute(SALE)
        self.invoices, stream = {}, StringIO()
        for sales, _returns in self.days.values():
            for sale in sales:
                invoice = self.invoices.setdefault(sale.invoice, len(self.invoices) + 1)
                values = (
                    sale.number,
                    invoice,
                    self.cards[sale.customer].partner_id.id,
                    " ".join(sale.name.split()) or "-",
                    sale.quantity,
                    sale.price,
                    sale.total,
                    sale.at,
                )
                print(*values, sep="\t", file=stream)
        stream.seek(0)
        self.env.cr.copy_expert("COPY bench_sale FROM STDIN", stream)

    def _facts(self, sale):
        return {
            "order_id": self.first_order + self.invoices[sale.invoice],
            "source": "order",
            "earned_at": sale.at,
            "available_on": sale.at + timedelta(days=WAIT),
        }

    def _books(self, events):
        cards = self.env["loyalty.card"].union(
            *(self.cards[event.customer] for event in events)
        )
        return cards._points_open_books()

    def earn(self, sales):
        """Book what the sales of a day earn, each line rounded down."""
        books = self._books(sales)
        for sale in sales:
            self.purchases.add(sale)
            points = full_points(MONEY, 1.0, sale.total, sale.quantity)
            self.full[sale.number] = points
            if points:
                line = self.first_line + sale.number
                books[self.cards[sale.customer]].earn(
                    points,
                    line,
                    key=f"earn:{line}:0",
                    amount=sale.total,
                    description=f"{sale.invoice} · {sale.name}",
                    **self._facts(sale),
                )
        for entry in self.env["loyalty.card"]._points_close_books(books):
            self.entries[entry.sale_line_id.id] = entry.id

    def take_back(self, returns):
        """Book what the credit notes of a day take, at the rate first given."""
        books = self._books(returns)
        parts = [
            (number, back, self.first_line + sale.number, sale)
            for number, back in enumerate(returns)
            for sale in self.purchases.take(back)
        ]
        lines = self.env["sale.order.line"].browse(line for _n, _b, line, _s in parts)
        expired = self.env["loyalty.points.entry"]._expired("sale_line_id", lines)
        for number, back, line, sale in parts:
            kept = kept_points(self.full[sale.number], sale.kept)
            taken = self.standing.get(line, self.full[sale.number]) - kept
            self.standing[line] = kept
            if taken:
                books[self.cards[sale.customer]].claw(
                    taken,
                    line,
                    reverses=self.entries[line],
                    expired=expired[lines.browse(line)],
                    key=f"clawback:{line}:{back.invoice}:{number}",
                    description=f"{back.invoice} · {sale.name}",
                    **self._facts(sale),
                )
        self.env["loyalty.card"]._points_close_books(books)

    def live(self):
        """Let the days pass; the jobs run at the end of each, tiers monthly."""
        entries, last = self.env["loyalty.points.entry"], max(self.days)
        day = min(self.days)
        while day <= last:
            self.now = datetime.combine(day, clock(23, 59))
            sales, returns = self.days.get(day, ((), ()))
            self.earn(sales)
            self.take_back(returns)
            entries._cron_release()
            entries._cron_expire()
            tomorrow = day + timedelta(days=1)
            if tomorrow.day == 1 or day == last:
                self.env["loyalty.membership"]._cron_tiers()
                world.analyze(self.env)
            self.env.invalidate_all()
            day = tomorrow


def totals(year):
    """Return what came of the year; differences have to be zero."""
    env, program = year.env, year.program
    booked = dict(
        env["loyalty.points.entry"]._read_group(
            [("program_id", "=", program.id)], ["kind"], ["points:sum"]
        )
    )
    cards = env["loyalty.card"].search([("program_id", "=", program.id)])
    available = sum(cards.mapped("points"))
    pending = sum(cards.mapped("points_pending"))
    members = env["loyalty.membership"]._read_group(
        [("program_id", "=", program.id), ("tier_id", "!=", False)],
        ["tier_id"],
        ["__count"],
    )
    return {
        "earned": booked["earn"],
        "taken_back": -booked["clawback"],
        "expired": -booked.get("expire", 0),
        "available": available,
        "pending": pending,
        "difference": sum(booked.values()) - available - pending,
        "cards_wrong": len(env["loyalty.card"]._points_faults(program)),
        **{f"members_{tier.name.lower()}": count for tier, count in members},
        "returns_unmatched": year.purchases.unmatched,
    }


def run(env, until=None):
    """Return the totals of the year and how long it took to book it."""
    env.company.points_notify = False
    env["loyalty.program"].search([]).active = False
    days, lines = retail.read(until)
    year = Year(env, days)
    started = time.perf_counter()
    with (
        patch.object(fields.Datetime, "now", lambda: year.now),
        patch.object(env.cr, "commit", env.flush_all),
    ):
        year.live()
    spent = time.perf_counter() - started
    found = totals(year)
    booked = env["loyalty.points.entry"].search_count(
        [("program_id", "=", year.program.id)]
    )
    return [
        Figure("points_year_booked", spent, "s", n=booked),
        Figure("points_year_rate", lines / spent, "lines/s", n=lines),
        *(
            Figure(f"points_year_{name}", value, "", n=lines)
            for name, value in found.items()
        ),
    ]
