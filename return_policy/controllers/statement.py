"""A statement of withdrawal as its sender typed it."""

from uuid import UUID, uuid4

from odoo.tools import email_normalize

MOST = {"person": 100, "reference": 64, "email": 254, "goods": 2000}


class Statement:
    """What a form said, put in order; nothing in it is refused for a typo.

    :param env: the visitor's language with the rights of the system
    :param order: the order from whose page the form came, or an empty one
    :param dict given: the fields of the form, from anybody, so anything
    """

    def __init__(self, env, order, given):
        self.env, self.order = env, order
        self.person = _one_line(given, "person")
        self.reference = _one_line(given, "reference") or order.name or ""
        self.email = _one_line(given, "email")
        self.goods = (given.get("goods") or "").strip()[: MOST["goods"]]
        self.key = _key(given)
        self.lines = self._lines(given)

    def missing(self):
        """Return what is missing to know the contract and goods, and to answer."""
        found = [name for name in ("person", "reference") if not getattr(self, name)]
        if not email_normalize(self.email):
            found.append("email")
        if self.lines and not any(chosen for _line, chosen, _most in self.lines):
            found.append("goods")
        return found

    def _lines(self, given):
        """Return [(order line, quantity chosen, most)] of an order that is known."""
        found = []
        for line in self.order._buyer_lines() if self.order else ():
            most = max(line.product_uom_qty - line.qty_return_received, 0.0)
            chosen = _number(given.get(f"quantity_{line.id}"), most)
            found.append((line, min(max(chosen, 0.0), most), most))
        return found

    def wanted(self):
        """Return {order line id: quantity}; empty for the whole contract."""
        if all(chosen == most for _line, chosen, most in self.lines):
            return {}
        return {str(line.id): chosen for line, chosen, _most in self.lines if chosen}

    def text(self):
        """Return the statement in words, as it is shown, kept and acknowledged."""
        return "\n".join(
            [
                self.env._("I hereby withdraw from my contract."),
                self.env._("Order: %(order)s", order=self.reference),
                self.env._("Goods: %(goods)s", goods=self._goods_in_words()),
                self.env._("Name: %(name)s", name=self.person),
                self.env._("E-mail: %(email)s", email=self.email),
            ]
        )

    def _goods_in_words(self):
        if not self.wanted():
            return self.goods or self.env._("everything")
        return "; ".join(
            f"{chosen:g} × {line.product_id.display_name}"
            for line, chosen, _most in self.lines
            if chosen
        )

    def vals(self):
        """Return the values of the record, with the order as far as it is known."""
        orders = self.env["sale.order"]
        proven = self.order or orders._find_for_guest(self.reference, self.email)
        likely = proven or orders._guess_order(self.reference)
        company = likely.company_id or self.env.company
        return {
            "company_id": company.id,
            "person": self.person,
            "email": self.email,
            "order_ref": self.reference,
            "statement": self.text(),
            "tz": (likely or company)._return_zone(),
            "lang": self.env.lang,
            "wanted": self.wanted() or False,
            "key": self.key,
            "sale_order_id": likely.id,
            "is_verified": bool(proven),
        }


def _one_line(given, name):
    return " ".join((given.get(name) or "").split())[: MOST[name]]


def _number(text, otherwise):
    """Return what was typed as a quantity; what is none counts as everything."""
    try:
        number = float(text)
    except (TypeError, ValueError):
        return otherwise
    return number if abs(number) < float("inf") else otherwise


def _key(given):
    """Return what makes two clicks one statement; made for the page to confirm."""
    try:
        return str(UUID(given.get("key", "")))
    except ValueError:
        return str(uuid4())
