"""Rows become orders; each row is taken or held, none is lost."""

import json
from pathlib import Path

import pytest

from live_aftersales.feeds import douyin, parse, parse_record

DATA = Path(__file__).resolve().parents[1] / "data"
TRUTH = json.loads((DATA / "truth.json").read_text())
HEAD = (
    "主订单编号,子订单编号,商品数量,商家编码,商品单价,订单应付金额,运费,优惠总金额,平台优惠,"
    "商家优惠,达人优惠,订单提交时间,支付完成时间,发货时间,订单完成时间,订单状态"
)
ROW = {
    "主订单编号": "6958835538489092455",
    "子订单编号": "6933333990200340892",
    "商品数量": "2",
    "商家编码": "PAN-28",
    "商品单价": "119.00",
    "订单应付金额": "220.20",
    "运费": "6.00",
    "优惠总金额": "23.80",
    "平台优惠": "3.80",
    "商家优惠": "15.00",
    "达人优惠": "5.00",
    "订单提交时间": "2026-10-26 23:25:07",
    "支付完成时间": "2026-10-26 23:35:51",
    "发货时间": "-",
    "订单完成时间": "-",
    "订单状态": "备货中",
}


def feed(*changes):
    rows = [ROW | change for change in changes]
    header = list(dict.fromkeys(name for row in rows for name in row))
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    return parse(text.encode(), douyin.SPEC)


def line(**change):
    found = feed(change)
    assert not found.held, found.held
    return found.orders[0].lines[0]


def payers(**change):
    found = line(**change)
    return found.discount_merchant, found.discount_platform, found.discount_host


@pytest.mark.parametrize(
    "name", ["douyin_orders.csv", "douyin_orders_2026_gb18030.csv"]
)
def test_sample_says_what_is_true(name):
    found, truth = parse((DATA / name).read_bytes(), douyin.SPEC), TRUTH[name]
    paid = [order for order in found.orders if order.is_paid]
    assert not found.held
    assert len(found.orders) == truth["orders"]
    assert found.line_count == found.row_count == truth["lines"]
    assert sum(x.is_gift for o in found.orders for x in o.lines) == truth["gift_lines"]
    assert len(paid) == truth["paid_orders"]
    assert f"{sum(order.total for order in paid) / 100:.2f}" == truth["paid_total"]
    assert sum(o.head.is_live for o in found.orders) == truth["live_orders"]


def test_discounts_are_split_by_who_pays():
    assert payers() == (1500, 380, 500)
    found = line()
    assert (found.list_price, found.goods, found.freight) == (11900, 21420, 600)


def test_discount_actually_borne_wins():
    borne = {"平台实际承担优惠金额": "10.00", "商家实际承担优惠金额": "13.80"}
    assert payers(**borne) == (1380, 1000, 0)


def test_price_changed_by_the_merchant_is_the_merchants():
    assert payers(订单应付金额="210.20", 商家改价="10.00") == (2500, 380, 500)
    assert payers(订单应付金额="210.20", 商家改价="-10.00") == (2500, 380, 500)


def test_red_packet_counts_only_where_the_sum_needs_it():
    assert payers(订单应付金额="217.20", 红包抵扣="3.00") == (1500, 680, 500)
    inside = line(红包抵扣="3.00", 支付优惠="1.00")
    assert inside.discount_platform == 380
    assert inside.discount_payment == 400


def test_price_of_the_whole_line_is_understood():
    assert line(商品单价="", 商品金额="238.00").list_price == 11900


def test_amounts_that_do_not_add_up_are_taken_and_told():
    found = feed({"订单应付金额": "99.99"})
    assert [warning.code for warning in found.warnings] == ["amounts_off"]
    assert found.orders[0].total == 9999


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"主订单编号": "6.9E+18"}, "id_lost_digits", "主订单编号"),
        ({"子订单编号": ""}, "missing_id", "子订单编号"),
        ({"商品数量": "两件"}, "bad_quantity", "商品数量"),
        ({"商品数量": "0"}, "bad_quantity", "商品数量"),
        ({"商家编码": "-"}, "no_product_code", "商家编码"),
        ({"订单应付金额": ""}, "bad_amount", "订单应付金额"),
        ({"订单应付金额": "5.00"}, "bad_amount", "订单应付金额"),
        ({"订单应付金额": "-5.00"}, "bad_amount", "订单应付金额"),
        ({"运费": "x"}, "bad_amount", "运费"),
        ({"运费": "-6.00"}, "bad_amount", "运费"),
        ({"订单提交时间": "2026-13-45 99:99:99"}, "bad_time", "订单提交时间"),
        ({"订单提交时间": "-"}, "bad_time", "订单提交时间"),
        ({"发货时间": "soon"}, "bad_time", "发货时间"),
    ],
)
def test_bad_row_is_held_with_its_cell(change, code, column):
    found = feed(change)
    assert [(held.code, held.column) for held in found.held] == [(code, column)]
    assert not found.orders
    assert found.row_count == 1
    assert found.held[0].source.row == 2


def test_held_row_is_read_again_with_what_a_person_entered():
    held = feed({"商品数量": "两件"}).held[0]
    raw = json.loads(json.dumps(held.source.raw))
    assert parse_record(raw, douyin.SPEC).held[0].code == "bad_quantity"
    again = parse_record(raw, douyin.SPEC, fixes={"quantity": "2"})
    assert again.orders[0].lines[0].quantity == 2


