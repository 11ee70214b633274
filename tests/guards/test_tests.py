"""Tests never sleep: they move the clock, write the times themselves, or wait for what is to happen."""

import ast

from tests.guards.source import ROOT, name_of

OUTSIDE = ("tests/e2e/killing.py", "tests/e2e/working.py")
"""Between two looks at a running product, as somebody outside takes them."""

SLEEPING = {"sleep", "wait_for_timeout"}


def test_no_test_sleeps():
    tests = {*ROOT.glob("tests/**/*.py"), *ROOT.glob("mentalspace/**/tests/*.py")}
    wrong = []
    for path in sorted(tests):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and name_of(node.func) in SLEEPING and not str(path).endswith(OUTSIDE):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []
