"""One piece of returned goods as the warehouse found it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..policy.inspection import ARRIVED, Found, is_accepted, usual_disposition
from .return_request import WAREHOUSE
from .return_request_line import DISPOSITIONS, GRADES

LATER = "later"
# What the steps say of a row, and its line alone.
STEP_FIELDS = {"line_id", "request_id", "company_id", "is_done"}


class ReturnInspectedUnit(models.Model):
    """A row of the inspection: one piece, or several alike that nobody told apart."""

    _name = "return.inspected.unit"
    _inherit = ["return.evidence.mixin", "return.defaults.mixin"]
    _description = "Inspected Piece"
    _order = "line_id, id"
    _rec_name = "product_id"

    line_id = fields.Many2one(
        "return.request.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    request_id = fields.Many2one(
        related="line_id.request_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="line_id.company_id", store=True, index=True, precompute=True
    )
    product_id = fields.Many2one(related="line_id.product_id")
    uom_id = fields.Many2one(related="line_id.uom_id")
    tracking = fields.Selection(related="line_id.product_id.tracking")
    lot_id = fields.Many2one(
        "stock.lot",
        string="Lot or Serial Number",
        domain="[('product_id', '=', product_id)]",
        index="btree_not_null",
        help="The number on the piece in your hand.",
    )
    quantity = fields.Float(default=1.0, digits="Product Unit", required=True)
    grade = fields.Selection(
        [*GRADES, (LATER, "Still to come")],
        help="Still to come: not in this parcel; the row waits for the next one.",
    )
    disposition = fields.Selection(
        DISPOSITIONS,
        compute="_compute_proposal",
        store=True,
        readonly=False,
        precompute=True,
        help="Where the piece goes from quarantine.",
    )
    is_accepted = fields.Boolean(
        "Accepted",
        compute="_compute_proposal",
        store=True,
        readonly=False,
        precompute=True,
        help="The buyer gets what was asked for this piece. A piece that fails a check "
        "of its intactness is proposed to be refused, where the buyer gave no reason.",
    )
    refusal = fields.Char("Why Not Accepted", help="The buyer may have to read this.")
    condition = fields.Char(
        help="Who buys a B piece has to be told its real condition (7-day return "
        "rules, art. 25).",
    )
    failed_check_ids = fields.Many2many(
        "return.check", string="Failed Checks", domain="[('id', 'in', check_ids)]"
    )
    check_ids = fields.Many2many("return.check", compute="_compute_check_ids")
    wrong_product_id = fields.Many2one(
        "product.product",
        string="Came Instead",
        domain=[("type", "=", "consu")],
        help="The product that lay in the parcel.",
    )
    wrong_lot_id = fields.Many2one(
        "stock.lot",
        string="Its Number",
        domain="[('product_id', '=', wrong_product_id)]",
        help="The lot or serial number on what came instead, where it has one.",
    )
    wrong_tracking = fields.Selection(
        related="wrong_product_id.tracking", string="Tracking of What Came"
    )
    is_other_lot = fields.Boolean(compute="_compute_is_other_lot")
    lot_note = fields.Char(
        "Why the Other Number Is Taken",
        help="This number was not delivered with the order: say why it is taken.",
    )
    is_done = fields.Boolean(readonly=True, copy=False)

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "A row of the inspection is about at least something."
    )

    @api.depends("grade", "failed_check_ids", "line_id")
    def _compute_proposal(self):
        for unit in self:
            broken = any(unit.failed_check_ids.mapped("breaks_intactness"))
            refused = broken and unit.line_id.is_voluntary
            unit.is_accepted = is_accepted(unit.grade) and not refused
            usual = usual_disposition(unit.grade, unit.line_id.remedy)
            arrived = unit.grade in ARRIVED
            unit.disposition = "buyer" if refused and arrived else usual

    @api.depends("line_id")
    def _compute_check_ids(self):
        # sudo: product.category, return.check - the points to look at
        checks = self.env["return.check"].sudo().search([("active", "=", True)])
        categories = self.sudo().line_id.product_id.categ_id
        goods = categories._return_goods()
        fitting = {
            category: checks.filtered(
                lambda check, category=category: check._fits(
                    category, goods[category.id]
                )
            )
            for category in categories
        }
        for unit in self:
            category = unit.line_id.sudo().product_id.categ_id
            unit.check_ids = fitting.get(category)

    @api.depends("lot_id", "line_id")
    def _compute_is_other_lot(self):
        # sudo: stock.move - the numbers alone
        for unit in self.sudo():
            delivered = unit.line_id._delivered_lots()
            unit.is_other_lot = unit.lot_id and unit.lot_id not in delivered

    # Guards -----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Make rows; only steps make them, so that they add up."""
        if not self.env.su:
            self._raise_not_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        """Let the warehouse fill rows until the inspection is done."""
        if not self.env.su:
            self._check_fillable(vals)
        return super().write(vals)

    def _check_fillable(self, vals):
        if not self.env.user.has_group(WAREHOUSE):
            raise AccessError(
                self.env._("Only the returns warehouse may grade returned goods.")
            )
        if STEP_FIELDS & vals.keys():
            self._raise_not_by_hand()
        if any(self.mapped("is_done")):
            raise UserError(
                self.env._(
                    "The inspection of %(products)s is done: what was found stays.",
                    products=", ".join(self.product_id.mapped("display_name")),
                )
            )

    def _raise_not_by_hand(self):
        raise AccessError(
            self.env._("The rows of an inspection are made by opening it, not by hand.")
        )

    def _is_evidence_final(self):
        self.ensure_one()
        return self.is_done

    # Buttons ----------------------------------------------------------------

    def action_grade_a(self):
        """Take the piece as new."""
        return self._grade("a")

    def action_grade_b(self):
        """Take the piece as used; its condition has to be stated."""
        self._grade("b")
        return self.action_view_details()

    def action_grade_c(self):
        """Take the piece as not fit for sale."""
        return self._grade("c")

    def action_grade_missing(self):
        """Note that the piece did not come."""
        return self._grade("missing")

    def _found(self):
        """Return this row as Found; what did not come is written off."""
        self.ensure_one()
        if self.grade not in ARRIVED:
            return Found(self.quantity, self.grade, "scrap")
        return Found(
            self.quantity,
            self.grade,
            self.disposition,
            self.lot_id,
            self.condition or "",
        )

    def _note_wrong_goods(self):
        """Take what came instead of the goods into quarantine, to be settled apart."""
        wrong = self.filtered(lambda unit: unit.grade == "wrong")
        items = self.env["return.extra.item"].create(
            [
                {
                    "request_id": unit.request_id.id,
                    "kind": "wrong",
                    "product_id": unit.wrong_product_id.id,
                    "lot_id": unit.wrong_lot_id.id,
                    "quantity": unit.quantity,
                    "note": unit.condition,
                }
                for unit in wrong
            ]
        )
        for unit, item in zip(wrong, items, strict=True):
            copies = unit.evidence_ids.copy({"res_model": False, "res_id": False})
            item.evidence_ids = copies

    def _take_as_new(self):
        """Grade what nobody graded, or what came after all, as new."""
        self.filtered(lambda unit: unit.grade in (False, LATER)).write({"grade": "a"})

    def _grade(self, grade):
        self.write({"grade": grade})
        return True

    def action_split(self):
        """Take one piece out of a row of several, to grade it by itself."""
        self.ensure_one()
        self._check_fillable({})
        if self.uom_id.compare(self.quantity, 1) <= 0:
            return True
        # sudo: return.inspected.unit - both rows together are about what one was
        row = self.sudo()
        row.quantity -= 1
        row.copy({"quantity": 1})
        return True

    def action_view_details(self):
        """Open the row with its checks and photos."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.product_id.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
