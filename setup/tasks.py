"""The targets of `make`, one function each."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import browser
import checks
import install
from steps import PYTHON, ROOT, VENV, Refused, one_at_a_time, refuse_or, run, say

sys.path.insert(0, str(ROOT))

from mentalspace.env import Environment, EnvironmentRefused, environment
from mentalspace.launch import leftovers, ports

PORT_PATIENCE = 8
IN_CLUSTER = [PYTHON, "-m", "mentalspace.launch.testing"]
"""Runs the command that follows with a private PostgreSQL of its own."""


def main(arguments: list[str]) -> None:
    """`python3 setup TARGET [ARGUMENTS]`."""
    target, rest = (arguments or [""])[0], arguments[1:]
    if target not in TARGETS:
        sys.exit(f"The targets are {', '.join(TARGETS)}.")
    os.chdir(ROOT)
    refuse_or(lambda: TARGETS[target](rest))


def up(arguments: list[str]) -> int:
    """Set up what is missing and become the supervisor."""
    env = _environment()
    _may_start(env)
    set_up(tests=False, build=True, places=[env.home])
    os.execv(PYTHON, [str(PYTHON), "-m", "mentalspace.cli", "up"])  # noqa: S606


def test(arguments: list[str]) -> int:
    """Everything: checks first, then the tests, whose summary ends the output."""
    set_up(tests=True, build=True)
    chromium = browser.find()
    failed = _checks([])
    say("\nTests")
    variables = os.environ | install.node_variables() | {"MS_TEST_CHROMIUM": str(chromium)}
    command = [PYTHON, "-m", "pytest", "-n", "2", *arguments]
    status = subprocess.run(list(map(str, command)), env=variables, check=False).returncode
    return status or failed


def check(arguments: list[str]) -> int:
    """Everything but the tests. Built too, for the sizes of what the browser loads."""
    set_up(tests=True, build=True)
    return _checks(arguments)


def _checks(arguments: list[str]) -> int:
    command = [*IN_CLUSTER, PYTHON, ROOT / "setup", "checks-in-cluster", *arguments]
    return subprocess.run(list(map(str, command)), check=False).returncode


def bench(arguments: list[str]) -> int:
    """Measure; the results go to benchmarks/RESULTS.md."""
    set_up(tests=True, build=True)
    return subprocess.run([PYTHON, "-m", "benchmarks", *arguments], check=False).returncode


def gameday(arguments: list[str]) -> int:
    """Cause every incident on a real instance; what came of it goes to benchmarks/GAMEDAY.md."""
    set_up(tests=True, build=True)
    return subprocess.run([PYTHON, "-m", "benchmarks.gameday", *arguments], check=False).returncode


def mutate_policies(arguments: list[str]) -> int:
    """Break each policy on purpose and see the tests notice."""
    set_up(tests=True, build=False)
    return subprocess.run([PYTHON, "-m", "tests.access.mutate", *arguments], check=False).returncode


def fmt(arguments: list[str]) -> int:
    """Format and fix what can be fixed by a program."""
    set_up(tests=True, build=False)
    run("import order", [VENV / "bin" / "ruff", "check", "--fix", "--exit-zero", "--quiet", "."])
    run("formatting", [VENV / "bin" / "ruff", "format", "--quiet", "."])
    return 0


def api(arguments: list[str]) -> int:
    """Write the API's description, the TypeScript types made from it, the access matrix and the data map."""
    set_up(tests=True, build=False)
    migrate = checks.PROGRAMS["migrations apply"]  # the maps are read off the database
    for command in (migrate, *checks.WRITERS.values()):
        done = subprocess.run(list(map(str, [*IN_CLUSTER, *command])), check=False)
        if done.returncode:
            return done.returncode
    install.npm("generated types", "run", "gen")
    return 0


def lock(arguments: list[str]) -> int:
    """Choose versions anew and write the lock files, with hashes, for every platform."""
    with one_at_a_time():
        install.python_packages(tests=True)
    if subprocess.run(["uv", "--version"], capture_output=True, check=False).returncode:
        raise Refused("`make lock` needs uv; install it with `pip install uv`.")
    for name in ("product", "tests"):
        source, target = ROOT / "requirements" / f"{name}.in", ROOT / "requirements" / f"{name}.lock"
        options = [
            "--generate-hashes",
            "--universal",
            "--no-emit-index-url",
            "--python-version",
            "3.11",
            "--upgrade",
        ]
        run(f"lock {name}", ["uv", "pip", "compile", "--quiet", *options, source, "-o", target])
    return 0


def set_up(*, tests: bool, build: bool, places: list[Path] | None = None) -> None:
    """Bring the checkout to where a target can run."""
    install.enough_disk(ROOT, *(places or []))
    began = time.monotonic()
    with one_at_a_time():
        install.python_packages(tests=tests)
        install.frontend(build=build)
    if time.monotonic() - began > 1:
        say(f"Set-up took {time.monotonic() - began:.0f} s.")


def _environment() -> Environment:
    try:
        return environment()
    except EnvironmentRefused as refusal:
        raise Refused(str(refusal)) from None


def _may_start(env: Environment) -> None:
    """Refuse before minutes of set-up what would be refused after them."""
    held = env.home / ".up.lock"
    if held.exists():
        with held.open("r+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused(f"MentalSpace already runs on {env.home}: {file.read().strip()}.") from None
            leftovers.end(env)
    if not ports.becomes_free(env.port, env.host, PORT_PATIENCE if held.exists() else 0):
        raise Refused(f"Port {env.port} is taken by another program; choose another with MENTALSPACE_PORT=…")


TARGETS: dict[str, Callable[[list[str]], int]] = {
    "run": up,
    "test": test,
    "check": check,
    "checks-in-cluster": checks.main,
    "fmt": fmt,
    "bench": bench,
    "gameday": gameday,
    "api": api,
    "lock": lock,
    "mutate-policies": mutate_policies,
}
