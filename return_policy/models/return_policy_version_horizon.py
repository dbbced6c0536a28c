"""Which order lines need no judging: their versions and dates settle the verdict."""

from collections import defaultdict
from functools import cache, partial
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from ..policy.facts import utc
from ..policy.horizon import first_open_day
from .sale_order_line_match import ASKED

# Searched whoever may read parcels and orders: only the lines are shown.
SHIPPED = Domain("state", "=", "done") & Domain(
    "location_dest_id", "any!", [("usage", "=", "customer")]
)


def under(version_ids):
    """Return the domain of lines whose order took one of these; False: none."""
    held = Domain("return_policy_version_id", "in", version_ids)
    return Domain("order_id", "any!", held)


class Horizon(NamedTuple):
    """Domains on order lines, by what is sure of them without judging.

    ``open``: the window may end after the moment asked about. ``waiting``: nothing is
    known of a receipt. ``dated``: there is a receipt, and so a last moment. ``loose``:
    the versions that judge them do not agree on that. ``review``: there is no version,
    or none that can still be asked. No other line is open.
    """

    open: Domain = Domain.FALSE
    waiting: Domain = Domain.FALSE
    dated: Domain = Domain.FALSE
    loose: Domain = Domain.FALSE
    review: Domain = Domain.FALSE

    def __or__(self, other):
        """Return the lines of either, part by part."""
        return Horizon(*(mine | its for mine, its in zip(self, other, strict=True)))


class ReturnPolicyVersionHorizon(models.Model):
    """Sort the lines of orders by what their version says of their dates."""

    _inherit = "return.policy.version"

    @api.model
    def _return_horizon(self, moment):
        """Return the Horizon of all lines at a moment; no line is read for it.

        :param datetime moment: naive UTC
        """
        # sudo: return.policy.version - the terms decide, whoever searches
        versions = self.sudo().search_fetch([], ["company_id", "number", "policy_id"])
        judging = versions._return_judging()
        is_broken = versions._broken_memo()
        workdays = cache(lambda company, zone: company._return_workdays(zone))
        extra = self.env["sale.order"]._return_most_promised_days()
        groups = defaultdict(list)
        for version in versions:
            judges = judging[version.id]
            broken = {is_broken(item) for item in judges}
            assumed = {bool(item.terms.transit_days) for item in judges}
            if broken == {True}:
                groups["review"].append(version.id)
            elif len(broken) > 1 or len(assumed) > 1:
                groups["loose"].append(version.id)
            else:
                days = partial(workdays, version.company_id)
                cut = self._return_cut(judges, utc(moment), days, extra)
                groups[cut].append(version.id)
        horizon = Horizon(review=under([False]))
        for key, version_ids in groups.items():
            lines = under(version_ids)
            if isinstance(key, str):
                horizon |= Horizon(**{key: lines})
            else:
                horizon |= self._return_dated(lines, *key)
        return horizon

    def _return_cut(self, judges, moment, workdays, extra_days):
        """Return (first receipt that may count, first shipping or None), naive UTC."""
        received, shipped = [], []
        for item in judges:
            zone = item.terms.zone
            first = first_open_day(item, moment, workdays(zone), extra_days)
            received.append(first)
            shipped.append(received[-1] - item.terms.transit)
        assumes = judges[0].terms.transit_days
        return (
            min(received).replace(tzinfo=None),
            min(shipped).replace(tzinfo=None) if assumes else None,
        )

    def _return_dated(self, lines, received, shipped):
        """Return the Horizon of lines whose versions agree, see ``_return_cut``."""
        told = Domain("return_received_at", "!=", False)
        recent = Domain("return_received_at", ">=", received)
        if shipped is None:
            return Horizon(
                open=lines & recent, waiting=lines & ~told, dated=lines & told
            )
        left = Domain("move_ids", "any!", SHIPPED)
        since = Domain("move_ids", "any!", SHIPPED & Domain("date", ">=", shipped))
        return Horizon(
            open=lines & (recent | (~told & since)),
            waiting=lines & ~told & ~left,
            dated=lines & (told | left),
        )

    def _broken_memo(self):
        """Return a function that tells whether a rule of a pure version is broken."""
        rules, known = self.env["return.policy.rule"], {}

        def is_broken(version):
            asked = {
                (model, text)
                for name, model in ASKED.items()
                for text in version.keys_by(name)
            }
            for key in asked - known.keys():
                known[key] = bool(rules._read_domain(*key)[1])
            return any(known[key] for key in asked)

        return is_broken
