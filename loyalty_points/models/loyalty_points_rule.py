"""One sentence of a program about what earns how much."""

from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..ledger.earning import BASE, MONEY, MULTIPLIER, ORDER, UNIT

BASES = [(MONEY, "Currency unit"), (UNIT, "Piece"), (ORDER, "Order")]


class LoyaltyPointsRule(models.Model):
    _name = "loyalty.points.rule"
    _description = "Earning Rule"
    _order = "program_id, sequence, id"

    name = fields.Char(
        translate=True,
        help="What this rule is called, for instance the name of the campaign.",
    )
    program_id = fields.Many2one(
        "loyalty.program",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("points_ledger", "=", True)],
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    currency_id = fields.Many2one(related="program_id.currency_id")
    sequence = fields.Integer(
        default=10, help="Of the rates that fit a line, the first one counts."
    )
    active = fields.Boolean(default=True)
    effect = fields.Selection(
        [(BASE, "Rate"), (MULTIPLIER, "Multiplier")],
        required=True,
        default=BASE,
        help="The first rate that fits a line gives its points. Then all multipliers "
        "that fit are applied, and the one of the member's tier.",
    )
    basis = fields.Selection(
        BASES,
        required=True,
        default=MONEY,
        help="What the points are given for: each currency unit paid, taxes included; "
        "each piece; or once for the order, shared by its lines that fit.",
    )
    points = fields.Float(
        default=1.0,
        digits=(16, 4),
        help="0: what fits this rule earns nothing. The points of an order line are "
        "rounded down to a whole number.",
    )
    multiplier = fields.Float(
        default=2.0, digits=(6, 2), help="2 doubles the points, 0.5 halves them."
    )
    product_ids = fields.Many2many(
        "product.product",
        string="Products",
        ondelete="restrict",
        help="Only these products, and those of the categories. Empty: all.",
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        ondelete="restrict",
        help="Only products of these categories and the ones below them.",
    )
    product_domain = fields.Char(
        string="Other Conditions on the Product",
        default="[]",
        help="Narrows the products down further.",
    )
    team_ids = fields.Many2many(
        "crm.team",
        string="Sales Teams",
        ondelete="restrict",
        help="Only orders of these teams, such as a shop. Empty: all.",
    )
    source_ids = fields.Many2many(
        "utm.source",
        string="Sources",
        ondelete="restrict",
        help="Only orders that came from these sources. Empty: all.",
    )
    tier_ids = fields.Many2many(
        "loyalty.tier",
        string="Tiers",
        ondelete="restrict",
        domain="[('program_id', '=', program_id)]",
        help="Only members who are in one of these tiers when the order first earns. "
        "Empty: all.",
    )
    date_from = fields.Date(
        string="From",
        help="The first day on which an order has to be placed, where the program is "
        "at home.",
    )
    date_to = fields.Date(string="To", help="The last such day.")
    minimum_amount = fields.Monetary(
        help="Only orders of at least this total, taxes included."
    )

    @api.constrains(
        "effect", "points", "multiplier", "date_from", "date_to", "minimum_amount"
    )
    def _check_numbers(self):
        for rule in self:
            if problem := rule._number_problem():
                rule._refuse(problem)

    def _number_problem(self):
        if self.effect == BASE and self.points < 0:
            return self.env._("the points cannot be negative")
        if self.effect == MULTIPLIER and self.multiplier <= 0:
            return self.env._("the multiplier must be above zero")
        if self.minimum_amount < 0:
            return self.env._("the smallest order cannot be negative")
        if self.date_from and self.date_to and self.date_from > self.date_to:
            return self.env._(
                "it ends on %(end)s, before it starts on %(start)s",
                end=self.date_to,
                start=self.date_from,
            )
        return ""

    @api.constrains("product_domain")
    def _check_product_domain(self):
        for rule in self:
            try:
                rule._product_domain().validate(self.env["product.product"])
            except (ValueError, SyntaxError, TypeError) as error:
                rule._refuse(
                    self.env._(
                        "the conditions on the product cannot be read: %(error)s",
                        error=error,
                    )
                )

    @api.constrains("tier_ids", "program_id")
    def _check_tiers(self):
        for rule in self:
            if strange := rule.tier_ids.filtered(
                lambda tier, rule=rule: tier.program_id != rule.program_id
            ):
                rule._refuse(
                    self.env._(
                        "%(tiers)s belong to another program",
                        tiers=", ".join(strange.mapped("name")),
                    )
                )

    @api.depends("name", "program_id.name")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = rule.name or self.env._("without a name")

    def _refuse(self, problem):
        raise ValidationError(
            self.env._(
                "Earning rule %(rule)s of %(program)s: %(problem)s.",
                rule=self.display_name,
                program=self.program_id.name,
                problem=problem,
            )
        )

    def _product_domain(self):
        return Domain(literal_eval(self.product_domain or "[]"))

    @api.model
    def _points_refuse_unlink(self, records, field):
        """Refuse to delete what a rule names: the rule would fit everything then."""
        # sudo: loyalty.points.rule - whoever deletes need not know the rules
        rules = self.sudo().with_context(active_test=False)
        if used := rules.search([(field, "in", records.ids)], limit=1):
            raise UserError(
                self.env._(
                    "%(records)s cannot be deleted: earning rule %(rule)s of "
                    "%(program)s names it. Change the rule or archive instead.",
                    records=", ".join((records & used[field]).mapped("display_name")),
                    rule=used.display_name,
                    program=used.program_id.name,
                )
            )