def test_row_twice_is_taken_once_and_told():
    found = feed({}, {})
    assert found.line_count == 1
    assert [warning.code for warning in found.warnings] == ["repeated_row"]


def test_line_number_used_for_two_things_holds_the_second():
    found = feed({}, {"商家编码": "OTHER"})
    assert [held.code for held in found.held] == ["duplicate_child"]


def test_rows_of_an_order_that_disagree_hold_the_second():
    other = {"子订单编号": "6933333990200340893", "订单提交时间": "2026-10-25 01:00:00"}
    assert [held.code for held in feed({}, other).held] == ["order_conflict"]


def test_unknown_status_is_kept_and_not_guessed():
    found = feed({"订单状态": "外星人签收"})
    assert (found.orders[0].state, found.orders[0].status) == ("unknown", "外星人签收")
    assert [warning.value for warning in found.warnings] == ["外星人签收"]


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (["备货中", "已发货"], "paid"),
        (["已发货", "已关闭"], "shipped"),
        (["已完成", "已完成"], "completed"),
        (["已关闭", "已关闭"], "closed"),
        (["待支付"], "unpaid"),
    ],
)
def test_order_is_as_far_as_its_slowest_open_line(states, state):
    rows = [{"子订单编号": f"69333{n}", "订单状态": s} for n, s in enumerate(states)]
    assert feed(*rows).orders[0].state == state


def test_closed_gift_does_not_close_the_order():
    gift = dict.fromkeys(("商品单价", "订单应付金额", "运费", "优惠总金额"), "0.00")
    gift |= {"子订单编号": "69333", "订单状态": "已关闭"}
    gift |= dict.fromkeys(("平台优惠", "商家优惠", "达人优惠"), "0.00")
    found = feed({}, gift).orders[0]
    assert (found.state, found.lines[1].is_gift) == ("paid", True)


def test_joined_children_become_lines():
    row = {
        "子订单编号": "69941;69942;",
        "商品规格": "颜色:黑;尺码:M;颜色:白;尺码:S",
        "商家编码": "A;B",
        "商品数量": "2;2",
        "订单应付金额": "220.20;220.20",
    }
    lines = feed(row).orders[0].lines
    assert [(x.ref, x.sku, x.payable) for x in lines] == [
        ("69941", ("A",), 22020),
        ("69942", ("B",), 22020),
    ]
    assert [x.name for x in lines] == ["颜色:黑;尺码:M", "颜色:白;尺码:S"]


@pytest.mark.parametrize(
    "change", [{"商品数量": "1;2;3"}, {"商家编码": "A;B", "订单应付金额": "440.40"}]
)
def test_joined_row_that_does_not_match_is_held(change):
    found = feed({"子订单编号": "69941;69942"} | change)
    assert {held.code for held in found.held} == {"bad_join"}
    assert not found.orders


def test_formula_and_total_rows_are_no_orders():
    blank = dict.fromkeys(ROW, "")
    found = feed(
        blank | {"商品单价": "收入+支出"},
        {},
        blank | {"主订单编号": "合计", "运费": "6"},
    )
    assert (found.row_count, found.skipped, found.line_count) == (1, 2, 1)


def test_numbers_a_spreadsheet_rounded_all_over_are_held():
    rows = [{"子订单编号": f"6933333990200{n}0000"} for n in range(10, 15)]
    assert {held.code for held in feed(*rows).held} == {"id_lost_digits"}


def test_single_number_with_zeros_is_believed():
    rows = [{"子订单编号": f"693333399020034089{n}"} for n in range(6)]
    assert not feed(*rows, {"子订单编号": "6933333990200340000"}).held


def test_identity_documents_are_never_kept():
    held = feed({"商品数量": "x", "收件人身份证号": "110101199001011234"}).held[0]
    assert "110101199001011234" not in json.dumps(held.source.raw)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SF001822057408", "SF001822057408"),
        ("顺丰速运:SF001822057408", "SF001822057408"),
        ("圆通 YT8812345678；中通 75312345678901", "YT8812345678, 75312345678901"),
        ("自提", "自提"),
    ],
)
def test_tracking_number_is_found_in_its_text(text, found):
    assert line(快递信息=text).tracking == found


def test_goods_without_parcel_leave_when_completed():
    done = line(订单状态="已完成", 订单完成时间="2026-10-27 08:00:00")
    assert str(done.left_at) == "2026-10-27 00:00:00"


@pytest.mark.parametrize(
    ("text", "is_refunded"),
    [
        ("退款成功", True),
        ("同意退款，退款成功", True),
        ("退款中", False),
        ("售后关闭", False),
        ("-", False),
    ],
)
def test_only_a_successful_refund_of_the_platform_is_one(text, is_refunded):
    assert line(售后状态=text).is_refunded is is_refunded
    assert not feed({"售后状态": text}).warnings


def test_unknown_aftersale_status_is_kept_and_not_counted():
    found = feed({"售后状态": "外星退款"})
    refunded = found.orders[0].lines[0]
    assert (refunded.aftersale, refunded.is_refunded) == ("外星退款", False)
    assert [w.code for w in found.warnings] == ["unknown_aftersale"]
