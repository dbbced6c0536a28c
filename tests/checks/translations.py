"""Compare what each addon says with its Simplified Chinese.

Run by the Odoo shell, which provides ``env``, on a database with all addons; ends
with an error which lists the terms that ``i18n/zh_CN.po`` lacks.
"""

import io
from pathlib import Path

import polib

from odoo.tools.translate import trans_export

ADDONS = ("return_policy", "loyalty_points", "live_aftersales")


def terms(env, addon):
    """Return the source terms of an addon as Odoo itself would export them."""
    buffer = io.BytesIO()
    trans_export(None, [addon], buffer, "po", env)
    return {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}


def translated(addon):
    """Return the terms with a translation that counts."""
    path = Path(addon, "i18n", "zh_CN.po")
    entries = polib.pofile(str(path)) if path.exists() else ()
    return {e.msgid for e in entries if e.msgstr and not e.fuzzy and not e.obsolete}


lacking = [
    f"{addon}: {term!r}"
    for addon in ADDONS
    for term in sorted(terms(env, addon) - translated(addon))
]
assert not lacking, "Not in Chinese:\n" + "\n".join(lacking)
