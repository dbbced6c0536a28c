"""What goes out to the buyer for a request: exchanges and what is sent again."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .return_policy_terms import MOMENTS
from .return_request import AGENT, LEAD, WAREHOUSE

# The most urgent word of the lines is the word of the request.
URGENCY = ("to_ship", "to_collect", "waiting", "shipped")


class ReturnRequest(models.Model):
    """Replacements."""

    _inherit = "return.request"

    replacement_state = fields.Selection(
        [
            ("none", "None"),
            ("to_collect", "Buyer pays the difference"),
            ("waiting", "Waits for the goods"),
            ("to_ship", "To ship"),
            ("shipped", "Shipped"),
        ],
        compute="_compute_replacement_state",
        store=True,
        string="Replacement",
    )
    ship_on = fields.Selection(
        MOMENTS,
        readonly=True,
        copy=False,
        default="received",
        string="Ship When",
        help="What an exchange waits for; reserved it is at approval. Taken from the "
        "settings of the company when the request is approved. Goods that are sent "
        "again, and exchanges where the buyer keeps the goods, wait for nothing.",
    )
    replacement_picking_ids = fields.One2many(
        "stock.picking",
        "replacement_request_id",
        string="Replacement Deliveries",
        readonly=True,
    )
    replacement_count = fields.Integer(compute="_compute_replacement_texts")
    replacement_tracking_ref = fields.Char(
        "Replacement Tracking Number",
        compute="_compute_replacement_texts",
        help="Under which number the carrier brings the replacement.",
    )
    is_replacement_short = fields.Boolean(
        "Replacement out of Stock",
        compute="_compute_replacement_texts",
        help="Not all of the replacement could be reserved; it is as soon as goods "
        "come in.",
    )

    @api.depends(
        "state",
        "goods_state",
        "scanned_at",
        "ship_on",
        "line_ids.remedy",
        "line_ids.is_refused",
        "line_ids.keeps_item",
        "line_ids.exchange_product_id",
        "line_ids.qty_approved",
        "line_ids.qty_received",
        "line_ids.qty_accepted",
        "line_ids.is_short",
        "line_ids.inspected_at",
        "line_ids.is_sent_early",
        "line_ids.qty_sent",
    )
    def _compute_replacement_state(self):
        for request in self:
            words = {line._replacement_state() for line in request.line_ids}
            request.replacement_state = next(
                (word for word in URGENCY if word in words), "none"
            )

    @api.depends("replacement_picking_ids", "replacement_state")
    def _compute_replacement_texts(self):
        for request in self:
            # sudo: stock.picking - number, parcel number and stock only
            pickings = request.sudo().replacement_picking_ids
            parcels = pickings.filtered("carrier_tracking_ref")
            open_moves = request.sudo().line_ids._open_replacement_moves()
            request.replacement_count = len(pickings)
            request.replacement_tracking_ref = ", ".join(
                parcels.mapped("carrier_tracking_ref")
            )
            request.is_replacement_short = any(
                move.state in ("confirmed", "partially_available")
                for move in open_moves
            )

    def _start_replacements(self):
        """Reserve what goes out to the buyer, for all requests at once."""
        lines = self.line_ids.filtered(lambda line: line._is_replaced())
        for company, requests in lines.request_id.grouped("company_id").items():
            requests.write({"ship_on": company.return_ship_on})
        lines._reserve_replacements()
        lines.request_id._log_replacements()

    def _log_replacements(self):
        """Say on the requests by which transfers the replacements leave."""
        bodies = {
            request.id: self.env._(
                "Replacement: %(transfers)s",
                transfers=", ".join(request.replacement_picking_ids.mapped("name")),
            )
            for request in self
            if request.replacement_picking_ids
        }
        self.browse(bodies)._message_log_batch(bodies=bodies)

    def _replacement_references(self):
        """Return {request: its own reference}.

        A request's replacements share one delivery, step by step, and never join an
        open delivery of the order.
        """
        references = self.env["stock.reference"].create(
            [{"name": request.name} for request in self]
        )
        return dict(zip(self, references, strict=True))

    def _release_replacements(self):
        """Take what was found missing or wrong out of the deliveries.

        What may leave now needs no step: it is read from where the goods are.
        """
        lines = self.line_ids.filtered(
            lambda line: line._is_replaced() and (line.inspected_at or line.is_short)
        )
        lines._trim_replacements()

    def _replacements_sent(self):
        """Tell that goods left; close the requests for which nothing is left to do."""
        if self:
            self._log("shipped")
            self._finish()

    def action_ship_now(self, reason=None):
        """Let replacements go before the returned goods are there.

        Without a reason a dialog asks for it.
        """
        self._check_may(LEAD)
        todo = self.filtered(lambda request: request.replacement_state == "waiting")
        todo._check_all_in({"approved"})
        if not todo:
            return True
        if not (reason or "").strip():
            return self.env["return.request.reason"]._open(
                "ship_now", default_request_ids=todo.ids
            )
        todo._lock_orders()
        # sudo: return.request.line - steps write what people may not write by hand
        lines = todo.sudo().line_ids.filtered(
            lambda line: line._replacement_state() == "waiting"
        )
        lines.write({"is_sent_early": True})
        lines._reserve_replacements()
        todo._log("shipped_early", reason)
        return True

    def _cancel_goods(self):
        """Cancel the replacements as well; refuse once one of them has left."""
        # sudo: return.request.line - agents may not write transfers
        lines = self.sudo().line_ids
        sent = lines.filtered(lambda line: line._is_replaced() and line.qty_sent)
        if sent:
            raise UserError(
                self.env._(
                    "The replacement of %(requests)s has left already. Finish the "
                    "request instead of cancelling it.",
                    requests=", ".join(sent.request_id.mapped("name")),
                )
            )
        result = super()._cancel_goods()
        lines._open_replacement_moves()._action_cancel()
        return result

    def action_view_replacements(self):
        """Open the deliveries by which the replacements leave."""
        self._check_may(AGENT, WAREHOUSE)
        return self._open(self.env._("To the Buyer"), self.replacement_picking_ids)
