from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ..feeds import FeedOrder, Held


class LiveOrderMatcher(models.AbstractModel):
    """Find the records which the orders of a file speak of; nothing is written."""

    _name = "live.order.matcher"
    _description = "Match Imported Orders"

    @api.model
    def _match_products(self, orders, shop):
        """Return (orders with the lines whose product is known, {line ref: product},
        lines held because it is not).
        """
        found, archived = self._products(orders, shop)
        products, held, ready = {}, [], []
        for order in orders:
            lines = []
            for line in order.lines:
                codes = (*line.sku, line.barcode)
                matches = next((found[code] for code in codes if found.get(code)), None)
                if matches and len(matches) == 1:
                    products[line.ref] = matches
                    lines.append(line)
                    continue
                held.append(
                    Held(
                        line.source,
                        self._product_problem(matches, codes, archived),
                        "sku",
                        " / ".join(filter(None, codes)),
                        order.ref,
                        line.ref,
                    )
                )
            if lines:
                ready.append(FeedOrder(order.head, lines))
        return ready, products, held

    @api.model
    def _products(self, orders, shop):
        """Return {code: active products}, codes which only archived ones have."""
        lines = [line for order in orders for line in order.lines]
        codes = {code for line in lines for code in (*line.sku, line.barcode)} - {""}
        products = (
            self.env["product.product"]
            .with_context(active_test=False)
            .search_fetch(
                Domain("company_id", "in", [False, *shop.company_id.parent_ids.ids])
                & (
                    Domain("default_code", "in", list(codes))
                    | Domain("barcode", "in", list(codes))
                ),
                ["default_code", "barcode", "active"],
            )
        )
        found = {}
        for name in ("barcode", "default_code"):  # an internal reference wins
            for code, matches in products.grouped(name).items():
                active = matches.filtered("active")
                if code in codes and active:
                    found[code] = active
        archived = {*products.mapped("default_code"), *products.mapped("barcode")}
        return found, archived - found.keys()

    @api.model
    def _product_problem(self, matches, codes, archived):
        if matches:
            return "ambiguous_product"
        if archived.intersection(codes):
            return "product_archived"
        return "unknown_product"

    @api.model
    def _attribute(self, orders, shop):
        """Return {order reference: values} for host and session.

        Exact where the file names the room; else inferred from live traffic, the
        host and the hour; else none, with the reason.
        """
        hosts = self._hosts(orders, shop)
        sessions = self._sessions(orders, shop, hosts)
        rooms = {session.room_id: session for session in sessions if session.room_id}
        by_host = defaultdict(list)
        for session in sessions:
            by_host[session.host_id].append(session)
        result = {}
        for order in orders:
            head = order.head
            host = hosts.get(head.host_ref)
            session = rooms.get(head.room_ref)
            if session:
                found = ("exact", "room", session)
            else:
                found = self._infer(head, host, by_host[host] if host else [])
            attribution, reason, session = found
            host = host or (session and session.host_id)
            result[order.ref] = {
                "live_attribution": attribution,
                "live_attribution_reason": reason,
                "live_session_id": session.id if session else False,
                "live_host_id": host.id if host else False,
                "campaign_id": session.utm_campaign_id.id if session else False,
            }
        return result

    @api.model
    def _infer(self, head, host, sessions):
        if not head.is_live:
            return "none", "not_live", None
        if not head.host_ref:
            return "none", "no_host", None
        if not host:
            return "none", "unknown_host", None
        running = [s for s in sessions if s.start <= head.submitted_at <= s.end]
        if len(running) == 1:
            return "inferred", "host_time", running[0]
        return "none", "several_sessions" if running else "no_session", None

    @api.model
    def _hosts(self, orders, shop):
        """Return {host id: host}; one of the platform wins over one for any."""
        codes = {order.head.host_ref for order in orders} - {""}
        hosts = self.env["live.host"].search(
            [
                ("code", "in", list(codes)),
                ("platform_id", "in", [False, shop.platform_id.id]),
                ("company_id", "in", [False, shop.company_id.id]),
            ]
        )
        hosts = hosts.sorted(lambda host: bool(host.platform_id))
        return {host.code: host for host in hosts}

    @api.model
    def _sessions(self, orders, shop, hosts):
        """Return the sessions that may have sold these orders."""
        times = [order.head.submitted_at for order in orders]
        rooms = {order.head.room_ref for order in orders} - {""}
        if not times:
            return self.env["live.session"]
        host_ids = [host.id for host in hosts.values()]
        return self.env["live.session"].search(
            Domain("company_id", "=", shop.company_id.id)
            & Domain("platform_id", "in", [False, shop.platform_id.id])
            & Domain("shop_id", "in", [False, shop.id])
            & (
                Domain("room_id", "in", list(rooms))
                | (
                    Domain("host_id", "in", host_ids)
                    & Domain("start", "<=", max(times))
                    & Domain("end", ">=", min(times))
                )
            )
        )
