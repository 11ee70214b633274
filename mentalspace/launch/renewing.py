"""How `mentalspace upgrade` has a running supervisor renew what it started: a file in the home, gone when it did."""

import fcntl
import time
from pathlib import Path

from mentalspace.env import Environment

PATIENCE = 30.0
"""Seconds for the supervisor to see the file: it looks several times a second."""

STOPPED, ASKED, UNSEEN = "stopped", "asked", "unseen"
SAID = {
    STOPPED: "Up to date. Start the product with `mentalspace up`.",
    ASKED: "Up to date. Web and worker are being renewed, one process after the other; nobody is cut off.",
    UNSEEN: "Up to date; the supervisor did not answer: start it anew, so that this version runs.",
}


def wish(env: Environment) -> Path:
    """The file that stands for the wish."""
    return env.home / ".renew"


def ask(env: Environment) -> str:
    """Have everything renewed that runs. Returns what became of that: a key of `SAID`."""
    if not _is_supervised(env):
        return STOPPED
    file, deadline = wish(env), time.monotonic() + PATIENCE
    file.touch()
    while file.exists():
        if time.monotonic() > deadline:
            file.unlink(missing_ok=True)
            return UNSEEN
        time.sleep(0.1)
    return ASKED


def _is_supervised(env: Environment) -> bool:
    """Whether somebody holds the supervisor's lock."""
    try:
        file = (env.home / ".up.lock").open("a")
    except OSError:
        return False
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False
