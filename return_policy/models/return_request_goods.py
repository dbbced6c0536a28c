"""Where the goods of a request are: return transfers, receipt, inspection."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..policy.states import GoodsFacts, goods_state
from .return_request import AGENT, WAREHOUSE

ON_THE_WAY = ("awaiting", "in_transit")


class ReturnRequest(models.Model):
    """The goods."""

    _inherit = "return.request"

    picking_ids = fields.One2many(
        "stock.picking", "return_request_id", string="Return Transfers", readonly=True
    )
    picking_count = fields.Integer(compute="_compute_picking_count")
    goods_state = fields.Selection(
        [
            ("none", "No goods"),
            ("awaiting", "Awaited"),
            ("in_transit", "On the way"),
            ("received", "To inspect"),
            ("inspected", "Inspected"),
        ],
        compute="_compute_goods_state",
        store=True,
        string="Goods",
    )
    scanned_at = fields.Datetime(
        "Scanned by the Carrier",
        readonly=True,
        copy=False,
        help="When the carrier took the parcel: the buyer's proof of having sent it.",
    )
    received_at = fields.Datetime(
        readonly=True, copy=False, help="When the last expected parcel came in."
    )
    return_tracking_ref = fields.Char(
        "Return Tracking Number",
        copy=False,
        help="The parcel number under which the buyer sends the goods back.",
    )

    @api.depends("picking_ids")
    def _compute_picking_count(self):
        for request in self:
            # sudo: stock.picking - the number alone
            request.picking_count = len(request.sudo().picking_ids)

    @api.depends(
        "state",
        "return_tracking_ref",
        "line_ids.remedy",
        "line_ids.keeps_item",
        "line_ids.qty_approved",
        "line_ids.qty_received",
        "line_ids.is_short",
        "line_ids.inspected_at",
    )
    def _compute_goods_state(self):
        for request in self:
            lines = request._lines_to_return()
            request.goods_state = goods_state(
                GoodsFacts(
                    expected=request.state in ("approved", "done") and bool(lines),
                    all_received=all(line._is_received() for line in lines),
                    all_inspected=all(line._is_inspected() for line in lines),
                    has_tracking=bool(request.return_tracking_ref),
                )
            )

    def _lines_to_return(self):
        return self.line_ids.filtered(lambda line: line._comes_back())

    def _find_origins(self):
        """Return what comes back from which delivery; refuse what cannot be taken in.

        Changes nothing.
        """
        origins = self._lines_to_return()._origin_moves()
        for line, move, _quantity in origins:
            move._return_warehouse(line.request_id)._check_return_location()
        return origins

    def _create_return_pickings(self, origins):
        """Make the transfers by which the goods come back, for all requests at once."""
        if not origins:
            return
        transfers = defaultdict(list)
        for picking in self.env["stock.picking"]._create_returns(origins):
            transfers[picking.origin].append(picking.name)
        bodies = {
            request.id: self.env._(
                "Return transfer: %(transfers)s",
                transfers=", ".join(transfers[request.name]),
            )
            for request in self
            if request.name in transfers
        }
        self.browse(bodies)._message_log_batch(bodies=bodies)

    def _hold_for_receipt(self):
        """Let two receipts of one request at once follow each other.

        Each would see the other's goods as still awaited, and nobody would ever find
        the request complete. Writing the row makes the later one start again.
        """
        if self:
            self.env.cr.execute(
                SQL(
                    "UPDATE return_request SET write_uid = write_uid WHERE id IN %s",
                    tuple(self.ids),
                )
            )

    def _goods_received(self):
        """Note the receipt; pay where the policy pays at receipt."""
        complete = self.filtered(
            lambda request: (
                request.goods_state in ("received", "inspected")
                and not request.received_at
            )
        )
        complete.write({"received_at": fields.Datetime.now()})
        complete._notify_buyer("received")
        complete._moment_reached()

    def _moment_reached(self):
        """Ship and pay what waited for the step the goods have come to."""
        self._release_replacements()
        self._settle_safely()

    def action_scanned(self):
        """Note that the carrier has the parcel; pay where the policy pays then."""
        self._check_may(AGENT, WAREHOUSE)
        todo = self.filtered(lambda request: not request.scanned_at)
        todo._check_all_in({"approved"})
        todo._lock_orders()
        todo.invalidate_recordset(["scanned_at", "goods_state"])
        todo = todo.filtered(lambda request: not request.scanned_at)
        todo._check_on_the_way()
        # sudo: return.request - the step writes what people may not write by hand
        requests = todo.sudo()
        requests.write({"scanned_at": fields.Datetime.now()})
        todo._log("scanned")
        requests._moment_reached()
        return True

    def _check_on_the_way(self):
        """Refuse a scan where no parcel with a number is under way."""
        wrong = self.filtered(
            lambda request: (
                request.goods_state not in ON_THE_WAY or not request.return_tracking_ref
            )
        )
        if wrong:
            raise UserError(
                self.env._(
                    "Enter the return tracking number first: without it nobody can "
                    "tell which parcel of %(requests)s was scanned. Only goods that "
                    "still have to come back can be scanned.",
                    requests=", ".join(wrong.mapped("name")),
                )
            )

    def action_close_short(self):
        """Stop waiting for goods that do not come; what came is inspected and paid."""
        self._check_may(AGENT, WAREHOUSE)
        requests = self.filtered(lambda request: request.goods_state in ON_THE_WAY)
        requests._check_all_in({"approved"})
        requests._lock_orders()
        # sudo: return.request - the step closes transfers the user may not write
        requests = requests.sudo()
        for request in requests:
            if not any(request.line_ids.mapped("qty_received")):
                raise UserError(
                    self.env._(
                        "Nothing of %(request)s has come back yet. Cancel the request "
                        "instead.",
                        request=request.name,
                    )
                )
        requests._close_short(requests._lines_to_return())
        return True

    def _close_short(self, lines):
        """Expect nothing more of these lines; their requests may be complete now."""
        open_lines = lines.filtered(lambda line: not line._is_received())
        if not open_lines:
            return
        open_lines._open_moves()._action_cancel()
        open_lines.write({"is_short": True})
        requests = open_lines.request_id
        requests._log("closed_short")
        requests._goods_received()

    def _cancel_goods(self):
        """Cancel the open return transfers; refuse once goods came in or money went."""
        # sudo: stock.picking - agents may not write transfers
        requests = self.sudo()
        late = requests.filtered(
            lambda request: (
                any(request.line_ids.mapped("qty_received"))
                or any(request.line_ids.mapped("is_settled"))
            )
        )
        if late:
            raise UserError(
                self.env._(
                    "Goods have come back or money was given back already: "
                    "%(requests)s. Finish the request instead of cancelling it.",
                    requests=", ".join(late.mapped("name")),
                )
            )
        requests.picking_ids.filtered(
            lambda picking: picking.state != "cancel"
        ).action_cancel()
