"""Uninstall the addon named by ADDON, as the button of the Apps screen does.

Run by the Odoo shell, which provides ``env``.
"""

import os

addon = env["ir.module.module"].search([("name", "=", os.environ["ADDON"])])
assert addon.state == "installed", f"{addon.name} is {addon.state}"
addon.button_immediate_uninstall()
