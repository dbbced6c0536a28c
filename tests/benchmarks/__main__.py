"""Run benchmarks on a database; ``setup/bench`` calls this.

Each module of BENCHMARKS has a function ``run(env)`` which returns figures; they
are printed, and the database is left as it was found.
"""

import argparse
import importlib
import sys

from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import config

from .figures import table

# The name people type, and its module.
BENCHMARKS = {
    "import": "import_orders",
    "verdicts": "verdicts",
    "verdicts_orm": "verdicts_orm",
    "request_steps": "request_steps",
    "rehearsal": "rehearsal",
    "request_growth": "request_growth",
    "points_order": "points_order",
    "points_nightly": "points_nightly",
    "points_year": "points_year",
}
# Takes minutes: only where it is asked for.
LONG = {"request_growth", "points_nightly", "points_year"}


def arguments():
    """Return what was asked for; an unknown name is refused."""
    parser = argparse.ArgumentParser(prog="setup/bench")
    parser.add_argument("--config", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--database", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="one line per figure")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    return asked


def figures(env, name):
    """Return the figures of one benchmark, undoing what it did."""
    module = importlib.import_module(f".{BENCHMARKS[name]}", __package__)
    try:
        return module.run(env)
    finally:
        env.cr.rollback()


def main():
    asked = arguments()
    config.parse_config(
        ["-c", asked.config, "-d", asked.database, "--log-level=error"],
        setup_logging=True,
    )
    found = []
    for name in asked.names or [name for name in BENCHMARKS if name not in LONG]:
        print(f"· {name} …", file=sys.stderr, flush=True)
        with Registry(asked.database).cursor() as cr:
            measured = figures(api.Environment(cr, api.SUPERUSER_ID, {}), name)
        if asked.json:
            print(*(figure.as_json() for figure in measured), sep="\n", flush=True)
        found += measured
    if not asked.json:
        print(table(found))


if __name__ == "__main__":
    main()
