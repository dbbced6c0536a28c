"""Credit notes made by hand for goods that are in open return requests."""

from odoo import Command, api, fields, models

OPEN_STATES = ("submitted", "needs_info", "approved")


class AccountMove(models.Model):
    """Warn before posting, link after it."""

    _inherit = "account.move"

    return_hand_request_ids = fields.Many2many(
        "return.request",
        "return_request_hand_credit_rel",
        "move_id",
        "request_id",
        string="Return Requests Concerned",
        readonly=True,
        copy=False,
        groups="account.group_account_readonly,account.group_account_invoice,"
        "return_policy.group_return_agent",
        help="Requests that were open for the same goods when this credit note was "
        "posted by hand.",
    )
    return_warning = fields.Char(
        compute="_compute_return_warning",
        compute_sudo=True,
        help="Open return requests of the goods on this credit note.",
        groups="base.group_user",
    )

    @api.depends("state", "invoice_line_ids.sale_line_ids")
    def _compute_return_warning(self):
        drafts = self.filtered(
            lambda move: (
                move.move_type == "out_refund"
                and move.state == "draft"
                and not move.return_request_id
            )
        )
        found = drafts._return_open_lines()
        for move in self:
            names = found[move].request_id.mapped("name") if move in found else []
            move.return_warning = bool(names) and self.env._(
                "Return requests are open for these goods: %(requests)s. They pay the "
                "buyer back themselves; what this credit note gives back, they cannot "
                "give again.",
                requests=", ".join(names),
            )

    def _return_open_lines(self):
        """Return {credit note: open request lines about the same order lines}."""
        # sudo: return.request.line - whoever credits, the requests are there
        lines = (
            self.env["return.request.line"]
            .sudo()
            .search(
                [
                    ("sale_line_id", "in", self.invoice_line_ids.sale_line_ids.ids),
                    ("state", "in", OPEN_STATES),
                    ("is_settled", "=", False),
                    ("is_refused", "=", False),
                ]
            )
        )
        return {
            move: lines.filtered(
                lambda line, move=move: (
                    line.sale_line_id in move.invoice_line_ids.sale_line_ids
                )
            )
            for move in self
        }

    def _return_link_by_hand(self):
        """Tell open requests of credit notes that were posted by hand."""
        for move, lines in self._return_open_lines().items():
            if not lines:
                continue
            requests = lines.request_id
            # sudo: account.move - posted already; the link is written for good
            move.sudo().return_hand_request_ids = [
                Command.link(request.id) for request in requests
            ]
            requests._message_log_batch(
                bodies=dict.fromkeys(
                    requests.ids,
                    self.env._(
                        "Credit note %(note)s over %(amount)s was made by hand for "
                        "goods of this request.",
                        note=move.name,
                        amount=move.currency_id.format(move.amount_total),
                    ),
                )
            )
            lines._refresh_amounts()
