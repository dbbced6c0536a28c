"""Split what a line cost by who pays: buyer, merchant, platform, host.

Always true in an export: price x quantity - discounts + freight = payable. Columns
beside the three discounts count only where this sum needs them.
"""

from itertools import combinations

from .problems import CellError

# column -> (what it does to the payable amount, who bears it)
ADJUSTMENTS = {
    "merchant_change": (-1, "merchant"),
    "price_cut": (-1, "merchant"),
    "red_packet": (-1, "platform"),
    "payment_discount": (-1, "platform"),
    "education_discount": (-1, "platform"),
    "trade_in": (-1, "platform"),
    "fee": (1, None),
    "tax_fee": (1, None),
}
PAYERS = ("merchant", "platform", "host")


def split(found, quantity):
    """Return the amounts of a line and whether they add up.

    :param dict found: column -> cents, None when the cell is empty
    :param int quantity: pieces, > 0
    :raises CellError: bad_amount
    """
    payable, freight = found.get("payable"), found.get("freight") or 0
    if payable is None or payable < 0 or freight < 0 or payable < freight:
        raise CellError("bad_amount", "" if payable is None else payable / 100)
    planned = {who: abs(found.get(f"discount_{who}") or 0) for who in PAYERS}
    total = found.get("discount_total")
    total = sum(planned.values()) if total is None else abs(total)
    list_price = found.get("list_price")
    if list_price is None:
        list_price = round((payable - freight + total) / quantity)
        used = {}
    else:
        rest = payable - (list_price * quantity - total + freight)
        if rest and list_price - total + freight == payable:
            list_price, rest = round(list_price / quantity), 0  # price of the line
        used = _adjustments(found, rest)
    borne = {who: abs(found.get(f"borne_{who}") or 0) for who in PAYERS}
    if any(borne.values()) and sum(borne.values()) >= total:
        planned = borne
    elif any(borne.values()):  # what is not told yet stays as planned
        planned = {who: borne[who] or planned[who] for who in PAYERS}
    else:
        for name, value in (used or {}).items():
            who = ADJUSTMENTS[name][1]
            if who:
                planned[who] -= value
    beside = sum(
        abs(found.get(name) or 0)
        for name in ("payment_discount", "red_packet")
        if name not in (used or {})
    )
    amounts = {f"discount_{who}": value for who, value in planned.items()}
    amounts |= {"payable": payable, "freight": freight, "list_price": list_price}
    return amounts | {"discount_payment": beside}, used is not None


def _adjustments(found, rest):
    """Return the fewest signed columns which explain ``rest``, None if none do."""
    if not rest:
        return {}
    signed = {}
    for name, (sign, _who) in ADJUSTMENTS.items():
        if value := found.get(name):
            signed[name] = sign * abs(value)
    if (change := signed.get("merchant_change")) and rest > 0:
        signed["merchant_change"] = abs(change)  # the merchant raised the price
    for size in range(1, len(signed) + 1):
        for names in combinations(signed, size):
            if sum(signed[name] for name in names) == rest:
                return {name: signed[name] for name in names}
    return None
