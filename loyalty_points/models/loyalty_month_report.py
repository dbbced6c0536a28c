"""What reports by month have in common: when a month ends, and where it is at home."""

from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.models import parse_read_group_spec
from odoo.tools import SQL, babel_locale_parse, get_lang

# Of each program or tier its first or last month in the group; these are added up.
END = """(
    SELECT SUM(one.value) FROM (
        SELECT DISTINCT ON (given.thing) given.value
          FROM UNNEST(ARRAY_AGG(%(thing)s), ARRAY_AGG(%(month)s), ARRAY_AGG(%(value)s))
            AS given (thing, month, value)
      ORDER BY given.thing, given.month %(order)s
    ) AS one
)"""


class LoyaltyMonthReport(models.AbstractModel):
    """Numbers by month, some of them as they are at its beginning or end.

    Months begin at midnight where the program is at home. Each month has a row since
    the first one with something to tell.
    """

    _name = "loyalty.month.report"
    _description = "Numbers by Month"
    _order = "month desc, program_id"
    _rec_name = "month"

    # {field: whether it is the number at the "ASC"ending (first) or "DESC"ending end}
    _ends = {}
    _ends_of = "program_id"

    program_id = fields.Many2one("loyalty.program", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    month = fields.Date(readonly=True)
    month_name = fields.Char(string="Month in Words", compute="_compute_month_name")

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_month_name(self):
        locale = babel_locale_parse(get_lang(self.env).code)
        for row in self:
            row.month_name = row.month and format_skeleton(
                "yMMMM", row.month, locale=locale
            )

    def _read_group_select(self, aggregate_spec, query):
        """Add up programs, never months: a year opens as its first month did."""
        total = super()._read_group_select(aggregate_spec, query)
        name, _property, function = parse_read_group_spec(aggregate_spec)
        if name not in self._ends or function not in ("sum", "sum_currency"):
            return total
        thing, month, value = (
            self._field_to_sql(self._table, each, query)
            for each in (self._ends_of, "month", name)
        )
        if function == "sum_currency":
            rates = query.make_alias(self._table, "currency_id__rates")
            rate = SQL.identifier(rates, "rate")
            value = SQL("%s / COALESCE(%s, 1.0)", value, rate)
        return SQL(
            END, thing=thing, month=month, value=value, order=SQL(self._ends[name])
        )

    def _zones(self):
        """Return rows of program and time zone, for a list of VALUES."""
        # sudo: loyalty.program - zones alone, which rows are read is another matter
        programs = self.env["loyalty.program"].sudo().with_context(active_test=False)
        zones = [(each.id, each._points_zone()) for each in programs.search([])]
        return SQL(", ").join(SQL("(%s, %s)", *row) for row in zones or [(0, "UTC")])
