"""Statements which met an order that somebody worked on: opened a little later."""

from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

# Somebody who works on the returns of an order is through with it by then.
RETRY_AFTER = timedelta(minutes=1)


class ReturnWithdrawal(models.Model):
    """The job that tries again."""

    _inherit = "return.withdrawal"

    def _trigger_open(self):
        """Have the job run soon."""
        cron = self.env.ref("return_policy.ir_cron_open_withdrawals")
        cron._trigger(fields.Datetime.now() + RETRY_AFTER)

    def _cron_open(self, limit=100):
        """Open the requests of verified statements that met a busy order, each once.

        What was refused for a reason waits for the desk, with that reason.
        """
        waiting = self.search(
            Domain("is_verified", "=", True)
            & Domain("sale_order_id", "!=", False)
            & Domain("request_id", "=", False)
            & Domain("closed_at", "=", False)
            & Domain("problem", "=", False),
            order="id",
            limit=limit,
        )
        for withdrawal in waiting:
            withdrawal._open_again()
            self.env["ir.cron"]._commit_progress(1)

    def _open_again(self):
        """Open one request, unless somebody else does or has done so."""
        mine = self.try_lock_for_update(allow_referencing=True)
        mine.invalidate_recordset(["request_id", "closed_at"])
        if mine and not (mine.request_id or mine.closed_at):
            mine._open_safely()
