import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..feeds import FeedOrder, Held, parse_record
from ..feeds.values import text

REASONS = [
    ("missing_id", "No order number"),
    ("id_lost_digits", "Order number lost digits"),
    ("bad_id", "Order number not valid"),
    ("bad_quantity", "Quantity not valid"),
    ("bad_amount", "Amount not valid"),
    ("bad_time", "Time not valid"),
    ("bad_join", "Joined lines do not match"),
    ("no_product_code", "No product code"),
    ("unknown_product", "Unknown product code"),
    ("product_archived", "Product archived"),
    ("ambiguous_product", "Several products with this code"),
    ("duplicate_child", "Line number used twice"),
    ("order_conflict", "Rows of the order disagree"),
    ("amount_changed", "Confirmed order has another amount"),
    ("refused", "Refused by Odoo"),
]
# What a person may correct on the row: our field -> column of the file.
FIXES = ("order_ref", "line_ref", "sku", "quantity", "payable", "submitted_at")


class LiveImportRow(models.Model):
    """A row of an order file which waits for somebody; nothing of it is lost."""

    _name = "live.import.row"
    _description = "Held Row"
    _order = "import_id desc, row_number, id"
    _rec_name = "line_ref"
    _rec_names_search = ["order_ref", "line_ref"]

    import_id = fields.Many2one(
        "live.import", required=True, ondelete="cascade", index=True
    )
    shop_id = fields.Many2one(related="import_id.shop_id", store=True, index=True)
    company_id = fields.Many2one(related="import_id.company_id", store=True, index=True)
    row_number = fields.Integer(string="Row", help="Counted in the file, from 1.")
    state = fields.Selection(
        [("held", "Held"), ("applied", "Applied"), ("replaced", "Replaced")],
        default="held",
        required=True,
        readonly=True,
        index=True,
        help="Replaced: a later file brought the same row again.",
    )
    reason = fields.Selection(REASONS, required=True, readonly=True)
    message = fields.Text(readonly=True, help="What is wrong and what to do next.")
    raw = fields.Json(
        readonly=True,
        help="Pairs of header and cell, in the order of the file.",
    )
    raw_text = fields.Text(compute="_compute_raw_text", string="Row of the File")
    digest = fields.Char(readonly=True, index=True)
    sale_order_id = fields.Many2one(
        "sale.order", string="Order", readonly=True, index="btree_not_null"
    )
    order_ref = fields.Char(string="Order No.", index=True)
    line_ref = fields.Char(string="Line No.")
    sku = fields.Char(string="Product Code")
    quantity = fields.Char(help="Correct it here and retry.")
    payable = fields.Char(
        string="Payable Amount", help="Of the line, with its freight."
    )
    submitted_at = fields.Char(
        string="Ordered on", help="Wall clock of the platform: 2026-10-26 12:32:35"
    )

    @api.depends("raw")
    def _compute_raw_text(self):
        for row in self:
            row.raw_text = "\n".join(
                f"{header}: {cell}"
                for header, cell in row.raw or ()
                if str(cell or "").strip() not in ("", "-")
            )

    @api.model
    def _digest(self, raw):
        whole = json.dumps(raw, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()

    @api.model
    def _from_held(self, record, held_list):
        """Create the rows of an import."""
        vals_list = []
        for held in held_list:
            values = dict.fromkeys(FIXES, "")
            values.update(record._cells(held.source.raw, FIXES))
            # What was read well counts more than the cell as it was written.
            values["order_ref"] = held.order_ref or values["order_ref"]
            values["line_ref"] = held.line_ref or values["line_ref"]
            vals_list.append(
                values
                | {
                    "import_id": record.id,
                    "row_number": held.source.row,
                    "reason": held.code,
                    "message": self._message(held, record),
                    "raw": list(held.source.raw.items()),
                    "digest": self._digest(held.source.raw),
                }
            )
        return self.create(vals_list)

    def _replace_earlier(self):
        """Close what earlier imports of the shop held of the same rows."""
        earlier = self.search(
            [
                ("digest", "in", self.mapped("digest")),
                ("shop_id", "in", self.shop_id.ids),
                ("import_id", "not in", self.import_id.ids),
                ("state", "=", "held"),
            ]
        )
        earlier._move_to("replaced")
        earlier.import_id._count_held()

    def _move_to(self, state):
        self.state = state

    @api.model
    def _message(self, held, record):
        """Return one sentence: which cell, what is wrong, what to do next."""
        advice = {
            "missing_id": self.env._("Enter the number of the order and of the line."),
            "id_lost_digits": self.env._(
                "A spreadsheet rounded it. Enter it as the platform shows it, or "
                "export the file again and import it without opening it."
            ),
            "bad_id": self.env._("Enter the number as the platform shows it."),
            "bad_quantity": self.env._("Enter a whole number above zero."),
            "bad_amount": self.env._("Enter what the buyer paid for the line."),
            "bad_time": self.env._("Enter the time as 2026-10-26 12:32:35."),
            "bad_join": self.env._(
                "The row holds several lines whose cells do not match. Export the "
                "order again with one row per line."
            ),
            "no_product_code": self.env._("Enter the merchant's product code."),
            "unknown_product": self.env._(
                "Create a product with this internal reference, or enter another code."
            ),
            "product_archived": self.env._("Unarchive the product."),
            "ambiguous_product": self.env._("Give the products different references."),
            "duplicate_child": self.env._("Enter the right line number."),
            "order_conflict": self.env._("Enter the right order number."),
            "amount_changed": self.env._(
                "The order is confirmed already; compare it with the platform."
            ),
            "refused": self.env._("Repair the cause and retry."),
        }[held.code]
        label = dict(self._fields["reason"]._description_selection(self.env))[held.code]
        column = record._column_label(held.column, held.source.raw)
        where = ": ".join(filter(None, (column, str(held.value))))
        return self._sentence(label, where, advice)

    @api.model
    def _sentence(self, problem, where, advice):
        values = {"problem": problem, "where": where, "advice": advice}
        if not where:
            return self.env._("%(problem)s. %(advice)s", **values)
        return self.env._("%(problem)s (%(where)s). %(advice)s", **values)

    def action_retry(self):
        """Read the rows again, with what was corrected, and apply them."""
        self.check_access("write")
        wrong = self.filtered(lambda row: row.state != "held")
        if wrong:
            raise UserError(
                self.env._(
                    "These rows are not held any more: %(rows)s.",
                    rows=", ".join(wrong.mapped("display_name")),
                )
            )
        for shop, rows in self.grouped("shop_id").items():
            rows._retry(shop)
        return True

    def _retry(self, shop):
        orders, owners, held = self._read_again()
        shop.lock_for_update(allow_referencing=True)
        writer, shop = self.import_id[:1]._writer()
        outcome = writer._apply(orders, shop)
        for problem in outcome.held:
            held[owners.pop((problem.order_ref, problem.line_ref))] = problem
        for row, problem in held.items():
            row.write(
                {
                    "reason": problem.code,
                    "message": self._message(problem, row.import_id),
                }
            )
        for (order_ref, _line_ref), row in owners.items():
            row._move_to("applied")
            row.sale_order_id = outcome.orders[order_ref].id
        self.import_id._count_held()

    def _read_again(self):
        """Return (orders, {(order, line) reference: row}, {row: its problem})."""
        orders, owners, held, seen = {}, {}, {}, set()
        for row in self:
            feed = row._parse()
            held.update((row, problem) for problem in feed.held)
            for order, line in [(o, line) for o in feed.orders for line in o.lines]:
                code = row._unrepaired() or (line.ref in seen and "duplicate_child")
                if code:
                    ref = order.ref if code == "order_conflict" else line.ref
                    held[row] = Held(line.source, code, "", ref, order.ref, line.ref)
                    continue
                seen.add(line.ref)
                whole = orders.setdefault(order.ref, FeedOrder(order.head, []))
                whole.with_line(order.head, line)
                owners[order.ref, line.ref] = row
        return list(orders.values()), owners, held

    def _unrepaired(self):
        """Return the reason which only a new number can end, as long as it is old."""
        self.ensure_one()
        name = {"duplicate_child": "line_ref", "order_conflict": "order_ref"}.get(
            self.reason
        )
        if not name:
            return False
        written = self.import_id._cells(dict(self.raw), [name]).get(name)
        return text(self[name]) == text(written) and self.reason

    def _parse(self):
        self.ensure_one()
        record = self.import_id
        raw = dict(self.raw)
        written = record._cells(raw, FIXES)
        fixes = {
            name: self[name]
            for name in FIXES
            if self[name] and self[name] != written.get(name)
        }
        joined = self.reason == "bad_join" and "payable" not in fixes
        return parse_record(raw, record._spec(), record._zone(), fixes, joined)
