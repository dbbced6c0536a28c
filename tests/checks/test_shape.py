"""House rules which no public linter knows."""

import ast

import pytest
from sources import ADDONS, ROOT, nodes, place, python_files

GATE = "_move_to"
LINES = 300
FUNCTION_LINES = 40
SUDO_REASON = "# sudo: "

EVERYWHERE = python_files(*ADDONS, "setup", "tests")
SHIPPED = [path for path in python_files(*ADDONS) if "tests" not in path.parts]
MODELS = [
    path
    for path in SHIPPED
    if path.parent.name in {"models", "wizard", "report"} and path.name != "__init__.py"
]


def per_file(paths):
    return pytest.mark.parametrize("path", paths, ids=place)


def sets_state(node):
    """Return whether a node assigns ``.state`` or writes a literal ``state``."""
    match node:
        case ast.Assign(targets=targets):
            return any(
                isinstance(t, ast.Attribute) and t.attr == "state" for t in targets
            )
        case ast.Call(func=ast.Attribute(attr="write"), args=[ast.Dict(keys=keys)]):
            return any(isinstance(k, ast.Constant) and k.value == "state" for k in keys)
    return False


def own_models(path):
    """Return the names of the Odoo models that a file defines or extends."""
    names = []
    for cls in nodes(path, ast.ClassDef):
        values = {
            node.targets[0].id: node.value
            for node in cls.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        name = values.get("_name", values.get("_inherit"))
        if isinstance(name, ast.Constant):
            names.append(name.value)
    return names


@per_file(SHIPPED)
def test_state_changes_in_one_method(path):
    for function in nodes(path, ast.FunctionDef):
        if function.name != GATE:
            assert not any(map(sets_state, ast.walk(function))), place(path, function)


@per_file(EVERYWHERE)
def test_files_and_functions_are_short(path):
    assert len(path.read_text().splitlines()) <= LINES
    for function in nodes(path, ast.FunctionDef):
        length = function.end_lineno - function.lineno + 1
        assert length <= FUNCTION_LINES, place(path, function)


@per_file(MODELS)
def test_a_file_holds_the_one_model_it_is_named_after(path):
    """``sale_order.py``, or ``sale_order_<aspect>.py`` where a model has several.

    A long name may be cut at the end, as core does with its wizards.
    """
    models = [f"{name.replace('.', '_')}_" for name in own_models(path)]
    stem = f"{path.stem}_"
    assert len(models) <= 1
    assert all(stem.startswith(m) or m.startswith(stem) for m in models), models


def table_objects(path):
    """Return the names of the constraints and indexes of a file."""
    kinds = {"Constraint", "Index", "UniqueIndex"}
    return [
        node.targets[0].id
        for node in nodes(path, ast.Assign)
        if isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr in kinds
    ]


def test_no_constraint_of_a_model_replaces_another_of_its_name():
    names = [
        (model, name)
        for path in MODELS
        for model in own_models(path)
        for name in table_objects(path)
    ]
    assert [each for each in names if names.count(each) > 1] == []


@per_file(SHIPPED)
def test_every_function_with_sudo_says_why(path):
    lines = path.read_text().splitlines()
    for function in nodes(path, ast.FunctionDef):
        source = "\n".join(lines[function.lineno - 1 : function.end_lineno])
        assert ".sudo()" not in source or SUDO_REASON in source, place(path, function)


@pytest.mark.parametrize("addon", ADDONS)
def test_an_addon_is_complete(addon):
    for name in ("README.md", "LICENSE", "static/description/icon.png"):
        assert (ROOT / addon / name).is_file(), name


@pytest.mark.parametrize("folder", ["models", "tests", "wizard", "report"])
@pytest.mark.parametrize("addon", ADDONS)
def test_each_file_is_imported(addon, folder):
    """A forgotten line in ``__init__.py`` would leave out a test in silence."""
    paths = python_files(f"{addon}/{folder}")
    imported = set()
    for path in paths:
        for node in nodes(path, ast.ImportFrom):
            imported |= {node.module, *(alias.name for alias in node.names)}
    assert {path.stem for path in paths} - {"__init__"} <= imported
