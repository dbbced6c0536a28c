"""Reads the forms of asking: nothing in them is believed."""

import math

from odoo.http import request

LONGEST_NOTE = 2000


def number(text):
    """Return a quantity as people type it, or None."""
    try:
        value = float((text or "").strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def pick(records, text):
    """Return the one of these records which a form names, or an empty one."""
    return records.filtered(lambda record: str(record.id) == (text or ""))


def draft_typed(draft):
    """Return a draft as the forms would have it typed."""
    typed = {"note": draft.note or "", "reason": str(draft.reason_id.id or "")}
    for line in draft.line_ids:
        sold = line.sale_line_id.id
        typed |= {
            f"pick_{sold}": "1",
            f"qty_{sold}": f"{line.qty_requested:g}",
            f"reason_{sold}": str(line.reason_id.id or ""),
            f"seal_{line.id}": line.seal or "",
            f"remedy_{line.id}": line.remedy,
            f"exchange_{line.id}": str(line.exchange_product_id.id or ""),
        }
    remedies = set(draft.line_ids.mapped("remedy")) - {"cancel"}
    return typed | {"remedy": remedies.pop() if len(remedies) == 1 else ""}


def read_items(order, form):
    """Return ({order line: (quantity, own reason)}, reason, errors)."""
    reasons = order.env["return.reason"]._buyer_reasons()
    reason = pick(reasons, form.get("reason"))
    wanted, errors = {}, []
    for line, (most, _shipped) in order._buyer_quantities().items():
        if not form.get(f"pick_{line.id}"):
            continue
        quantity = number(form.get(f"qty_{line.id}")) or 0.0
        if quantity <= 0 or line.product_uom_id.compare(quantity, most) > 0:
            errors.append(_quantity_error(line, most))
        elif quantity % 1 and line._buyer_by_piece(most):
            errors.append(
                request.env._(
                    "%(product)s: enter a whole number, at most %(most)g.",
                    product=line.product_id.display_name,
                    most=most,
                )
            )
        wanted[line] = quantity, pick(reasons, form.get(f"reason_{line.id}"))
    if not wanted:
        errors.append(request.env._("Choose at least one product."))
    if wanted and not reason:
        errors.append(request.env._("Choose a reason."))
    return wanted, reason, errors


def _quantity_error(line, most):
    """Say which quantities of a line can be asked for."""
    name = line.product_id.display_name
    if not most:
        return request.env._(
            "%(product)s: nothing of it can be asked for now.", product=name
        )
    return request.env._(
        "%(product)s: enter a quantity above 0, at most %(most)g.",
        product=name,
        most=most,
    )


def read_details(draft, form):
    """Return (note, {line: seal}, files to remove, errors)."""
    note = (form.get("note") or "").strip()
    errors = []
    if len(note) > LONGEST_NOTE:
        errors.append(
            request.env._(
                "Your text is too long: no more than %(most)s characters.",
                most=LONGEST_NOTE,
            )
        )
    seals = {
        line: form[f"seal_{line.id}"]
        for line in draft.line_ids
        if form.get(f"seal_{line.id}") in ("sealed", "opened")
    }
    if form.get("go") == "next":
        errors += [
            request.env._(
                "%(product)s: say whether it was opened.",
                product=line.product_id.display_name,
            )
            for line in draft.line_ids
            if line.asks_seal and line not in seals
        ]
    removed = pick(draft.line_ids.evidence_ids, form.get("remove"))
    return note, seals, removed, errors


def read_choices(draft, offered, form):
    """Return ({line: (remedy, exchange product)}, errors).

    :param dict offered: {line: {remedy: Decision}}, see ``_buyer_offered``
    """
    chosen, errors = {}, []
    for line in draft.line_ids:
        remedies = offered[line]
        own = form.get(f"remedy_{line.id}") or form.get("remedy")
        remedy = next(iter(remedies)) if len(remedies) == 1 else own
        if remedy not in remedies:
            errors.append(
                request.env._(
                    "%(product)s: choose what you would like.",
                    product=line.product_id.display_name,
                )
            )
            continue
        products = line._buyer_exchanges()
        product = pick(products, form.get(f"exchange_{line.id}"))
        if remedy != "exchange" or product == line.product_id:
            product = products[:0]
        chosen[line] = remedy, product
    return chosen, errors
