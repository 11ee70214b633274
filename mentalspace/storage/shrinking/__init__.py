"""A picture looked at as every upload is, and made small, in a `confined` process: for what goes along with mails."""

import subprocess
from dataclasses import dataclass

from mentalspace.storage import confined
from mentalspace.storage.errors import FileRefused, InspectionAway
from mentalspace.storage.inspection import EMPTY, MEGABYTE, naming, too_large
from mentalspace.storage.inspection.apart import AT_ONCE, LONGEST_WAIT, TOO_MUCH
from mentalspace.storage.inspection.naming import JPEG, PNG
from mentalspace.storage.inspection.process import READY, REFUSED

MOST_SENT = 5 * MEGABYTE
MOST_POINTS = 512
"""Along its longer side, once it is small."""
MOST_KEPT = 100 * 1024
"""Bytes, once it is small: it goes along with every mail."""

DONE = b"done\n"
SECONDS = 40.0


@dataclass(frozen=True)
class Small:
    """A still picture of at most `MOST_POINTS` by as many, and `MOST_KEPT` bytes."""

    content: bytes
    content_type: str
    width: int
    height: int


def small(content: bytes, name: str, *, size: int) -> Small:
    """A PNG or JPEG as every upload is checked and written anew, scaled down. Raises FileRefused and InspectionAway.

    `size` is how much was sent: more than `content` holds when the rest was not even kept in memory.
    """
    claimed = naming.type_of(naming.cleaned(name))
    if claimed not in (PNG, JPEG):
        raise FileRefused("A logo is a PNG or JPEG file. Save it as one of them.")
    if size > MOST_SENT:
        raise too_large(size, MOST_SENT)
    if not content:
        raise FileRefused(EMPTY)
    said = _said(content, claimed)
    if said.startswith(REFUSED):
        raise FileRefused(said.removeprefix(REFUSED).decode())
    if not said.startswith(DONE):
        raise FileRefused(TOO_MUCH)
    measures, _, made = said.removeprefix(DONE).partition(b"\n")
    width, height = map(int, measures.split())
    return Small(made, claimed, width, height)


def _said(content: bytes, content_type: str) -> bytes:
    """What the process says of it; nothing when it died over it."""
    if not AT_ONCE.acquire(timeout=LONGEST_WAIT):
        raise InspectionAway
    try:
        done = confined.run("mentalspace.storage.shrinking", content_type, content, seconds=SECONDS)
    except subprocess.TimeoutExpired:
        return b""
    except OSError as error:
        raise InspectionAway from error
    finally:
        AT_ONCE.release()
    if not done.stdout.startswith(READY):
        raise InspectionAway
    return b"" if done.returncode else done.stdout.removeprefix(READY)
