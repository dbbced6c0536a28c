"""Add up what the parts of setup/test left in a folder.

Prints the slowest tests, what failed or was skipped, and the closing line
``N passed, N failed``; a skipped test is a failed one.
"""

import sys
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

SLOWEST = 10
# A test that moves the clock makes pytest measure years; nothing here takes a day.
A_DAY = 86_400


class Result(NamedTuple):
    name: str
    seconds: float
    failure: str | None


def checks(path):
    """Yield a Result per line ``name, exit code, seconds``."""
    for line in path.read_text().splitlines() if path.exists() else ():
        name, code, seconds = line.split("\t")
        yield Result(name, float(seconds), None if code == "0" else "failed")


def tests(path):
    """Yield a Result per test case of a JUnit file."""
    for case in ET.parse(path).iter("testcase"):  # noqa: S314  written by our pytest
        failure = next(
            (
                f"{word}: {(node.get('message') or '').splitlines()[:1]}"
                for word in ("failure", "error", "skipped")
                if (node := case.find(word)) is not None
            ),
            None,
        )
        name = f"{path.stem}: {case.get('classname')}.{case.get('name')}"
        yield Result(name, float(case.get("time", 0)), failure)


def main(folder):
    results = list(checks(folder / "checks.tsv"))
    for path in sorted(folder.glob("*.xml")):
        results += tests(path)
    print("\nSlowest:")
    timed = [result for result in results if 0 <= result.seconds < A_DAY]
    for result in sorted(timed, key=lambda r: -r.seconds)[:SLOWEST]:
        print(f"  {result.seconds:6.1f} s  {result.name}")
    bad = [result for result in results if result.failure]
    for result in bad:
        print(f"FAILED {result.name} ({result.failure})")
    if not results:
        print("No test was found.")
    print(f"{len(results) - len(bad)} passed, {len(bad)} failed")
    return 1 if bad or not results else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
