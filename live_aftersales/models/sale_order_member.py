"""What a member was promised when the order was placed: by the tier of that moment."""

from odoo import api, fields, models

from odoo.addons.return_policy.policy.promise import Promise

from .loyalty_tier import PROMISING

USER = "base.group_user"


class SaleOrder(models.Model):
    """The benefits of the buyer's tier, frozen together with the return policy."""

    _inherit = "sale.order"

    member_tier_ids = fields.Many2many(
        "loyalty.tier",
        "sale_order_member_tier_rel",
        string="Promised by Tiers",
        copy=False,
        readonly=True,
        groups=USER,
        help="The tiers which the buyer had when the order was confirmed, as far as "
        "they promise something for returns.",
    )
    member_extra_days = fields.Integer(
        string="Window Longer by",
        copy=False,
        readonly=True,
        groups=USER,
        help="Days added to the return window, as promised when the order was "
        "confirmed.",
    )
    member_free_freight = fields.Boolean(
        string="Free Return Freight",
        copy=False,
        readonly=True,
        groups=USER,
        help="The shop pays the way back, as promised when the order was confirmed.",
    )
    member_promise = fields.Char(
        string="Promised to the Member",
        compute="_compute_member_promise",
        compute_sudo=True,
        groups=USER,
        help="What the buyer's tier gives for returns of this order. It was settled "
        "when the order was confirmed: a tier which the buyer gained or lost "
        "since, or which gives something else now, changes nothing.",
    )

    _member_extra_days_idx = models.Index(
        "(member_extra_days) WHERE member_extra_days > 0"
    )

    @api.depends("member_tier_ids.name", "member_extra_days", "member_free_freight")
    @api.depends_context("lang")
    def _compute_member_promise(self):
        promises = self._return_promises()
        word = self.env["sale.order.line"]._return_promise_in_words
        for order in self:
            promise = promises.get(order.id)
            order.member_promise = promise and word(promise)

    def _freeze_return_policy(self):
        """Promise what the buyer's tier gives, where nothing was promised yet."""
        # sudo: sale.order - it is promised whoever confirms, the buyer included
        self.sudo().filtered(lambda order: not order.member_tier_ids)._promise()
        return super()._freeze_return_policy()

    def _promise(self):
        """Write down what the tiers held at the order date give; all of them count."""
        alike = {}
        for order, tiers in self._tiers_held().items():
            alike.setdefault(tiers, self.browse())
            alike[tiers] |= order
        for tiers, orders in alike.items():
            orders.write(
                {
                    "member_tier_ids": tiers.ids,
                    "member_extra_days": max(tiers.mapped("extra_window_days")),
                    "member_free_freight": any(tiers.mapped("free_return_freight")),
                }
            )

    def _tiers_held(self):
        """Return {order: tiers of its buyer at the order date which promise something}.

        Orders of a platform count by their date there; those without are not in it.
        """
        promising = self.env["loyalty.tier"].search(PROMISING)
        if not promising:
            return {}
        changes = self.env["loyalty.tier.change"].search_fetch(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("program_id", "in", promising.program_id.ids),
                ("program_id.active", "=", True),
                ("membership_id.active", "=", True),
            ],
            ["partner_id", "company_id", "membership_id", "tier_id", "changed_at"],
            order="id",
        )
        by_partner = changes.grouped("partner_id")
        found = {}
        for order in self:
            mine = by_partner.get(order.partner_id, changes.browse())
            tiers = mine._tiers_at(order.date_order, order.company_id) & promising
            if tiers:
                found[order] = tiers
        return found

    def _return_fields(self):
        """Read what was promised together with the other facts."""
        return [*super()._return_fields(), "member_extra_days", "member_free_freight"]

    def _return_promises(self):
        """Return what was promised to members with their orders."""
        promised = self.filtered(
            lambda order: order.member_extra_days or order.member_free_freight
        )
        return super()._return_promises() | {
            order.id: Promise(
                ", ".join(order.member_tier_ids.mapped("name")),
                order.member_extra_days,
                order.member_free_freight,
            )
            for order in promised
        }

    @api.model
    def _return_most_promised_days(self):
        """Return the most days that any member was promised."""
        # sudo: sale.order - a bound on windows, whoever searches
        longest = self.sudo().search(
            [("member_extra_days", ">", 0)], order="member_extra_days DESC", limit=1
        )
        return max(longest.member_extra_days, super()._return_most_promised_days())
