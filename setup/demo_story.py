"""The story of the demo shop: orders come in, buyers write, cases get settled.

Every step is taken by the person whose work it is, through the real buttons.
"""

import base64
import re
from datetime import UTC, date, datetime

from demo_cases import CASES
from demo_steps import STEPS, approve, deliver, login

from odoo import Command
from odoo.tools import file_open

# The day after the last session in the sample export.
SAMPLE_DAY = date(2026, 10, 27)


def play_story(env):
    """Import the shop's last weeks and settle some of its cases."""
    env["loyalty.program"].create_from_template("ewallet")
    env.ref("live_aftersales.team_live").user_ids = login(env, "agent").user
    import_orders(env)
    for case in CASES:
        play_case(env, case)
    buy_online(env, "tab_11", days_ago=40)
    buy_online_and_return(env)
    env["loyalty.points.entry"]._cron_release()
    ask_how_it_went(env)


def import_orders(env):
    """Import the sample export, its days moved so that it ends yesterday."""
    with file_open("live_aftersales/demo/douyin_orders.csv", "rb") as file:
        text = file.read().decode("utf-8-sig")
    today = datetime.now(UTC).date()
    text = re.sub(
        r"\b2026-\d\d-\d\d\b",
        lambda day: str(date.fromisoformat(day[0]) + (today - SAMPLE_DAY)),
        text,
    )
    load = login(env, "lead")["live.import"].create(
        {
            "shop_id": env.ref("live_aftersales.shop_douyin").id,
            "filename": f"抖店订单_{today:%Y%m%d}.csv",
            "file": base64.b64encode(text.encode("utf-8-sig")),
        }
    )
    load.action_preview()
    load.action_run()


def find_line(env, sku, is_shipped=True):
    """Return the newest line of a live order which no ticket is about."""
    lines = env["sale.order.line"].search(
        [
            ("product_id.default_code", "=", sku),
            ("order_id.live_session_id", "!=", False),
            ("order_id.ticket_ids", "=", False),
            ("order_id.state", "=", "sale"),
            ("qty_delivered", ">" if is_shipped else "=", 0),
            ("price_unit", ">", 0),
        ],
        order="id desc",
    )
    single = lines.filtered(lambda line: len(line.order_id.order_line) == 1)
    return (single or lines)[0]


def play_case(env, case):
    """Open a ticket about a live order and take it as far as the case says."""
    line = find_line(env, case.sku, case.is_shipped)
    desk = login(env, "agent")
    ticket = desk["helpdesk.ticket"].create(
        {
            "name": case.title,
            "description": f"<p>{case.text}</p>",
            "kind": case.kind,
            "team_id": env.ref("live_aftersales.team_live").id,
            "user_id": desk.uid,
            "partner_id": line.order_id.partner_id.id,
            "partner_name": line.order_id.partner_id.name,
            "sale_order_id": line.order_id.id,
        }
    )
    if case.reason:
        ticket.stage_id = env.ref("helpdesk_mgmt.helpdesk_ticket_stage_in_progress")
        instead = desk["product.product"].search([("default_code", "=", case.instead)])
        asked = {
            "remedy": case.remedy,
            "exchange_product_id": case.instead and instead.id,
            "amount_agreed": case.amount,
        }
        request = open_return(desk, line, case.reason, case.text, ticket, **asked)
        for step in case.steps:
            STEPS[step](env, request)


def open_return(desk, line, reason, text, ticket, **asked):
    """Submit a return of one line, as an agent does from the ticket."""
    request = desk["return.request"].create(
        {
            "sale_order_id": line.order_id.id,
            "ticket_id": ticket.id,
            "reason_id": desk.ref(f"return_policy.{reason}").id,
            "note": text,
            "line_ids": [Command.create({"sale_line_id": line.id, **asked})],
        }
    )
    request.action_submit()
    return request


def buy_online_and_return(env):
    """Sell to the portal buyer; one thing comes back, another is exchanged."""
    dress = buy_online(env, "drs_l_wh", "nut_750")
    buyer = dress.partner_id
    ticket = login(env, "agent")["helpdesk.ticket"].create(
        {
            "name": "连衣裙想退，坚果留下",
            "description": "<p>裙子肩膀太窄，坚果礼盒很好，只退裙子。</p>",
            "team_id": env.ref("live_aftersales.team_live").id,
            "user_id": login(env, "agent").uid,
            "partner_id": buyer.id,
            "partner_name": buyer.name,
            "partner_email": buyer.email,
            "sale_order_id": dress.id,
            "stage_id": env.ref("helpdesk_mgmt.helpdesk_ticket_stage_in_progress").id,
        }
    )
    request = open_return(
        login(env, "agent"),
        dress.order_line[0],
        "reason_no_reason_size",
        "裙子肩膀太窄，想退货退款。",
        ticket,
    )
    for step in ("approve", "send_back", "receive", "inspect", "send_refund"):
        STEPS[step](env, request)
    shoes = buy_online(env, "shoe_38", "bag_01", "drs_m_bk", "cherry_5")
    request = open_return(
        login(env, "agent"),
        shoes.order_line[0],
        "reason_no_reason_size",
        "38 码大了半码，想换 37 码。",
        ticket.browse(),
        remedy="exchange",
        exchange_product_id=env.ref("live_aftersales.product_shoe_37").id,
    )
    approve(env, request)


def buy_online(env, *names, **how):
    """Return an order of the portal buyer, paid in Odoo and delivered today."""
    return settle(env, draft(env, login(env, "buyer").user.partner_id, *names), **how)


def draft(env, partner, *names):
    """Return an order of some products which is not confirmed yet."""
    return env["sale.order"].create(
        {
            "partner_id": partner.id,
            "order_line": [
                Command.create(
                    {"product_id": env.ref(f"live_aftersales.product_{name}").id}
                )
                for name in names
            ],
        }
    )


def settle(env, order, days_ago=0):
    """Confirm an order, have it paid and delivered."""
    order.action_confirm()
    pay_online(env, order)
    deliver(env, order, days_ago)
    return order


def pay_online(env, order):
    """Invoice the order and pay it with the demo provider."""
    # The mail to the buyer goes nowhere and its PDF needs wkhtmltopdf.
    env.ref("sale.mail_template_sale_payment_executed").report_template_ids = False
    provider = env.ref("payment.payment_provider_demo")
    provider.write({"state": "test", "is_published": True})
    invoice = order._create_invoices()
    invoice.action_post()
    payment = env["payment.transaction"].create(
        {
            "provider_id": provider.id,
            "payment_method_id": env.ref("payment_demo.payment_method_demo").id,
            "reference": order.name,
            "amount": order.amount_total,
            "currency_id": order.currency_id.id,
            "partner_id": order.partner_id.id,
            "operation": "online_direct",
            "sale_order_ids": [Command.set(order.ids)],
            "invoice_ids": [Command.set(invoice.ids)],
        }
    )
    payment.action_demo_set_done()
    payment._post_process()


def ask_how_it_went(env):
    """Note the answer to the first follow-up question of a settled case."""
    followups = login(env, "agent")["mail.activity"].search(
        [("live_return_request_id", "!=", False)], order="id", limit=1
    )
    followups.action_feedback(
        "已致电买家：退款昨天到账，金额无误，下次看小鹿姐姐直播再买。"
    )
