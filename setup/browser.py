"""A Chromium for the browser tests: the machine's, Playwright's, or one installed now if that is allowed."""

import os
import shutil
import subprocess
from pathlib import Path

from steps import PYTHON, Refused, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/snap/bin/chromium")
DOWNLOADED = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")

INSTALLERS = {
    "apt-get": ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
    "dnf": ["dnf", "install", "-y", "chromium"],
    "apk": ["apk", "add", "chromium"],
}
PATIENCE = 600


def find() -> Path:
    """A Chromium or Chrome to drive. Raises Refused with the one command to run when there can be none."""
    found = present() or _from_playwright() or _from_system()
    if found is None:
        raise Refused(f"The browser tests need Chromium; install it with `{_advice()}`.")
    return found


def present() -> Path | None:
    """One that is here already."""
    for name in NAMES:
        if path := shutil.which(name):
            return Path(path)
    for place in PLACES:
        if Path(place).exists():
            return Path(place)
    return _downloaded()


def _downloaded() -> Path | None:
    caches = [Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")), Path.home() / ".cache" / "ms-playwright"]
    for cache in [*caches, Path.home() / "Library" / "Caches" / "ms-playwright"]:
        for pattern in DOWNLOADED if cache.is_absolute() else ():
            if path := next(iter(sorted(cache.glob(pattern), reverse=True)), None):
                return path
    return None


def _from_playwright() -> Path | None:
    say("… a browser for the tests (playwright install chromium)")
    if not _quietly([str(PYTHON), "-m", "playwright", "install", "chromium"]):
        return None
    found = _downloaded()
    return found if found and _quietly([str(found), "--headless", "--no-sandbox", "--version"]) else None


def _from_system() -> Path | None:
    """By the system's package manager, which only root may ask."""
    manager = next((name for name in INSTALLERS if shutil.which(name)), None)
    if manager is None or os.geteuid() != 0:
        return None
    say(f"… a browser for the tests ({manager})")
    if manager == "apt-get":
        _quietly(["apt-get", "update"])
    return present() if _quietly(INSTALLERS[manager]) else None


def _quietly(command: list[str]) -> bool:
    variables = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=variables, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _advice() -> str:
    manager = next((name for name in INSTALLERS if shutil.which(name)), None)
    if manager is None:
        return f"{PYTHON} -m playwright install --with-deps chromium"
    return ("" if os.geteuid() == 0 else "sudo ") + " ".join(INSTALLERS[manager])
