"""Asking for a return: goods and reason, details, outcome, review.

Each page is a form. An answer that can be taken is written to a draft which holds
nothing, and the next page opens; one that cannot is shown again as it was typed.
"""

from odoo import http
from odoo.http import request

from .portal_ask_form import (
    draft_typed,
    read_choices,
    read_details,
    read_items,
)
from .portal_page import FORM_BYTES, ReturnPage, upload_bytes

PAGE = "/my/orders/<int:order_id>/return"


class ReturnAskPortal(ReturnPage):
    """The steps of asking."""

    def _ask_route(self, order, step=""):
        return f"/my/orders/{order.id}/return{step and '/'}{step}"

    def _find_ask(self, order):
        return order.env["return.request"]._buyer_ask(order)

    def _show_step(self, step, order, access_token, **values):
        """Render a step; what it needs beside the draft comes in values."""
        draft = values.setdefault("draft", self._find_ask(order))
        values = {
            "order": order,
            "company": order.company_id,
            "access_token": access_token,
            "link": self._link,
            "route": lambda name="": self._link(
                self._ask_route(order, name), access_token
            ),
            "errors": [],
            "typed": draft_typed(draft),
            "page_name": "return_ask",
            "no_breadcrumbs": self._is_guest(),
            "sale_order": order,
            "step": step,
        } | values
        return request.render(f"return_policy.portal_ask_{step}", values)

    # Goods and reason -------------------------------------------------------

    @http.route(PAGE, type="http", auth="public", website=True, methods=["GET"])
    def portal_ask_items(self, order_id, access_token=None, **_kwargs):
        """Show what of the order can be asked for, and why not."""
        order = self._find_order(order_id, access_token)
        return self._show_items(order, access_token)

    @http.route(
        PAGE,
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=FORM_BYTES,
    )
    def portal_ask_items_submit(self, order_id, access_token=None, **form):
        """Take goods, quantities and reasons."""
        order = self._find_order(order_id, access_token)
        wanted, reason, errors = read_items(order, form)
        if not errors:
            begin = order.env["return.request"]._buyer_begin
            errors = self._try(lambda: begin(order, reason, wanted) and [])
        if errors:
            return self._show_items(order, access_token, errors=errors, typed=form)
        return self._go(self._ask_route(order, "details"), access_token)

    def _show_items(self, order, access_token, **values):
        return self._show_step(
            "items",
            order,
            access_token,
            rows=order._buyer_askable(),
            reasons=order.env["return.reason"]._buyer_tree(),
            requests=order._buyer_requests(),
            **values,
        )

    # Details ----------------------------------------------------------------

    @http.route(
        f"{PAGE}/details", type="http", auth="public", website=True, methods=["GET"]
    )
    def portal_ask_details(self, order_id, access_token=None, **kwargs):
        """Ask for photos, the seal, and what else there is to say."""
        order = self._find_order(order_id, access_token)
        if not self._find_ask(order).line_ids:
            return self._go(self._ask_route(order), access_token)
        errors = self._too_large(kwargs)
        return self._show_step("details", order, access_token, errors=errors)

    @http.route(
        f"{PAGE}/details",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=upload_bytes,
    )
    def portal_ask_details_submit(self, order_id, access_token=None, **form):
        """Take them, file by file: one that is refused does not cost the others."""
        order = self._find_order(order_id, access_token)
        draft = self._find_ask(order)
        if not draft.line_ids:
            return self._go(self._ask_route(order), access_token)
        note, seals, removed, errors = read_details(draft, form)
        if not errors:
            errors = self._try(draft._buyer_describe, note, seals, removed)
        for line in draft.line_ids:
            for file in request.httprequest.files.getlist(f"files_{line.id}"):
                if file.filename:
                    errors += self._try(
                        line._buyer_add_file, file.filename, file.stream
                    )
        if errors:
            return self._show_step(
                "details", order, access_token, errors=errors, typed=form
            )
        step = "outcome" if form.get("go") == "next" else "details"
        return self._go(self._ask_route(order, step), access_token)

    @http.route(
        f"{PAGE}/file/<int:file_id>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def portal_ask_file(self, order_id, file_id, access_token=None, **_kwargs):
        """Show a photo or video of the ask."""
        order = self._find_order(order_id, access_token)
        return self._send_file(self._find_ask(order).line_ids.evidence_ids, file_id)

    # Outcome ----------------------------------------------------------------

    @http.route(
        f"{PAGE}/outcome", type="http", auth="public", website=True, methods=["GET"]
    )
    def portal_ask_outcome(self, order_id, access_token=None, **_kwargs):
        """Show the remedies side by side."""
        order = self._find_order(order_id, access_token)
        if not self._find_ask(order).line_ids:
            return self._go(self._ask_route(order), access_token)
        return self._show_outcome(order, access_token)

    @http.route(
        f"{PAGE}/outcome",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=FORM_BYTES,
    )
    def portal_ask_outcome_submit(self, order_id, access_token=None, **form):
        """Take the remedy of each line."""
        order = self._find_order(order_id, access_token)
        draft = self._find_ask(order)
        if not draft.line_ids:
            return self._go(self._ask_route(order), access_token)
        chosen, errors = read_choices(draft, draft._buyer_offered(), form)
        if not errors:
            errors = self._try(draft._buyer_choose, chosen)
        if errors:
            return self._show_outcome(order, access_token, errors=errors, typed=form)
        return self._go(self._ask_route(order, "review"), access_token)

    def _show_outcome(self, order, access_token, **values):
        draft = self._find_ask(order)
        offered = draft._buyer_offered()
        return self._show_step(
            "outcome",
            order,
            access_token,
            draft=draft,
            offered=offered,
            options=draft._buyer_options(offered),
            names=order.env["return.remedy"]._names(),
            **{"errors": draft._buyer_problems(is_chosen=False), **values},
        )

    # Review -----------------------------------------------------------------

    @http.route(
        f"{PAGE}/review", type="http", auth="public", website=True, methods=["GET"]
    )
    def portal_ask_review(self, order_id, access_token=None, **_kwargs):
        """Show what will be sent."""
        order = self._find_order(order_id, access_token)
        if not self._find_ask(order).line_ids:
            return self._go(self._ask_route(order), access_token)
        return self._show_review(order, access_token)

    @http.route(
        f"{PAGE}/review",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=FORM_BYTES,
    )
    def portal_ask_confirm(self, order_id, access_token=None, **form):
        """Send it; a second click comes to the request which the first one made."""
        order = self._find_order(order_id, access_token)
        asked = order.return_request_ids.filtered(
            lambda found: (
                str(found.id) == form.get("ask")
                and found.is_buyer_ask
                and found.create_uid == order.env.user
            )
        )
        if not asked:
            return self._go(self._ask_route(order), access_token)
        errors = self._try(asked._buyer_confirm, form.get("seen"))
        if errors:
            return self._show_review(order, access_token, errors=errors)
        return request.redirect(asked._buyer_link(access_token), code=303)

    def _show_review(self, order, access_token, **values):
        draft = self._find_ask(order)
        if not draft:
            return self._go(self._ask_route(order), access_token)
        return self._show_step(
            "review",
            order,
            access_token,
            **{
                "draft": draft,
                "errors": draft._buyer_problems(),
                "seen": draft._buyer_seen(),
                "names": order.env["return.remedy"]._names(),
                "summary": draft._buyer_summary(),
                **values,
            },
        )
