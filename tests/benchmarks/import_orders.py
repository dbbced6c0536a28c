"""Orders per second: a Douyin export through our import, beside core's ``load()``."""

import base64
import csv
import io
from pathlib import Path

from odoo.addons.live_aftersales.feeds import SPECS, parse

from . import world
from .figures import Figure

SAMPLE = Path(__file__).resolve().parents[1] / "data"
COPIES = 5


def grown(text, copies=COPIES):
    """Return the sample export ``copies`` times over, each with its own numbers."""
    header, *rows = csv.reader(io.StringIO(text))
    order, child = header.index("主订单编号"), header.index("子订单编号")
    phone = header.index("收件人手机号")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for number in range(copies):
        for row in rows:
            row = list(row)
            for column in (order, child):
                row[column] = "\t" + row[column].strip()[:-2] + f"{number:02d}"
            row[phone] = row[phone][:-2] + f"{number:02d}"
            writer.writerow(row)
    return out.getvalue()


def shop(env, name, invoice):
    """Return a shop on Douyin."""
    return env["live.shop"].create(
        {
            "name": name,
            "platform_id": env.ref("live_aftersales.platform_douyin").id,
            "invoice_on_import": invoice,
        }
    )


def goods(env):
    """Create the merchant's products from the sample list."""
    with (SAMPLE / "products.csv").open(encoding="utf-8-sig") as file:
        env["product.product"].create(
            [
                {
                    "name": row["name"],
                    "default_code": row["sku"],
                    "type": "consu",
                    "is_storable": True,
                    "taxes_id": [(5,)],
                    "invoice_policy": "delivery",
                }
                for row in csv.DictReader(file)
            ]
        )


def our_import(env, data, name, invoice):
    """Import everything; return the cost per order and how many there were."""
    record = env["live.import"].create(
        {
            "file": base64.b64encode(data),
            "filename": f"{name}.csv",
            "shop_id": shop(env, name, invoice).id,
        }
    )
    with world.measured(env) as cost:
        record.action_run()
    assert record.state == "done", record.error
    assert not record.held_count
    return cost, record.order_count, record


def core_rows(env, feed):
    """Return the same orders as rows for core's ``load()``: one row per line."""
    partner = env["res.partner"].create({"name": "Benchmark buyer"})
    products = env["product.product"].search([("default_code", "!=", False)])
    ids = {product.default_code: str(product.id) for product in products}
    rows = []
    for order in feed.orders:
        for place, line in enumerate(order.lines):
            first = place == 0
            rows.append(
                [
                    str(partner.id) if first else "",
                    order.ref if first else "",
                    str(order.head.submitted_at) if first else "",
                    ids[next(sku for sku in line.sku if sku in ids)],
                    str(line.quantity),
                    str(line.goods / 100 / line.quantity),
                ]
            )
    return rows


COLUMNS = [
    "partner_id/.id",
    "client_order_ref",
    "date_order",
    "order_line/product_id/.id",
    "order_line/product_uom_qty",
    "order_line/price_unit",
]


def core_import(env, feed):
    """Return core's costs per run: load alone, and confirming, shipping, invoicing."""
    rows = core_rows(env, feed)
    with world.measured(env) as loaded:
        result = env["sale.order"].load(COLUMNS, rows)
    assert result["ids"], result["messages"]
    world.analyze(env)
    orders = env["sale.order"].browse(result["ids"])
    paid = {order.ref for order in feed.orders if order.is_paid}
    shipped = {
        order.ref for order in feed.orders if any(x.left_at for x in order.lines)
    }
    with world.measured(env) as confirmed:
        orders.filtered(lambda o: o.client_order_ref in paid).action_confirm()
    sent = orders.filtered(lambda o: o.client_order_ref in shipped)
    with world.measured(env) as delivered:
        world.deliver(sent)
    with world.measured(env) as invoiced:
        for order in sent:
            order._create_invoices()
        sent.invoice_ids.action_post()
    return loaded.ms, confirmed.ms + delivered.ms, invoiced.ms


def run(env):
    """Return the figures."""
    goods(env)
    data = grown((SAMPLE / "douyin_orders.csv").read_text("utf-8-sig")).encode()
    feed = parse(data, SPECS["douyin"], "Asia/Shanghai")
    load, settle, invoice = core_import(env, feed)
    world.analyze(env)
    plain, count, _record = our_import(env, data, "Without invoices", invoice=False)
    whole, count, record = our_import(env, data, "With invoices", invoice=True)
    again = env["live.import"].create(
        {"file": record.file, "filename": "again.csv", "shop_id": record.shop_id.id}
    )
    with world.measured(env) as repeated:
        again.action_run()
    assert again.unchanged_count == count

    costs = {
        "import": (plain.ms, load, "core load(), drafts only"),
        "import_settled": (
            plain.ms,
            load + settle,
            "core load() + confirm + deliver",
        ),
        "import_invoiced": (
            whole.ms,
            load + settle + invoice,
            "core load() + confirm + deliver + invoice",
        ),
    }
    rows = [
        Figure(name, count / ours * 1000, "orders/s", peer, count / core * 1000, count)
        for name, (ours, core, peer) in costs.items()
    ]
    return [
        *rows,
        Figure("import_queries", plain.queries / count, "queries/order", n=count),
        Figure("import_again", count / repeated.ms * 1000, "orders/s", n=count),
    ]
