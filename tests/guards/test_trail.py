"""Every public action names its audit event; nothing about a client goes into logs, exceptions or job arguments."""

import ast
import re
from importlib import import_module
from inspect import getmembers, isfunction

import pytest

from tests.guards.source import files, name_of

ACTIONS = [path for path in files() if path.endswith("actions.py")]

UNNAMED = {
    "remember_view": "the read itself is what the trail records",
    "note_for_appointment": "finds a note or calls begin_note, which is named",
    "note_for_day": "as note_for_appointment",
    "carried_forward": "reads",
    "refuse": "raises",
    "read": "a person's own mark on what they were told; showing it is what the trail records",
    "read_all": "as read",
}
PHI_NAMES = re.compile(
    r"\b(first_name|last_name|preferred_name|chosen_name|legal_name|date_of_birth|full_name|email|phone\w*|sections|"
    r"text|diagnos\w+|description|street\d?|search_text|medical_record_number)\b"
)


@pytest.mark.parametrize("path", ACTIONS)
def test_every_public_action_names_its_event(path):
    module = import_module(path.removesuffix(".py").replace("/", "."))
    public = {
        name: each
        for name, each in getmembers(module, isfunction)
        if each.__module__ == module.__name__ and not name.startswith("_")
    }
    silent = {name for name, each in public.items() if not hasattr(each, "audit_event")}
    assert silent - UNNAMED.keys() == set()


def test_reasons_for_silence_are_not_stale():
    every = {name for path in ACTIONS for name in dir(import_module(path.removesuffix(".py").replace("/", ".")))}
    assert UNNAMED.keys() <= every


def spoken(tree):
    """What goes into log lines, job arguments and exceptions: the calls, by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield "raise", node.exc
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = name_of(node.func.value)
            if owner in ("log", "logger", "logging") or node.func.attr == "defer":
                yield owner, node


@pytest.mark.parametrize("path", [path for path in files() if path.startswith("mentalspace/")])
def test_nothing_about_a_client_is_logged_raised_or_queued(path):
    for _, call in spoken(files()[path]):
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
            for node in ast.walk(argument):
                if isinstance(node, ast.Attribute):
                    assert not PHI_NAMES.search(node.attr), f"{path}:{node.lineno} {ast.unparse(call)}"
