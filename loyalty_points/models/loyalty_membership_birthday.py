"""Birthdays: a gift once a calendar year."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..ledger import birthday as birthdays

GIVEN = 500  # members in one transaction


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    birthday = fields.Date(
        tracking=True,
        help="The year does not count. Once it is entered or changed, the birthday "
        "brings a gift no sooner than 30 days later.",
    )
    birthday_set_on = fields.Date(string="Birthday Entered On", readonly=True)
    birthday_given_on = fields.Date(
        string="Last Birthday Gift",
        readonly=True,
        help="The birthday which the last gift was given for.",
    )

    @api.constrains("birthday")
    def _check_birthday(self):
        for member in self.filtered("birthday"):
            if member.birthday > member.program_id._points_today():
                raise ValidationError(
                    self.env._(
                        "%(member)s: a birthday cannot lie in the future.",
                        member=member.display_name,
                    )
                )

    def write(self, vals):
        """Note when a birthday is entered or moved to another day."""
        moved = self.browse()
        if "birthday" in vals:
            day = fields.Date.to_date(vals["birthday"])
            moved = self.filtered(lambda member: not member._is_birthday(day))
        result = super().write(vals)
        # sudo: loyalty.membership - the day alone, of those whose birthday is written
        for program, members in moved.sudo().grouped("program_id").items():
            members.birthday_set_on = program._points_today()
        return result

    def _is_birthday(self, day):
        known = self.birthday
        if not known or not day:
            return known == (day or False)
        return (known.month, known.day) == (day.month, day.day)

    @api.model
    def _cron_birthdays(self):
        """Give birthday gifts, to the late ones of the last days as well."""
        programs = self.env["loyalty.program"].search([("points_ledger", "=", True)])
        for program in programs:
            due = self._celebrating(program)
            if not self._work_off(due, type(self)._celebrate, GIVEN):
                break

    @api.model
    def _celebrating(self, program):
        """Return the domain of members whose birthday may bring a gift today."""
        today = program._points_today()
        generous = program.points_tier_ids.filtered("birthday_points").ids
        gift = (
            Domain.TRUE
            if program.points_birthday
            else Domain("tier_id", "in", generous)
        )
        days = birthdays.days_to_celebrate(today)
        born = Domain.OR(
            Domain("birthday.month_number", "=", month)
            & Domain("birthday.day_of_month", "=", day)
            for each in days
            for month, day in birthdays.born_on(each)
        )
        ungiven = Domain("birthday_given_on", "=", False) | Domain(
            "birthday_given_on", "<", days[0]
        )
        return Domain("program_id", "=", program.id) & gift & born & ungiven

    def _celebrate(self):
        """Give these members what their birthday brings; greet those who agreed."""
        members, grants = self._claim(), {}
        for member in members:
            day = birthdays.celebrated(
                member.birthday,
                member.birthday_set_on or member.birthday,
                member.birthday_given_on or None,
                member.program_id._points_today(),
            )
            points = member.tier_id.birthday_points or member.program_id.points_birthday
            if day and points:
                grants[member] = (day, points)
        given = self.env["loyalty.card"]._points_grant(
            [
                (member.card_id, points, member._birthday_facts(day))
                for member, (day, points) in grants.items()
            ]
        )
        # sudo: loyalty.membership - nobody may write the day but this method
        for member, (day, _points) in grants.items():
            member.sudo().birthday_given_on = day
        told = members.filtered(lambda member: member.card_id in given.card_id)
        # a greeting advertises; the points are theirs with or without it
        told.filtered("consent")._write_mail("loyalty_points.mail_template_birthday")

    def _birthday_facts(self, day):
        lang = self.partner_id.lang or self.env.lang
        env = self.with_context(lang=lang).env
        return {
            "key": f"birthday:{day.year}",
            "source": "birthday",
            "description": env._("Birthday %(year)s", year=day.year),
        }
