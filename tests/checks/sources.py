"""What the checks of this folder read: our addons as files and syntax trees."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = sorted(path.parent.name for path in ROOT.glob("*/__manifest__.py"))


@cache
def tree(path):
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(), str(path))


def python_files(*folders):
    """Return the Python files below folders of the project."""
    return sorted(path for name in folders for path in (ROOT / name).rglob("*.py"))


def nodes(path, kind):
    """Return the nodes of one kind in a file."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, kind)]


def place(path, node=None):
    """Return ``file:line`` for messages."""
    line = f":{node.lineno}" if node is not None else ""
    return f"{path.relative_to(ROOT)}{line}"
