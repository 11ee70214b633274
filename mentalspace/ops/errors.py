"""What went wrong on our side, kept beside the log as lines a page can count: when, where, and of which kind.

Never what was said: messages of exceptions may quote rows. The whole is in the log of the process.
"""

import json
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from mentalspace.core import clock
from mentalspace.env import environment

MOST_BYTES = 4 << 20
"""Of one file: then the older half of what is kept makes room."""


class Errors(logging.Handler):
    """Appends one line for each error. One short write: processes do not tear each other's."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            path = file()
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > MOST_BYTES:
                path.replace(path.with_suffix(".1.jsonl"))
            with path.open("a") as lines:
                lines.write(json.dumps(_line(record)) + "\n")
        except OSError:
            self.handleError(record)


def file() -> Path:
    return environment().logs / "errors.jsonl"


def _line(record: logging.LogRecord) -> dict[str, str]:
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
    return {"at": clock.now().isoformat(), "where": match.route if match else record.name, "kind": kind}


def since(moment: datetime) -> Counter[tuple[str, str]]:
    """How often each (where, kind) went wrong from `moment` on."""
    return Counter((line["where"], line["kind"]) for line in _lines() if datetime.fromisoformat(line["at"]) >= moment)


def _lines() -> Iterator[dict[str, Any]]:
    for path in (file().with_suffix(".1.jsonl"), file()):
        if path.exists():
            with path.open() as lines:
                for line in lines:
                    try:
                        yield json.loads(line)
                    except ValueError:  # the last line of a process that was killed
                        continue
