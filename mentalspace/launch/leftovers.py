"""Children that outlived a killed supervisor. Standard library only; `setup/` uses it too.

Usually the kernel ends them (`tether.py`). When the web server's own parent was killed as well, its workers go
on and keep the port; the next start knows their process groups and ends them.
"""

import os
import signal
from contextlib import suppress
from pathlib import Path

from mentalspace.env import Environment

OURS = b"mentalspace"
"""Part of the command line of everything we start, so that a number used again is left alone."""


def remember(env: Environment, groups: list[int]) -> None:
    """Note the process groups that run now."""
    _file(env).write_text(" ".join(map(str, groups)))


def end(env: Environment) -> None:
    """Kill what an earlier supervisor of this home left. Only for whoever holds the home's lock."""
    try:
        groups = {int(number) for number in _file(env).read_text().split()}
    except FileNotFoundError:
        return
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            if os.getpgid(int(process.name)) in groups and OURS in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
    _file(env).unlink()


def _file(env: Environment) -> Path:
    return env.home / ".children"
