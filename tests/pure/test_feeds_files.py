"""Files of every kind, also under a wrong name, give the same table."""

import io

import openpyxl
import pytest
import xlwt

from live_aftersales.feeds import FeedError, douyin, parse
from live_aftersales.feeds.reader import read_sheets
from live_aftersales.feeds.table import normalise

HEADER = [
    "主订单编号",
    "子订单编号",
    "订单提交时间",
    "商品数量",
    "订单应付金额",
    "商家编码",
]
ROW = ["6958835538489092455", "6933333990200340892", "2026-10-26 12:32:35"]
ROW += ["2", "1,220.20", "PAN-28"]


def csv_text(delimiter=","):
    cells = [[f'"{cell}"' for cell in row] for row in (HEADER, ROW)]
    return "\n".join(delimiter.join(row) for row in cells)


def xlsx(rows):
    book = openpyxl.Workbook()
    book.create_sheet("Notes", 0).append(["nothing here"])
    for row in rows:
        book.worksheets[1].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Orders")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def html(encoding):
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in (HEADER, ROW)
    )
    text = f"<html><meta charset={encoding}><table>{rows}</table></html>"
    return text.encode(encoding)


@pytest.mark.parametrize(
    "data",
    [
        csv_text().encode("utf-8-sig"),
        csv_text().encode(),
        csv_text().encode("gb18030"),
        csv_text("\t").encode("utf-16"),
        csv_text(";").encode(),
        xlsx([HEADER, ROW]),
        xls([HEADER, ROW]),
        html("gb2312"),
        html("utf-8"),
    ],
    ids=lambda data: str(len(data)),
)
def test_content_tells_the_kind_of_file(data):
    feed = parse(data, douyin.SPEC)
    assert [order.ref for order in feed.orders] == ["6958835538489092455"]
    assert feed.orders[0].lines[0].payable == 122020
    assert feed.orders[0].lines[0].quantity == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b",,\n,,\n", "empty"),
        (b"PK this is no workbook", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "not_a_table"),
        (b"\x00\x01\x02\x03\xff\xfe\x00", "not_a_table"),
        (b"%PDF-1.4\n\x00\x01\x02", "not_a_table"),
        (b"<html><p>no table</p></html>", "not_a_table"),
        (b"foo,bar\n1,2\n", "no_header"),
    ],
)
def test_what_is_no_export_is_refused(data, code):
    with pytest.raises(FeedError) as caught:
        parse(data, douyin.SPEC)
    assert caught.value.code == code


def test_missing_key_columns_are_named():
    text = csv_text().replace("商家编码", "x").replace("商品数量", "y")
    with pytest.raises(FeedError) as caught:
        parse(text.encode(), douyin.SPEC)
    assert caught.value.names == ("商品数量", "商家编码")


def test_header_may_stand_below_titles_and_between_sheets():
    rows = [["订单导出"], ["生成时间", "2026-11-01"], [], HEADER, ROW]
    assert parse(xlsx(rows), douyin.SPEC).line_count == 1


def test_header_below_row_20_is_not_looked_for():
    with pytest.raises(FeedError):
        parse(xlsx([["x"]] * 20 + [HEADER, ROW]), douyin.SPEC)


@pytest.mark.parametrize(
    ("header", "plain"),
    [
        ("收货地址 ", "收货地址"),
        ("动帐金额（元）", "动账金额"),
        ("订单应付金额(元)", "订单应付金额"),
        ("\ufeff主订单编号", "主订单编号"),
        ("商家 编码", "商家编码"),
        ("达人id", "达人id"),
    ],
)
def test_header_has_one_spelling(header, plain):
    assert normalise(header) == plain


def test_order_of_columns_does_not_matter():
    feed = parse(xlsx([HEADER[::-1], ROW[::-1]]), douyin.SPEC)
    assert feed.orders[0].lines[0].sku == ("PAN-28",)


def test_column_in_fen_is_read_as_fen():
    header = [name.replace("应付金额", "应付金额（分）") for name in HEADER]
    row = [cell.replace("1,220.20", "122020") for cell in ROW]
    assert parse(xlsx([header, row]), douyin.SPEC).orders[0].total == 122020


def test_user_may_add_the_name_of_a_column():
    spec = douyin.SPEC.with_aliases([("quantity", "买了几个")])
    header = [name.replace("商品数量", "买了几个") for name in HEADER]
    assert parse(xlsx([header, ROW]), spec).line_count == 1
    with pytest.raises(FeedError):
        parse(xlsx([header, ROW]), douyin.SPEC)


def test_numbers_of_a_workbook_that_lost_digits_are_held():
    row = [6958835538489092455, 6.9333339902e18, *ROW[2:]]
    feed = parse(xlsx([HEADER, row]), douyin.SPEC)
    assert [held.code for held in feed.held] == ["id_lost_digits"]
    feed = parse(xls([HEADER, [6958835538489092455.0, *ROW[1:]]]), douyin.SPEC)
    assert [held.code for held in feed.held] == ["id_lost_digits"]


def test_html_is_read_whatever_its_charset_says():
    assert read_sheets(html("gb2312"))[0][0] == HEADER
