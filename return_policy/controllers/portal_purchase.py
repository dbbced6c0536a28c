"""Before the purchase: the buyer agrees that some goods cannot be returned."""

from odoo import http

from .portal_page import FORM_BYTES, ReturnPage


class ReturnPurchasePortal(ReturnPage):
    """The tick boxes on a quotation."""

    @http.route(
        "/my/orders/<int:order_id>/return/agree",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=FORM_BYTES,
    )
    def portal_agree_no_return(self, order_id, access_token=None, **form):
        """Write down what is ticked; what is not ticked can be returned."""
        order = self._find_order(order_id, access_token)
        lines = order._buyer_to_confirm()
        ticked = {line.id for line in lines if form.get(f"agree_{line.id}")}
        order._buyer_confirm_goods(ticked)
        return self._go(f"/my/orders/{order.id}", access_token)
