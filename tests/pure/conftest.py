"""Let the pure packages be imported without Odoo and without the models."""

import sys
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

for manifest in ROOT.glob("*/__manifest__.py"):
    package = types.ModuleType(manifest.parent.name)
    package.__path__ = [str(manifest.parent)]
    sys.modules[package.__name__] = package


@pytest.fixture(scope="session", autouse=True)
def load_registry():
    """Replace pytest-odoo's fixture: there is no database here."""
