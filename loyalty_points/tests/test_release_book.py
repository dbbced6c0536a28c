import contextlib
import random
from datetime import datetime, timedelta

from odoo.models import MAGIC_COLUMNS
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..ledger.lots import PENDING, ShortOfPointsError
from .common import PointsCommon

NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001 - Odoo's moments are naive
TERMS = (
    {"points_expiry": "never"},
    {
        "points_expiry": "days",
        "points_expiry_count": 40,
        "points_expiry_from": "earned",
    },
    {
        "points_expiry": "month_end",
        "points_expiry_count": 2,
        "points_expiry_from": "earned",
    },
    {"points_expiry": "inactivity", "points_expiry_count": 30},
)
BUYERS = 8
STAGES = (("release", 0), ("release", 20), ("expire", 90))
UNLIKE = {"id", "card_id", "program_id", "key", *MAGIC_COLUMNS}


@tagged("post_install", "-at_install")
class TestJobsAndBook(PointsCommon):
    """The jobs, many cards at once, come to what the book of each card would."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        langs = ("en_US", "fr_FR", False)
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.buyers = cls.env["res.partner"].create(
            [
                {"name": f"Buyer {number}", "lang": langs[number % 3]}
                for number in range(BUYERS)
            ]
        )

    def _card_of(self, program):
        return self.env["loyalty.card"].create(
            [
                {"program_id": program.id, "partner_id": buyer.id, "points": 0}
                for buyer in self.buyers
            ]
        )

    def _live(self, cards, seed):
        """Let these members earn, spend and lose at random; the seed tells how."""
        chance = random.Random(seed)  # noqa: S311
        for number in range(25):
            books = cards._points_open_books()
            for book in books.values():
                self._step(book, number, chance)
            cards._points_close_books(books)

    def _step(self, book, number, chance):
        points = chance.randint(1, 90)
        moment = NOW - timedelta(days=chance.randint(0, 70), hours=chance.randint(0, 9))
        facts = {
            "key": f"step {number}",
            "description": f"Event {number % 3}",
            "source": chance.choice(["order", "birthday", "referral"]),
            "earned_at": moment,
        }
        match chance.choice(["earn", "earn", "grant", "spend", "claw", "release"]):
            case "earn":
                wait = timedelta(days=chance.randint(1, 60))
                book.earn(points, available_on=moment + wait, **facts)
            case "grant":
                book.grant(points, **facts)
            case "claw":
                book.claw(points, stop_at_zero=chance.random() < 0.5, **facts)
            case "spend":
                with contextlib.suppress(ShortOfPointsError):
                    book.spend(points, **facts)
            case "release":
                for lot in [lot for lot in book.lots if lot.bucket == PENDING][:1]:
                    book.release(lot, **{**lot.facts, "key": facts["key"]})

    def _settle_at_once(self, kind, due):
        settle = {"release": "_release", "expire": "_expire"}[kind]
        return self.entries._settle_once(due, lambda lots: getattr(lots, settle)(), 100)

    def _settle_by_book(self, kind, due):
        lots = self.entries._claim(self.entries._cards_due(due), due)
        books = lots.card_id._points_open_books()
        for lot in lots:
            book = books[lot.card_id]
            mine = next(each for each in book.lots if each.key == lot.id)
            getattr(book, kind)(mine, **{**mine.facts, "key": f"{kind}:{lot.id}"})
        self.env["loyalty.card"]._points_close_books(books)
        return len(lots)

    def _due(self, kind, cards):
        due = {
            "release": self.entries._due_for_release,
            "expire": self.entries._due_for_expiry,
        }[kind]
        return SQL("(%s) AND entry.card_id IN %s", due(), tuple(cards.ids))

    def _story_of(self, card):
        """Return everything about this card, ids replaced by their place."""
        entries = self.entries.search([("card_id", "=", card.id)], order="id")
        place = {entry.id: number for number, entry in enumerate(entries)}
        told = [
            {
                name: place.get(entry[name].id) if name == "lot_id" else entry[name]
                for name, field in entry._fields.items()
                if field.store and name not in UNLIKE
            }
            for entry in entries
        ]
        keys = [self._without_ids(entry.key, place, card) for entry in entries]
        history = card.history_ids.sorted("id").mapped(
            lambda row: (row.description, row.issued, row.used)
        )
        balance = (card.points, card.points_pending, card.points_entry_count)
        return told, keys, sorted(history), balance

    def _without_ids(self, key, place, card):
        return [
            f"#{place[int(part)]}" if part.isdigit() and int(part) in place else part
            for part in key.replace(f":{card.id}:", ":card:").split(":")
        ]

    def test_release_and_expiry_on_random_cards(self):
        for seed, term in enumerate(TERMS):
            with self.subTest(term=term["points_expiry"]), freeze_time(NOW):
                at_once = self._card_of(self._program(**term))
                by_book = self._card_of(self._program(**term))
                for cards in (at_once, by_book):
                    self._live(cards, seed)
                done = [
                    self._compare(kind, NOW + timedelta(days=days), at_once, by_book)
                    for kind, days in STAGES
                ]
                self.assertTrue(all(done[:2]), done)
                self.assertEqual(bool(done[2]), term["points_expiry"] != "never")

    def _compare(self, kind, moment, at_once, by_book):
        """Do the same in both ways; return how many lots it were."""
        with freeze_time(moment):
            done = self._settle_at_once(kind, self._due(kind, at_once))
            same = self._settle_by_book(kind, self._due(kind, by_book))
        self.assertEqual(done, same)
        self.env.invalidate_all()
        for mine, theirs in zip(at_once, by_book, strict=True):
            self.assertEqual(self._story_of(mine), self._story_of(theirs))
        return done
