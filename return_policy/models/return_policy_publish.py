"""Publishing: the draft is held against law and reason, then frozen as a version."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.models import MAGIC_COLUMNS

from ..policy.terms import from_json, to_json

# The language of the names everybody falls back to who has none of their own.
SOURCE_LANGUAGE = "en_US"


class ReturnPolicyPublish(models.Model):
    """The way from a draft to a version which orders take."""

    _inherit = "return.policy"

    has_changes = fields.Boolean(
        string="Unpublished Changes",
        compute="_compute_has_changes",
        help="The draft differs from the version in force.",
    )

    @api.depends(lambda self: ["version_ids", *self._draft_fields()])
    def _compute_has_changes(self):
        for policy in self:
            policy.has_changes = policy._differs_from(policy.version_id)

    @api.model
    def _draft_fields(self):
        """Return the paths of all fields which a version freezes."""
        return [
            *self._frozen_paths("return.policy.terms"),
            *(f"rule_ids.{path}" for path in self._frozen_paths("return.policy.rule")),
        ]

    @api.model
    def _frozen_paths(self, model):
        """Return the stored fields of a model; of what they link to, the code."""
        left_out = {*MAGIC_COLUMNS, "policy_id", "company_id"}
        return [
            f"{name}.code" if field.type == "many2many" else name
            for name, field in self.env[model]._fields.items()
            if field.store and name not in left_out
        ]

    def _differs_from(self, version):
        """Tell whether publishing the draft would make another version than this."""
        self.ensure_one()
        if not version:
            return True
        draft = self._freeze(version.number)
        held = version.snapshot
        return (
            from_json(draft) != from_json(held)
            or (self.source, self.checked_on) != (version.source, version.checked_on)
            or any(
                rule["names"] != old.get("names", rule["names"])
                for rule, old in zip(draft["rules"], held["rules"], strict=True)
            )
        )

    def _freeze(self, number):
        """Return the draft as a snapshot; each rule has its names by language."""
        self.ensure_one()
        source = self.with_context(lang=SOURCE_LANGUAGE)
        snapshot = to_json(source._to_version(number))
        rules = source.rule_ids.sorted()
        for frozen in snapshot["rules"]:
            frozen["names"] = {}
        for lang, _name in self.env["res.lang"].get_installed():
            translated = rules.with_context(lang=lang)
            for rule, frozen in zip(translated, snapshot["rules"], strict=True):
                if rule.name != frozen["name"]:
                    frozen["names"][lang] = rule.name
        return snapshot

    def _freeze_next(self):
        """Return the draft as a snapshot, numbered after the last version."""
        return self._freeze(max([0, *self.version_ids.mapped("number")]) + 1)

    def action_publish(self, note="", is_retroactive=False):
        """Freeze each draft as the next version of its policy.

        :param str note: why, kept with the version
        :param bool is_retroactive: whether it also holds for orders placed before,
            wherever it is better for the buyer
        :raises UserError: naming every error of the drafts; nothing is published then
        """
        self.check_access("write")
        for policy in self:
            policy._check_publishable()
        # sudo: return.policy.version - made by publishing only, nobody has the right
        self.env["return.policy.version"].sudo().create(
            [
                {
                    "policy_id": policy.id,
                    "number": draft["number"],
                    "snapshot": draft,
                    "user_id": self.env.uid,
                    "note": note,
                    "is_retroactive": is_retroactive,
                    "source": policy.source,
                    "checked_on": policy.checked_on,
                }
                for policy in self
                for draft in [policy._freeze_next()]
            ]
        )
        return True

    def _check_publishable(self):
        """Raise an error which names all that stands against publishing."""
        errors = [item for item in self._findings() if item.severity == "error"]
        if errors:
            raise UserError(
                self.env._(
                    "%(policy)s cannot be published:\n%(errors)s",
                    policy=self.display_name,
                    errors="\n".join(f"- {error.sentence}" for error in errors),
                )
            )

    def action_open_publish(self):
        """Show what publishing would change, and what stands against it."""
        self.ensure_one()
        self.check_access("write")
        dialog = self.env["return.policy.publish"]._make_for(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish %(policy)s", policy=self.display_name),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "view_mode": "form",
            "target": "new",
        }
