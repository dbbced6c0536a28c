"""A livestream shop in China, set up as its owner would: the ground of the journeys."""

import base64
import json
import os
from pathlib import Path

from odoo import Command
from odoo.tests import new_test_user

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "data"


def exports():
    """Return the folder with the large exports, else our own small sample of them."""
    named = os.environ.get("LIVE_EXPORTS")
    beside = ROOT.parent / "shared" / "data" / "exports"
    return Path(named) if named else beside if beside.is_dir() else OWN


def truth(name, folder):
    """Return what a right import of the file finds."""
    return json.loads((folder / "truth.json").read_text("utf-8"))[name]


def open_company(env, name="云上好物直播商行"):
    """Return a company in China with its chart of accounts, in CNY."""
    company = env["res.company"].create(
        {
            "name": name,
            "country_id": env.ref("base.cn").id,
            "currency_id": env.ref("base.CNY").id,
        }
    )
    env.ref("base.CNY").active = True
    env["account.chart.template"].try_loading("cn", company, install_demo=False)
    env.user.company_ids |= company
    return company


def open_shop(env, company):
    """Return the shop on Douyin which the exports are about."""
    return (
        env["live.shop"]
        .with_company(company)
        .create(
            {
                "name": "云上好物旗舰店",
                "platform_id": env.ref("live_aftersales.platform_douyin").id,
                "company_id": company.id,
            }
        )
    )


def hire(env, company):
    """Return {role: user} of the desk, the warehouse and the owner, in Chinese."""
    env["res.lang"]._activate_lang("zh_CN")
    return {
        role: new_test_user(
            env,
            f"live_{role}",
            groups=f"base.group_user,live_aftersales.group_{role}{more}",
            name=name,
            lang="zh_CN",
            tz="Asia/Shanghai",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        for role, name, more in (
            ("agent", "客服小林", ""),
            ("warehouse", "仓库老周", ""),
            ("lead", "售后主管陈姐", ",product.group_product_manager"),
            ("manager", "店主", ""),
        )
    }


def load_list(env, user, model, path):
    """Import one of the merchant's own lists as Odoo's import screen does."""
    screen = (
        env["base_import.import"]
        .with_user(user)
        .with_company(user.company_id)
        .create(
            {
                "res_model": model,
                "file": path.read_bytes(),
                "file_name": path.name,
                "file_type": "text/csv",
            }
        )
    )
    options = {
        "has_headers": True,
        "quoting": '"',
        "separator": ",",
        "encoding": "",
        "advanced": False,
        "date_format": "",
        "datetime_format": "%Y-%m-%d %H:%M:%S",
        "float_thousand_separator": ",",
        "float_decimal_separator": ".",
    }
    preview = screen.parse_preview(dict(options))
    headers = preview["headers"]
    fields = [
        "/".join(preview["matches"].get(place, [])) or False
        for place in range(len(headers))
    ]
    options["name_create_enabled_fields"] = {"categ_id": True}
    result = screen.execute_import(fields, headers, options)
    assert result["messages"] == [], result["messages"]
    return env[model].browse(result["ids"])


def load_orders(env, user, shop, path):
    """Preview and import an order export; return the live.import."""
    record = (
        env["live.import"]
        .with_user(user)
        .with_company(shop.company_id)
        .create(
            {
                "file": base64.b64encode(path.read_bytes()),
                "filename": path.name,
                "shop_id": shop.id,
                "platform_id": shop.platform_id.id,
            }
        )
    )
    record.action_preview()
    record.action_run()
    return record


def member_program(env, company):
    """Return a loyalty program with a ledger: one point for each yuan paid."""
    return env["loyalty.program"].create(
        {
            "name": "好物会员积分",
            "program_type": "loyalty",
            "points_ledger": True,
            "points_per_unit": 1.0,
            "company_id": company.id,
            "currency_id": company.currency_id.id,
        }
    )


def pay_online(env, company, order):
    """Pay the order by the demo provider, as the buyer does on the payment page."""
    demo = env.ref("payment.payment_provider_demo")
    provider = env["payment.provider"].search(
        [("code", "=", "demo"), ("company_id", "=", company.id)], limit=1
    ) or demo.copy({"company_id": company.id})
    provider.write({"state": "test", "is_published": True})
    payment = env["payment.transaction"].create(
        {
            "provider_id": provider.id,
            "payment_method_id": env.ref("payment_demo.payment_method_demo").id,
            "amount": order.amount_total,
            "currency_id": order.currency_id.id,
            "partner_id": order.partner_id.id,
            "reference": order.name,
            "operation": "online_direct",
            "sale_order_ids": [Command.set(order.ids)],
        }
    )
    answer = {
        "reference": payment.reference,
        "payment_details": "1234",
        "simulated_state": "done",
    }
    payment._process("demo", answer)
    payment._post_process()
    return payment
