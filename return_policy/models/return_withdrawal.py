"""Statements by which buyers withdraw from contracts: kept as sent, never lost.

Directive 2011/83/EU, art. 11a (by Directive (EU) 2023/2673), since 19 June 2026.
"""

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tools import format_datetime

from .return_request import AGENT

HAND_FIELDS = {"sale_order_id"}


class ReturnWithdrawal(models.Model):
    """One statement, which becomes a return request as soon as its order is known."""

    _name = "return.withdrawal"
    _description = "Withdrawal from a Contract"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "portal.mixin",
        "return.defaults.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one("res.company", required=True, index=True)
    person = fields.Char("Person's Name", required=True, readonly=True)
    email = fields.Char("E-Mail", required=True, readonly=True)
    order_ref = fields.Char(
        "Order as Written",
        required=True,
        readonly=True,
        help="How the sender named the order or the contract.",
    )
    statement = fields.Text(
        required=True, readonly=True, help="The statement as it was sent."
    )
    asked_at = fields.Datetime(
        "Received on",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
        index=True,
        help="The moment of sending, which decides whether it was in time.",
    )
    tz = fields.Char("Time Zone", readonly=True, required=True)
    asked_text = fields.Char(
        "Received in Words",
        compute="_compute_asked_text",
        help="Date and time with the time zone, as acknowledged.",
    )
    lang = fields.Char("Language", readonly=True)
    wanted = fields.Json(
        readonly=True, help="Quantities by order line; empty: the whole order."
    )
    key = fields.Char(
        readonly=True, required=True, copy=False, help="Sent twice, it counts once."
    )
    sale_order_id = fields.Many2one(
        "sale.order",
        string="Order",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The order it is about. Check that the sender is its buyer.",
    )
    is_verified = fields.Boolean(
        "Sender Is the Buyer",
        readonly=True,
        help="By login, by a link in our mails, or because the e-mail address is the "
        "one of the order.",
    )
    request_id = fields.Many2one(
        "return.request", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    problem = fields.Text(
        "Why It Waits", readonly=True, help="Why no return request could be made."
    )
    closed_at = fields.Datetime(readonly=True, copy=False)

    _key_uniq = models.UniqueIndex("(key)", "This statement was received already.")
    _open_idx = models.Index("(id) WHERE request_id IS NULL AND closed_at IS NULL")

    def _compute_access_url(self):
        for withdrawal in self:
            withdrawal.access_url = f"/returns/withdraw/{withdrawal.id}"

    @api.depends("asked_at", "tz")
    @api.depends_context("lang")
    def _compute_asked_text(self):
        for withdrawal in self:
            moment = format_datetime(
                self.env, withdrawal.asked_at, tz=withdrawal.tz, dt_format="long"
            )
            withdrawal.asked_text = f"{moment} ({withdrawal.tz})"

    @api.model_create_multi
    def create(self, vals_list):
        """Number the statements."""
        for vals in vals_list:
            sequence = self.env["ir.sequence"].with_company(vals.get("company_id"))
            vals["name"] = sequence.next_by_code("return.withdrawal") or "/"
        return super().create(vals_list)

    def write(self, vals):
        """Let people name the order; the statement itself stays as it was sent."""
        own = (vals.keys() & self._fields.keys()) - HAND_FIELDS
        written = [n for n in own if not n.startswith(("message_", "activity_"))]
        if written and not self.env.su:
            raise AccessError(self.env._("A statement of withdrawal is never changed."))
        if "sale_order_id" in vals and self.request_id:
            raise UserError(
                self.env._("Its return request exists already: open it from here.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Statements of withdrawal are never deleted."))

    # Receiving --------------------------------------------------------------

    @api.model
    def _receive(self, vals):
        """Keep a statement, acknowledge it, and open its request where possible.

        Sent again (a double click, a reload) it is the same statement.

        :param dict vals: values with a ``key``
        :raises ConcurrencyError: to be run again, when the other click was faster
        """
        known = self.search([("key", "=", vals["key"])])
        if known:
            return known
        try:
            with self.env.cr.savepoint():
                withdrawal = self.create(vals)
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error
        withdrawal._acknowledge()
        if withdrawal.is_verified:
            withdrawal._open_safely()
        return withdrawal

    def _acknowledge(self):
        """Send content, date and time without delay, on a durable medium (art. 11a(4)).

        Written in the same transaction; the mail queue sends it right afterwards.
        """
        template = self.env.ref("return_policy.mail_template_return_withdrawal")
        template.send_mail(
            self.id,
            force_send=False,
            email_layout_xmlid="mail.mail_notification_light",
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    # Working on it ----------------------------------------------------------

    def _check_agent(self):
        self.env["return.request"]._check_may(AGENT)
        self.check_access("write")

    def action_open_request(self):
        """Make the return request of a statement whose order an agent has found."""
        self.ensure_one()
        self._check_agent()
        if not self.sale_order_id:
            raise UserError(
                self.env._("Choose the order first: the statement names it.")
            )
        if not self.request_id:
            # sudo: return.withdrawal - the step writes what agents may not
            self.sudo()._open_request()
        return self.request_id._open(self.env._("Return Request"), self.request_id)

    def action_close(self):
        """Close a statement that is about nothing of ours; it stays as a record."""
        self._check_agent()
        todo = self.filtered(lambda w: not w.request_id and not w.closed_at)
        # sudo: return.withdrawal - the step writes what agents may not
        todo.sudo().write({"closed_at": fields.Datetime.now()})
        return True
