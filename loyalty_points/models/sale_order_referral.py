"""A friend's first order brings a referral to its reward."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    points_referral_code = fields.Char(
        string="Referral Code",
        copy=False,
        groups="base.group_user",
        help="The code of the member who brought this customer. It counts with the "
        "first order only.",
    )

    @api.onchange("points_referral_code")
    def _onchange_points_referral_code(self):
        code = self.points_referral_code
        if not code or self._points_referrer():
            return None
        return {
            "warning": {
                "title": self.env._("Referral Code"),
                "message": self.env._("No member has the code %(code)s.", code=code),
            }
        }

    def _points_referrer(self):
        # sudo: loyalty.membership - found by its code alone
        members = self.env["loyalty.membership"].sudo()
        return members._find_by_referral_code(self.points_referral_code)

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse codes of nobody."""
        orders = super().create(vals_list)
        orders._points_check_referral_code()
        return orders

    def write(self, vals):
        """Refuse codes of nobody."""
        result = super().write(vals)
        if "points_referral_code" in vals:
            self._points_check_referral_code()
        return result

    def _points_check_referral_code(self):
        # sudo: sale.order - the code is for employees, buyers make orders too
        for order in self.sudo().filtered("points_referral_code"):
            if not order._points_referrer():
                raise UserError(
                    self.env._(
                        "%(order)s: no member has the referral code %(code)s. Correct "
                        "it or leave it out.",
                        order=order.name,
                        code=order.points_referral_code,
                    )
                )

    def action_confirm(self):
        """Take the first orders of friends as such."""
        fresh = self.filtered(lambda order: order.state != "sale")
        fresh._points_invite()
        result = super().action_confirm()
        # sudo: loyalty.referral - a salesperson confirms, without rights on points
        confirmed = fresh.sudo().filtered(lambda order: order.state == "sale")
        self.env["loyalty.referral"]._attach(confirmed)
        return result

    def _points_invite(self):
        """Turn the codes given with these orders into referrals.

        An order that may be paid already is confirmed with any code.
        """
        for order in self.sudo().filtered("points_referral_code"):  # sudo: as above
            code, member = order.points_referral_code, order._points_referrer()
            if not member:  # it was one when the code was typed
                order.message_post(
                    body=self.env._("No member has the code %(code)s.", code=code)
                )
            elif not self.env["loyalty.referral"]._invite(member, order.partner_id):
                order.message_post(
                    body=self.env._(
                        "The referral code %(code)s counts for new customers only.",
                        code=code,
                    )
                )

    def _action_cancel(self):
        """Let a friend order anew."""
        result = super()._action_cancel()
        gone = self.filtered(lambda order: order.state == "cancel")
        self.env["loyalty.referral"]._detach(gone)
        return result
