"""What the platform gave back by itself, as its order files tell."""

from odoo import api, fields, models

USER = "base.group_user"


class SaleOrderLine(models.Model):
    """Refunds of the platform."""

    _inherit = "sale.order.line"

    platform_aftersale_status = fields.Char(
        string="After-Sale on Platform",
        copy=False,
        groups=USER,
        help="The platform's own words.",
    )
    platform_refunded = fields.Monetary(
        string="Refunded on Platform",
        copy=False,
        groups=USER,
        help="What the platform gave back, as its order file tells. The file says that "
        "the line was refunded and not how much: all that was paid for it counts.",
    )
    platform_refunded_at = fields.Datetime(
        string="Refund Learned of",
        compute="_compute_platform_refunded_at",
        store=True,
        copy=False,
        groups=USER,
        help="When a file first told of the refund. Returns approved before are the "
        "reason for it, so that it is not counted beside them.",
    )

    @api.depends("platform_refunded")
    def _compute_platform_refunded_at(self):
        now = fields.Datetime.now()
        for line in self:
            known = line.platform_refunded_at or now
            line.platform_refunded_at = line.platform_refunded and known

    def _platform_gave_back(self):
        """Return {line: what the platform gave back beside the returns, in units}.

        Its refund of a return that was approved here is the money of that return.
        """
        refunded = self.filtered("platform_refunded")
        if not refunded:
            return {}
        paid, asked = refunded._return_paid(), refunded._return_counted()
        found = {}
        for line in refunded:
            moment = line.platform_refunded_at
            if line in paid and not (
                line in asked and asked[line]._paid_by_platform(moment)
            ):
                units = line.order_id._return_units(line.platform_refunded)
                found[line] = min(units, paid[line].total)
        return found

    def _platform_note_refund(self):
        """Tell the requests about these lines that the platform paid by itself."""
        gave_back = self._platform_gave_back()
        # sudo: return.request.line - whoever imports, the requests are there
        for line, asked in self.sudo()._return_counted().items():
            if line not in gave_back:
                continue
            text = self.env._(
                "The platform has refunded %(amount)s of %(product)s by itself, as its "
                "order file tells.",
                amount=line.currency_id.format(line.platform_refunded),
                product=line.product_id.display_name,
            )
            requests = asked.request_id
            requests._message_log_batch(bodies=dict.fromkeys(requests.ids, text))
