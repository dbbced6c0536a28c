"""Who may write what on a return line: agents ask, the warehouse grades."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..policy.states import UNDECIDED
from .return_request import AGENT, WAREHOUSE

ASKED_FIELDS = {
    "sale_line_id",
    "qty_requested",
    "reason_id",
    "remedy",
    "exchange_product_id",
    "seal",
    "request_id",
}
# What may still change while somebody decides.
UNDECIDED_FIELDS = {"evidence_ids", "keeps_item", "amount_agreed", "agreed_percent"}
# What is answered to the buyer.
ANSWER_FIELDS = {"answer", "answer_reason", "qty_approved"}
# What an open offer to the buyer does not rest on.
FREE_FIELDS = {"evidence_ids"}
INSPECTED_FIELDS = {"grade", "qty_accepted", "qty_damaged", "disposition"}


class ReturnRequestLine(models.Model):
    """Guards of the fields."""

    _inherit = "return.request.line"

    def _default_fields(self):
        return ASKED_FIELDS | UNDECIDED_FIELDS

    @api.model_create_multi
    def create(self, vals_list):
        """Let agents ask; everything else is written by the steps."""
        for vals in vals_list:
            self._check_hand_fields(vals, ASKED_FIELDS | UNDECIDED_FIELDS)
        lines = super().create(vals_list)
        lines._check_draft()
        return lines

    def write(self, vals):
        """Agents edit what is asked in drafts, the warehouse what was inspected."""
        if not self.env.su:
            asked = ASKED_FIELDS | ANSWER_FIELDS | UNDECIDED_FIELDS
            self._check_hand_fields(vals, asked | INSPECTED_FIELDS)
            if vals.keys() & ASKED_FIELDS:
                self._check_draft()
            if vals.keys() & UNDECIDED_FIELDS:
                self._check_undecided()
            if vals.keys() & ANSWER_FIELDS:
                self._check_agent_in(set(UNDECIDED))
            if vals.keys() & asked - FREE_FIELDS:
                self.request_id._check_no_open_offer()
            if vals.keys() & INSPECTED_FIELDS:
                self._check_inspectable()
        result = super().write(vals)
        if "request_id" in vals:
            self._check_draft()
        return result

    @api.model
    def _check_hand_fields(self, vals, allowed):
        written = (vals.keys() & self._fields.keys()) - allowed
        if written and not self.env.su:
            raise AccessError(
                self.env._(
                    "These fields of a return line are written by the steps of the "
                    "request, not by hand: %(fields)s.",
                    fields=", ".join(sorted(written)),
                )
            )

    def _check_draft(self):
        self._check_agent_in({"draft", "needs_info"})
        if not self.env.su:
            self.request_id._check_no_open_offer()

    def _check_undecided(self):
        self._check_agent_in({"draft", "needs_info", "submitted"})

    def _check_agent_in(self, states):
        if self.env.su:
            return
        if not self.env.user.has_group(AGENT):
            raise AccessError(
                self.env._("Only after-sales agents may change what is returned.")
            )
        self.request_id._check_all_in(states)

    def _check_inspectable(self):
        if not self.env.user.has_group(WAREHOUSE):
            raise AccessError(
                self.env._("Only the returns warehouse may grade returned goods.")
            )
        closed = self.filtered(lambda line: line.inspected_at or not line.qty_received)
        if closed:
            raise UserError(
                self.env._(
                    "%(products)s: goods can be graded after they were received and "
                    "before the inspection is done.",
                    products=", ".join(closed.product_id.mapped("display_name")),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._check_draft()
        # sudo: return.decision.log - whatever was decided keeps its line
        decided = self.env["return.decision.log"].sudo()
        decided = decided.search([("line_id", "in", self.ids)]).line_id
        if decided:
            raise UserError(
                self.env._(
                    "%(products)s: submitted lines stay, since the decision log names "
                    "them. Cancel the request and open another one without them.",
                    products=", ".join(decided.product_id.mapped("display_name")),
                )
            )

    @api.constrains("keeps_item")
    def _check_keeps_item(self):
        for line in self:
            if line.keeps_item and not line.may_keep_item:
                raise ValidationError(
                    self.env._(
                        "The policy does not let the buyer keep %(product)s. Choose "
                        "“Refund only” to give the money back without the goods.",
                        product=line.product_id.display_name,
                    )
                )

    @api.constrains("sale_line_id", "request_id")
    def _check_sale_line(self):
        for line in self:
            # sudo: sale.order.line - only the order is compared
            if line.sale_line_id.sudo().order_id != line.request_id.sale_order_id:
                raise ValidationError(
                    self.env._(
                        "%(product)s is not a line of order %(order)s. Choose a line "
                        "of the order the request is about.",
                        product=line.product_id.display_name,
                        order=line.request_id.sale_order_id.name,
                    )
                )
