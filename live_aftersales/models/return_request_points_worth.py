"""A return gives back less where points of its goods were spent already."""

from dataclasses import replace

from odoo import fields, models

from odoo.addons.return_policy.policy.settlement import Deduction, Statement

SPENT = "points"


class ReturnRequest(models.Model):
    """Worth of spent points."""

    _inherit = "return.request"

    def _due_step(self, now, before):
        """Leave deductions for points alone: no later statement changes them."""
        others = tuple(each for each in before.deductions if each.kind != SPENT)
        return super()._due_step(now, replace(before, deductions=others))

    def _fix_statements(self, lines, purchases):
        """Deduct the worth of points that would be owed after these refunds."""
        steps = super()._fix_statements(lines, purchases)
        sold, known, vals_list = lines.env["sale.order.line"], {}, []
        for request in self.sorted("id"):
            mine = request.line_ids & lines
            if not mine._nets_points():
                continue
            sold |= mine.sale_line_id
            # sudo: sale.order.line - whoever settles has no rights on points
            missing = sold.sudo()._points_missing()
            step, before = steps[request]
            for program, points in missing.items():
                fresh = points - known.get(program, 0)
                if program.points_negative == "net" and fresh > 0:
                    earlier = request._points_deducted_before(program, vals_list)
                    vals = request._prepare_points(program, fresh, step.total, earlier)
                    units = request._to_minor(vals["amount"])
                    step += Statement(deductions=(Deduction(SPENT, 0, units),))
                    vals_list.append(vals)
            steps[request], known = (step, before), missing
        self.env["return.request.deduction"].create(vals_list)
        return steps

    def _points_deducted_before(self, program, vals_list):
        """Return the points whose worth returns of this order have deducted so far.

        :param vals_list: values of deductions that are about to be made
        """
        # sudo: return.request - whoever settles may not see all returns of the order
        requests = self.sudo().sale_order_id.return_request_ids
        rows = requests.deduction_ids.filtered(
            lambda row: row.points_program_id == program
        )
        return sum(rows.mapped("points")) + sum(
            vals["points"]
            for vals in vals_list
            if vals["request_id"] in requests.ids
            and vals["points_program_id"] == program.id
        )

    def _prepare_points(self, program, points, room, before):
        """Return the values of the deduction for points that were spent.

        :param room: what the request gives back, in the smallest unit; what it cannot
            pay stays a debt of points
        :param before: points deducted by earlier returns of the order
        """
        day = fields.Date.context_today(self)
        worth = program._points_money(
            points, self.currency_id, self.company_id, day, before
        )
        whole = self._to_minor(worth)
        units = max(0, min(whole, room))
        return {
            "request_id": self.id,
            "kind": SPENT,
            "points": points * units // whole if whole else 0,
            "points_program_id": program.id,
            "amount": units * (self.currency_id.rounding or 0.01),
        }

    def _prepare_deductions(self, step):
        """Say of how many points a credit note takes the worth."""
        vals_list = super()._prepare_deductions(step)
        fixed = self.deduction_ids.filtered(lambda row: not row.points_move_id)
        for vals in vals_list:
            if vals["kind"] == SPENT:
                vals["points"] = sum(fixed.mapped("points"))
        return vals_list

    def _deduction_weights(self, deduction, settlement):
        """Lower the goods that came back, as a fee does."""
        if deduction.kind == SPENT:
            deduction = replace(deduction, kind="fee")
        return super()._deduction_weights(deduction, settlement)
