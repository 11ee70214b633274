"""Files and functions stay small, and nothing points up the layers, foreign keys included."""

import ast
import tomllib
from typing import Any

from django.apps import apps

from tests.guards.source import ROOT, files

LONGEST_FILE, LONGEST_FUNCTION = 600, 60
LONG_FILES: dict[str, str] = {}
"""Files that are longer, with the reason."""

LONG: dict[str, str] = {}
"""Functions that are longer, with the reason."""


def test_no_file_is_longer_than_can_be_read():
    every = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("mentalspace/**/*.py"), *ROOT.glob("setup/**/*.py")]
    code = (path for path in every if "migrations" not in path.parts)
    long = {str(path.relative_to(ROOT)) for path in code if len(path.read_text().splitlines()) > LONGEST_FILE}
    assert long == set(LONG_FILES)


def test_no_function_is_longer_than_a_screen():
    found = set()
    for path, tree in files().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found.add(f"{path}:{node.name}")
    assert found == set(LONG)


def test_foreign_keys_point_down_the_layers():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    layers = [layer.split(" | ") for layer in contract["layers"]]
    height = {name.strip().removeprefix("mentalspace.").strip("()"): -n for n, row in enumerate(layers) for name in row}
    wrong = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            target: Any = field.related_model
            ours = model._meta.app_label in height and target and target._meta.app_label in height
            if ours and height[target._meta.app_label] > height[model._meta.app_label]:
                wrong.append(f"{model._meta.label}.{field.name} points up to {target._meta.label}")
    assert wrong == []


def test_no_file_refuses_to_say_what_it_holds():
    names = {path.rsplit("/", 1)[1] for path in files()}
    assert not names & {"utils.py", "helpers.py", "common.py", "misc.py", "managers.py", "services.py", "signals.py"}
