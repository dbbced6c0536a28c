"""The benchmark door says what it promises: its keys, and which way a ratio goes."""

import json

import pytest
from benchmarks.figures import Figure, table


def test_a_cost_is_compared_as_ours_by_theirs():
    assert Figure("step", 20.0, "ms", "core", 80.0, n=5).ratio == 0.25


def test_a_rate_is_compared_as_theirs_by_ours():
    assert Figure("import", 200.0, "orders/s", "core load()", 50.0).ratio == 0.25


@pytest.mark.parametrize("peer_value", [None, 0])
def test_without_a_peer_there_is_no_ratio(peer_value):
    assert Figure("pure", 3.0, "ms", "", peer_value).ratio is None


def test_json_has_exactly_the_promised_keys():
    line = Figure("import", 200.0, "orders/s", "core", 50.0, 93).as_json()
    assert json.loads(line) == {
        "name": "import",
        "value": 200.0,
        "unit": "orders/s",
        "peer": "core",
        "peer_value": 50.0,
        "ratio": 0.25,
        "n": 93,
    }


def test_the_table_has_a_row_per_figure():
    lines = table([Figure("a", 1234.5, "ms"), Figure("b", 1, "ms", "c", 2, 3)])
    assert [line.split("|")[1].strip(" -") for line in lines.splitlines()] == [
        "figure",
        "",
        "a",
        "b",
    ]
    assert "1,234" in lines
    assert "0.50" in lines
