"""An addon names only the models and ids of addons it depends on.

Odoo addons mostly refer to each other by strings (``env["x"]``, comodel names,
xml ids), which no import linter sees. This reads the sources, no database needed.
"""

import ast
import re
import sys

import pytest
from sources import ADDONS, ROOT, nodes, place, python_files, tree

ALLOWED = {
    "return_policy": set(),
    "loyalty_points": set(),
    "live_aftersales": {"return_policy", "loyalty_points"},
}
# Packages that know no Odoo, and what they may import beyond the standard library.
PURE = {
    "return_policy/policy": set(),
    "loyalty_points/ledger": set(),
    "live_aftersales/feeds": {"openpyxl", "xlrd", "lxml"},
}
# Names that ours share with fields of Odoo itself.
CORE_FIELDS = {"sale_line_ids"}
TEXT = {".xml", ".csv", ".js", ".scss"}


def class_values(cls):
    """Return the simple assignments of a class body."""
    return {
        node.targets[0].id: node.value
        for node in cls.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def classes(addon):
    """Yield the simple assignments of each class of an addon."""
    for path in python_files(addon):
        yield from map(class_values, nodes(path, ast.ClassDef))


def own_models(addon):
    """Return the names of the models which an addon creates, not only extends."""
    return {
        values["_name"].value
        for values in classes(addon)
        if "_name" in values and values["_name"].value not in inherits(values)
    }


def inherits(values):
    """Return the names a class inherits from."""
    found = values.get("_inherit")
    return {getattr(each, "value", None) for each in getattr(found, "elts", [found])}


def declared(addon):
    """Yield what others could name: models, and fields added to shared models."""
    models = own_models(addon)
    yield from models
    yield from (model.replace(".", "_") for model in models)
    for values in classes(addon):
        inherited = getattr(values.get("_inherit"), "value", None)
        if "_name" not in values and inherited and inherited not in models:
            yield from (name for name, v in values.items() if isinstance(v, ast.Call))


def fields_and_models(addon):
    """Yield every name an addon gives to a model or a field of any model."""
    yield from declared(addon)
    for values in classes(addon):
        yield from (name for name, v in values.items() if isinstance(v, ast.Call))


def foreign_words(addon):
    """Return a pattern for every name owned by an addon this one may not use."""
    allowed = ALLOWED[addon] | {addon}
    others = set(ADDONS) - allowed
    words = others.union(*(declared(other) for other in others))
    words -= {word for other in allowed for word in fields_and_models(other)}
    words -= CORE_FIELDS
    return re.compile(
        rf"\b(model_)?({'|'.join(map(re.escape, sorted(words))) or '(?!)'})(_ids?)?\b"
    )


def words_of(node):
    """Return what one syntax node names, docstrings included."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Import(names=names):
            return " ".join(alias.name for alias in names)
        case ast.ImportFrom(module=module, names=names):
            return " ".join([module or "", *(alias.name for alias in names)])
        case ast.Attribute(attr=name):
            return name
    return ""


def uses(addon):
    """Yield (place, text) for everything that can carry a reference."""
    for path in python_files(addon):
        for node in ast.walk(tree(path)):
            yield place(path, node if hasattr(node, "lineno") else None), words_of(node)
    for path in sorted((ROOT / addon).rglob("*")):
        if path.suffix in TEXT:
            for number, line in enumerate(path.read_text().splitlines(), 1):
                yield f"{place(path)}:{number}", line


def imported(node, package_depth):
    """Return the foreign top-level modules an import names; None is ours."""
    if isinstance(node, ast.ImportFrom):
        if node.level:
            return {None if node.level <= package_depth else "a folder above"}
        return {node.module.split(".")[0]}
    return {alias.name.split(".")[0] for alias in node.names}


def test_every_addon_has_a_boundary():
    assert set(ALLOWED) == set(ADDONS)


@pytest.mark.parametrize("addon", ADDONS)
def test_addon_names_only_its_dependencies(addon):
    pattern = foreign_words(addon)
    found = {
        f"{where}: {hit[0]}" for where, t in uses(addon) if (hit := pattern.search(t))
    }
    assert found == set()


@pytest.mark.parametrize("addon", ADDONS)
def test_manifest_agrees(addon):
    manifest = ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())
    assert set(manifest["depends"]) & set(ADDONS) == ALLOWED[addon]


@pytest.mark.parametrize("package", PURE)
def test_pure_packages_know_no_odoo(package):
    allowed = PURE[package] | set(sys.stdlib_module_names) | {None}
    files = python_files(package)
    assert files
    for path in files:
        depth = len(path.relative_to(ROOT / package).parts)
        for node in nodes(path, ast.Import | ast.ImportFrom):
            assert imported(node, depth) <= allowed, place(path, node)
