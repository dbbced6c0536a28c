"""What holds for every test that runs inside Odoo."""

import os


def pytest_configure(config):
    """Let no worker throw away the files of another.

    Each has a copy of the database, but all have one folder of files. After each class
    Odoo deletes what its own database does not know there: also what another worker
    wrote a moment ago. The folder goes with the database in the end.
    """
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    if is_worker and config.getoption("--odoo-database", default=None):
        from odoo.tests import TransactionCase

        TransactionCase._gc_filestore = classmethod(lambda cls: None)
