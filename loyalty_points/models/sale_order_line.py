from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .booking import booking_for
from .loyalty_points_rule import BASES
from .loyalty_program_earning import DELIVERY, INVOICE, PAYMENT

# What a line earns by; set when its order first earns.
FROZEN = {"points_program_id", "points_rate", "points_basis", "points_earn_at"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    points_program_id = fields.Many2one(
        "loyalty.program",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        help="The program this line earned in first; it stays with it.",
    )
    points_rate = fields.Float(
        readonly=True,
        copy=False,
        digits=0,  # all of them
        groups="base.group_user",
        help="Points per currency unit or piece when the order first earned, all "
        "multipliers included; or this line's share in the points of the order.",
    )
    points_basis = fields.Selection(
        BASES,
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What the rate of this line is per.",
    )
    points_earn_at = fields.Selection(
        [(DELIVERY, "Delivery"), (INVOICE, "Invoice"), (PAYMENT, "Payment")],
        string="Points Earned At",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What made this line earn; it stays so.",
    )
    points_entry_ids = fields.One2many(
        "loyalty.points.entry",
        "sale_line_id",
        readonly=True,
        groups="loyalty_points.group_points_user",
    )
    points_earned = fields.Integer(
        compute="_compute_points_earned",
        compute_sudo=True,
        groups="base.group_user",
        help="Points of this line after what refunds have taken back.",
    )
    points_expected = fields.Integer(
        compute="_compute_points_expected",
        compute_sudo=True,
        groups="base.group_user",
        help="Points of this line when all of it is delivered, before the caps of the "
        "program.",
    )
    points_expected_program_id = fields.Many2one(
        "loyalty.program",
        compute="_compute_points_expected",
        compute_sudo=True,
        groups="base.group_user",
        help="The program in which this line earns.",
    )

    def _compute_points_earned(self):
        standing = self._points_standing()
        for line in self:
            line.points_earned = standing[line][0]

    @api.depends(
        "price_total",
        "product_id",
        "product_uom_qty",
        "points_rate",
        "order_id.amount_total",
        "order_id.company_id",
        "order_id.date_order",
        "order_id.partner_id",
        "order_id.pricelist_id",
        "order_id.source_id",
        "order_id.team_id",
    )
    def _compute_points_expected(self):
        full = self._points_of_members(self._points_full())
        nothing = (self.env["loyalty.program"], 0)
        for line in self:
            program, points = full.get(line, nothing)
            line.points_expected_program_id = program
            line.points_expected = points

    @api.constrains("points_cost", "coupon_id")
    def _check_points_cost(self):
        for line in self.filtered("coupon_id.points_ledger"):
            if line.points_cost < 0:
                raise ValidationError(
                    self.env._(
                        "%(reward)s cannot cost less than no points.",
                        reward=line.reward_id.display_name or line.name,
                    )
                )

    def _points_check_frozen(self, vals):
        """Let nobody choose by hand what a line earns by."""
        if not self.env.su and not FROZEN.isdisjoint(vals):
            raise UserError(
                self.env._("What an order line earns by follows from its program.")
            )

    def _points_check_card(self, vals):
        """Keep the card of rewards on confirmed orders, unless core books the change.

        Core does where the cost is written along, see its ``write``.
        """
        if self.env.su or "coupon_id" not in vals or "points_cost" in vals:
            return
        card = self.env["loyalty.card"].browse(vals["coupon_id"] or ())
        moved = self.filtered(
            lambda line: line.state == "sale" and line.coupon_id != card
        )
        cards = moved.coupon_id | card
        # sudo: loyalty.card - only the flag
        if moved and cards.sudo().filtered("points_ledger"):
            raise UserError(
                self.env._(
                    "The card of a reward stays once its order is confirmed. Remove "
                    "the reward and claim it again."
                )
            )

    # -- core moves points while a confirmed order is edited ---------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Name the order when a reward is added to a confirmed order."""
        # defaults come from the context, too, which anybody may send
        for vals in [self.default_get(sorted(FROZEN)), *vals_list]:
            self._points_check_frozen(vals)
        costing = {v.get("order_id") for v in vals_list if v.get("points_cost")}
        places = {}
        for place, vals in enumerate(vals_list):
            order_id = vals.get("order_id")
            key = order_id if order_id in costing else False
            places.setdefault(key, []).append(place)
        created = {}
        for order_id, mine in places.items():
            with booking_for(self.env["sale.order"].browse(order_id or ())):
                lines = super().create([vals_list[place] for place in mine])
            created.update(zip(mine, lines.ids, strict=True))
        return self.browse(created[place] for place in range(len(vals_list)))

    def write(self, vals):
        """Name the order when the cost of a reward changes."""
        self._points_check_frozen(vals)
        self._points_check_card(vals)
        if "points_cost" not in vals:
            return super().write(vals)
        for order, lines in self.grouped("order_id").items():
            with booking_for(order):
                super(SaleOrderLine, lines).write(vals)
        return True

    def unlink(self):
        """Name the order when a reward is removed from a confirmed order."""
        orders = self.filtered("coupon_id").order_id
        for order, lines in self.grouped(lambda line: line.order_id & orders).items():
            with booking_for(order):
                super(SaleOrderLine, lines).unlink()
        return True
