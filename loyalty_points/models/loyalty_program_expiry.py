"""Until when the points of a program count."""

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..ledger.expiry import DAYS, INACTIVITY, MONTH_END, MOST, NEVER, YEAR_END, Term

USUAL = {NEVER: 0, DAYS: 365, MONTH_END: 12, YEAR_END: 1, INACTIVITY: 365}


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_expiry = fields.Selection(
        [
            (NEVER, "Never"),
            (DAYS, "Some days later"),
            (MONTH_END, "At the end of a month"),
            (YEAR_END, "At the end of a year"),
            (INACTIVITY, "When the member does nothing"),
        ],
        string="Points Expire",
        required=True,
        default=NEVER,
        help="Points keep the date they were given: a change counts for points which "
        "become available from now on. Pending points do not expire.",
    )
    points_expiry_count = fields.Integer(
        string="Expire After",
        help="Days, months or years, as the kind of expiry says. 0 months or years: "
        "the end of the same month or year.",
    )
    points_expiry_from = fields.Selection(
        [
            ("available", "the day they may be spent"),
            ("earned", "the day they were earned"),
        ],
        string="Counted From",
        required=True,
        default="available",
        help="Points that were pending longer than the whole term get a full one.",
    )
    points_expiry_on_activity = fields.Boolean(
        string="Activity Restarts the Term",
        help="Whenever the member earns or spends, all points that may be spent get "
        "a full new term. Gifts of the shop are no activity.",
    )
    points_notice_days = fields.Integer(
        string="Notice",
        default=30,
        help="Members are written to so many days before points expire, once for "
        "each date. 0: nobody is.",
    )
    points_expiry_sentence = fields.Char(compute="_compute_points_expiry_sentence")

    _points_notice_positive = models.Constraint(
        "CHECK (points_notice_days BETWEEN 0 AND 36500)",
        "Days of notice must be between 0 and 36500.",
    )

    @api.constrains("points_expiry", "points_expiry_count")
    def _check_points_expiry_count(self):
        for program in self:
            most = MOST[program.points_expiry]
            least = 1 if program.points_expiry in (DAYS, INACTIVITY) else 0
            count = program.points_expiry_count
            if program.points_expiry != NEVER and not least <= count <= most:
                raise ValidationError(
                    self.env._(
                        "%(program)s: points can expire after %(least)s to %(most)s.",
                        program=program.name,
                        least=least,
                        most=most,
                    )
                )

    @api.onchange("points_expiry")
    def _onchange_points_expiry(self):
        self.points_expiry_count = USUAL[self.points_expiry]

    @api.depends(
        "points_expiry",
        "points_expiry_count",
        "points_expiry_from",
        "points_expiry_on_activity",
        "company_id.partner_id.tz",
    )
    @api.depends_context("lang")
    def _compute_points_expiry_sentence(self):
        for program in self:
            program.points_expiry_sentence = program._points_describe_expiry()

    def _points_describe_expiry(self):
        """Return when points expire, in one or two sentences."""
        self.ensure_one()
        if self.points_expiry == NEVER:
            return self.env._("Points never expire.")
        term = self._points_term()
        since = dict(
            self._fields["points_expiry_from"]._description_selection(self.env)
        )["earned" if term.from_earning and not term.restarts else "available"]
        parts = [self._points_describe_term(since)]
        if term.restarts and self.points_expiry != INACTIVITY:
            parts.append(self.env._("Earning or spending starts the term anew."))
        parts.append(
            self.env._(
                "The last day ends at 24:00, %(zone)s.", zone=self._points_zone()
            )
        )
        return " ".join(parts)

    def _points_describe_term(self, since):
        values = {"count": self.points_expiry_count, "since": since}
        match self.points_expiry:
            case "days":
                return self.env._(
                    "Points count for %(count)s days from %(since)s.", **values
                )
            case "inactivity":
                return self.env._(
                    "Points expire when the member neither earns nor spends for "
                    "%(count)s days.",
                    count=values["count"],
                )
            case "month_end":
                return self._points_describe_month(values)
        return self._points_describe_year(values)

    def _points_describe_month(self, values):
        if values["count"] > 1:
            return self.env._(
                "Points count until the end of the month, %(count)s months after "
                "%(since)s.",
                **values,
            )
        since = values["since"]
        if values["count"]:
            return self.env._(
                "Points count until the end of the month after that of %(since)s.",
                since=since,
            )
        return self.env._(
            "Points count until the end of the month of %(since)s.", since=since
        )

    def _points_describe_year(self, values):
        if values["count"] > 1:
            return self.env._(
                "Points count until the end of the year, %(count)s years after "
                "%(since)s.",
                **values,
            )
        since = values["since"]
        if values["count"]:
            return self.env._(
                "Points count until the end of the year after that of %(since)s.",
                since=since,
            )
        return self.env._(
            "Points count until the end of the year of %(since)s.", since=since
        )

    # -- dates --------------------------------------------------------------------

    @api.model
    def _points_keeping(self):
        """Return all programs with a ledger; points go on where one is archived."""
        everything = self.with_context(active_test=False)
        return everything.search([("points_ledger", "=", True)])

    def _points_term(self):
        self.ensure_one()
        return Term(
            self.points_expiry,
            self.points_expiry_count,
            from_earning=self.points_expiry_from == "earned",
            on_activity=self.points_expiry_on_activity,
        )

    def _points_home(self):
        """Return the company that answers for a program: the main one for all."""
        self.ensure_one()
        # sudo: res.company - its zone and settings alone
        return self.company_id.sudo() or self.env["res.company"]._get_main_company()

    def _points_zone(self):
        """Return the time zone in which days of this program begin and end.

        It is that of the company, else of its working hours.
        """
        company = self._points_home()
        return company.partner_id.tz or company.resource_calendar_id.tz or "UTC"

    def _points_day(self, moment):
        """Return the day of a naive UTC moment where this program is at home."""
        zone = pytz.timezone(self._points_zone())
        return pytz.utc.localize(moment).astimezone(zone).date()

    def _points_today(self):
        return self._points_day(fields.Datetime.now())

    def _points_expires_on(self, today, earned_at=None):
        """Return the last day of points that may be spent from today, or None.

        :param earned_at: naive UTC moment at which they were earned
        """
        earned = earned_at and self._points_day(earned_at)
        return self._points_term().of_new(today, earned)
