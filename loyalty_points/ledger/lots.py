"""One card's book: what came in, what is left of it, what went out.

Each entry that brings points in is a lot and keeps what is ``left`` of it.
Points go out of the oldest lots first. Where more goes out than there is, the
outgoing entry itself keeps a negative ``left``: a debt, repaid by the next
points that come in. So at every moment, in each bucket,

    balance == sum of entries == sum of what is left

and a lot and a debt never stand side by side.
"""

from dataclasses import dataclass, field, replace

PENDING, AVAILABLE = "pending", "available"


class ShortOfPointsError(ValueError):
    """More points would be spent than the card has."""

    def __init__(self, balance, wanted):
        super().__init__(f"{wanted} points wanted, {balance} available")
        self.balance, self.wanted = balance, wanted


@dataclass(eq=False)
class Entry:
    """One line of the ledger; ``key`` stays empty until it is stored."""

    bucket: str
    points: int
    left: int = 0
    kind: str = ""
    line: object = None
    key: object = None
    lot: "Entry | None" = None
    reverses: "Entry | object | None" = None
    shortfall: int = 0
    facts: dict = field(default_factory=dict)


class Book:
    """The open lots of one card, and the entries added since it was opened."""

    def __init__(self, lots=()):
        """Open the book on lots and debts, oldest first."""
        self.lots = [lot for lot in lots if lot.left]
        self.added = []
        self.touched = {}

    def balance(self, bucket=AVAILABLE):
        return sum(lot.left for lot in self.lots if lot.bucket == bucket)

    def earn(self, points, line=None, withheld=0, **facts):
        """Book points that wait until they become available.

        :param withheld: points earned on top, which a cap does not let through
        """
        return self._receive(
            "earn", PENDING, points, line=line, shortfall=-withheld, facts=facts
        )

    def grant(self, points, **facts):
        """Book points that may be spent at once: a gift, a birthday, a referral."""
        return self._receive("earn", AVAILABLE, points, facts=facts)

    def expire(self, lot, **facts):
        """Take what is left of an available lot; spent points and debts stay.

        :return: the entry, or None when there is nothing left to expire
        """
        if lot.bucket != AVAILABLE or lot.left <= 0:
            return None
        return self._take("expire", lot, lot.left, line=lot.line, facts=facts)

    def release(self, lot, **facts):
        """Move what is left of a pending lot to the available points."""
        points = lot.left
        if lot.bucket != PENDING or points <= 0:
            return None
        self._take("release", lot, points, line=lot.line, facts=facts)
        return self._receive(
            "release", AVAILABLE, points, line=lot.line, lot=lot, facts=facts
        )

    def spend(self, points, **facts):
        """Take available points, oldest first.

        :raises ShortOfPointsError: when there are not enough; nothing is booked
        """
        if points > self.balance():
            raise ShortOfPointsError(self.balance(), points)
        lots = self._open(AVAILABLE)
        entries, _missing = self._take_from(lots, "spend", points, facts=facts)
        for entry in entries:  # given back, these are points of that line again
            entry.line = entry.lot.line
        return entries

    def claw(
        self,
        points,
        line=None,
        stop_at_zero=False,
        ungranted=0,
        settled=0,
        reverses=None,
        expired=None,
        **facts,
    ):
        """Take back what was earned on a line.

        What a cap had kept from being granted goes first. Then go the line's own
        pending points, its own available ones, latest first, then any available ones.

        :param ungranted: points of the line which were earned but never granted
        :param stop_at_zero, settled, expired: see ``_demand``
        :param reverses: the entry by which the points were earned
        """
        entries, never = [], min(points, ungranted)
        want = Entry(PENDING, 0, 0, "clawback", line, reverses=reverses, facts=facts)
        if never:
            entries.append(self._add(replace(want, shortfall=never)))
        ours = [lot for lot in self.lots if line is not None and lot.line == line]
        ours = [lot for lot in reversed(ours) if lot.left > 0]
        own_pending = [lot for lot in ours if lot.bucket == PENDING]
        own_available = [lot for lot in ours if lot.bucket == AVAILABLE]
        return entries + self._demand(
            own_pending + own_available,
            replace(want, bucket=AVAILABLE, points=never - points),
            stop_at_zero,
            settled,
            expired,
        )

    def take_again(self, back, points, stop_at_zero=False, expired=None, **facts):
        """Take given-back points once more: what was paid back is paid again.

        They are taken from where they were put, then from the oldest.
        """
        want = Entry(AVAILABLE, -points, 0, "give_back", back.line, reverses=back)
        want.facts = facts
        return self._demand(self._own(back), want, stop_at_zero, expired=expired)

    def claw_gift(self, gift, stop_at_zero=False, expired=None, **facts):
        """Take back points which no line earned: what is left of them goes first."""
        want = Entry(AVAILABLE, -gift.points, 0, "clawback", reverses=gift, facts=facts)
        return self._demand(self._own(gift), want, stop_at_zero, expired=expired)

    def _own(self, entry):
        """Return the lot of an entry, if it is open."""
        return [
            lot
            for lot in self._open(AVAILABLE)
            if lot is entry or (lot.key is not None and lot.key == entry.key)
        ]

    def _demand(self, own, want, stop_at_zero, settled=0, expired=None):
        """Take what an entry wants out of its own lots, then out of the oldest.

        What has expired of its own is gone already: it is noted, not taken again.
        What is missing becomes a debt or is noted as a shortfall which nobody has to
        repay: all of it when the program stops at zero, and what was settled.

        :param want: an entry with the points that are to be taken
        :param settled: points whose worth was paid in money
        :param expired: {expiry entry: points not noted yet}, which is kept up
        """
        values = {"line": want.line, "facts": want.facts}
        entries, missing = self._take_from(own, want.kind, -want.points, **values)
        for lot, points in (expired or {}).items():
            if gone := min(points, missing):
                note = replace(want, points=0, lot=lot, shortfall=gone)
                entries.append(self._add(note))
                expired[lot], missing = points - gone, missing - gone
        others = self._open(AVAILABLE)
        more, missing = self._take_from(others, want.kind, missing, **values)
        entries += more
        noted = missing if stop_at_zero else min(missing, settled)
        owed = missing - noted
        if missing:
            debt = replace(want, points=-owed, left=-owed, shortfall=noted)
            entries.append(self._add(debt))
        for entry in entries:
            entry.reverses = want.reverses
        return entries

    def undo_claw(self, claw, **facts):
        """Book the opposite of a clawback entry, into the bucket it came from."""
        return self._receive(
            "clawback",
            claw.bucket,
            -claw.points,
            line=claw.line,
            lot=claw.lot,
            reverses=claw,
            shortfall=-claw.shortfall,
            facts=facts,
        )

    def give_back(self, spend, points, let_go=0, **facts):
        """Return spent points to the lot they came from.

        :param let_go: how many of them were given back before, not taken again when
            they should have been, and are thus the member's already
        """
        return self._receive(
            "give_back",
            AVAILABLE,
            points - let_go,
            line=spend.line,
            lot=spend.lot,
            reverses=spend,
            shortfall=-let_go,
            facts=facts,
        )

    def change(self, kind, points, **facts):
        """Book a change that has no document: opening, adjustment."""
        if points >= 0:
            return [self._receive(kind, AVAILABLE, points, facts=facts)]
        entries, missing = self._take_from(
            self._open(AVAILABLE), kind, -points, facts=facts
        )
        if missing:
            debt = Entry(AVAILABLE, -missing, -missing, kind, facts=facts)
            entries.append(self._add(debt))
        return entries

    def move_to(self, other, **facts):
        """Carry every lot and debt over to another card's book."""
        for lot in list(self.lots):
            points = lot.left
            self._take("transfer", lot, points, line=lot.line, facts=facts)
            kept = {**lot.facts, **facts}
            if points < 0:
                other._owe(points, lot, kept)
            else:
                other._receive(
                    "transfer", lot.bucket, points, line=lot.line, lot=lot, facts=kept
                )

    def _owe(self, points, lot, facts):
        """Take over a debt; open lots pay it at once."""
        _paid, missing = self._take_from(
            self._open(lot.bucket), "transfer", -points, line=lot.line, facts=facts
        )
        if missing:
            self._add(
                Entry(
                    lot.bucket,
                    -missing,
                    -missing,
                    "transfer",
                    lot.line,
                    lot=lot,
                    facts=facts,
                )
            )

    def _open(self, bucket):
        return [lot for lot in self.lots if lot.bucket == bucket and lot.left > 0]

    def _take_from(self, lots, kind, points, line=None, facts=None):
        entries = []
        for lot in lots:
            piece = min(points, lot.left)
            if piece <= 0:
                break
            entries.append(self._take(kind, lot, piece, line=line, facts=facts))
            points -= piece
        return entries, points

    def _take(self, kind, lot, points, line=None, facts=None):
        self._set_left(lot, lot.left - points)
        return self._add(
            Entry(lot.bucket, -points, 0, kind, line, lot=lot, facts=facts or {})
        )

    def _receive(self, kind, bucket, points, **values):
        left = points
        for debt in [lot for lot in self.lots if lot.bucket == bucket]:
            if debt.left < 0 and left > 0:
                paid = min(left, -debt.left)
                self._set_left(debt, debt.left + paid)
                left -= paid
        return self._add(Entry(bucket, points, left, kind, **values))

    def _set_left(self, lot, left):
        lot.left = left
        if lot.key is not None:
            self.touched[lot.key] = left
        if not left:
            self.lots.remove(lot)

    def _add(self, entry):
        self.added.append(entry)
        if entry.left:
            self.lots.append(entry)
        return entry
