"""What comes with a verdict: longer windows, fees, freight, evidence, gifts."""

from odoo import models
from odoo.tools import format_list

from ..policy.clock import DAY, last_day, local_day
from ..policy.decision import Code
from ..policy.promise import FREIGHT, WINDOW

# Windows of faults end on any day.
FAULTS = (Code.QUALITY, Code.QUALITY_LATE, Code.OTHER_REGIME)
# Verdicts which the length of the window decides.
WINDOWED = (
    Code.IN_WINDOW,
    Code.NOT_RECEIVED,
    Code.WINDOW_CLOSED,
    Code.QUALITY,
    Code.QUALITY_LATE,
)


class SaleOrderLineTextNotes(models.Model):
    """Word what the reader has to know beside the verdict itself."""

    _inherit = "sale.order.line"

    def _return_notes(self, decision):
        """Return what to add to the sentence of a verdict: short clauses."""
        if not decision.effects:
            return []
        notes = [self._return_note_unconfirmed(decision)]
        if decision.last_moment:
            notes.append(self._return_note_moved(decision))
        promised = self._return_promised(decision)
        if promised:
            notes.append(
                self._return_promise_in_words(decision.facts.promise, promised)
            )
        if self._return_comes_back(decision):
            terms = decision.version.terms
            notes += self._return_effects_in_words(decision)
            if (
                decision.freight_payer != terms.freight_payer
                and FREIGHT not in promised
            ):
                notes.append(self._return_freight_in_words(decision))
        return [note for note in notes if note]

    def _return_comes_back(self, decision):
        """Tell whether goods that left are let come back."""
        return decision.outcome == "allowed" and decision.code != Code.NOT_SHIPPED

    def _return_promised(self, decision):
        """Return what of a promise matters to this verdict: window, freight."""
        matters = {
            WINDOW: decision.code in WINDOWED,
            FREIGHT: self._return_comes_back(decision),
        }
        return [what for what in decision.promised if matters[what]]

    def _return_promise_in_words(self, promise, promised=(WINDOW, FREIGHT)):
        """Return what a buyer was promised, e.g. “Gold: 7 days longer”.

        :param promised: what of it to say
        """
        benefits = []
        if WINDOW in promised and promise.extra_days:
            days = self._return_days(promise.extra_days)
            benefits.append(self.env._("%(days)s longer", days=days))
        if FREIGHT in promised and promise.free_freight:
            benefits.append(self.env._("free return freight"))
        if not benefits:
            return ""
        return self.env._(
            "%(name)s: %(benefits)s",
            name=promise.name,
            benefits=format_list(self.env, benefits),
        )

    def _return_note_unconfirmed(self, decision):
        """Word an exclusion that does not hold for want of a confirmation."""
        if not decision.unconfirmed:
            return ""
        version = decision.version
        return self.env._(
            "no purchase confirmation is recorded, so the exclusion (%(law)s) does not "
            "hold",
            law=self._return_law(version, decision.unconfirmed),
        )

    def _return_note_moved(self, decision):
        """Word a window that is longer than its days."""
        version = decision.version
        zone = version.terms.zone
        last = last_day(decision.last_moment, zone)
        counted = local_day(decision.received_at, zone)
        counted += self._return_span(decision) * DAY
        if decision.code in FAULTS or last <= counted:
            return ""
        if not version.terms.informs_buyer and version.floor.uninformed_months:
            return self.env._(
                "longer because the buyer was told late, or not at all, of the right "
                "to withdraw (%(law)s)",
                law=self._return_duty(version, "informed"),
            )
        return self.env._(
            "the last day moved to the next working day (%(law)s)",
            law=self._return_duty(version, "rolls"),
        )

    def _return_effects_in_words(self, decision):
        """Return what the buyer has to pay, to show, or is given; short clauses."""
        effects = decision.effects
        notes = [self._return_fee_in_words(decision)]
        if decision.keeps_item:
            notes.append(self.env._("the buyer may keep the goods"))
        if effects.photos == 1:
            notes.append(self.env._("1 photo needed"))
        elif effects.photos:
            notes.append(self.env._("%(count)s photos needed", count=effects.photos))
        if effects.video:
            notes.append(self.env._("a video needed"))
        notes.append(self._return_bonus_in_words(decision))
        return [note for note in notes if note]

    def _return_fee_in_words(self, decision):
        amounts = self._return_amounts(decision.fee_percent, decision.fee_flat)
        match amounts:
            case "", "":
                return ""
            case share, "":
                return self.env._("fee %(share)s", share=share)
            case "", flat:
                return self.env._("fee %(flat)s per piece", flat=flat)
        share, flat = amounts
        return self.env._(
            "fee %(share)s and %(flat)s per piece", share=share, flat=flat
        )

    def _return_bonus_in_words(self, decision):
        amounts = self._return_amounts(decision.bonus_percent, decision.bonus_flat)
        match amounts:
            case "", "":
                return ""
            case share, "":
                return self.env._("bonus %(share)s", share=share)
            case "", flat:
                return self.env._("bonus %(flat)s", flat=flat)
        share, flat = amounts
        return self.env._("bonus %(share)s and %(flat)s", share=share, flat=flat)

    def _return_amounts(self, points, units):
        """Return (basis points, smallest units) as people write them; 0 is empty."""
        rules = self.env["return.policy.rule"]
        currency = (self.company_id[:1] or self.env.company).currency_id
        return (
            rules._percentage(points) if points else "",
            rules._money(units, currency) if units else "",
        )

    def _return_freight_in_words(self, decision):
        """Return who pays the way back."""
        match decision.freight_payer:
            case "consumer":
                return self.env._("the buyer pays the way back")
            case "merchant":
                return self.env._("the shop pays the way back")
            case "insurance":
                return self.env._("the freight insurance pays the way back")
        return ""
