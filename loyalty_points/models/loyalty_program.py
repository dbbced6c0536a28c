from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

SETTINGS = {"program_type", "applies_on", "trigger", "rule_ids", "points_ledger"}


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_ledger = fields.Boolean(
        help="Points are earned when goods are delivered, wait until they may be "
        "spent, and go back with a refund. Every change is kept as an entry. "
        "The program then has no conditional rules.",
    )
    points_per_unit = fields.Float(
        string="Points per Currency Unit",
        default=1.0,
        digits=(16, 4),
        help="Points for each currency unit paid for a line, taxes included. "
        "An order line keeps the rate it first earned with.",
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
        ],
        string="Refund After Spending",
        required=True,
        default="negative",
        help="What happens when refunded points have already been spent: the next "
        "points repay the debt, or the missing points are noted and let go.",
    )
    points_enrol_all = fields.Boolean(
        string="Every Customer Is a Member",
        default=True,
        help="A card is made when a customer first earns. Otherwise only customers "
        "who hold a card earn.",
    )
    points_entry_count = fields.Integer(compute="_compute_points_entry_count")

    _points_rate_positive = models.Constraint(
        "CHECK (NOT points_ledger OR points_per_unit > 0)",
        "A program with a points ledger needs points per currency unit above zero.",
    )
    _points_days_positive = models.Constraint(
        "CHECK (points_pending_days >= 0)", "Pending days cannot be negative."
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
        """Open the ledger of existing cards when a program gets one."""
        starting = self.browse()
        if vals.get("points_ledger"):
            starting = self.filtered(lambda program: not program.points_ledger)
            starting._points_check_one_card()
        result = super().write(vals)
        starting._points_start()
        return result

    def _points_check_one_card(self):
        """Refuse when a customer holds two cards: points would be torn apart."""
        doubles = self.env["loyalty.card"]._read_group(
            [("program_id", "in", self.ids), ("partner_id", "!=", False)],
            ["program_id", "partner_id"],
            having=[("__count", ">", 1)],
        )
        if doubles:
            raise UserError(
                self.env._(
                    "These customers have several cards of one program. Merge or "
                    "archive the others first: %(customers)s",
                    customers=", ".join(
                        partner.display_name for _program, partner in doubles
                    ),
                )
            )

    def _points_start(self):
        """Book what the cards of these programs hold when the ledger starts."""
        if not self:
            return
        self.flush_recordset()
        cards = (
            self.env["loyalty.card"]
            .sudo()  # sudo: loyalty.card - the whole program starts, all its cards
            .with_context(active_test=False)
            .search([("program_id", "in", self.ids)])
        )
        new = cards.filtered(lambda card: not card.points_entry_count)
        new._points_book_difference("opening")
        (cards - new)._points_book_difference("adjust")

    def _points_accepts(self, order):
        """Return whether an order earns here, by company, date and pricelist."""
        self.ensure_one()
        day = (order.date_order or fields.Datetime.now()).date()
        return (
            (not self.company_id or self.company_id in order.company_id.parent_ids)
            and (not self.date_from or self.date_from <= day)
            and (not self.date_to or day <= self.date_to)
            and (not self.pricelist_ids or order.pricelist_id in self.pricelist_ids)
        )

    def _points_rate_for(self, order):
        """Return points per unit of the order's currency."""
        rate = self.points_per_unit
        if order.currency_id == self.currency_id:
            return rate
        day = (order.date_order or fields.Datetime.now()).date()
        return rate * self.env["res.currency"]._get_conversion_rate(
            order.currency_id, self.currency_id, order.company_id, day
        )

    def _points_cards(self, wanted):
        """Return {(program, partner): card}, made where the program enrols all.

        :param wanted: pairs of program and partner
        """
        wanted = set(wanted)
        cards = self.env["loyalty.card"].search(
            [
                ("program_id", "in", [program.id for program, _partner in wanted]),
                ("partner_id", "in", [partner.id for _program, partner in wanted]),
            ]
        )
        found = {(card.program_id, card.partner_id): card for card in cards}
        missing = [
            (program, partner)
            for program, partner in wanted
            if (program, partner) not in found and program.points_enrol_all
        ]
        if missing:
            self._points_touch_partners([partner.id for _program, partner in missing])
            made = self.env["loyalty.card"].create(
                [
                    {"program_id": program.id, "partner_id": partner.id, "points": 0}
                    for program, partner in missing
                ]
            )
            found.update(zip(missing, made, strict=True))
        return found

    def _points_touch_partners(self, partner_ids):
        """Make two first earnings of one customer follow each other.

        A changed row, unlike a lock alone, makes the database refuse the second
        one's older view of the data, and its request is run again.
        """
        self.env.execute_query(
            SQL(
                """
                UPDATE res_partner SET write_date = write_date WHERE id IN (
                    SELECT id FROM res_partner WHERE id IN %s
                    ORDER BY id FOR NO KEY UPDATE
                ) RETURNING id
                """,
                tuple(partner_ids),
            )
        )

    def action_points_entries(self):
        """Open the entries of this program."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty_points.action_loyalty_points_entry"
        )
        action["domain"] = [("program_id", "=", self.id)]
        return action
