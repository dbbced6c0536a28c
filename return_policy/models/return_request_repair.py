"""Repairs of returned goods, from quarantine and back to the buyer."""

from odoo import api, fields, models

from .return_request import AGENT, WAREHOUSE

# The most urgent word of the lines is the word of the request.
URGENCY = ("failed", "to_repair", "to_return", "returned")


class ReturnRequest(models.Model):
    """Repairs."""

    _inherit = "return.request"

    repair_state = fields.Selection(
        [
            ("none", "None"),
            ("to_repair", "To repair"),
            ("failed", "Cannot be repaired"),
            ("to_return", "To send back"),
            ("returned", "Sent back"),
        ],
        compute="_compute_repair_state",
        store=True,
        string="Repair",
        help="Also goods which were not accepted are sent back.",
    )
    repair_order_count = fields.Integer(compute="_compute_repair_order_count")

    @api.depends(
        "line_ids.remedy",
        "line_ids.repair_ids.state",
        "line_ids.qty_sent",
        "line_ids.qty_sent_back",
        "line_ids.replacement_move_ids.state",
        "line_ids.return_move_ids.state",
    )
    def _compute_repair_state(self):
        for request in self:
            words = {line._repair_state() for line in request.line_ids}
            request.repair_state = next(
                (word for word in URGENCY if word in words), "none"
            )

    @api.depends("line_ids.repair_ids")
    def _compute_repair_order_count(self):
        for request in self:
            # sudo: repair.order - the number alone
            request.repair_order_count = len(request.sudo().line_ids.repair_ids)

    def action_view_repairs(self):
        """Open the repairs."""
        self._check_may(AGENT, WAREHOUSE)
        return self._open(self.env._("Repairs"), self.line_ids.repair_ids)

    # When a repair fails ----------------------------------------------------

    def action_refund_instead(self, reason=None):
        """Give the money back for what is not repaired."""
        return self._change_remedy("return_refund", "refund_instead", reason)

    def action_exchange_instead(self, reason=None):
        """Send the buyer another piece for what is not repaired."""
        return self._change_remedy("exchange", "exchange_instead", reason)

    def _change_remedy(self, remedy, purpose, reason):
        """End the repairs and give what the buyer gets instead; say why.

        The goods stay in quarantine until a person scraps them, puts them into stock
        or sends them to the vendor: who looks after the request is asked to.
        """
        self._check_may(AGENT)
        todo = self.filtered(lambda r: r.repair_state in ("to_repair", "failed"))
        if not todo:
            return True
        todo._check_all_in({"approved"})
        if not (reason or "").strip():
            return todo._ask_reason(purpose)
        todo._lock_orders()
        todo._check_all_in({"approved"})
        # sudo: return.request - the step acts on stock and money of the request
        requests = todo.sudo()
        lines = requests.line_ids.filtered(
            lambda line: line._repair_state() in ("to_repair", "failed")
        )
        lines._check_none_repaired()
        lines.repair_ids.filtered(
            lambda repair: repair.state not in ("done", "cancel")
        ).action_repair_cancel()
        lines.write({"remedy": remedy, "disposition": "vendor"})
        requests._check_money()
        todo._log("remedy_changed", reason)
        requests._remind_of_kept(lines)
        requests._start_replacements()
        requests._moment_reached()
        return True

    def _remind_of_kept(self, lines):
        """Ask for a decision on goods that are in quarantine and not repaired."""
        for request in self:
            kept = lines.filtered(lambda line, r=request: line.request_id == r)
            user = request.user_id or self.env.user
            say = self.with_context(lang=user.lang or self.env.lang).env
            request.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=say._("Decide about goods that were not repaired"),
                note=say._(
                    "%(products)s: still in %(place)s. Scrap them, move them into "
                    "stock, or send them to the vendor.",
                    products=", ".join(kept.product_id.mapped("display_name")),
                    place=kept._arrived_moves().location_dest_id[:1].display_name,
                ),
            )
