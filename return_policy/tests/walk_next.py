"""The step a request of a random walk waits for, whatever that is."""

from odoo.exceptions import UserError

from .walk_common import OVER
from .walk_order import OrderWorld


class NothingToDoError(Exception):
    """The step drawn has nothing to work on; another one is drawn."""


class NextSteps(OrderWorld):
    """Every next action, taken by whoever it waits for."""

    def one(self, *states):
        """Return one of the requests in some states."""
        found = self.requests(*states)
        if not found:
            raise NothingToDoError
        return self.pick(*found)

    def click(self, records, method, user):
        """Press a button, and answer the dialog it may open."""
        found = getattr(records.with_user(user), method)()
        if isinstance(found, dict) and found["res_model"] == "return.request.reason":
            dialog = self.env["return.request.reason"].with_user(user)
            dialog = dialog.with_context(**found["context"])
            dialog.create({"reason": "because"}).action_done()

    def go_on(self, request=None):
        """Take the next step of a request, whatever it waits for."""
        request = request or self.one("submitted", "needs_info", "approved")
        step = getattr(self, f"_go_on_{request.next_action}", None)
        if not step:
            raise NothingToDoError
        step(request)

    def _go_on_review(self, request):
        self._or_refuse(request, "action_approve", self.case.manager)

    def _go_on_answer(self, request):
        self._or_refuse(request, "action_answer", self.case.agent)

    def _or_refuse(self, request, step, user):
        """Take a step; refuse what is not possible any more."""
        try:
            with self.env.cr.savepoint():
                self.click(request, step, user)
        except UserError:
            self.click(request, "action_refuse", self.case.manager)

    def _go_on_offer(self, request):
        self.click(request, "action_offer_declined", self.case.agent)

    def _go_on_ship_back(self, request):
        moves = request.line_ids._open_moves()
        if moves:
            self.ship(moves)
        else:
            self.click(request, "action_close_short", self.case.agent)

    _go_on_receive = _go_on_ship_back

    def _go_on_inspect(self, request):
        self.click(request, "action_inspect", self.case.keeper)

    def _go_on_repair(self, request):
        repairs = request.line_ids.repair_ids
        repairs = repairs.filtered(lambda repair: repair.state not in OVER)
        if self.chance() < 0.2:
            repairs.action_repair_cancel()
        else:
            repairs.action_repair_start()
            repairs.action_repair_end()

    def _go_on_unrepaired(self, request):
        self.click(request, "action_refund_instead", self.case.agent)

    def _go_on_ship(self, request):
        lines = request.line_ids
        moves = lines.replacement_move_ids | lines.return_move_ids
        moves |= request.exchange_order_id.order_line.move_ids
        self.ship(
            moves.filtered(
                lambda move: (
                    move.state not in OVER and move.location_dest_id.usage == "customer"
                )
            )
        )

    def _go_on_collect(self, request):
        new = request.exchange_order_id
        missing = new._exchange_difference() * new.currency_id.rounding
        self.case._pay_online(new, missing)._post_process()

    def _go_on_settle(self, request):
        self.click(request, "action_settle", self.case.agent)

    def _go_on_send(self, _request):
        self.refunds()._cron_send()

    def _go_on_confirm(self, request):
        self._go_on_send(request)
        refunds = request.refund_ids
        refunds = refunds.filtered(lambda r: r.state in ("sent", "failed", "unknown"))
        self.click(refunds, "action_confirm", self.case.lead)

    _go_on_resolve = _go_on_confirm
