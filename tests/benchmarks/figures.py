"""What a benchmark returns, as a table for people or as lines of JSON."""

import json
from dataclasses import asdict, dataclass

KEYS = ("name", "value", "unit", "peer", "peer_value", "ratio", "n")


@dataclass(frozen=True)
class Figure:
    """One measured value, and where there is one its peer's from the same run.

    :param str unit: a rate when it ends in ``/s`` (more is better), else a cost
    :param int n: how many cases were measured
    """

    name: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float | None = None
    n: int = 1

    @property
    def ratio(self):
        """Return our cost ÷ the peer's on the same work: below 1 is better."""
        if not self.peer_value or not self.value:
            return None
        if self.unit.endswith("/s"):
            return self.peer_value / self.value
        return self.value / self.peer_value

    def as_json(self):
        """Return one line with exactly the keys in ``KEYS``."""
        values = asdict(self) | {"ratio": self.ratio}
        return json.dumps({key: values[key] for key in KEYS}, ensure_ascii=False)


def readable(value):
    """Return a number with three meaningful digits, or a dash."""
    if value is None:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}"


def table(figures):
    """Return the figures as a Markdown table."""
    rows = [("figure", "ours", "unit", "peer", "peer's", "cost ratio", "n")]
    rows += [
        (
            figure.name,
            readable(figure.value),
            figure.unit,
            figure.peer or "–",
            readable(figure.peer_value),
            readable(figure.ratio),
            f"{figure.n:,}",
        )
        for figure in figures
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows
    )
