"""The verdict on each order line: facts in batch, decided in plain Python."""

from odoo import api, fields, models

from ..policy.clock import last_second
from ..policy.decision import NO_POLICY, NOT_SOLD, decide
from ..policy.facts import WITHOUT_REASON, Facts, utc


class SaleOrderLine(models.Model):
    """May the buyer return this, until when, and why?"""

    _inherit = "sale.order.line"

    return_received_at = fields.Datetime(
        string="Signed for on",
        copy=False,
        groups="base.group_user",
        help="When the buyer signed for the parcel. The return window starts the day "
        "after. Empty: the policy assumes some days after shipping.",
    )
    return_confirmation_ids = fields.One2many(
        comodel_name="return.purchase.confirmation",
        inverse_name="sale_line_id",
        string="Purchase Confirmations",
        groups="base.group_user",
    )
    return_verdict = fields.Selection(
        [
            ("allowed", "Returnable"),
            ("refused", "Not returnable"),
            ("review", "To be judged"),
            ("none", "No return"),
        ],
        compute="_compute_return_verdict",
        compute_sudo=True,
        groups="base.group_user",
        help="What the order's return policy says today about a return without a "
        "reason.",
    )
    return_verdict_text = fields.Char(
        string="Verdict in Words",
        compute="_compute_return_verdict",
        compute_sudo=True,
        groups="base.group_user",
    )
    return_chip = fields.Char(
        string="Return",
        compute="_compute_return_verdict",
        compute_sudo=True,
        groups="base.group_user",
        help="The verdict in a word.",
    )
    return_last_moment = fields.Datetime(
        string="Returnable until",
        compute="_compute_return_verdict",
        compute_sudo=True,
        groups="base.group_user",
        help="The last second of the return window.",
    )
    return_rule_code = fields.Char(
        string="Rule",
        compute="_compute_return_verdict",
        compute_sudo=True,
        groups="base.group_user",
        help="The legal clause or the code of the reason behind the verdict.",
    )

    @api.depends(
        "order_id.state",
        "order_id.return_policy_version_id",
        "product_id",
        "qty_delivered",
        "move_ids.state",
        "move_ids.date",
        "return_received_at",
        "return_confirmation_ids",
    )
    def _compute_return_verdict(self):
        decisions = self._return_verdicts()
        for line in self:
            decision = decisions.get(line.id, NOT_SOLD)
            line.return_verdict = str(decision.outcome)
            line.return_verdict_text = line._return_verdict_sentence(decision)
            line.return_chip = line._return_verdict_chip(decision)
            end = decision.last_moment
            line.return_last_moment = end and last_second(end).replace(tzinfo=None)
            line.return_rule_code = decision.rule_code

    def _return_verdicts(self, reason=None, remedy="return_refund", asked_at=None):
        """Return {line id: Decision}; the number of queries does not grow with lines.

        :param reason: a ``return.reason``; none means a return without a reason
        :param str remedy: ``refund_only`` or ``return_refund``
        :param datetime asked_at: naive UTC, the present moment when left out
        """
        # sudo: sale.order.line - facts lie in stock and policies; callers check access
        lines = self.sudo()._return_prefetch()
        asked = {
            "asked_at": utc(asked_at or fields.Datetime.now()),
            "remedy": remedy,
            "reason": reason.sudo()._to_reason() if reason else WITHOUT_REASON,
        }
        result = {}
        sold = lines.filtered(lambda line: line._return_is_sold())
        result.update(dict.fromkeys((lines - sold).ids, NOT_SOLD))
        for version, group in sold.grouped(
            lambda line: line.order_id.return_policy_version_id
        ).items():
            if not version:
                result.update(dict.fromkeys(group.ids, NO_POLICY))
                continue
            terms = version._to_version()
            for line_id, facts in group._return_facts(terms).items():
                result[line_id] = decide(terms, Facts(**asked, **facts))
        return result

    def _return_is_sold(self):
        """Tell whether this line sold something that could come back."""
        self.ensure_one()
        if self.state != "sale" or not self.product_id or self.price_unit < 0:
            return False
        if self.reward_id and self.reward_id.reward_type != "product":
            return False
        return not (self.display_type or self.is_downpayment or self.is_delivery)

    def action_view_return_confirmations(self):
        """Open what the buyer of this line confirmed at the purchase."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "return_policy.return_purchase_confirmation_action"
        )
        return {
            **action,
            "domain": [("sale_line_id", "=", self.id)],
            "context": {"default_sale_line_id": self.id},
        }

    def action_record_return_signing(self):
        """Ask when the buyer signed for these lines."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signed for on"),
            "res_model": "return.signing.record",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_ids": self.ids},
        }
