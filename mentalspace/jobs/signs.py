"""Signs of life: empty files in the home's `logs` whose age says when something last went well.

The health check reads them, since nobody it may act as may read the queue or the chain.
"""

import time
from pathlib import Path

from mentalspace.env import environment

WORKER = "worker"
"""Left at every heartbeat of a worker that can reach the queue."""

SEALED = "audit.seal"
"""Left when every practice's chain was sealed: like every line of the schedule, under its own name."""


def leave(name: str) -> None:
    """It went well just now."""
    path = _file(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch()


def age(name: str) -> float:
    """Seconds since it last went well; infinite when it never did."""
    try:
        return time.time() - _file(name).stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _file(name: str) -> Path:
    return environment().logs / f"{name}.alive"
