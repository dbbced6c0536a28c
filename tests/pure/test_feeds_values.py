"""Cells as platforms, spreadsheets and people write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live_aftersales.feeds import values
from live_aftersales.feeds.problems import CellError

SHANGHAI = ZoneInfo("Asia/Shanghai")
at = datetime.fromisoformat


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("\t6917926768823643751", "6917926768823643751"),
        ("'6917926768823643751", "6917926768823643751"),
        ('"6917926768823643751"', "6917926768823643751"),
        ('="6917926768823643751"', "6917926768823643751"),
        ("6917926768823643751 \t", "6917926768823643751"),
        ("６９１７", "6917"),
        (1020309911, "1020309911"),
        (1020309911.0, "1020309911"),
        ("1020309911.0", "1020309911"),
        (6917926768823643751, "6917926768823643751"),
        ("AB-12_c", "AB-12_c"),
        ("-", ""),
        (None, ""),
    ],
)
def test_id_is_kept_as_text(cell, found):
    assert values.identifier(cell) == found


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("6.91793E+18", "id_lost_digits"),
        ("6.91793e18", "id_lost_digits"),
        (6.917926768823643e18, "id_lost_digits"),
        (6917926768823640000, "id_lost_digits"),
        (1234567890123450, "id_lost_digits"),
        (12.5, "bad_id"),
        ("69179 26768", "bad_id"),
        ("订单", "bad_id"),
    ],
)
def test_damaged_id_is_told_apart(cell, code):
    with pytest.raises(CellError) as caught:
        values.identifier(cell)
    assert caught.value.code == code


@given(st.integers(min_value=10**17, max_value=10**19 - 1))
def test_id_survives_every_protection(number):
    for text in (f"\t{number}", f"'{number}", f'"\t{number}"', f'="{number}"'):
        assert values.identifier(text) == str(number)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("1,234.00", 123400),
        ("1,234,567.89", 123456789),
        ("¥12.30", 1230),
        ("￥ 12.3", 1230),
        ("12.30元", 1230),
        ("１２.３０", 1230),
        ("-3.00", -300),
        ("0", 0),
        (344.3, 34430),
        (0.1 + 0.2, 30),
        (7, 700),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_amount_is_read_in_cents(cell, found):
    assert values.cents(cell) == found


@pytest.mark.parametrize(
    "cell", ["1.234,00", "12.345", "abc", "1,23", "１２元５", True, float("nan")]
)
def test_doubtful_amount_is_not_guessed(cell):
    with pytest.raises(CellError):
        values.cents(cell)


def test_column_in_fen_is_not_multiplied():
    assert values.cents("34430", scale=1) == 34430


@given(st.integers(min_value=0, max_value=10**11))
def test_amount_survives_its_own_writing(amount):
    assert values.cents(f"¥{amount / 100:,.2f}") == amount


@pytest.mark.parametrize(
    ("cell", "found"), [("1", 1), ("2.0", 2), (3, 3), (4.0, 4), ("1,000", 1000)]
)
def test_quantity_is_a_whole_number(cell, found):
    assert values.quantity(cell) == found


@pytest.mark.parametrize("cell", ["两件", "0", "-1", "1.5", "", None, True, "2件"])
def test_other_quantities_are_held(cell):
    with pytest.raises(CellError) as caught:
        values.quantity(cell)
    assert caught.value.code == "bad_quantity"


@pytest.mark.parametrize(
    "cell",
    [
        "2026-10-26 12:32:35",
        "2026-10-26 12:32:35\t",
        "2026/10/26 12:32:35",
        "2026.10.26 12:32:35",
        "2026年10月26日 12:32:35",
        "2026年10月26日 12时32分35秒",
        "2026-10-26T12:32:35",
        "2026-10-26T12:32:35+08:00",
        "2026-10-26T04:32:35Z",
        "2026-10-26 12:32:35.000",
        at("2026-10-26 12:32:35"),
        46321.52262731481,
    ],
)
def test_time_of_the_platform_becomes_utc(cell):
    assert values.moment(cell, SHANGHAI) == at("2026-10-26 04:32:35")


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("2026-10-26 12:32", at("2026-10-26 04:32:00")),
        ("2026-1-2 03:04:05", at("2026-01-01 19:04:05")),
        ("2026-10-26", at("2026-10-25 16:00:00")),
        (date(2026, 10, 26), at("2026-10-25 16:00:00")),
        ("-", None),
        (None, None),
    ],
)
def test_shorter_times_are_read_too(cell, found):
    assert values.moment(cell, SHANGHAI) == found


@pytest.mark.parametrize(
    "cell",
    ["2026-13-45 99:99:99", "26/10/2026 12:00", "10/26/2026", "0202-10-26", 17, "soon"],
)
def test_doubtful_time_is_not_guessed(cell):
    with pytest.raises(CellError) as caught:
        values.moment(cell, SHANGHAI)
    assert caught.value.code == "bad_time"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("李*##密文", "李*"),
        ("$$密文", ""),
        ("张*", "张*"),
        ("138****0000", "138****0000"),
    ],
)
def test_what_the_platform_encrypted_is_left_away(cell, found):
    assert values.shown(cell) == found
