"""Nothing made from this database calls out: no mail, no texts, no paid services.

Run by the Odoo shell, which provides ``env``.
"""

NOWHERE = "http://127.0.0.1:9"
ENDPOINTS = (
    "enrich.endpoint",
    "iap.endpoint",
    "iap.partner_autocomplete.endpoint",
    "sms.endpoint",
    "snailmail.endpoint",
)


def go_offline(env):
    """Switch off what core would send to the outside by itself."""
    for name in ENDPOINTS:
        env["ir.config_parameter"].set_param(name, NOWHERE)
    env["ir.mail_server"].create({"name": "Nowhere", "smtp_host": "mail.invalid"})
    env.ref("mail.ir_cron_module_update_notification").active = False
    # A text message on every delivery, which stock_sms switches on when it installs.
    env["res.company"].search([]).stock_text_confirmation = False
    env.cr.commit()


go_offline(env)
