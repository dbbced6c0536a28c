"""The company of the demo, before our addons are installed into its database.

Run by the Odoo shell, which provides ``env``.
"""


def set_up_company(env):
    """Turn the first company into a shop in Hangzhou with the Chinese chart."""
    company = env.ref("base.main_company")
    company.partner_id.write(
        {
            "name": "杭州云裳直播商贸有限公司",
            "street": "文三路 478 号 3 幢 501 室",
            "city": "杭州市",
            "zip": "310013",
            "country_id": env.ref("base.cn").id,
            "phone": "+86 571 8800 1212",
            "email": "service@yunshang.example",
            "lang": "zh_CN",
            "tz": "Asia/Shanghai",
        }
    )
    env.ref("stock.warehouse0").name = "杭州仓"
    env.ref("base.CNY").active = True
    company.currency_id = env.ref("base.CNY")
    env["product.pricelist"].search([]).currency_id = env.ref("base.CNY")
    # Buyers see prices with the tax in them.
    company.account_price_include = "tax_included"
    env["account.chart.template"].try_loading("cn", company)
    env.cr.commit()


set_up_company(env)
