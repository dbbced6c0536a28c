"""Publishing: the draft is held against the law, then frozen as a version."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..policy.floor import breaches
from ..policy.terms import to_json


class ReturnPolicyPublish(models.Model):
    """The way from a draft to a version which orders take."""

    _inherit = "return.policy"

    publish_note = fields.Char(
        string="Note for the Next Version",
        copy=False,
        help="Why the terms change; kept with the version when you publish.",
    )
    has_changes = fields.Boolean(
        string="Unpublished Changes",
        compute="_compute_has_changes",
        help="The draft differs from the version in force.",
    )

    @api.depends(lambda self: ["version_ids", *self._draft_fields()])
    def _compute_has_changes(self):
        for policy in self:
            current = policy.version_id._to_version()
            policy.has_changes = current != policy._to_version(
                current.number if current else 0
            )

    @api.model
    def _draft_fields(self):
        """Return the paths of all fields which a version freezes."""
        return [
            "preset",
            "tz",
            "window_days",
            "quality_days",
            "transit_days",
            "auto_approve",
            "auto_approve_max",
            "refund_on",
            "freight_payer",
            "rule_ids.sequence",
            "rule_ids.name",
            "rule_ids.kind",
            "rule_ids.approval",
            "rule_ids.product_domain",
            "rule_ids.reason_ids.code",
            "rule_ids.legal_code",
            "rule_ids.needs_confirmation",
        ]

    def action_publish(self, note=""):
        """Freeze each draft as the next version of its policy.

        :param str note: why; left out, the note written on the policy is taken
        :raises UserError: when a draft undercuts the law; nothing is published then
        """
        self.check_access("write")
        drafts = {policy: policy._next_version() for policy in self}
        problems = [
            problem
            for policy, draft in drafts.items()
            for problem in policy._publish_problems(draft)
        ]
        if problems:
            raise UserError("\n".join(problems))
        # sudo: return.policy.version - made by publishing only, nobody has the right
        self.env["return.policy.version"].sudo().create(
            [
                {
                    "policy_id": policy.id,
                    "number": draft.number,
                    "snapshot": to_json(draft),
                    "user_id": self.env.uid,
                    "note": note or policy.publish_note,
                    "source": policy.source,
                    "checked_on": policy.checked_on,
                }
                for policy, draft in drafts.items()
            ]
        )
        self.publish_note = False
        return True

    def _next_version(self):
        """Return the draft, numbered after the last version."""
        self.ensure_one()
        return self._to_version(max([0, *self.version_ids.mapped("number")]) + 1)

    def _publish_problems(self, draft):
        """Return one sentence for each reason against publishing the draft."""
        self.ensure_one()
        return [self._explain_breach(breach) for breach in breaches(draft)]

    def _explain_breach(self, breach):
        names = {
            "policy": self.display_name,
            "article": breach.article,
            "rule": breach.rule,
            "number": breach.number,
        }
        match breach.code:
            case "window":
                return self.env._(
                    "%(policy)s cannot be published: the return window must be at "
                    "least %(number)s days (7-day return rules, art. %(article)s).",
                    **names,
                )
            case "quality_window":
                return self.env._(
                    "%(policy)s cannot be published: the quality window must be at "
                    "least %(number)s days (Consumer Law, art. %(article)s).",
                    **names,
                )
            case "confirmation":
                return self.env._(
                    "%(policy)s cannot be published: rule “%(rule)s” refuses goods of "
                    "art. 7 without asking for the buyer's recorded confirmation "
                    "(7-day return rules, art. %(article)s). Tick “Needs Purchase "
                    "Confirmation” on the rule.",
                    **names,
                )
        return self.env._(
            "%(policy)s cannot be published: rule “%(rule)s” refuses returns without a "
            "reason for goods which the law does not exclude (7-day return rules, art. "
            "%(article)s). Choose the legal ground on the rule, or remove it.",
            **names,
        )
