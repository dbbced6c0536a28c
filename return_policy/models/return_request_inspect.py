"""The inspection of what came back: opened, filled in, done."""

from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from .return_inspected_unit import LATER
from .return_request import WAREHOUSE


class ReturnRequest(models.Model):
    """Inspection."""

    _inherit = "return.request"

    def action_open_inspection(self):
        """Open the screen in which the warehouse receives and grades piece by piece."""
        self._check_may(WAREHOUSE)
        # sudo: return.request - the warehouse may not read orders and deliveries
        lines = self.sudo()._lines_to_inspect()
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing is waiting for inspection in %(requests)s.",
                    requests=", ".join(self.mapped("name")),
                )
            )
        lines._make_units()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Inspect"),
            "res_model": "return.request.inspection",
            "view_mode": "form",
            "target": "current",
            "context": {"default_unit_ids": lines.unit_ids.ids},
        }

    def _lines_to_inspect(self):
        """Return the lines whose goods are expected or wait for the inspection."""
        approved = self.filtered(lambda request: request.state == "approved")
        return approved._lines_to_return().filtered(
            lambda line: not line._is_inspected()
        )

    def action_inspect(self):
        """Finish the inspection of everything that was received: goods and money move.

        Lines nobody graded are taken as new and go back to stock.
        """
        self._check_may(WAREHOUSE)
        self._lock_orders()
        # sudo: return.request - the warehouse has no right on orders and accounting
        requests = self.sudo()
        requests._inspect(
            requests._lines_to_return().filtered(
                lambda line: line._is_received() and not line._is_inspected()
            )
        )
        return True

    def _inspect(self, lines):
        """Note what was found in the lines; goods and money move."""
        if not lines:
            return
        lines.unit_ids._take_as_new()
        lines.unit_ids._check_complete()
        lines._check_units()
        lines._finish_inspection(self.env.user)
        by_notes = defaultdict(self.browse)
        for request in lines.request_id:
            by_notes[(request.line_ids & lines).unit_ids._notes()] += request
        for notes, requests in by_notes.items():
            requests._log("inspected", notes)
        lines.request_id._moment_reached()

    def _inspect_empty(self, units):
        """Note that nothing was in the parcel; a lead has to sort it out.

        No money is decided: what the buyer says came is disputed.
        """
        for request in self:
            mine = units.filtered(lambda unit, r=request: unit.request_id == r)
            if not mine.evidence_ids:
                raise UserError(
                    self.env._(
                        "Take a photo of the empty parcel first: without it nobody can "
                        "show what came."
                    )
                )
        units.write({"grade": "missing"})
        self.action_dispute(self.env._("Nothing was in the parcel."))
        self._inspect_units(units)

    def _inspect_units(self, units):
        """Receive what the rows say came, then inspect what is complete."""
        self._lock_orders()
        units.invalidate_recordset(["is_done"])
        units = units.filtered(lambda unit: not unit.is_done)
        lines = units.line_id
        lines._check_units()
        units.filtered(lambda unit: unit.grade != LATER)._check_complete()
        lines._receive_units()
        units._note_wrong_goods()
        waiting = lines.filtered(lambda line: LATER in line.unit_ids.mapped("grade"))
        self._close_short(lines - waiting)
        self._inspect((lines - waiting).filtered(lambda line: not line.inspected_at))
