"""Each rule as one plain sentence: what it does, where, and on which ground."""

from typing import NamedTuple

from odoo import api, fields, models
from odoo.models import MAGIC_COLUMNS
from odoo.tools import format_list
from odoo.tools.misc import get_lang

from ..policy.law import NO_FLOOR, Floor, floor_of


class Names(NamedTuple):
    """How a sentence calls what a pure rule holds by code.

    ``reasons`` and ``remedies`` are names by code, in the order of their screens;
    ``currency`` is the ``res.currency`` of the amounts, ``floor`` the law.
    """

    reasons: dict
    remedies: dict
    currency: models.BaseModel
    floor: Floor = NO_FLOOR


class ReturnPolicyRuleText(models.Model):
    """Word drafts and frozen rules alike, in the reader's language."""

    _inherit = "return.policy.rule"

    sentence = fields.Text(
        string="In Words",
        compute="_compute_sentence",
        help="What the rule does, where, and what is wrong with it.",
    )

    @api.depends(
        lambda self: [
            "policy_id.preset",
            *(
                name
                for name, field in self._fields.items()
                if field.store and name not in MAGIC_COLUMNS
            ),
        ]
    )
    @api.depends_context("lang")
    def _compute_sentence(self):
        for policy, rules in self.grouped("policy_id").items():
            names = self._names_for(policy.preset, policy.company_id.currency_id)
            for rule in rules:
                rule.sentence = self._describe(rule._to_rule(), names)
                for problem in rule._domain_problems().values():
                    rule.sentence = self.env._(
                        "%(rule)s — cannot be used: %(problem)s",
                        rule=rule.sentence,
                        problem=problem,
                    )

    @api.model
    def _names_for(self, preset, currency):
        """Return the names which rules of a policy are worded with.

        :param str preset: of the policy; its law gives the article of a ground
        """
        return Names(
            reasons=self._names_by_code("return.reason"),
            remedies=self._names_by_code("return.remedy"),
            currency=currency or self.env.company.currency_id,
            floor=floor_of(preset),
        )

    def _names_by_code(self, model):
        records = self.env[model].with_context(active_test=False)
        return {
            record.code: record.name
            for record in records.search_fetch([], ["code", "name"])
        }

    @api.model
    def _describe(self, rule, names):
        """Return a pure rule as one sentence.

        :param Rule rule: of a draft or a published version
        :param Names names: see ``_names_for``
        """
        sentence = self._effect_in_words(rule, names)
        conditions = [part for part in self._conditions_in_words(rule, names) if part]
        if conditions:
            sentence = self.env._(
                "%(effect)s %(conditions)s",
                effect=sentence,
                conditions=self._enumerate(conditions),
            )
        ground = self._ground_in_words(rule, names.floor)
        if not ground:
            return sentence
        return self.env._("%(rule)s — %(ground)s", rule=sentence, ground=ground)

    def _enumerate(self, parts):
        """Return parts one after the other, as the language separates them."""
        text = parts[0]
        for part in parts[1:]:
            text = self.env._("%(first)s, %(next)s", first=text, next=part)
        return text

    def _quote(self, codes, names, style="or"):
        """Return the names of codes in quotation marks, as a list with or (and)."""
        known = [name for code, name in names.items() if code in codes]
        unknown = sorted(codes - names.keys())
        quoted = [self.env._("“%(name)s”", name=name) for name in known + unknown]
        return format_list(self.env, quoted, style=style)

    def _ground_in_words(self, rule, floor):
        """Return where the law lets a rule refuse; nothing where no law binds."""
        if rule.kind != "refuse" or not floor.window_days:
            return ""
        clause = floor.clause(rule.legal_code)
        if clause is None:
            return self.env._("no legal ground")
        if floor.code == "UK-14":
            return self.env._("reg. %(article)s", article=clause.article)
        return self.env._("art. %(article)s", article=clause.article)

    def _effect_in_words(self, rule, names):
        """Return what the rule does."""
        match rule.kind:
            case "refuse":
                return self._refusal_in_words(rule, names)
            case "window" if rule.days == 1:
                return self.env._("Window 1 day")
            case "window":
                return self.env._("Window %(days)s days", days=rule.days)
            case "remedies":
                offered = self._quote(rule.remedies, names.remedies, style="standard")
                return self.env._("Offer only %(remedies)s", remedies=offered)
            case "evidence":
                return self._evidence_in_words(rule)
            case "fee" | "bonus" | "keep_item":
                return self._money_in_words(rule, names.currency)
        return self._choice_in_words(rule)

    def _refusal_in_words(self, rule, names):
        reasons = self._quote(rule.reasons, names.reasons) if rule.reasons else ""
        if reasons:
            return self.env._("Refuse %(reasons)s", reasons=reasons)
        return self.env._("Refuse “no reason”")

    def _choice_in_words(self, rule):
        """Word the effects which are one of a few."""
        sentences = {
            ("approval", "auto"): self.env._("Approve automatically"),
            ("approval", "review"): self.env._("A person approves"),
            ("approval", "refuse"): self.env._("Approve nothing"),
            ("freight", "consumer"): self.env._("The buyer pays the way back"),
            ("freight", "merchant"): self.env._("The merchant pays the way back"),
            ("freight", "insurance"): self.env._(
                "The freight insurance pays the way back"
            ),
            ("refund_on", "approval"): self.env._("Refund at approval"),
            ("refund_on", "scanned"): self.env._(
                "Refund when the carrier scanned the parcel"
            ),
            ("refund_on", "received"): self.env._("Refund when the goods are received"),
            ("refund_on", "inspected"): self.env._("Refund after inspection"),
        }
        return sentences.get((rule.kind, rule.value)) or self.env._("Does nothing yet")

    def _evidence_in_words(self, rule):
        if rule.photos and rule.video:
            return self.env._(
                "Ask for photos (%(photos)s) and a video", photos=rule.photos
            )
        if rule.photos:
            return self.env._("Ask for photos (%(photos)s)", photos=rule.photos)
        if rule.video:
            return self.env._("Ask for a video")
        return self.env._("Ask for no photos or video")

    def _money_in_words(self, rule, currency):
        amount = self._money(rule.amount, currency) if rule.amount else ""
        if rule.kind == "keep_item":
            if not amount:
                return self.env._("The goods always come back")
            return self.env._("The buyer keeps goods up to %(amount)s", amount=amount)
        share = self._percentage(rule.percent) if rule.percent else ""
        if rule.kind == "bonus":
            given = [part for part in (share, amount) if part]
            if not given:
                return self.env._("No bonus for store credit")
            return self.env._(
                "Bonus of %(bonus)s for store credit",
                bonus=format_list(self.env, given),
            )
        return self._fee_in_words(share, amount)

    def _fee_in_words(self, share, amount):
        names = {"percent": share, "amount": amount}
        if share and amount:
            return self.env._("Fee %(percent)s and %(amount)s per piece", **names)
        if amount:
            return self.env._("Fee %(amount)s per piece", **names)
        return self.env._("Fee %(percent)s", **names) if share else self.env._("No fee")

    def _percentage(self, points):
        """Return basis points as people write them: 1250 is 12.5 %."""
        lang = self.env["res.lang"].browse(get_lang(self.env).id)
        return self.env._("%(percent)s %%", percent=lang.format("%g", points / 100))

    @staticmethod
    def _money(units, currency):
        """Return an amount in the smallest unit as people write it."""
        return currency.format(units * currency.rounding)
