"""Members are told in time which of their points expire, and when."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..ledger.lots import AVAILABLE

MAILS = 500  # written in one transaction


class LoyaltyPointsNotice(models.Model):
    """One mail about one date on one card.

    Note and mail are written in one transaction, so nobody is told twice and nobody
    is forgotten. How the mail gets out is the business of Odoo's mail queue.
    """

    _name = "loyalty.points.notice"
    _description = "Expiry Notice"
    _order = "id desc"
    _rec_name = "card_id"

    card_id = fields.Many2one(
        "loyalty.card", required=True, readonly=True, ondelete="cascade"
    )
    program_id = fields.Many2one(related="card_id.program_id", store=True, index=True)
    partner_id = fields.Many2one(related="card_id.partner_id", string="Member")
    company_id = fields.Many2one(related="card_id.company_id", store=True, index=True)
    expires_on = fields.Date(required=True, readonly=True)
    points = fields.Integer(
        readonly=True, help="How many points were about to expire when it was told."
    )

    _once = models.UniqueIndex(
        "(card_id, expires_on)", "This member was told of this date already."
    )

    @api.model
    def _cron_notify(self):
        """Tell all members whose points expire soon, batch by batch.

        Days the job missed are made up for: whatever expires within the days of
        notice and was not told yet is told now.
        """
        while told := self._notify(MAILS):
            if not self.env["ir.cron"]._commit_progress(len(told)):
                break

    @api.model
    def _notify(self, limit):
        """Note and write so many mails; return the notes."""
        due = self._due_for_notice()
        if not due:
            return self.browse()
        found = self.env.execute_query_dict(
            SQL(
                """
                SELECT entry.card_id, entry.expires_on, sum(entry.remaining) AS points
                FROM loyalty_points_entry AS entry
                JOIN res_partner AS partner ON partner.id = entry.partner_id
                JOIN loyalty_card AS card ON card.id = entry.card_id AND card.active
                WHERE entry.bucket = %s AND entry.remaining > 0 AND (%s)
                AND partner.active AND partner.email <> '' AND NOT EXISTS (
                    SELECT FROM loyalty_membership AS member
                    WHERE member.card_id = entry.card_id AND NOT member.notices
                ) AND NOT EXISTS (
                    SELECT FROM loyalty_points_notice AS notice
                    WHERE notice.card_id = entry.card_id
                    AND notice.expires_on = entry.expires_on
                )
                GROUP BY entry.card_id, entry.expires_on
                ORDER BY entry.expires_on, entry.card_id LIMIT %s
                """,
                AVAILABLE,
                due,
                limit,
            )
        )
        notices = self.create(found)
        if notices:
            self.env.ref("loyalty_points.mail_template_expiry").send_mail_batch(
                notices.ids
            )
        return notices

    @api.model
    def _due_for_notice(self):
        """Return the SQL condition of lots whose members are to be told, if any."""
        self.env.flush_all()
        programs = self.env["loyalty.program"]._points_keeping()
        conditions = []
        for program in programs.filtered("points_notice_days"):
            if program.active and program._points_home().points_notify:
                today = program._points_today()
                until = fields.Date.add(today, days=program.points_notice_days)
                conditions.append(
                    SQL(
                        "entry.program_id = %s AND entry.expires_on BETWEEN %s AND %s",
                        program.id,
                        today,
                        until,
                    )
                )
        return conditions and SQL(" OR ").join(conditions)
