"""How far a member is, as the screens and the portal show it."""

from odoo import api, fields, models
from odoo.tools import format_date

from ..ledger import tiers


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    next_sentence = fields.Char(compute="_compute_sentences")
    keep_sentence = fields.Char(compute="_compute_sentences")
    has_ladder = fields.Boolean(compute="_compute_has_ladder")
    tier_benefits = fields.Text(related="tier_id.benefits")
    next_tier_id = fields.Many2one("loyalty.tier", compute="_compute_progress")
    next_target = fields.Integer(
        string="Needed for the Next Tier", compute="_compute_progress"
    )
    next_missing = fields.Integer(
        string="Missing for the Next Tier", compute="_compute_progress"
    )
    next_percent = fields.Integer(
        string="Way to the Next Tier", compute="_compute_progress"
    )
    keep_target = fields.Integer(
        string="Needed to Keep the Tier", compute="_compute_progress"
    )
    keep_missing = fields.Integer(
        string="Missing to Keep the Tier",
        compute="_compute_progress",
        help="What has to be reached until the tier ends, or the member drops.",
    )

    @api.depends("program_id.points_tier_ids")
    def _compute_has_ladder(self):
        for member in self:
            member.has_ladder = bool(member.program_id.points_tier_ids)

    @api.depends(
        "tier_id",
        "tier_until",
        "highest_tier_id",
        "tier_measure",
        "keep_measure",
        "program_id.points_tier_ids.enter_at",
    )
    def _compute_progress(self):
        for program, members in self.grouped("program_id").items():
            ladder, rules = program._points_ladder(), program._points_tier_rules()
            rungs = {rung.key: rung for rung in ladder}
            for member in members:
                told = tiers.progress(
                    ladder,
                    rules,
                    member._to_standing(rungs),
                    member.tier_measure,
                    member.keep_measure,
                )
                member.next_tier_id = told.next and told.next.key
                member.next_target = told.target
                member.next_missing = told.missing
                member.next_percent = told.percent
                member.keep_target = told.keep_target
                member.keep_missing = told.keep_missing

    @api.depends("next_missing", "keep_missing", "tier_until")
    @api.depends_context("lang")
    def _compute_sentences(self):
        for member in self:
            values = {"missing": member.next_missing, "tier": member.next_tier_id.name}
            if member.program_id.points_tier_basis == "spend":
                sentence = self.env._("Spending %(missing)s more: %(tier)s", **values)
            else:
                sentence = self.env._("%(missing)s more points: %(tier)s", **values)
            member.next_sentence = sentence if member.next_tier_id else False
            member.keep_sentence = member._describe_keeping()

    def _describe_keeping(self):
        if not self.keep_target:
            return False
        if not self.keep_missing:
            return self.env._(
                "Kept: %(target)s of %(target)s reached", target=self.keep_target
            )
        return self.env._(
            "To keep the tier after %(day)s: %(missing)s of %(target)s missing",
            day=format_date(self.env, self.tier_until),
            missing=self.keep_missing,
            target=self.keep_target,
        )
