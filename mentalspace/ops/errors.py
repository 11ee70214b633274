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


def _line(record: logging.LogRecord) -> dict[str, Any]:
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    kind = _kind(record.exc_info[1]) if record.exc_info and record.exc_info[1] else ""
    line = {"at": clock.now().isoformat(), "where": match.route if match else record.name, "kind": kind}
    job: dict[str, Any] | None = getattr(record, "job", None)  # the queue's own mark on what it logs
    return line | ({"job": job["id"]} if job else {})


def _kind(error: BaseException) -> str:
    """The class of an error; of a group those of its members, each once: what failed for one practice, or for many."""
    if not isinstance(error, BaseExceptionGroup):
        return type(error).__name__
    return ", ".join(dict.fromkeys(_kind(each) for each in error.exceptions))


def since(moment: datetime) -> Counter[tuple[str, str]]:
    """How often each (where, kind) went wrong from `moment` on."""
    return Counter((line["where"], line["kind"]) for line in _lines() if datetime.fromisoformat(line["at"]) >= moment)


def of_jobs() -> dict[int, str]:
    """The kind of each job's latest error, by the job's number, as far as the file goes back."""
    return {line["job"]: line["kind"] for line in _lines() if "job" in line}


def _lines() -> Iterator[dict[str, Any]]:
    for path in (file().with_suffix(".1.jsonl"), file()):
        if path.exists():
            with path.open() as lines:
                for line in lines:
                    try:
                        yield json.loads(line)
                    except ValueError:  # the last line of a process that was killed
                        continue
