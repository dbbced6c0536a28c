"""What a buyer does with a request that was sent."""

import re

from odoo import fields, models
from odoo.exceptions import UserError

from ..policy.states import UNDECIDED

TRACKING = re.compile(r"[0-9A-Za-z][0-9A-Za-z ._/-]{3,49}")
LONGEST_MESSAGE = 5000
LONGEST_CARRIER = 50


class ReturnRequest(models.Model):
    """Steps of the buyer; called in sudo after the ownership check."""

    _inherit = "return.request"

    return_carrier = fields.Char(
        readonly=True,
        copy=False,
        help="With whom the buyer sends the goods back, as the buyer says.",
    )

    # What the page offers ---------------------------------------------------

    def _buyer_can_cancel(self):
        """Tell whether the buyer may take the request back."""
        self.ensure_one()
        is_open = self.state in (*UNDECIDED, "approved")
        return is_open and self.can_cancel and self.replacement_state != "shipped"

    def _buyer_can_track(self):
        """Tell whether a parcel of the buyer is awaited."""
        self.ensure_one()
        return self.state == "approved" and self.goods_state in (
            "awaiting",
            "in_transit",
        )

    def _buyer_can_add_files(self):
        """Tell whether photos and videos still count."""
        self.ensure_one()
        return self.state in UNDECIDED

    def _buyer_address(self):
        """Return where the goods go."""
        return self._return_place()

    def _buyer_parcel_words(self):
        """Return how we know whose parcel it is."""
        self.ensure_one()
        return self.env._(
            "Write %(request)s on the parcel, or put the slip into it.",
            request=self.name,
        )

    def _buyer_orders_to_pay(self):
        """Return the orders of the exchange which the buyer still has to pay for."""
        self.ensure_one()
        if self.replacement_state != "to_collect":
            return self.env["sale.order"]
        return self.exchange_order_id

    def _buyer_link(self, access_token=None):
        """Return the address of the page; whoever came with a token gets its own."""
        self.ensure_one()
        return self.get_portal_url() if access_token else self.access_url

    def _buyer_messages(self):
        """Return what buyer and desk wrote to each other, notices too, oldest first."""
        self.ensure_one()
        messages = self.env["mail.message"]
        domain = [
            ("model", "=", self._name),
            ("res_id", "=", self.id),
            ("message_type", "in", ("comment", "email", "auto_comment")),
            *messages._get_search_domain_share(),
        ]
        return messages.search(domain, order="id")

    # Steps ------------------------------------------------------------------

    def _buyer_cancel(self):
        """Take the request back.

        :raises UserError: once goods came in, went out, or money moved
        """
        if self.state == "cancelled":
            return
        if not self._buyer_can_cancel():
            raise UserError(
                self.env._(
                    "This request cannot be cancelled any more. Write to us below."
                )
            )
        self.action_cancel()

    def _buyer_sent(self, carrier, number):
        """Note with whom and under which number the goods are under way."""
        carrier, number = (carrier or "").strip(), (number or "").strip()
        if not self._buyer_can_track():
            raise UserError(self.env._("No parcel is awaited for this request now."))
        if not TRACKING.fullmatch(number):
            raise UserError(
                self.env._(
                    "Enter the number of the parcel as it stands on the receipt: 4 to "
                    "50 letters and digits."
                )
            )
        self.write(
            {
                "return_tracking_ref": number,
                "return_carrier": carrier[:LONGEST_CARRIER],
            }
        )

    def _buyer_may_add_files(self):
        """Raise once photos and videos cannot change the decision any more."""
        if not self._buyer_can_add_files():
            raise UserError(
                self.env._("This request is decided; nothing can be added to it.")
            )

    def _buyer_answer(self, text):
        """Answer what the desk asked."""
        if self.state != "needs_info":
            raise UserError(self.env._("We have no open question to you."))
        self._answer_info(self._buyer_text(text))

    def _buyer_write(self, text):
        """Write to the desk; it appears in the chatter of the request."""
        self.message_post(
            body=self._buyer_text(text),
            author_id=self._buyer_author().id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _buyer_author(self):
        """Return in whose name a step is noted: the buyer's where a guest took it."""
        user = self.env.user
        return self.partner_id if user._is_public() else user.partner_id

    def _buyer_text(self, text):
        """Return what somebody typed.

        :raises UserError: for nothing, and for too much
        """
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write something first."))
        if len(text) > LONGEST_MESSAGE:
            raise UserError(
                self.env._(
                    "Your text is too long: no more than %(most)s characters.",
                    most=LONGEST_MESSAGE,
                )
            )
        return text

    def _buyer_offered_amount(self):
        """Return what the desk offers for keeping the goods."""
        offered = self.line_ids.filtered(lambda line: line._is_offered())
        return sum(offered.mapped("amount_agreed"))

    def _buyer_take_offer(self, amount):
        """Take the offer as the page showed it.

        :param str amount: in the smallest unit; an offer that changed is not taken
        """
        if str(self._to_minor(self._buyer_offered_amount())) != amount:
            raise UserError(
                self.env._("The offer has changed. Look at it again, then take it.")
            )
        self._accept_offer(self._buyer_signature())

    def _buyer_decline_offer(self):
        """Decline the offer; the desk decides on the request instead."""
        self._decline_offer(self._buyer_signature())

    def _buyer_signature(self):
        """Return who did something and where, for the log."""
        return self.env._("%(name)s in the portal", name=self._buyer_author().name)
