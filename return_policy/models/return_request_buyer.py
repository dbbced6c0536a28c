"""A request while its buyer still puts it together, and the moment it is sent."""

import hashlib
import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT

ASK_DAYS = 1  # how long an ask that was not sent is kept


class ReturnRequest(models.Model):
    """The ask of a buyer: a draft which holds nothing until it is sent.

    All methods run in sudo, after the controller has checked whose order it is.
    """

    _inherit = "return.request"

    is_buyer_ask = fields.Boolean(
        "Asked by the Buyer",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The buyer put it together in the portal. What is not sent within a day "
        "is thrown away.",
    )

    def _is_unsent(self):
        """Tell whether the buyer is still at it: then it is nothing for the desk."""
        self.ensure_one()
        return self.is_buyer_ask and self.state == "draft"

    @api.model
    def _buyer_ask(self, order):
        """Return what the visitor has begun to ask for of an order, or nothing."""
        return self.search(
            [
                ("sale_order_id", "=", order.id),
                ("state", "=", "draft"),
                ("is_buyer_ask", "=", True),
                ("create_uid", "=", self.env.uid),
            ],
            limit=1,
        )

    @api.model
    def _buyer_begin(self, order, reason, wanted):
        """Write down which goods are asked for and why; return the draft.

        :param dict wanted: {order line: (quantity, own reason or an empty one)}
        """
        draft = self._buyer_ask(order)
        if not draft:
            draft = self.with_context(mail_create_nosubscribe=True).create(
                {"sale_order_id": order.id, "is_buyer_ask": True, "user_id": False}
            )
        quantities = order._buyer_quantities()
        held = {line.sale_line_id: line for line in draft.line_ids}
        commands = [
            Command.delete(line.id) for sold, line in held.items() if sold not in wanted
        ]
        for sold, (quantity, own) in wanted.items():
            values = {"qty_requested": quantity, "reason_id": own.id}
            if sold in held:
                commands.append(Command.update(held[sold].id, values))
            else:
                _most, is_shipped = quantities[sold]
                remedy = "return_refund" if is_shipped else "cancel"
                values |= {"sale_line_id": sold.id, "remedy": remedy}
                commands.append(Command.create(values))
        draft.write({"reason_id": reason.id, "line_ids": commands})
        return draft

    def _buyer_describe(self, note, seals, removed):
        """Write down what the buyer says beside goods and reason.

        :param dict seals: {line: sealed or opened}
        :param removed: photos and videos the buyer takes back
        """
        self.ensure_one()
        self.note = note
        for line, seal in seals.items():
            line.seal = seal
        for line in self.line_ids.filtered(lambda line: line.evidence_ids & removed):
            gone = line.evidence_ids & removed
            line.evidence_ids -= gone
            gone.unlink()

    def _buyer_seen(self):
        """Return what the buyer confirms, in a few letters: goods, ways, money."""
        self.ensure_one()
        lines = [
            (
                line.sale_line_id.id,
                line.qty_requested,
                (line.reason_id or self.reason_id).id,
                line.remedy,
                line.exchange_product_id.id,
                line.seal,
            )
            for line in self.line_ids.sorted("id")
        ]
        seen = json.dumps([self.id, lines, self._to_minor(self.amount_total)])
        return hashlib.sha256(seen.encode()).hexdigest()[:20]

    def _buyer_confirm(self, seen):
        """Submit what the buyer saw; once, whatever the clicks and windows.

        :param str seen: see ``_buyer_seen``, as the page showed it
        :return: what speaks against it; nothing where it is submitted
        """
        self.ensure_one()
        # the second of two clicks waits here, and then finds it submitted
        self.env.cr.execute(
            SQL("SELECT id FROM return_request WHERE id = %s FOR UPDATE", self.id)
        )
        self.invalidate_recordset()
        if self.state != "draft":
            return []
        if seen != self._buyer_seen():
            return [
                self.env._(
                    "Something changed since you opened this page. Look at it again, "
                    "then send it."
                )
            ]
        if problems := self._buyer_problems():
            return problems
        self.message_subscribe(self.partner_id.ids)
        self.action_submit()
        return []

    @api.autovacuum
    def _gc_buyer_asks(self):
        """Throw away what buyers began and never sent."""
        before = fields.Datetime.now() - timedelta(days=ASK_DAYS)
        self.search(
            [
                ("is_buyer_ask", "=", True),
                ("state", "=", "draft"),
                ("write_date", "<", before),
            ],
            limit=GC_UNLINK_LIMIT,
        ).unlink()
