"""Let the checks import what they share, and run without Odoo."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session", autouse=True)
def load_registry():
    """Replace pytest-odoo's fixture: there is no database here."""
