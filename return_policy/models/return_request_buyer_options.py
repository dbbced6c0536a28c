"""What a buyer may be given for the goods of an ask, and what it comes to."""

from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError

from ..policy.decision import Code, Outcome
from ..policy.remedies import GIVEN_AWAY

# In the order of the page. Partial refunds are offered by the desk, not asked for.
ASKED_FOR = (
    "return_refund",
    "store_credit",
    "exchange",
    "repair",
    "reship",
    "refund_only",
    "price_protection",
)
NEVER_LEFT = ("cancel", "refund_only", "return_refund")
ABOUT_PRICE = {"no_reason_price", "promise_price"}  # codes of reasons
# Only for what somebody else answers for.
FOR_FAULTS = GIVEN_AWAY - {"price_protection"} | {"repair"}


class Option(NamedTuple):
    """One way to settle an ask: its name, the money, and what to know of it."""

    code: str
    name: str
    amount: float  # what the buyer gets back, deductions taken off, bonus included
    bonus: float
    notes: list[str]


class ReturnRequest(models.Model):
    """Remedies side by side."""

    _inherit = "return.request"

    def _buyer_offered(self):
        """Return {line: {remedy: Decision}} of what can be asked for each line."""
        self.ensure_one()
        quantities = self.sale_order_id._buyer_quantities()
        never = set() if self._buyer_takes_credit() else {"store_credit"}
        offered = {}
        for line, decisions in self.line_ids._buyer_decisions().items():
            _most, is_shipped = quantities.get(line.sale_line_id, (0.0, True))
            codes = ASKED_FOR if is_shipped else NEVER_LEFT
            found = {
                code: decisions[code]
                for code in codes
                if code in decisions.keys() - never
                and line._buyer_is_offered(code, decisions[code])
            }
            if not is_shipped:
                found = dict(list(found.items())[:1])
            offered[line] = found
        return offered

    def _buyer_takes_credit(self):
        """Tell whether the shop has an eWallet for store credit."""
        try:
            return bool(self.company_id._return_ewallet())
        except UserError:
            return False

    def _buyer_options(self, offered):
        """Return the options for all goods at once that were shipped, with amounts.

        :param dict offered: see ``_buyer_offered``
        """
        shipped = {line: held for line, held in offered.items() if "cancel" not in held}
        names = self.env["return.remedy"]._names()
        options = []
        for code in ASKED_FOR:
            if shipped and all(code in held for held in shipped.values()):
                chosen = {line: held[code] for line, held in shipped.items()}
                options.append(self._buyer_option(code, names[code], chosen))
        # without an amount price protection gives nothing
        return [o for o in options if o.amount or o.code != "price_protection"]

    def _buyer_lacks_protection(self, options):
        """Tell whether price protection was asked for and there is none to give."""
        reasons = {line._buyer_reason().code for line in self.line_ids}
        is_given = any(option.code == "price_protection" for option in options)
        return bool(reasons & ABOUT_PRICE) and not is_given

    def _buyer_option(self, code, name, chosen):
        """Return one option, worked out on a copy of the ask that is never stored."""
        copy = self.new(origin=self)
        for line in copy.line_ids.filtered(lambda line: line._origin in chosen):
            line.remedy = code
        bonus = copy._buyer_bonus()
        decision = next(iter(chosen.values()))
        notes = self._buyer_notes(decision, copy)
        return Option(code, name, copy.amount_total + bonus, bonus, notes)

    def _buyer_bonus(self):
        """Return what comes on top for what becomes store credit."""
        self.ensure_one()
        units = self._to_minor(self.amount_total)
        shares = self._split_credit(units, self.line_ids)
        bonus = sum(line._bonus(units) for line, units in shares.items())
        return bonus * (self.currency_id.rounding or 0.01)

    def _buyer_notes(self, decision, copy):
        """Return what to know of an option: short sentences."""
        back = copy.line_ids.filtered(lambda line: line._comes_back())
        notes = []
        if back:
            notes.append(self._buyer_freight(decision.freight_payer))
        elif copy.line_ids.filtered("keeps_item"):
            notes.append(self.env._("You keep the goods."))
        if copy.amount_total:
            notes.append(self._buyer_when(decision, bool(back)))
        if copy.line_ids[:1]._is_replaced():
            notes.append(self._buyer_ships(bool(back)))
        if decision.outcome == Outcome.REVIEW or decision.approval == "review":
            notes.append(self.env._("We look at it first and answer you."))
        notes += (copy.deduction_text or "").splitlines()
        return [note for note in notes if note]

    def _buyer_freight(self, payer):
        """Return who pays the way back, said to the buyer."""
        return {
            "consumer": self.env._("You pay the way back."),
            "merchant": self.env._("We pay the way back."),
            "insurance": self.env._("The freight insurance pays the way back."),
        }.get(payer, "")

    def _buyer_when(self, decision, comes_back):
        """Return when the money comes; goods that stay are not waited for."""
        at_once = self.env._("Money back once it is approved.")
        if not comes_back or not decision.version:
            return at_once if decision.version else ""
        step = {
            "approval": at_once,
            "scanned": self.env._("Money back once the carrier has the parcel."),
            "received": self.env._("Money back once the parcel is here."),
            "inspected": self.env._("Money back once we have looked at the goods."),
        }[decision.refund_on]
        return self.env._(
            "%(step)s At the latest %(days)s days after the goods are back.",
            step=step,
            days=decision.version.terms.refund_days,
        )

    def _buyer_ships(self, comes_back):
        """Return when goods leave for the buyer; nothing waits for goods that stay."""
        moment = self.company_id.return_ship_on if comes_back else "approval"
        return {
            "approval": self.env._("We send it once we have agreed."),
            "scanned": self.env._("We send it once the carrier has your parcel."),
            "received": self.env._("We send it once your parcel is here."),
            "inspected": self.env._("We send it once we have looked at the goods."),
        }[moment]

    def _buyer_summary(self):
        """Return what to know before sending: who pays the way back, what comes when.

        Each sentence once, for the remedies chosen.
        """
        self.ensure_one()
        notes, gets_money = {}, self._buyer_total() > 0
        for line, decision in self.line_ids._decide().items():
            comes_back = line._comes_back() and decision.code != Code.NOT_SHIPPED
            if comes_back:
                notes[self._buyer_freight(decision.freight_payer)] = True
            if line.amount and gets_money:
                notes[self._buyer_when(decision, comes_back)] = True
            if line._is_replaced():
                notes[self._buyer_ships(comes_back)] = True
            if decision.outcome == Outcome.REVIEW or decision.approval == "review":
                notes[self.env._("We look at it first and answer you.")] = True
        return [note for note in notes if note]

    def _buyer_choose(self, chosen):
        """Write down the remedy and the exchange product of each line.

        :param dict chosen: {line: (remedy, product)}, checked by ``_buyer_problems``
        """
        for line, (remedy, product) in chosen.items():
            line.write({"remedy": remedy, "exchange_product_id": product.id})

    def _buyer_problems(self, is_chosen=True):
        """Return why this ask cannot be sent as it stands: sentences, or nothing.

        :param bool is_chosen: whether the remedies are chosen already
        """
        self.ensure_one()
        if not self.line_ids:
            return [self.env._("Choose at least one product.")]
        problems = []
        quantities = self.sale_order_id._buyer_quantities()
        offered = self._buyer_offered()
        for line in self.line_ids:
            most, _shipped = quantities.get(line.sale_line_id, (0.0, False))
            problem = line._buyer_problem(most, offered[line]) or (
                is_chosen and line._buyer_choice_problem(offered[line])
            )
            problems += [problem] if problem else []
        return problems


def is_open(decision):
    """Tell whether a decision leaves the way open."""
    is_refused = decision.outcome in (Outcome.REFUSED, Outcome.NONE)
    return not is_refused and decision.code != Code.REMEDY
