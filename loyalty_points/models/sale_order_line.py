from odoo import api, fields, models
from odoo.fields import Domain

from ..ledger import shares
from .booking import booking


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
        digits=(32, 16),
        groups="base.group_user",
        help="Points per currency unit when the line first earned.",
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
        help="Points of this line when all of it is delivered.",
    )

    def _compute_points_earned(self):
        standing = self._points_standing()
        for line in self:
            line.points_earned = standing[line][0]

    @api.depends("price_total", "product_uom_qty", "points_rate")
    def _compute_points_expected(self):
        full = self._points_full()
        for line in self:
            line.points_expected = full.get(line, (None, 0))[1]

    # -- core moves points while a confirmed order is edited ---------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Name the order when a reward is added to a confirmed order."""
        orders = {vals.get("order_id") for vals in vals_list if vals.get("points_cost")}
        with booking(order_id=orders.pop() if len(orders) == 1 else False):
            return super().create(vals_list)

    def write(self, vals):
        """Name the order when the cost of a reward changes."""
        if "points_cost" not in vals:
            return super().write(vals)
        for order, lines in self.grouped("order_id").items():
            with booking(order_id=order.id, description=order.name):
                super(SaleOrderLine, lines).write(vals)
        return True

    def unlink(self):
        """Name the order when a reward is removed from a confirmed order."""
        orders = self.filtered("coupon_id").order_id
        if len(orders) != 1:
            return super().unlink()
        with booking(order_id=orders.id, description=orders.name):
            return super().unlink()

    # -- dates ------------------------------------------------------------------

    def _points_available_on(self, delivered_at):
        """Return when the points of a delivery may be spent.

        Asked at the delivery and again before the release. Extended by addons
        that know how long the line may be sent back.
        """
        self.ensure_one()
        days = self.points_program_id.points_pending_days
        return fields.Datetime.add(delivered_at, days=days)

    def _points_available_dates(self, delivered_at):
        """Return {line: date} for {line: delivery date}; extend it to batch."""
        return {
            line: line._points_available_on(moment)
            for line, moment in delivered_at.items()
        }

    # -- what a line is worth -----------------------------------------------------

    def _points_is_earning(self):
        self.ensure_one()
        return (
            not self.display_type
            and not self.is_downpayment
            and not self.is_reward_line
            and not self._is_discount_line()
            and not self._is_delivery()
            and self.product_uom_qty > 0
            and self.price_total > 0
        )

    def _points_programs(self):
        """Return {line: program}; a line keeps the first program it earned in."""
        programs = self.env["loyalty.program"].search(
            [("points_ledger", "=", True), ("sale_ok", "=", True)]
        )
        found = {}
        for line in self.filtered(lambda line: line._points_is_earning()):
            program = line.points_program_id or next(
                (each for each in programs if each._points_accepts(line.order_id)),
                line.points_program_id,
            )
            if program.points_ledger and not line.order_id.partner_id.is_public:
                found[line] = program
        return found

    def _points_full(self):
        """Return {line: (program, points of the whole line)}."""
        return {
            line: (
                program,
                shares.whole_points(
                    line.price_total,
                    line.points_rate or program._points_rate_for(line.order_id),
                ),
            )
            for line, program in self._points_programs().items()
        }

    def _points_standing(self):
        """Return {line: (points earned and not taken back, number of entries)}."""
        counted = self.env["loyalty.points.entry"]._read_group(
            [("sale_line_id", "in", self.ids), ("kind", "in", ("earn", "clawback"))],
            ["sale_line_id"],
            ["points:sum", "shortfall:sum", "__count"],
        )
        standing = {
            line.id: (points - shortfall, count)
            for line, points, shortfall, count in counted
        }
        return {line: standing.get(line.id, (0, 0)) for line in self}

    def _points_delivered(self):
        """Return {line: delivered share}, the highest it has ever been.

        Goods that came back count as delivered until they are refunded; goods
        sent again in their place do not count twice.
        """
        moves = self.env["stock.move"].search(
            [("sale_line_id", "in", self.ids), ("state", "=", "done")], order="date, id"
        )
        by_line = moves.grouped("sale_line_id")
        return {
            line: by_line.get(line, moves.browse())._points_delivered_share(line)
            for line in self
        }

    def _points_billed(self):
        """Return {line: [(move, invoiced, refunded)]} in order of posting."""
        lines = self.env["account.move.line"].search(
            Domain("sale_line_ids", "in", self.ids)
            & Domain("parent_state", "=", "posted")
            & Domain("display_type", "=", "product"),
            order="id",
        )
        billed = {line: [] for line in self}
        for invoice_line in lines:
            for line, amount in invoice_line._points_amounts().items():
                if line in billed:
                    bill = (invoice_line.move_id, max(amount, 0), max(-amount, 0))
                    billed[line].append(bill)
        return billed

    # -- earn and take back -------------------------------------------------------

    def _points_earn(self, delivered_at=None):
        """Book what the deliveries of these lines have earned so far.

        :param delivered_at: {line: moment of the delivery}
        """
        full = self._points_full()
        cards = self._points_cards(full)
        lines = self.browse([line.id for line in full if line in cards])
        if not lines:
            return
        books = lines.env["loyalty.card"].union(*cards.values())._points_open_books()
        standing, targets = lines._points_standing(), lines._points_targets(full)
        earning = lines.filtered(lambda line: targets[line][-1][1] > standing[line][0])
        for line in earning.filtered(lambda line: not line.points_program_id):
            line.points_rate = full[line][0]._points_rate_for(line.order_id)
            line.points_program_id = full[line][0]
        now, delivered_at = fields.Datetime.now(), delivered_at or {}
        moments = {line: delivered_at.get(line) or now for line in earning}
        dates = earning._points_available_dates(moments)
        for line in earning:
            earned, number = standing[line]
            books[cards[line]].earn(
                targets[line][-1][1] - earned,
                line.id,
                key=f"earn:{line.id}:{number}",
                order_id=line.order_id.id,
                description=line._points_description(),
                earned_at=moments[line],
                available_on=dates[line],
            )
        self.env["loyalty.card"]._points_close_books(books)

    @api.model
    def _points_cards(self, full):
        """Return {line: card}, without the lines of customers who are no member."""
        wanted = {
            line: (program, line.order_id.partner_id)
            for line, (program, _points) in full.items()
        }
        cards = self.env["loyalty.program"]._points_cards(wanted.values())
        return {line: cards[pair] for line, pair in wanted.items() if pair in cards}

    def _points_description(self):
        return f"{self.order_id.name} · {self.product_id.display_name}"

    def _points_targets(self, full, moves=None):
        """Return {line: [(move, points to keep)]}, after each of the moves.

        Without moves there is one step: all that is posted today.
        """
        delivered, billed = self._points_delivered(), self._points_billed()
        return {
            line: line._points_steps(
                full[line][1], delivered[line], billed[line], moves
            )
            for line in self
        }

    def _points_steps(self, full, delivered, billed, moves):
        if self.state == "cancel":
            return [(False, 0)]
        invoiced = shares.ratio(sum(bill[1] for bill in billed), self.price_total)
        tolerance = self.currency_id.rounding * (len(billed) + 0.5)
        mine = [move for move in moves or () if any(bill[0] == move for bill in billed)]
        steps = []
        for index, move in enumerate(mine or [False]):
            later = mine[index + 1 :]
            refunded = sum(bill[2] for bill in billed if bill[0] not in later)
            share = shares.kept_share(
                delivered,
                invoiced,
                shares.refunded_share(refunded, self.price_total, tolerance),
            )
            steps.append((move, shares.kept_points(full, share)))
        return steps

    def _points_take_back(self, moves=None):
        """Take back what these lines have earned and may no longer keep.

        :param moves: the credit notes just posted; without, the order is cancelled
        """
        earned = self.filtered("points_program_id")
        full = earned._points_full()
        cards = self._points_cards(full)
        lines = self.browse([line.id for line in full if line in cards])
        if not lines:
            return
        books = lines.env["loyalty.card"].union(*cards.values())._points_open_books()
        standing, targets = lines._points_standing(), lines._points_targets(full, moves)
        for line in lines:
            points, number = standing[line]
            taken = shares.steps(points, [target for _move, target in targets[line]])
            for (move, _target), piece in zip(targets[line], taken, strict=True):
                if piece:
                    line._points_book_claw(books[cards[line]], piece, number, move)
        self.env["loyalty.card"]._points_close_books(books)

    def _points_book_claw(self, book, points, number, move):
        book.claw(
            points,
            self.id,
            self.points_program_id.points_negative == "zero",
            key=f"clawback:{self.id}:{number}:{move.id if move else 0}",
            order_id=self.order_id.id,
            move_id=move and move.id,
            description=f"{move.name if move else self.order_id.name} · "
            f"{self.product_id.display_name}",
        )
