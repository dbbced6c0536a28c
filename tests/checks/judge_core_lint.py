"""Read a log of core's ``test_lint`` and print what it says about our addons.

It judges every installed addon. What it is known to say about others is left
out, all the rest is ours: ``python judge_core_lint.py LOG``.
"""

import re
import sys
from pathlib import Path

FAILED = re.compile(r" (?:ERROR|CRITICAL) \S+ odoo\.addons\.test_lint\S*: (.*)")
RECORD = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ ")
SUMMARY = re.compile(r"of (\d+) tests when loading database")
OTHERS = re.compile(r"module='helpdesk_mgmt\w*'")
MISSING_INDEX = re.compile(r"^(\S+) \(inverse of \S+\)$", re.MULTILINE)
OTHERS_INDEX = {"helpdesk.ticket.duplicate_id", "helpdesk.ticket.partner_id"}


def records(text):
    """Yield each log record with the lines that belong to it."""
    record = []
    for line in text.splitlines():
        if RECORD.match(line) and record:
            yield "\n".join(record)
            record = []
        record.append(line)
    yield "\n".join(record)


def is_ours(record):
    """Return whether a failure says something about one of our addons."""
    if "TestIndex." in record:
        return bool(set(MISSING_INDEX.findall(record)) - OTHERS_INDEX)
    return not OTHERS.search(record)


def main(path):
    text = path.read_text()
    ran = SUMMARY.search(text)
    if not ran or int(ran[1]) < 9:
        print(text[-3000:])
        return "core's test_lint did not run"
    findings = [r for r in records(text) if FAILED.search(r) and is_ours(r)]
    print(*findings, sep="\n")
    return f"{len(findings)} findings" if findings else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
