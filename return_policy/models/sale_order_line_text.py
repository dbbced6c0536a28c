"""The verdict in words: one sentence, with days in the policy's time zone."""

from odoo import models
from odoo.tools import format_date, format_list

from ..policy.clock import DAY, last_day, local_day
from ..policy.decision import Code

# Codes whose sentence needs no date, article or rule of a version.
BARE = (Code.NOT_SOLD, Code.NO_POLICY)


class SaleOrderLineText(models.Model):
    """Explain a decision to agent and buyer in their language."""

    _inherit = "sale.order.line"

    def _return_verdict_sentence(self, decision):
        """Return the verdict as one translated sentence, empty where none is due.

        It names days, articles and rules, and what the buyer has to do or pay beyond
        the policy's own terms.
        """
        names = self._return_names(decision)
        sentence = (
            self._return_sentence_refused(decision, names)
            or self._return_sentence_open(decision, names)
            or self._return_sentence_judged(decision, names)
            or self._return_sentence_by_person(decision, names)
        )
        for note in self._return_notes(decision) if sentence else ():
            sentence = self.env._("%(verdict)s; %(note)s", verdict=sentence, note=note)
        return sentence

    def _return_names(self, decision):
        """Return the parts which the sentences name."""
        if decision.code in BARE:
            return {}
        version = decision.version
        names = {
            "rule": decision.rule_name,
            "law": self._return_law(version, decision.clause),
            "quality": self._return_duty(version, "quality"),
            "refusal": self._return_duty(version, "refusal"),
            "days": self._return_days(self._return_span(decision)),
            "remedy": self._return_remedies([decision.remedy]),
            "until": "",
            "signed": "",
        }
        if decision.last_moment:
            zone = version.terms.zone
            names["until"] = self._return_day(last_day(decision.last_moment, zone))
            received = local_day(decision.received_at, zone)
            names["signed"] = self._return_signed(decision.assumed, received)
        return names

    def _return_span(self, decision):
        """Return the days of the window, before its last day was moved."""
        if not decision.effects:
            return 0
        days = max(decision.effects.window_days, decision.version.floor.window_days)
        if not decision.last_moment:
            return days
        zone = decision.version.terms.zone
        last = last_day(decision.last_moment, zone)
        return min(days, (last - local_day(decision.received_at, zone)) // DAY)

    def _return_days(self, days):
        if days == 1:
            return self.env._("1 day")
        return self.env._("%(days)s days", days=days)

    def _return_signed(self, assumed, received):
        day = self._return_day(received)
        if assumed:
            return self.env._("taken as signed for on %(day)s", day=day)
        return self.env._("signed for on %(day)s", day=day)

    def _return_day(self, day):
        """Return a day as people write it; the pattern is up to the translator."""
        return format_date(self.env, day, date_format=self.env._("d MMM y"))

    def _return_law(self, version, code):
        """Return the law and article behind a ground, e.g. ``A6_2``."""
        clause = version.floor.clause(code)
        article = clause.article if clause else ""
        preset = version.terms.preset if article else ""
        return self.env["return.policy"]._cite(preset, "refusal", article)

    def _return_duty(self, version, duty):
        """Return the law and article of a duty, see ``Floor.articles``."""
        article = version.floor.articles.get(duty, "")
        return self.env["return.policy"]._cite(version.terms.preset, duty, article)

    def _return_remedies(self, codes, style="or"):
        """Return the names of remedies, quoted, in the order of their screen."""
        names = self.env["return.remedy"]._names()
        quoted = [
            self.env._("“%(name)s”", name=name)
            for code, name in names.items()
            if code in codes
        ]
        return format_list(self.env, quoted, style=style) if quoted else ""

    def _return_verdict_chip(self, decision):
        """Return the verdict in a word or two."""
        if decision.outcome == "none":
            return ""
        if decision.outcome == "review":
            return self.env._("To be judged")
        if decision.outcome == "refused":
            return self._return_chip_refused(decision)
        if decision.code == Code.NOT_SHIPPED:
            return self.env._("Not shipped")
        if decision.last_moment:
            return self.env._("Until %(day)s", day=self._return_chip_day(decision))
        return self.env._("Returnable")

    def _return_chip_refused(self, decision):
        clause = decision.version.floor.clause(decision.clause)
        names = {"article": clause.article if clause else ""}
        match decision.code:
            case Code.NOTHING_LEFT:
                return self.env._("All returned")
            case Code.WINDOW_CLOSED:
                return self.env._("Ended %(day)s", day=self._return_chip_day(decision))
            case Code.SHIPPED:
                return self.env._("Shipped")
            case Code.REMEDY:
                return self.env._("Not offered")
            case _ if not names["article"]:
                return self.env._("Not returnable")
        if decision.version.floor.code == "UK-14":
            return self.env._("No: reg. %(article)s", **names)
        return self.env._("No: art. %(article)s", **names)

    def _return_chip_day(self, decision):
        """Return the last day of the window without its year."""
        day = last_day(decision.last_moment, decision.version.terms.zone)
        return format_date(self.env, day, date_format=self.env._("d MMM"))
