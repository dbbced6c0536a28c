from odoo import api, fields, models
from odoo.exceptions import ValidationError

SETTINGS = {"program_type", "applies_on", "trigger", "rule_ids", "points_ledger"}


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_ledger = fields.Boolean(
        help="Points are earned when goods are delivered, wait until they may be "
        "spent, and go back with a refund. Every change is kept as an entry. "
        "Conditional rules become earning rules; switched off, they earn again.",
    )
    points_per_unit = fields.Float(
        string="Points per Currency Unit",
        default=1.0,
        digits=(16, 4),
        help="Points for each currency unit paid for a line, taxes included, where "
        "no earning rule gives a rate. 0: only the rules earn. An order line keeps the "
        "rate it first earned with.",
    )
    points_pending_days = fields.Integer(
        string="Pending Days",
        default=7,
        help="Days between the delivery and the moment the points may be spent. "
        "Set it to the time in which goods may be sent back.",
    )
    points_negative = fields.Selection(
        [
            ("negative", "The balance goes below zero"),
            ("zero", "The balance stops at zero"),
            ("net", "Their value is deducted from the refund"),
        ],
        string="Refund After Spending",
        required=True,
        default="negative",
        help="What happens when refunded points have already been spent: the next "
        "points repay the debt, the missing points are noted and let go, or the refund "
        "of a return is lowered by their value. A credit note made by hand is never "
        "changed: it books the debt and says so.",
    )
    points_enrol_all = fields.Boolean(
        string="Every Customer Is a Member",
        default=True,
        help="A card is made when a customer first earns. Otherwise only customers "
        "who hold a card earn.",
    )
    points_entry_count = fields.Integer(compute="_compute_points_entry_count")

    _points_rate_positive = models.Constraint(
        "CHECK (NOT points_ledger OR points_per_unit >= 0)",
        "Points per currency unit cannot be negative.",
    )
    _points_days_positive = models.Constraint(
        "CHECK (points_pending_days BETWEEN 0 AND 36500)",
        "Pending days must be between 0 and 36500.",
    )

    def _compute_points_entry_count(self):
        counted = self.env["loyalty.points.entry"]._read_group(
            [("program_id", "in", self.ids)], ["program_id"], ["__count"]
        )
        counts = {program.id: count for program, count in counted}
        for program in self:
            program.points_entry_count = counts.get(program.id, 0)

    @api.constrains(*sorted(SETTINGS))
    def _check_points_ledger(self):
        for program in self.filtered("points_ledger"):
            if (
                program.program_type != "loyalty"
                or program.applies_on != "both"
                or program.trigger != "auto"
                or program.rule_ids
            ):
                raise ValidationError(
                    self.env._(
                        "%(program)s keeps a points ledger: it must be a loyalty card "
                        "program for current and future orders, automatic and "
                        "without conditional rules.",
                        program=program.name,
                    )
                )

    @api.onchange("points_ledger")
    def _onchange_points_ledger(self):
        if self.points_ledger:
            if not self._origin:  # those of an existing program become earning rules
                self.rule_ids = [fields.Command.clear()]
            self.applies_on, self.trigger = "both", "auto"

    @api.model_create_multi
    def create(self, vals_list):
        """Fill in what a ledger needs; core's defaults would add rules."""
        for vals in vals_list:
            if vals.get("points_ledger"):
                vals.setdefault("applies_on", "both")
                vals.setdefault("trigger", "auto")
                vals.setdefault("rule_ids", [])
        return super().create(vals_list)

    def write(self, vals):
        """Open the ledger of existing cards; without it core's rules earn again."""
        starting = ending = self.browse()
        if vals.get("points_ledger"):
            starting = self.filtered(lambda program: not program.points_ledger)
            starting._points_check_one_card()
            starting._points_convert_rules()
        elif "points_ledger" in vals:
            ending = self.filtered("points_ledger")
        result = super().write(vals)
        starting._points_start()
        ending._points_restore_rules()
        return result

    def action_points_entries(self):
        """Open the entries of this program."""
        self.ensure_one()
        self.check_access("read")
        self.env["loyalty.points.entry"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty_points.action_loyalty_points_entry"
        )
        action["domain"] = [("program_id", "=", self.id)]
        return action
