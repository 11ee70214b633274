"""The words in a file, so that it can be found by them.

Readers of PDF and Office files have long tails of trouble with hostile ones, so they work in a process of their own
(`confined`). This module starts it; `__main__` is what runs there, and knows neither Django nor the database.
"""

import subprocess
from dataclasses import dataclass

from mentalspace.storage import confined
from mentalspace.storage.extraction.limits import MOST_BYTES, SECONDS, UNREADABLE
from mentalspace.storage.extraction.tidying import tidied
from mentalspace.storage.inspection.naming import CSV, DOCX, PDF, TXT, XLSX

READABLE = frozenset({PDF, DOCX, XLSX, TXT, CSV})
"""Types that hold words. A picture of a page holds none: nothing here recognises letters."""

READ, EMPTY, FAILED, STOPPED = "read", "empty", "failed", "stopped"
"""STOPPED: the reader was ended before it could say anything, by the clock or by the machine. Later it may read."""


@dataclass(frozen=True)
class Reading:
    """What came of reading a file. `text` is empty unless `outcome` is READ."""

    outcome: str
    text: str = ""


def words_of(content: bytes, content_type: str, *, seconds: float = SECONDS) -> Reading:
    """Read a file of one of the READABLE types. Takes `seconds` at most, whatever the file is."""
    try:
        done = confined.run(__name__, content_type, content, seconds=seconds)
    except (subprocess.SubprocessError, OSError):
        return Reading(STOPPED)
    if done.returncode:
        return Reading(FAILED if done.returncode == UNREADABLE else STOPPED)
    text = _cut(tidied(_cut(done.stdout)).encode())  # a ligature that was taken apart is longer than before
    return Reading(READ, text) if text else Reading(EMPTY)


def _cut(said: bytes) -> str:
    return said[:MOST_BYTES].decode("utf-8", "ignore")
