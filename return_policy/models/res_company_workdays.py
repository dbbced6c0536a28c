"""On which days a company works: where the law ends a window on the next one."""

from datetime import timedelta

from odoo import models

from ..policy.clock import DAY, EVERY_DAY, Workdays, local_day, midnight
from ..policy.facts import utc

NOON = timedelta(hours=12)


class ResCompany(models.Model):
    """Read the working days from the company's working hours."""

    _inherit = "res.company"

    def _return_workdays(self, zone):
        """Return the Workdays of one company, counted in a time zone; two queries.

        A day is off where a closing day of the whole company, or of its working
        hours, covers its noon. Without working hours Monday to Friday are workdays.
        """
        self.ensure_one()
        calendar = self.resource_calendar_id
        attendances = self.env["resource.calendar.attendance"].search_fetch(
            [
                ("calendar_id", "in", calendar.ids),
                ("day_period", "!=", "lunch"),
                ("display_type", "=", False),
            ],
            ["dayofweek"],
        )
        weekdays = frozenset(int(each.dayofweek) for each in attendances)
        leaves = self.env["resource.calendar.leaves"].search_fetch(
            [
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("calendar_id", "in", [False, calendar.id]),
                ("company_id", "in", [False, self.id]),
            ],
            ["date_from", "date_to"],
        )
        days_off = set()
        for leave in leaves:
            start, end = utc(leave.date_from), utc(leave.date_to)
            day = local_day(start, zone)
            while midnight(day, zone) < end:
                if start < midnight(day, zone) + NOON < end:
                    days_off.add(day)
                day += DAY
        return Workdays(weekdays or EVERY_DAY.weekdays, frozenset(days_off))
