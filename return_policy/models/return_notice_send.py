"""The job that writes what buyers are told and hands it to the mail queue."""

import logging

from odoo import fields, models

from .return_request import LEAD

_logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 3


class ReturnNotice(models.Model):
    """Sending."""

    _inherit = "return.notice"

    def _wake_job(self):
        """Have the job run after this transaction: one call of it, however many steps.

        Triggered at the end of the transaction, so that a step costs one insert.
        """
        pending = self.env.cr.precommit.data
        if "return_policy.notice" not in pending:
            pending["return_policy.notice"] = True
            self.env.cr.precommit.add(self._trigger_job)

    def _trigger_job(self):
        self.env.ref("return_policy.ir_cron_send_notices")._trigger()

    def _cron_send(self, limit=100):
        """Write and queue what waits, oldest first; what fails stops nothing else."""
        waiting = self.search(
            [("sent_at", "=", False), ("attempts", "<", MOST_ATTEMPTS)], order="id"
        )
        mine = waiting[:limit].try_lock_for_update()
        mine.invalidate_recordset(["sent_at"])
        todo = mine.filtered(lambda notice: not notice.sent_at)
        for notices in todo.grouped("event").values():
            notices._send_safely()
        if todo:
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
        self.env["ir.cron"]._commit_progress(len(todo), remaining=len(waiting - mine))

    def _send_safely(self):
        """Send these, or each by itself where one of them fails."""
        try:
            with self.env.cr.savepoint():
                self._send()
        except Exception as error:  # a template may raise anything
            if len(self) > 1:
                for notice in self:
                    notice._send_safely()
                return
            _logger.warning("Notice %s was not sent", self.id, exc_info=True)
            cause = str(error).strip().partition("\n")[0]
            self.write({"attempts": self.attempts + 1, "note": cause})

    def _send(self):
        """Write the messages of one event."""
        event = self[:1].event
        template = self.env.ref(f"return_policy.mail_template_return_{event}")
        texts = template._generate_template(self.ids, ["subject", "body_html"])
        for notice in self:
            notice._post(texts[notice.id])

    def _post(self, text):
        """Write one message: in the request's history, the portal, and to the buyer."""
        request, company = self.request_id, self.company_id
        reachable = self.partner_id.filtered("email")
        message = request.message_post(
            subject=text["subject"],
            body=text["body_html"],
            message_type="auto_comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=reachable.ids,
            author_id=company.partner_id.id,
            email_from=company.email_formatted or self.env.user.email_formatted,
            email_layout_xmlid="mail.mail_notification_light",
            notify_skip_followers=True,
            force_send=False,
        )
        reader = self.with_context(lang=request.user_id.lang or self.env.lang)
        no_mail = reader.env._("No e-mail address: shown in the portal only.")
        self.write(
            {
                "sent_at": fields.Datetime.now(),
                "message_id": message.id,
                "attempts": self.attempts + 1,
                "note": False if reachable else no_mail,
            }
        )

    def action_retry(self):
        """Try notices which failed too often once more."""
        self.env["return.request"]._check_may(LEAD)
        self.check_access("read")
        failed = self.filtered(lambda notice: not notice.sent_at)
        # sudo: return.notice - written by the job, nobody has the right
        failed.sudo().write({"attempts": 0})
        failed._wake_job()
        return True
