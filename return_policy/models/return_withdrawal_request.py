"""The return request which a statement of withdrawal becomes."""

from odoo import models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tools import email_normalize


class ReturnWithdrawal(models.Model):
    """From the statement to the request, in sudo."""

    _inherit = "return.withdrawal"

    def _open_safely(self):
        """Make the request, or leave the statement to the desk and say why.

        Where somebody works on the returns of the order right now, it is tried again.
        """
        try:
            with self.env.cr.savepoint():
                self._open_request()
        except LockError:
            self._trigger_open()
        except UserError as error:
            self.write({"problem": str(error)})

    def _open_request(self):
        """Make and submit the request, as of the moment the statement was sent.

        :raises UserError: when nothing is left to withdraw from
        """
        self.ensure_one()
        order = self.sale_order_id
        order._return_lock()
        lines = [
            {"sale_line_id": line.id, "remedy": remedy, "qty_requested": quantity}
            for line, remedy, quantity in self._withdrawn()
        ]
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing of order %(order)s is left to withdraw from: it was never "
                    "confirmed, or all of it is in a return request already.",
                    order=order.name,
                )
            )
        requests = self.env["return.request"].with_company(order.company_id)
        request = requests.create(
            {
                "sale_order_id": order.id,
                "user_id": False,
                "reason_id": self.env.ref("return_policy.reason_no_reason").id,
                "asked_at": self.asked_at,
                "line_ids": [
                    Command.create({**line, "asked_at": self.asked_at})
                    for line in lines
                ],
            }
        )
        self.write({"request_id": request.id, "problem": False})
        request._submit("withdrawn", self.name)
        if email_normalize(self.email) != email_normalize(request.partner_id.email):
            # the buyer of the order learns of it too
            request._notify_buyer("submitted")

    def _withdrawn(self):
        """Return (order line, remedy, quantity) of what is withdrawn from.

        What has left comes back, what has not is cancelled.
        """
        lines = self.sale_order_id._buyer_lines()
        wanted = {int(key): value for key, value in (self.wanted or {}).items()}
        still_here = lines._return_still_here()
        found = []
        for line, quantities in lines._return_quantities().items():
            back = max(quantities.returnable, 0.0)
            rest = still_here[line]
            left = wanted.get(line.id, 0.0) if wanted else back + rest
            back = min(back, left)
            rest = min(rest, left - back)
            found += [
                (line, remedy, quantity)
                for remedy, quantity in (("return_refund", back), ("cancel", rest))
                if line.product_uom_id.compare(quantity, 0.0) > 0
            ]
        return found
