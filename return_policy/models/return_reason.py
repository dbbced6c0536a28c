"""Why a buyer returns something, who answers for it, and under which rules."""

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..policy.facts import WITHOUT_REASON, Reason


class ReturnReason(models.Model):
    """A node of the reason tree."""

    _name = "return.reason"
    _description = "Return Reason"
    _parent_store = True
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="The lasting name which rules and imports use."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    parent_id = fields.Many2one(
        "return.reason",
        string="Under",
        index=True,
        ondelete="restrict",
        help="A rule for the reason above holds for this one too.",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("return.reason", "parent_id")
    liability = fields.Selection(
        [
            ("merchant", "Merchant"),
            ("carrier", "Carrier"),
            ("consumer", "Buyer"),
            ("platform", "Platform"),
            ("none", "Nobody"),
        ],
        required=True,
        default="none",
        help="Who answers for it, and so who pays the return freight.",
    )
    regime = fields.Selection(
        [
            ("no_reason", "Return without a reason"),
            ("quality", "Quality"),
            ("warranty", "Warranty"),
            ("logistics", "Logistics"),
            ("promise", "Promise"),
        ],
        required=True,
        default="no_reason",
        help="The rules it falls under. Only returns without a reason are bound by the "
        "return window and the exclusions.",
    )
    is_quality = fields.Boolean(
        string="Counts as Quality Return",
        help="Counted in the quality return rate.",
    )
    evidence_photos = fields.Integer(
        string="Photos",
        help="How many photos the buyer has to send. The policy may ask for more, and "
        "a rule on evidence decides instead of both.",
    )
    evidence_video = fields.Boolean(
        string="Video", help="The buyer has to send a video, as of opening the parcel."
    )
    remedy_ids = fields.Many2many(
        "return.remedy",
        string="Remedies",
        help="What makes sense for this reason; of these, the policy offers its own. "
        "Empty: all.",
    )

    _code_uniq = models.UniqueIndex("(code)", "This reason code exists already.")

    @api.constrains("evidence_photos")
    def _check_photos(self):
        for reason in self:
            if reason.evidence_photos < 0:
                raise ValidationError(
                    self.env._(
                        "Reason “%(reason)s”: the field Photos cannot be negative. "
                        "Enter how many photos the buyer has to send, or 0.",
                        reason=reason.name,
                    )
                )

    def write(self, vals):
        """Keep the tree a tree: nothing stands under what stands under it.

        Core finds a circle as well, but names neither reason nor field.
        """
        if vals.get("parent_id"):
            self.flush_model(["parent_id"])
            parent = self.browse(vals["parent_id"])
            circle = parent._path() & self
            if circle:
                raise ValidationError(
                    self.env._(
                        "Reason “%(reason)s” cannot stand under “%(parent)s”, which is "
                        "the same or stands under it. Choose another in the field "
                        "Under.",
                        reason=circle[0].name,
                        parent=parent.name,
                    )
                )
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def _path(self):
        """Return the reason and those above it, from the top."""
        self.ensure_one()
        return self.browse(int(part) for part in self.parent_path.split("/") if part)

    def _to_reason(self):
        """Return the pure reason: its own code and those above it, and its duties.

        Nothing for no reason at all.
        """
        return self._load_reason() if self else WITHOUT_REASON

    @tools.ormcache("self.id")
    def _load_reason(self):
        # sudo: return.reason - the verdict needs what it says, not the record
        reason = self.sudo()
        return Reason(
            codes=frozenset(reason._path().mapped("code")),
            regime=reason.regime,
            liability=reason.liability,
            photos=reason.evidence_photos,
            video=reason.evidence_video,
            remedies=frozenset(reason.remedy_ids.mapped("code")),
            code=reason.code,
        )

    @api.model
    def _liabilities(self):
        """Return {code: who answers for it} of all reasons, archived ones too."""
        reasons = self.with_context(active_test=False).search_fetch(
            [], ["code", "liability"]
        )
        return {reason.code: reason.liability for reason in reasons}
