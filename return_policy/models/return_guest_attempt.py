"""How often somebody tried to enter without a login; keeps guessing out."""

from datetime import timedelta
from ipaddress import ip_address, ip_network

from odoo import api, fields, models
from odoo.tools import hmac

SPAN = timedelta(hours=1)
# An order number has 10,000 possible phone tails; a house shares one address.
MOST = {"order": 5, "address": 10, "withdrawal": 20}


class ReturnGuestAttempt(models.Model):
    """One attempt, seen from one side: the network address, or the order number.

    Neither is kept in clear: a keyed hash tells only that it was the same again.
    """

    _name = "return.guest.attempt"
    _description = "Guest Attempt"

    kind = fields.Selection(
        [
            ("order", "Order number"),
            ("address", "Network address"),
            ("withdrawal", "Withdrawals from a network address"),
        ],
        required=True,
        readonly=True,
    )
    key = fields.Char(required=True, readonly=True)

    _key_idx = models.Index("(key, create_date)")

    @api.model
    def _is_over(self, **tried):
        """Tell whether one of these was tried too often within the hour.

        :param tried: {kind: value}
        """
        keys = {self._hash(kind, value): MOST[kind] for kind, value in tried.items()}
        counts = self._read_group(
            [
                ("key", "in", list(keys)),
                ("create_date", ">", fields.Datetime.now() - SPAN),
            ],
            ["key"],
            ["__count"],
        )
        return any(count >= keys[key] for key, count in counts)

    @api.model
    def _note(self, **tried):
        """Write down an attempt that counts.

        :param tried: {kind: value}
        """
        self.create(
            [
                {"kind": kind, "key": self._hash(kind, value)}
                for kind, value in tried.items()
            ]
        )

    @api.model
    def _hash(self, kind, value):
        if kind != "order":
            value = _network(value)
        return hmac(self.env(su=True), "return_policy.guest", (kind, value))

    @api.autovacuum
    def _gc_attempts(self):
        """Forget attempts that count no more."""
        old = fields.Datetime.now() - 2 * SPAN
        self.search([("create_date", "<", old)]).unlink()


def _network(address):
    """Return whom an address belongs to: with IPv6 one household has a whole /64."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False))
