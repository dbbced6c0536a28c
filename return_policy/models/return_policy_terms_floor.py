"""The legal floor of terms in plain words, with the article behind each sentence."""

from markupsafe import Markup

from odoo import api, fields, models

from ..policy.law import floor_of


class ReturnPolicyTermsFloor(models.AbstractModel):
    """What the law gives every consumer, whatever the terms say."""

    _inherit = "return.policy.terms"

    floor_html = fields.Html(
        string="What the Law Asks",
        compute="_compute_floor_html",
        help="The legal floor in words: what publishing and every decision hold to.",
    )

    @api.depends("preset")
    @api.depends_context("lang")
    def _compute_floor_html(self):
        for preset, records in self.grouped("preset").items():
            floor = floor_of(preset)
            if floor.window_days:
                records.floor_html = self._floor_table(floor)
            else:
                records.floor_html = Markup("<p>%s</p>") % self.env._(
                    "No law is checked: what the shop promises binds it."
                )

    def _floor_table(self, floor):
        """Return the duties of a floor, then the grounds for a refusal, as a table."""
        head = Markup("<tr><th class='pe-3'>%s</th><td>%s</td><td>%s</td></tr>")
        rows = Markup().join(head % row for row in self._floor_duties(floor))
        ground = Markup("<tr><td class='pe-3'>%s</td><td>%s</td><td>%s</td></tr>")
        grounds = Markup().join(ground % row for row in self._floor_grounds(floor))
        return Markup(
            "<table class='table table-sm'><tbody>%s</tbody></table><h5>%s</h5>"
            "<table class='table table-sm'><tbody>%s</tbody></table>"
        ) % (
            rows,
            self.env._("A return without a reason may be refused only for"),
            grounds,
        )

    def _floor_duties(self, floor):
        """Return (topic, duty, law and article) of each duty of a floor."""
        cite = self.env["return.policy"]._cite
        return [
            (topic, duty, cite(floor.code, name, floor.articles[name]))
            for topic, duty, name in (
                *self._floor_windows(floor),
                self._floor_withdrawal(floor),
                *self._floor_money(floor),
            )
            if duty
        ]

    def _floor_windows(self, floor):
        """Return (topic, duty or "", name of the article) of the windows."""
        days = {"days": floor.window_days, "months": floor.uninformed_months}
        untold = self.env._(
            "%(months)s months more for buyers who were not told of their right; once "
            "told, %(days)s days from then",
            **days,
        )
        return [
            (
                self.env._("Return window"),
                self.env._(
                    "At least %(days)s days for a return without a reason, from the "
                    "day after receipt",
                    **days,
                ),
                "window",
            ),
            (self.env._("Last day"), self._floor_rolls()[floor.window_rolls], "rolls"),
            (
                self.env._("Not told beforehand"),
                untold if floor.uninformed_months else "",
                "informed",
            ),
            (
                self.env._("Faulty goods"),
                self.env._(
                    "At least %(days)s days to return them", days=floor.quality_days
                ),
                "quality",
            ),
        ]

    def _floor_rolls(self):
        """Return what happens to a last day off, by how windows roll."""
        return {
            "calendar": "",
            "holiday": self.env._(
                "A window which would end on a day off ends on the next day that is "
                "none"
            ),
            "working": self.env._(
                "A window which would end on a day off or a weekend ends on the next "
                "working day"
            ),
        }

    def _floor_withdrawal(self, floor):
        """Return (topic, duty or "", name of the article) of the withdrawal button."""
        duty = self.env._(
            "By two clicks on a page of the shop, without a login or a reason; an "
            "acknowledgement is mailed at once"
        )
        return (
            self.env._("Withdrawing online"),
            duty if floor.withdrawal_button else "",
            "withdrawal",
        )

    def _floor_money(self, floor):
        """Return (topic, duty or "", name of the article) of money and freight."""
        freight = self.env._("The merchant pays the way back of faulty goods")
        if floor.uninformed_months:
            freight = self.env._(
                "The merchant pays the way back of faulty goods; else the buyer, if "
                "told so beforehand"
            )
        standard = self.env._(
            "When everything is returned, the price of standard delivery is given back"
        )
        return [
            (self.env._("Refund"), self._floor_clock(floor), "refund"),
            (
                self.env._("Means of refund"),
                self.env._("Money back, the way it was paid, is always on offer"),
                "remedies",
            ),
            (
                self.env._("Restocking fee"),
                self.env._("None within the window of the law"),
                "fee",
            ),
            (self.env._("Return freight"), freight, "freight"),
            (
                self.env._("Delivery costs"),
                standard if floor.outbound_freight == "standard" else "",
                "outbound",
            ),
        ]

    def _floor_clock(self, floor):
        """Return within which time the money has to be back."""
        days = {"days": floor.refund_days}
        if floor.refund_clock == "goods_back" and floor.proof_of_sending:
            return self.env._(
                "Within %(days)s days after the goods, or the proof that they were "
                "sent, came in",
                **days,
            )
        if floor.refund_clock == "goods_back":
            return self.env._("Within %(days)s days after the goods came back", **days)
        return self.env._(
            "Within %(days)s days of the buyer's notice; it may wait for the goods or "
            "the proof that they were sent",
            **days,
        )

    def _floor_grounds(self, floor):
        """Return (ground, condition, law and article) of each lawful refusal."""
        rules = self.env["return.policy.rule"]
        names = rules._fields["legal_code"]._description_selection(self.env)
        cite = self.env["return.policy"]._cite
        return [
            (
                label.split(" — ")[0],
                self._floor_condition(clause),
                cite(floor.code, "refusal", clause.article),
            )
            for code, label in names
            if (clause := floor.clause(code))
        ]

    def _floor_condition(self, clause):
        """Return what has to be true for a ground to hold; nothing for none."""
        if clause.needs_confirmation:
            return self.env._("only if the buyer confirmed it at the purchase")
        return self.env._("only once the buyer opened it") if clause.if_opened else ""
