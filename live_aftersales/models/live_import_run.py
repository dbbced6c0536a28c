import base64
import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ..feeds import FeedError, parse

_logger = logging.getLogger(__name__)

BATCH = 200
WARNINGS_SHOWN = 100
CONCURRENT = (LockError, psycopg2.OperationalError)


class LiveImport(models.Model):
    """The work of an import: read, apply in batches, report."""

    _inherit = "live.import"

    @api.model
    def _cron_run(self):
        """Work through the running imports; what is not finished goes on next time."""
        cron = self.env["ir.cron"]
        todo = self.search([("state", "=", "running")], order="id")
        cron._commit_progress(remaining=sum(r.order_count - r.done_count for r in todo))
        for record in todo:
            user = record.user_id
            record = record.with_user(user).with_context(lang=user.lang)
            try:
                finished = record._process(commit=True)
            except CONCURRENT:
                self.env.cr.rollback()
                self.env.ref("live_aftersales.ir_cron_live_import")._trigger(
                    fields.Datetime.now() + timedelta(minutes=1)
                )
                continue
            # Whatever it was, the other imports go on and the person is told.
            except Exception as error:
                self.env.cr.rollback()
                record._fail(error)
                finished = True
            if not cron._commit_progress() and not finished:
                return

    def _process(self, commit=False):
        """Apply the orders from where the last run stopped; return whether all are.

        :param bool commit: commit after each batch, for the cron only
        :raises LockError: another import of the shop is running
        """
        self.ensure_one()
        feed = self._read()
        writer, shop = self._writer()
        while self.done_count < len(feed.orders):
            self._lock()
            batch = feed.orders[self.done_count : self.done_count + BATCH]
            outcome = writer._apply(batch, shop)
            self._take(outcome, batch)
            rows = self.env["live.import.row"]._from_held(self, outcome.held)
            rows._replace_earlier()
            self._close_rows(batch, outcome)
            self.done_count += len(batch)
            if commit and not self.env["ir.cron"]._commit_progress(len(batch)):
                return False
        self._finish(feed)
        return True

    def _finish(self, feed):
        self._count_held()
        self._count_accepted()
        if self.new_count or self.changed_count:
            self._alarm(feed)
        self._move_to("done")

    def _fail(self, error):
        if isinstance(error, UserError):
            self.error = str(error)
        else:
            _logger.error("Import %s failed", self.id, exc_info=error)
            self.error = repr(error)
        self._move_to("failed")

    def _read(self):
        """Return the Feed of the file. :raises UserError: it is no order export"""
        self.ensure_one()
        data = base64.b64decode(self.file or b"")
        try:
            return parse(data, self._spec(), self._zone())
        except FeedError as error:
            raise UserError(self._feed_message(error)) from error

    def _feed_message(self, error):
        name = self.filename or self.env._("the file")
        return {
            "empty": self.env._(
                "%(file)s is empty. Export the orders again and upload that file.",
                file=name,
            ),
            "not_a_table": self.env._(
                "%(file)s is neither a workbook nor a table as text. Upload the file "
                "as the platform exports it: xlsx, xls or csv.",
                file=name,
            ),
            "too_big": self.env._(
                "%(file)s is too big. Export shorter periods and upload them one by "
                "one.",
                file=name,
            ),
            "no_header": self.env._(
                "%(file)s lacks these key columns: %(columns)s. Export the orders with "
                "all columns, or tell under Column Names what yours are called.",
                file=name,
                columns=", ".join(error.names),
            ),
        }[error.code]

    def _writer(self):
        """Return the writer and the shop, as the importing user with all rights."""
        company = self.company_id
        # sudo: live.order.writer - leads import without being sales or stock users
        writer = self.env["live.order.writer"].sudo().with_company(company)
        shop = self.shop_id.sudo().with_company(company)
        writer.env["live.order.create"]._warehouse(shop)
        return writer, shop

    def _lock(self):
        """Let one import of a shop run at a time."""
        try:
            self.lock_for_update(allow_referencing=True)
            self.shop_id.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise LockError(
                self.env._(
                    "Another import of %(shop)s is running. Try again when it is done.",
                    shop=self.shop_id.name,
                )
            ) from error

    def _reset(self, feed):
        """Start the report anew from what the file says."""
        self.row_ids.filtered(lambda row: row.state == "held").unlink()
        warnings = [self._warning_text(warning) for warning in feed.warnings]
        paid = [order for order in feed.orders if order.is_paid]
        self.write(
            {
                "row_count": feed.row_count,
                "order_count": len(feed.orders),
                "line_count": feed.line_count,
                "gift_count": sum(
                    line.is_gift for o in feed.orders for line in o.lines
                ),
                "skipped_count": feed.skipped,
                "paid_count": len(paid),
                "unpaid_count": len(feed.orders) - len(paid),
                "paid_total": sum(order.total for order in paid) / 100,
                "live_count": sum(order.head.is_live for order in feed.orders),
                "warning_count": len(warnings),
                "warning_text": "\n".join(warnings[:WARNINGS_SHOWN]) or False,
                "new_count": 0,
                "changed_count": 0,
                "unchanged_count": 0,
                "done_count": 0,
            }
        )

    def _restart(self):
        """Begin a run: the preview's findings make room for what really happens."""
        feed = self._read()
        self._reset(feed)
        self.env["live.import.row"]._from_held(self, feed.held)._replace_earlier()
        self._count_held()

    def _take(self, outcome, orders):
        """Add what became of a batch to the report."""
        held = {(problem.order_ref, problem.line_ref) for problem in outcome.held}
        lost = [(o, x) for o in orders for x in o.lines if (o.ref, x.ref) in held]
        self.gift_count -= sum(line.is_gift for _order, line in lost)
        self.paid_total -= sum(x.payable for order, x in lost if order.is_paid) / 100
        taken = outcome.new | outcome.changed | outcome.unchanged
        gone = [order for order in orders if order.ref not in taken]
        self.paid_count -= sum(order.is_paid for order in gone)
        self.unpaid_count -= sum(not order.is_paid for order in gone)
        self.live_count -= sum(order.head.is_live for order in gone)
        self.new_count += len(outcome.new)
        self.changed_count += len(outcome.changed)
        self.unchanged_count += len(outcome.unchanged)
        self.line_count -= len(outcome.held)
        if outcome.warnings:
            self.warning_count += len(outcome.warnings)
            texts = [*(self.warning_text or "").splitlines(), *outcome.warnings]
            self.warning_text = "\n".join(filter(None, texts[:WARNINGS_SHOWN]))

    def _count_accepted(self):
        """Count the orders of which at least one line could be taken."""
        for record in self:
            record.order_count = (
                record.new_count + record.changed_count + record.unchanged_count
            )

    def _count_held(self):
        counts = dict(
            self.env["live.import.row"]._read_group(
                [("import_id", "in", self.ids), ("state", "=", "held")],
                ["import_id"],
                ["__count"],
            )
        )
        for record in self:
            record.held_count = counts.get(record, 0)

    def _close_rows(self, batch, outcome):
        """Mark what earlier imports held and this one has applied."""
        held = {(problem.order_ref, problem.line_ref) for problem in outcome.held}
        rows = self.env["live.import.row"].search(
            [
                ("shop_id", "=", self.shop_id.id),
                ("state", "=", "held"),
                ("import_id", "!=", self.id),
                ("order_ref", "in", [order.ref for order in batch]),
            ]
        )
        if not rows:
            return
        applied = {(o.ref, line.ref) for o in batch for line in o.lines} - held
        rows.filtered(lambda row: (row.order_ref, row.line_ref) in applied)._move_to(
            "replaced"
        )
        rows.import_id._count_held()

    def _warning_text(self, warning):
        values = {
            "row": warning.row,
            "order": warning.order_ref,
            "value": warning.value,
        }
        if warning.code == "unknown_status":
            return self.env._(
                'Row %(row)s, order %(order)s: the status "%(value)s" is not known; it '
                "was kept as it is and nothing was concluded from it.",
                **values,
            )
        if warning.code == "unknown_aftersale":
            return self.env._(
                'Row %(row)s, order %(order)s: the after-sale status "%(value)s" is '
                "not known; it was kept as it is and not counted as a refund.",
                **values,
            )
        if warning.code == "amounts_off":
            return self.env._(
                "Row %(row)s, order %(order)s: price, discounts and freight do not "
                "come to the %(value)s which the buyer pays; that amount was taken.",
                **values,
            )
        return self.env._(
            "Row %(row)s, order %(order)s: line %(value)s is in the file twice; it was "
            "taken once.",
            **values,
        )

    def _alarm(self, feed):
        """Ask the importing user to look at statuses nobody has mapped yet."""
        unknown = {w.value for w in feed.warnings if w.code == "unknown_status"}
        if unknown:
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=self.user_id.id,
                summary=self.env._("Order statuses nobody knows yet"),
                note=self.env._(
                    "%(platform)s uses these statuses which the import does not know: "
                    "%(statuses)s. Look at the orders with an unknown platform state.",
                    platform=self.platform_id.name,
                    statuses=", ".join(sorted(unknown)),
                ),
            )
