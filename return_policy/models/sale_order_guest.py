"""Finding the order of a guest who knows its number and proves to be its buyer."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import consteq, email_normalize, email_normalize_all

PHONE_TAIL = 4
MOST_NUMBER = 64  # characters of an order number


class SaleOrder(models.Model):
    """Guests."""

    _inherit = "sale.order"

    @api.model
    def _guest_number_domain(self, number):
        """Return what finds orders by a number the buyer knows; addons add theirs."""
        return Domain("name", "in", [number, number.upper()])

    @api.model
    def _clean_number(self, number):
        """Return an order number as typed, without what people put around it."""
        return (number or "").strip().lstrip("#").strip()[:MOST_NUMBER]

    def _find_for_guest(self, number, proof):
        """Return the order with this number whose buyer gave this proof, or none.

        Takes the same steps whatever is wrong, so that the time tells nothing.

        :param number: the order's number, or the platform's
        :param proof: an e-mail address, or the last four digits of the phone
        """
        number = self._clean_number(number)
        domain = self._guest_number_domain(number) & Domain("state", "=", "sale")
        # sudo: sale.order - nobody is known yet; only who proves it gets further
        orders = self.sudo().search(domain, order="id desc", limit=5)
        fits = orders.filtered(
            lambda order: self._proves(order._guest_partners(), proof)
        )
        if not orders:
            self._proves(self.env.company.sudo().partner_id, proof)
        return fits[:1]

    def _guess_order(self, number):
        """Return the one order this number can mean, whoever names it, or none.

        For the desk to look at; nothing of it may be shown to who asked.
        """
        number = self._clean_number(number)
        domain = self._guest_number_domain(number) & Domain("state", "=", "sale")
        # sudo: sale.order - a statement without a login is about it
        found = self.sudo().search(domain, limit=2)
        return found if len(found) == 1 else found.browse()

    def _guest_partners(self):
        """Return whose phone and e-mail prove to be the buyer."""
        return self.partner_id | self.partner_invoice_id | self.partner_shipping_id

    @api.model
    def _proves(self, partners, proof):
        """Tell whether the proof is the e-mail address or phone tail of one of them."""
        proof = (proof or "").strip()
        if "@" in proof:
            given = email_normalize(proof) or ""
            known = [m for p in partners for m in email_normalize_all(p.email or "")]
        else:
            given = _digits(proof)[-PHONE_TAIL:]
            known = [_digits(partner.phone)[-PHONE_TAIL:] for partner in partners]
        found = [consteq(given.encode(), value.encode()) for value in known]
        return any(found) and len(given) >= PHONE_TAIL


def _digits(text):
    return "".join(filter(str.isdecimal, text or ""))
