"""Let the pure packages be imported without Odoo and without the models."""

import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

for manifest in ROOT.glob("*/__manifest__.py"):
    package = types.ModuleType(manifest.parent.name)
    package.__path__ = [str(manifest.parent)]
    sys.modules[package.__name__] = package
