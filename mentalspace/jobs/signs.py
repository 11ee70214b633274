"""Signs of life: empty files in the home's `logs` whose age says when something last went well.

The health check reads them, since nobody it may act as may read the queue or the chain. What a sign cannot say, the
worker writes into a file of figures beside them.
"""

import json
import time
from pathlib import Path
from typing import Any

from mentalspace.env import environment
from mentalspace.launch import watching
from mentalspace.launch.keys import write_private

WORKER = "worker"
"""Left at every heartbeat of a worker that can reach the queue."""

QUEUE = "queue"
"""Figures of the queue, noted at every heartbeat: `failed` in the last day by task, and `oldest_seconds` that a job
which is due has waited."""

ALERTS = watching.SIGN
"""Left at the end of every round of evaluating alerts in which some practice was served; the launcher watches it from
outside."""

SEALED = "audit.seal"
"""Left when every practice's chain was sealed: like every line of the schedule, under its own name."""


def leave(name: str) -> None:
    """It went well just now."""
    path = _file(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch()


def age(name: str) -> float:
    """Seconds since it last went well; infinite when it never did."""
    at = left_at(name)
    return float("inf") if at is None else time.time() - at


def left_at(name: str) -> float | None:
    """When it last went well, in seconds since 1970; None when it never did."""
    try:
        return _file(name).stat().st_mtime
    except FileNotFoundError:
        return None


def note(name: str, figures: dict[str, Any]) -> None:
    """Write figures down; who reads meanwhile finds the former ones whole."""
    path = environment().logs / f"{name}.json"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(path, json.dumps(figures, default=str))


def noted(name: str) -> dict[str, Any]:
    """What was written down last; nothing when it never was."""
    try:
        found: dict[str, Any] = json.loads((environment().logs / f"{name}.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _file(name: str) -> Path:
    return environment().logs / f"{name}.alive"
