"""The product's Python, parsed once for the guards that read it."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@lru_cache(maxsize=1)
def files() -> dict[str, ast.Module]:
    """Path below the checkout, and syntax tree, of everything but migrations and tests."""
    paths = [*(ROOT / "mentalspace").rglob("*.py"), *(ROOT / "setup").rglob("*.py")]
    wanted = (path for path in paths if not {"migrations", "tests"} & set(path.parts))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in sorted(wanted)}


def calls(name: str) -> Iterator[str]:
    """Files that call something of this name."""
    for path, tree in files().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node.func) == name:
                yield path


def name_of(node: ast.expr) -> str:
    """`b` for `b` and for `a.b`."""
    return getattr(node, "id", getattr(node, "attr", ""))


def texts(tree: ast.AST) -> Iterator[str]:
    """Every string in a tree that is no docstring, parts of f-strings included."""
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value
