"""The terms which policies and their presets have in common."""

from dataclasses import fields as members

from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get

from ..policy.clock import MOST_DAYS
from ..policy.terms import Terms

# The steps of a return at which money goes back or a replacement leaves.
MOMENTS = [
    ("approval", "At approval"),
    ("scanned", "When the carrier scans the parcel"),
    ("received", "When the goods are received"),
    ("inspected", "After inspection"),
]
# Pure name: name here, where they differ.
NAMES = {
    "zone": "tz",
    "photos": "evidence_photos",
    "video": "evidence_video",
    "remedies": "remedy_ids",
}


class ReturnPolicyTerms(models.AbstractModel):
    """The defaults of a policy; its rules come before them.

    The defaults of the fields are the preset CN-7.
    """

    _name = "return.policy.terms"
    _description = "Return Terms"

    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    preset = fields.Selection(
        [
            ("CN-7", "China: 7 days without a reason"),
            ("EU-14", "EU: 14 days to withdraw"),
            ("UK-14", "UK: 14 days to cancel"),
            ("STORE", "None: the shop's promise"),
        ],
        string="Legal Floor",
        required=True,
        default="CN-7",
        tracking=True,
        help="The law these terms may not fall short of. It is held against them when "
        "you publish, and again at each decision.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        required=True,
        default="Asia/Shanghai",
        tracking=True,
        help="Days are counted in this time zone, from the day after signing.",
    )
    window_days = fields.Integer(
        string="Return Window",
        required=True,
        default=7,
        tracking=True,
        help="Days for a return without a reason, counted from the day after the "
        "buyer signed for the parcel. The last day counts until 24:00.",
    )
    window_rolls = fields.Selection(
        [
            ("calendar", "May be any day"),
            ("holiday", "Moves past days off"),
            ("working", "Moves past weekends too"),
        ],
        string="Last Day",
        required=True,
        default="holiday",
        tracking=True,
        help="Whether a window that would end on a day off ends on the next day "
        "instead. Days off and weekends are those of the company's working schedule.",
    )
    informs_buyer = fields.Boolean(
        string="Buyers Are Told Beforehand",
        default=True,
        tracking=True,
        help="The shop tells buyers of their right to return before they order. Where "
        "it does not, the law of the EU and the UK gives them 12 months more.",
    )
    quality_days = fields.Integer(
        string="Quality Window",
        required=True,
        default=7,
        tracking=True,
        help="Days in which a quality fault may be returned. Later a person decides "
        "on repair or replacement; nothing is refused by itself.",
    )
    transit_days = fields.Integer(
        string="Assumed Transit",
        required=True,
        default=10,
        tracking=True,
        help="When nobody told the signing date, the parcel counts as received this "
        "many days after shipping. 0: never assumed, the window stays open.",
    )
    auto_approve = fields.Boolean(
        string="Approve Automatically",
        tracking=True,
        help="Approve allowed returns without a reason at once. Faults and promises "
        "always wait for a person unless a rule says otherwise.",
    )
    auto_approve_max = fields.Monetary(
        string="Automatic up to",
        tracking=True,
        help="Amounts above this wait for a person. 0: no ceiling.",
    )
    refund_on = fields.Selection(
        MOMENTS,
        string="Refund",
        required=True,
        default="inspected",
        tracking=True,
        help="The step at which the money goes back.",
    )
    refund_days = fields.Integer(
        string="Refund within",
        required=True,
        default=7,
        tracking=True,
        help="Days in which the money has to be back with the buyer. Late refunds "
        "raise an alarm.",
    )
    refund_clock = fields.Selection(
        [
            ("goods_back", "the goods came back"),
            ("notice", "the buyer's notice"),
        ],
        string="Refund Counted from",
        required=True,
        default="goods_back",
        tracking=True,
        help="What starts the days for the refund. Counted from the notice, the money "
        "may still wait for the goods or the proof that they were sent.",
    )
    freight_payer = fields.Selection(
        [
            ("consumer", "Buyer"),
            ("merchant", "Merchant"),
            ("insurance", "Freight insurance"),
        ],
        string="Return Freight Paid by",
        required=True,
        default="consumer",
        tracking=True,
        help="For returns without a reason. The merchant pays where goods are faulty.",
    )
    outbound_freight = fields.Selection(
        [
            ("none", "Never"),
            ("merchant", "When the merchant is liable"),
            ("standard", "Also for a whole return"),
        ],
        string="Give Delivery Costs Back",
        required=True,
        default="merchant",
        tracking=True,
        help="Whether the freight of the delivery is refunded. When everything is "
        "returned without a reason, it is the price of standard delivery: a surcharge "
        "for express stays paid.",
    )
    reprice = fields.Boolean(
        string="Settle Promotions Again",
        default=True,
        tracking=True,
        help="When part of an order comes back, promotions with a threshold are "
        "reckoned again for what the buyer keeps (7-day return rules, art. 17). Off: "
        "each piece is worth its share of what was paid.",
    )
    lost_freight = fields.Boolean(
        string="Deduct Free Delivery Lost",
        default=True,
        tracking=True,
        help="When the goods kept no longer reach the amount for free delivery, its "
        "price is deducted (7-day return rules, art. 18).",
    )
    fee_percent = fields.Float(
        string="Restocking Fee",
        digits=(5, 2),
        tracking=True,
        help="Percent of what is given back, kept on returns without a reason. Never "
        "charged where the law gives the return, or the merchant is liable.",
    )
    fee_flat = fields.Monetary(
        string="Fee per Piece",
        tracking=True,
        help="Kept for each piece returned without a reason, on the same conditions.",
    )
    bonus_percent = fields.Float(
        string="Bonus for Store Credit",
        digits=(5, 2),
        tracking=True,
        help="Percent given on top when the buyer takes store credit, not money.",
    )
    bonus_flat = fields.Monetary(
        string="Flat Bonus",
        tracking=True,
        help="Amount given on top when the buyer takes store credit, not money.",
    )
    keep_item_max = fields.Monetary(
        string="Buyer Keeps Goods up to",
        tracking=True,
        help="Up to this amount the goods need not come back: the way back would cost "
        "more than they are worth. 0: goods always come back.",
    )
    evidence_photos = fields.Integer(
        string="Photos Asked for",
        tracking=True,
        help="How many photos a request needs where neither a rule nor the reason asks "
        "for more. Approval waits until they are there.",
    )
    evidence_video = fields.Boolean(
        string="Video Asked for",
        tracking=True,
        help="Whether each request needs a video.",
    )
    remedy_ids = fields.Many2many(
        "return.remedy",
        string="Remedies on Offer",
        default=lambda self: self.env["return.remedy"].search([]),
        help="What buyers may ask for. What the law grants is granted in any case.",
    )
    source = fields.Text(help="The law or agreement these terms rest on.")
    checked_on = fields.Date(help="When somebody last compared the terms with the law.")

    _window_positive = models.Constraint(
        "CHECK (window_days >= 0 AND quality_days >= 0 AND transit_days >= 0"
        " AND refund_days >= 0)",
        "Days of a return policy cannot be negative.",
    )
    _days_countable = models.Constraint(
        "CHECK (GREATEST(window_days, quality_days, transit_days, refund_days)"
        f" <= {MOST_DAYS})",
        "Days of a return policy cannot be more than 36,500, a hundred years: there is "
        "no calendar for it.",
    )
    _auto_approve_max_positive = models.Constraint(
        "CHECK (auto_approve_max >= 0)",
        "The ceiling for automatic approval cannot be negative.",
    )
    _percent_range = models.Constraint(
        "CHECK (fee_percent BETWEEN 0 AND 100 AND bonus_percent BETWEEN 0 AND 100)",
        "The restocking fee and the bonus lie between 0 and 100 percent.",
    )
    _amounts_positive = models.Constraint(
        "CHECK (fee_flat >= 0 AND bonus_flat >= 0 AND keep_item_max >= 0)",
        "Fees, bonuses and the amount up to which goods are kept cannot be negative.",
    )
    _photos_positive = models.Constraint(
        "CHECK (evidence_photos >= 0)",
        "The number of photos asked for cannot be negative.",
    )

    @api.depends_context("company")
    def _compute_currency_id(self):
        self.currency_id = self.env.company.currency_id

    @api.model
    def _terms_fields(self):
        """Return {pure name: field name} of all that ``_to_terms`` freezes."""
        return {
            member.name: NAMES.get(member.name, member.name)
            for member in members(Terms)
            if member.init
        }

    def _to_terms(self):
        """Return the pure terms: percentages in basis points, money in minor units."""
        self.ensure_one()
        return Terms(
            **{
                pure: self._to_plain(self._fields[name])
                for pure, name in self._terms_fields().items()
            }
        )

    def _to_plain(self, field):
        """Return the value of one field as the pure terms hold it."""
        value = self[field.name]
        match field.type:
            case "monetary":
                return round(value / (self.currency_id.rounding or 0.01))
            case "float":
                return round(value * 100)
            case "many2many":
                return frozenset(value.mapped("code"))
            case "selection":
                return value or ""
        return value
