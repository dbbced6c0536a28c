"""Oddities of real exports: each is read, or held, and never read wrongly."""

import csv
import datetime
import io
import json

import openpyxl
import pytest
import xlwt

from live_aftersales.feeds import FeedError, douyin, parse, parse_record
from live_aftersales.feeds.values import cents, moment

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
    "收件人": "李*",
    "订单提交时间": "2026-10-26 23:25:07",
    "支付完成时间": "2026-10-26 23:35:51",
    "订单状态": "备货中",
    "买家留言": "",
}
SECOND = {"子订单编号": "6933333990200340893"}


def file(*changes, delimiter=","):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    rows = [ROW | change for change in changes]
    header = list(dict.fromkeys(name for row in rows for name in row))
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return stream.getvalue().encode()


def feed(*changes, **options):
    return parse(file(*changes, **options), douyin.SPEC)


def book(*sheets):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for rows in sheets:
        sheet = workbook.create_sheet()
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("note", ["|" * 3000, "a;" * 3000, "a,b" * 3000, "\t" * 3000])
def test_note_full_of_signs_does_not_choose_the_delimiter(delimiter, note):
    found = feed({"买家留言": note}, SECOND, delimiter=delimiter)
    assert [order.total for order in found.orders] == [44040]


def test_note_with_markup_does_not_make_a_web_page_of_the_file():
    found = feed({"买家留言": "<table><tr><td>1</td></tr></table>"})
    assert [order.total for order in found.orders] == [22020]


@pytest.mark.parametrize("data", [b"<!DOCTYPE html><!-- -->", b"<html></html>"])
def test_web_page_without_a_table_is_refused(data):
    with pytest.raises(FeedError) as caught:
        parse(data, douyin.SPEC)
    assert caught.value.code == "not_a_table"


def test_sheets_with_the_same_columns_are_read_together():
    other = ROW | {"主订单编号": "6958835538489092456"} | SECOND
    data = book([list(ROW), list(ROW.values())], [list(ROW), list(other.values())])
    assert [order.total for order in parse(data, douyin.SPEC).orders] == [22020, 22020]


@pytest.mark.parametrize(
    "row",
    [
        *({"主订单编号": mark} for mark in ("合计：", "小计", "共1单", "Total")),
        {"子订单编号": "总计"},
        {"商家编码": "合计"},
        {"主订单编号": "收入+支出", "订单应付金额": "公式"},
    ],
    ids=lambda row: next(iter(row.values())),
)
def test_totals_and_formulas_are_no_orders(row):
    blank = dict.fromkeys(ROW, "")
    found = feed({}, blank | {"订单应付金额": "220.20"} | row)
    assert (found.skipped, len(found.held), found.line_count) == (1, 0, 1)


def test_header_repeated_between_orders_is_no_order():
    found = feed({}, dict(zip(ROW, ROW, strict=True)), SECOND)
    assert (found.skipped, len(found.held), found.line_count) == (1, 0, 2)


def test_goods_without_numbers_and_time_are_held():
    lost = dict.fromkeys(("主订单编号", "子订单编号", "订单提交时间"), "")
    found = feed({}, lost)
    assert [held.code for held in found.held] == ["missing_id"]


def test_cells_protected_from_spreadsheets_are_unwrapped():
    names = ("主订单编号", "商家编码", "商品数量", "订单提交时间", "订单应付金额")
    found = feed({name: f'="{ROW[name]}"' for name in names})
    assert found.orders[0].lines[0].sku == ("PAN-28",)
    assert found.orders[0].total == 22020


def test_sign_may_stand_before_the_currency():
    assert [cents(x) for x in ("-¥3.80", "¥-3.80", "-CNY 3.80")] == [-380] * 3


def test_time_of_a_spreadsheet_is_read_to_the_nearest_second():
    wall = datetime.datetime.fromisoformat("2026-10-26T19:59:59.999600")
    assert str(moment(wall, datetime.UTC)) == "2026-10-26 20:00:00"


def test_unit_of_a_header_may_be_spelled_out():
    data = file({}).decode().replace("订单应付金额", "订单应付金额（单位：元）")
    assert parse(data.encode(), douyin.SPEC).orders[0].total == 22020


def test_held_row_in_fen_is_read_again_in_fen():
    data = file({"商品数量": "x", "订单应付金额": "22020"}).decode()
    data = data.replace("订单应付金额", "订单应付金额（分）")
    raw = parse(data.encode(), douyin.SPEC).held[0].source.raw
    again = parse_record(raw, douyin.SPEC, fixes={"quantity": "2"})
    assert again.orders[0].total == 22020


def test_children_whose_sum_nobody_shared_stay_held():
    raw = feed({"子订单编号": "69941;69942"}).held
    assert [held.code for held in raw] == []  # each child has its own 220.20
    held = feed({"子订单编号": "69941;69942", "商品单价": "100.00;138.00"}).held
    assert [problem.code for problem in held] == ["bad_join"] * 2
    again = parse_record(held[0].source.raw, douyin.SPEC, joined=True)
    assert [problem.code for problem in again.held] == ["bad_join"]


def test_cell_with_a_time_alone_can_be_kept():
    row = ROW | {"商品数量": "x", "买家留言": datetime.time(3, 4)}
    held = parse(book([list(row), list(row.values())]), douyin.SPEC).held[0]
    assert "03:04:00" in json.dumps(held.source.raw)


def test_old_workbook_may_hold_a_time_of_no_day():
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Orders")
    clock = xlwt.easyxf(num_format_str="hh:mm")
    for x, (name, cell) in enumerate(ROW.items()):
        sheet.write(0, x, name)
        sheet.write(1, x, cell)
    sheet.write(0, len(ROW), "预约送达时间")
    sheet.write(1, len(ROW), datetime.time(3, 4), clock)
    stream = io.BytesIO()
    workbook.save(stream)
    assert parse(stream.getvalue(), douyin.SPEC).orders[0].total == 22020


def test_rows_differ_only_in_protection_are_the_same_row():
    found = feed({}, {"主订单编号": "\t6958835538489092455"})
    assert [warning.code for warning in found.warnings] == ["repeated_row"]
    assert not found.held


def test_buyer_told_once_counts_for_all_rows_of_the_order():
    found = feed({"收件人": ""}, SECOND)
    assert (found.line_count, found.orders[0].head.buyer_name) == (2, "李*")


def test_host_of_the_live_row_counts():
    live = SECOND | {"达人ID": "22", "流量体裁": "直播"}
    found = feed({"达人ID": "11", "流量体裁": "短视频"}, live)
    assert (found.orders[0].head.host_ref, found.orders[0].head.is_live) == ("22", True)


@pytest.mark.parametrize(
    ("status", "is_paid"),
    [("备货中", True), ("已完成", True), ("待支付", False), ("已关闭", False)],
)
def test_status_tells_payment_where_its_time_is_missing(status, is_paid):
    found = feed({"支付完成时间": "", "订单状态": status})
    assert found.orders[0].is_paid == is_paid


@pytest.mark.parametrize(
    ("borne", "payers"),
    [
        (("0", "0", "0"), (1500, 380, 500)),
        (("3.00", "", ""), (1500, 300, 500)),
        (("10.00", "13.80", ""), (1380, 1000, 0)),
    ],
)
def test_borne_discounts_replace_only_what_they_tell(borne, payers):
    names = ("平台实际承担优惠金额", "商家实际承担优惠金额", "达人实际承担优惠金额")
    found = feed(dict(zip(names, borne, strict=True))).orders[0].lines[0]
    assert (
        found.discount_merchant,
        found.discount_platform,
        found.discount_host,
    ) == payers
