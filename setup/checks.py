"""`make check`: every program that judges the code, one line each; the output of those that object."""

import os
import subprocess
import time
from pathlib import Path

import install
from steps import PYTHON, ROOT, VENV, say

RUFF = VENV / "bin" / "ruff"
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
CLI = [PYTHON, "-m", "mentalspace.cli"]

PROGRAMS: dict[str, list[object]] = {
    "ruff": [RUFF, "check", "--quiet", "."],
    "format": [RUFF, "format", "--check", "--quiet", "."],
    "types": [PYTHON, "-m", "mypy"],
    "imports": [PYTHON, "-c", LINT_IMPORTS],
    "migrations complete": [*CLI, "manage", "makemigrations", "--check", "--dry-run"],
    "migrations apply": [*CLI, "migrate"],
    "boot": [*CLI, "check"],
}

FRONTEND: dict[str, list[object]] = {
    "typescript": ["npm", "run", "typecheck"],
    "eslint": ["npm", "run", "lint"],
    "vitest": ["npm", "run", "test"],
    "bundle size": ["npm", "run", "size"],
}

WRITERS: dict[Path, list[object]] = {
    ROOT / "web" / "src" / "api" / "openapi.json": [*CLI, "openapi", "--write"],
    ROOT / "docs" / "access-matrix.md": [*CLI, "access", "--write"],
    ROOT / "docs" / "data-map.md": [*CLI, "data-map", "--write"],
}
"""Files made by a program, and the program."""

GENERATED_TYPES = ROOT / "web" / "src" / "api" / "__generated__" / "schema.d.ts"


def main(arguments: list[str]) -> int:
    """Run them all, or those named. The exit status is 1 when any objects."""
    began = time.monotonic()
    wanted = {name: command for name, command in PROGRAMS.items() if not arguments or name in arguments}
    failed = [name for name, command in wanted.items() if not _passes(name, command, ROOT)]
    failed += [f"fresh {path.name}" for path, command in WRITERS.items() if not arguments and not fresh(path, command)]
    if (ROOT / "web" / "package.json").exists():
        wanted = {name: command for name, command in FRONTEND.items() if not arguments or name in arguments}
        failed += [name for name, command in wanted.items() if not _passes(name, command, ROOT / "web")]
        if not arguments and not fresh(GENERATED_TYPES, ["npm", "run", "gen"], ROOT / "web"):
            failed.append("fresh types")
    say(f"Checks: {', '.join(failed)} failed." if failed else f"Checks passed ({time.monotonic() - began:.0f} s).")
    return int(bool(failed))


def fresh(path: Path, command: list[object], cwd: Path = ROOT) -> bool:
    """Whether running the program again leaves `path` as it is. The file keeps its content either way."""
    before = path.read_bytes() if path.exists() else b""
    try:
        if not _passes(f"fresh {path.name}", command, cwd):
            return False
        if path.read_bytes() == before:
            return True
        say(f"✗ {path.relative_to(ROOT)} is not what its program makes now; run `make api`.")
        return False
    finally:
        if before:
            path.write_bytes(before)
        else:
            path.unlink(missing_ok=True)


def _passes(name: str, command: list[object], cwd: Path) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=os.environ | install.node_variables(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    say(f"{'✗' if done.returncode else '✓'} {name} ({time.monotonic() - began:.0f} s)")
    if done.returncode:
        say(done.stdout)
    return not done.returncode
