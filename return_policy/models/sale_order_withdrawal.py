"""The right to withdraw from the contract of an order, in the EU by a button.

Directive 2011/83/EU, art. 11a (by Directive (EU) 2023/2673), since 19 June 2026.
"""

from markupsafe import Markup
from werkzeug.urls import url_encode

from odoo import models

from ..policy.law import floor_of


class SaleOrder(models.Model):
    """Withdrawal."""

    _inherit = "sale.order"

    def _return_zone(self):
        """Return the time zone in which days are counted and moments are named."""
        self.ensure_one()
        # sudo: return.policy.version, return.policy - the time zone alone
        order = self.sudo()
        version = order.return_policy_version_id._to_version()
        if version:
            return version.terms.zone
        return order.company_id._return_zone()

    def _offers_withdrawal(self):
        """Tell whether the buyer may withdraw by the button right now.

        The law of the order's policy asks for it, and the window of a line is open;
        it opens with the contract, before anything is shipped (art. 9).
        """
        self.ensure_one()
        # sudo: sale.order - what the law gives does not depend on who looks
        order = self.sudo()
        version = order.return_policy_version_id._to_version()
        if not version or order.state != "sale":
            return False
        if not floor_of(version.terms.preset).withdrawal_button:
            return False
        verdicts = order.order_line._return_verdicts()
        return any(decision.outcome == "allowed" for decision in verdicts.values())

    def _withdrawal_url(self, access_token=None):
        """Return where the buyer withdraws; with the order's token its goods show."""
        self.ensure_one()
        known = {"order_id": self.id}
        if access_token:
            known["access_token"] = access_token
        return f"/returns/withdraw?{url_encode(known)}"

    def _notify_by_email_prepare_rendering_context(self, message, *args, **kwargs):
        """Put the link into the mails about an order while the window runs.

        It names the order alone, since others may read the mail: who follows it types
        the rest.
        """
        context = super()._notify_by_email_prepare_rendering_context(
            message, *args, **kwargs
        )
        if self and self._offers_withdrawal():
            order = self.with_context(lang=context.get("lang"))
            link = Markup('<a href="%s/returns/withdraw?%s">%s</a>') % (
                self.get_base_url(),
                url_encode({"reference": self.name}),
                order.env._("Withdraw from contract here"),
            )
            context["subtitles"] = [*context.get("subtitles", []), link]
        return context
