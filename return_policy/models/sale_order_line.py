"""The verdict on each order line: facts in batch, decided in plain Python."""

from odoo import api, fields, models

from ..policy.clock import last_second
from ..policy.decision import NO_POLICY, NOT_SOLD, best, decide
from ..policy.facts import WITHOUT_REASON, Facts

VERDICTS = [
    ("allowed", "Returnable"),
    ("refused", "Not returnable"),
    ("review", "To be judged"),
    ("none", "No return"),
]


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
        VERDICTS,
        compute="_compute_return_verdict",
        search="_search_return_verdict",
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
        search="_search_return_last_moment",
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
        "order_id.date_order",
        "order_id.partner_id",
        "order_id.return_informed_on",
        "order_id.return_policy_version_id",
        "price_total",
        "product_id",
        "product_uom_qty",
        "qty_delivered",
        "move_ids.state",
        "move_ids.date",
        "return_received_at",
        "return_confirmation_ids.confirmed_at",
    )
    def _compute_return_verdict(self):
        decisions = self._origin._return_verdicts()
        for line in self:
            decision = decisions.get(line._origin.id, NOT_SOLD)
            line.return_verdict = str(decision.outcome)
            line.return_verdict_text = line._return_verdict_sentence(decision)
            line.return_chip = line._return_verdict_chip(decision)
            end = decision.last_moment
            line.return_last_moment = end and last_second(end).replace(tzinfo=None)
            line.return_rule_code = decision.rule_code

    def _return_verdicts(
        self,
        reason=None,
        remedy="return_refund",
        asked_at=None,
        seal="",
        version=None,
    ):
        """Return {line id: Decision}; the number of queries does not grow with lines.

        A line is judged under the version its order took and the later ones of the
        same policy that hold for placed orders too; the best for the buyer counts.

        :param reason: a ``return.reason``; none means a return without a reason
        :param str remedy: one of ``terms.REMEDIES``
        :param asked_at: naive UTC, or {line id: naive UTC}; the present moment when
            left out
        :param str seal: the buyer's answer: sealed, opened, or nothing yet
        :param Version version: a pure version to judge under instead (a draft)
        """
        # sudo: sale.order.line - facts lie in stock and policies; callers check access
        lines = self.sudo()
        asked = {
            "reason": reason._to_reason() if reason else WITHOUT_REASON,
            "remedy": remedy,
            "seal": seal,
        }
        result = dict.fromkeys(self.ids, NOT_SOLD)
        for company, rows in lines._return_rows().items():
            judge = lines.with_company(company)._return_judge
            result.update(judge(rows, version, asked, asked_at))
        return result

    def _return_judge(self, rows, version, asked, asked_at):
        """Return {line id: Decision} for rows of one company."""
        orders = self.env["sale.order"].browse({row.order_id for row in rows})
        judging = orders._return_judging(version)
        versions = [item for found in judging.values() for item in found]
        known = self._return_known(rows, versions, asked_at)
        return self._return_decide_best(rows, judging, known, asked)

    def _return_decide_best(self, rows, judging, known, asked):
        """Return {line id: Decision}, the best of the versions that judge a line.

        :param dict judging: see ``sale.order._return_judging``
        :param dict known: see ``_return_known``
        :param dict asked: reason, remedy and seal, as ``Facts`` has them
        """
        orders = self.env["sale.order"].browse({row.order_id for row in rows})
        held = {order.id: order.return_policy_version_id.id for order in orders}
        groups, result = {}, {}
        for row in rows:
            groups.setdefault(held[row.order_id], []).append(row)
        for held_id, group in groups.items():
            decided = [
                self._return_decide(group, item, known, asked)
                for item in judging[held_id]
            ]
            for row in group:
                found = [decisions[row.id] for decisions in decided]
                facts = known[row.id]
                cost = facts["amount"], facts["quantity_left"]
                result[row.id] = best(found, *cost) if found else NO_POLICY
        return result

    def _return_decide(self, rows, version, known, asked):
        """Return {line id: Decision} under one version."""
        workdays = self.env.company._return_workdays(version.terms.zone)
        matched, broken = self._return_matched(rows, version)
        return {
            row.id: decide(
                version,
                Facts(
                    matched=matched[row.id],
                    broken_rule=broken,
                    **asked,
                    **known[row.id],
                ),
                workdays,
            )
            for row in rows
        }

    def action_view_return_confirmations(self):
        """Open what the buyer of this line confirmed at the purchase."""
        self.ensure_one()
        self.check_access("read")
        # buyers read their orders, but not this
        self.env["return.purchase.confirmation"].check_access("read")
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
        self.env["return.signing.record"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signed for on"),
            "res_model": "return.signing.record",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_ids": self.ids},
        }
