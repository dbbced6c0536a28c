"""Turn the rows of a table into orders; every row is taken or held, none is lost."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from . import values
from .amounts import ADJUSTMENTS, PAYERS, split
from .joined import split_row
from .orders import (
    UNKNOWN,
    Feed,
    FeedLine,
    FeedOrder,
    Head,
    Held,
    Source,
    Warn,
    state_by_times,
)
from .problems import CellError
from .reader import read_sheets
from .remarks import id_headers, is_remark
from .table import Table, fen_columns, find_table, is_private, match_header

AMOUNTS = (
    "payable",
    "freight",
    "list_price",
    "discount_total",
    *(f"discount_{who}" for who in PAYERS),
    *(f"borne_{who}" for who in PAYERS),
    *ADJUSTMENTS,
)
TEXTS = ("province", "city", "district", "host_name", "buyer_note", "seller_note")
WORDS = ("buyer_name", "buyer_phone", "cancel_reason", "status", "aftersale")
_TRACKING = re.compile(r"[A-Za-z]{0,6}\d{8,}[A-Za-z\d]*(?:-\d+)*")
SUSPECT_SHARE = 0.2


def parse(data, spec, zone="Asia/Shanghai"):
    """Return the Feed of a file.

    :param bytes data: the file
    :param zone: name of the time zone of the platform's wall clock
    :raises FeedError: the file as a whole cannot be read
    """
    table = find_table(read_sheets(data), spec)
    return _Assembler(table, spec, ZoneInfo(zone)).run()


def parse_record(raw, spec, zone="Asia/Shanghai", fixes=None, joined=False):
    """Read one held row again.

    :param dict raw: ``Source.raw`` of the row
    :param dict fixes: our field -> the text a person put in its place
    :param bool joined: its amounts may be those of several children together
    """
    header = list(raw)
    cells = [raw[name] for name in header]
    columns, fen = match_header(header, spec), fen_columns(header)
    for name, text in (fixes or {}).items():
        columns[name] = [len(cells)]
        header.append("")
        cells.append(text)
    table = Table(header, columns, [(0, cells)], fen)
    return _Assembler(table, spec, ZoneInfo(zone), joined).run()


class _Assembler:
    """Collect lines into orders while walking down the rows once."""

    def __init__(self, table, spec, zone, joined=False):
        self.table, self.spec, self.zone = table, spec, zone
        self.joined = joined
        self.feed = Feed(orders=[], held=[], warnings=[])
        self.orders = {}
        self.seen = {}
        self.suspects = self._suspects()

    def run(self):
        headers = id_headers(self.spec)
        for number, cells in self.table.rows:
            if is_remark(self._getter(cells), headers):
                self.feed.skipped += 1
                continue
            self.feed.row_count += 1
            try:
                children = split_row(cells, self.table.columns)
            except CellError as error:
                self._hold(self._source(number, cells), error, "line_ref", {})
                continue
            for child in children:
                self._take(number, child, self.joined or len(children) > 1)
        self.feed.orders = list(self.orders.values())
        return self.feed

    def _take(self, number, cells, joined):
        source = self._source(number, cells)
        known = {}
        column = ""
        try:
            for column, read in self._steps(cells, joined):
                known[column] = read(known)
            line = self._line(known, source)
            self._add(known, line)
        except CellError as error:
            self._hold(source, error, column, known)

    def _steps(self, cells, joined):
        """Yield (field, reader) in the order in which problems are told."""
        get = self._getter(cells)
        yield "order_ref", lambda known: self._key(get("order_ref"))
        yield "line_ref", lambda known: self._key(get("line_ref"))
        yield "quantity", lambda known: values.quantity(get("quantity"))
        yield "sku", lambda known: self._codes(cells, get)
        for name in AMOUNTS:
            yield name, lambda known, name=name: self._cents(cells, name)
        yield "payable", lambda known: self._amounts(known, joined)
        yield "submitted_at", lambda known: self._submitted(get)
        for name in ("paid_at", "shipped_at", "completed_at", "updated_at"):
            yield name, lambda known, name=name: values.moment(get(name), self.zone)
        yield "rest", lambda known: self._rest(get)

    def _getter(self, cells):
        def get(name):
            for index in self.table.columns.get(name, ()):
                if index < len(cells) and values.text(cells[index]):
                    return cells[index]
            return None

        return get

    def _key(self, cell):
        found = values.identifier(cell)
        if not found:
            raise CellError("missing_id")
        if found in self.suspects:
            raise CellError("id_lost_digits", found)
        return found

    def _codes(self, cells, get):
        found = (
            values.text(cells[index])
            for index in self.table.columns.get("sku", ())
            if index < len(cells)
        )
        codes = tuple(dict.fromkeys(filter(None, found)))
        if not codes and not get("barcode"):
            raise CellError("no_product_code")
        return codes

    def _cents(self, cells, name):
        for index in self.table.columns.get(name, ()):
            if index < len(cells):
                scale = 1 if index in self.table.fen else 100
                amount = values.cents(cells[index], scale)
                if name == "freight" and amount and amount < 0:
                    raise CellError("bad_amount", cells[index])
                if amount is not None:
                    return amount
        return None

    def _amounts(self, known, joined):
        amounts, fits = split(known, known["quantity"])
        if not fits and joined:
            # A sum for several children which nobody told us how to share.
            raise CellError("bad_join", amounts["payable"] / 100)
        known["amounts"], known["fits"] = amounts, fits
        return known["payable"]

    def _submitted(self, get):
        found = values.moment(get("submitted_at"), self.zone)
        if not found:
            raise CellError("bad_time")
        return found

    def _rest(self, get):
        rest = {name: values.shown(get(name)) for name in (*TEXTS, *WORDS)}
        rest["street"] = values.shown(get("town")) + values.shown(get("address"))
        rest["name"] = " ".join(
            filter(None, (values.text(get("product_name")), values.text(get("spec"))))
        )
        rest["barcode"] = values.text(get("barcode"))
        tracking = values.text(get("tracking"))
        rest["tracking"] = ", ".join(_TRACKING.findall(tracking)) or tracking
        rest["is_live"] = values.text(get("content")) in self.spec.live
        for name in ("buyer_ref", "host_ref", "room_ref"):
            rest[name] = _soft_id(get(name))
        return rest

    def _line(self, known, source):
        rest = known["rest"]
        kept = ("barcode", "name", "status", "aftersale", "tracking")
        state = self.spec.statuses.get(rest["status"], UNKNOWN)
        if not rest["status"]:
            state = state_by_times(known)
        return FeedLine(
            ref=known["line_ref"],
            source=source,
            sku=known["sku"],
            quantity=known["quantity"],
            state=state,
            shipped_at=known["shipped_at"],
            completed_at=known["completed_at"],
            is_refunded=self.spec.aftersales.get(rest["aftersale"], False),
            **{name: rest[name] for name in kept},
            **known["amounts"],
        )

    def _add(self, known, line):
        if line.ref in self.seen:
            if _plain(self.seen[line.ref]) != _plain(line.source.raw):
                raise CellError("duplicate_child", line.ref)
            self._warn(line, "repeated_row", line.ref, known)
            return
        head = self._head(known)
        order = self.orders.get(head.ref)
        if order and not order.head.same_order(head):
            raise CellError("order_conflict", head.ref)
        if not order:
            order = self.orders[head.ref] = FeedOrder(head, [])
        order.with_line(head, line)
        self.seen[line.ref] = line.source.raw
        if line.state == UNKNOWN:
            self._warn(line, "unknown_status", line.status, known)
        if line.aftersale and line.aftersale not in self.spec.aftersales:
            self._warn(line, "unknown_aftersale", line.aftersale, known)
        if not known["fits"]:
            self._warn(line, "amounts_off", f"{line.payable / 100:.2f}", known)

    def _head(self, known):
        shared = ("buyer_ref", "buyer_name", "buyer_phone", "street", "cancel_reason")
        shared += (*TEXTS, "host_ref", "room_ref", "is_live")
        return Head(
            ref=known["order_ref"],
            submitted_at=known["submitted_at"],
            paid_at=known["paid_at"],
            updated_at=known["updated_at"],
            **{name: known["rest"][name] for name in shared},
        )

    def _warn(self, line, code, value, known):
        warn = Warn(line.source.row, code, value, known["order_ref"])
        self.feed.warnings.append(warn)

    def _hold(self, source, error, column, known):
        headers = [
            self.table.header[index]
            for index in self.table.columns.get(column, ())[:1]
            if self.table.header[index]
        ]
        self.feed.held.append(
            Held(
                source,
                error.code,
                "".join(headers) or self.spec.aliases.get(column, [""])[0],
                error.value,
                known.get("order_ref", ""),
                known.get("line_ref", ""),
            )
        )

    def _source(self, number, cells):
        raw = {}
        for header, cell in zip(self.table.header, cells, strict=False):
            if header and not is_private(header) and not raw.get(header):
                raw[header] = _storable(cell)
        return Source(number, raw)

    def _suspects(self):
        """Return long ids a spreadsheet has rounded: many of them end in zeros."""
        suspects = set()
        for name in ("order_ref", "line_ref"):
            get = self._getter
            found = {values.text(get(cells)(name)) for _n, cells in self.table.rows}
            found.discard("")
            rounded = {ref for ref in found if ref.isdigit() and values.lost_zeros(ref)}
            if len(rounded) > 1 and len(rounded) >= SUSPECT_SHARE * len(found):
                suspects |= rounded
        return suspects


def _plain(raw):
    return {header: values.text(cell) for header, cell in raw.items()}


def _storable(cell):
    """Return the cell as JSON can keep it."""
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)


def _soft_id(cell):
    """Return an id that only helps: a damaged one counts as none."""
    try:
        return values.identifier(cell)
    except CellError:
        return ""
