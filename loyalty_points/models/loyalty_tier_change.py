from odoo import api, fields, models
from odoo.exceptions import UserError

from ..ledger.tiers import DROP, ENTER, KEEP, REENTER, UNDONE

MANUAL, MERGED = "manual", "merged"


class LoyaltyTierChange(models.Model):
    _name = "loyalty.tier.change"
    _description = "Tier Change"
    _order = "id desc"
    _rec_name = "tier_id"

    membership_id = fields.Many2one(
        "loyalty.membership",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        related="membership_id.partner_id", store=True, index="btree_not_null"
    )
    program_id = fields.Many2one(
        related="membership_id.program_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="membership_id.company_id", store=True, index="btree_not_null"
    )
    event = fields.Selection(
        [
            (ENTER, "Entered"),
            (REENTER, "Entered again"),
            (KEEP, "Kept"),
            (DROP, "Dropped"),
            (UNDONE, "Undone by a refund"),
            (MANUAL, "Changed by hand"),
            (MERGED, "Taken over from a merged member"),
        ],
        required=True,
        readonly=True,
    )
    from_tier_id = fields.Many2one(
        "loyalty.tier",
        string="Tier Before",
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    tier_id = fields.Many2one(
        "loyalty.tier",
        string="Tier After",
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    measure = fields.Integer(
        string="Counted", readonly=True, help="What counted at that moment."
    )
    threshold = fields.Integer(
        string="Needed",
        readonly=True,
        help="What had to be reached; 0 when nothing had to.",
    )
    until = fields.Date(string="Valid Until", readonly=True)
    since_before = fields.Date(string="Since, Before", readonly=True)
    until_before = fields.Date(string="Until, Before", readonly=True)
    changed_at = fields.Datetime(string="Changed On", readonly=True, required=True)
    reason = fields.Char(readonly=True)
    reverses_id = fields.Many2one(
        "loyalty.tier.change",
        string="Undoes",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The earlier change which a refund has made void.",
    )

    # pylint: disable=method-required-super,super-method-mismatch
    # refusing is the point of these three; _append is the one way in

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: a change comes into being with the tier it explains."""
        raise UserError(self.env._("Tier changes are noted when a tier changes."))

    def write(self, vals):
        """Refuse, for everybody: what has happened stays as it was."""
        raise UserError(self.env._("A noted tier change cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A noted tier change cannot be deleted."))

    def _append(self, vals_list):
        return super().create(vals_list)
