"""A picture looked at as every upload is, and made small, in a `confined` process: for what goes along with mails."""

from dataclasses import dataclass

from mentalspace.storage.errors import FileRefused
from mentalspace.storage.inspection import EMPTY, MEGABYTE, naming, too_large
from mentalspace.storage.inspection.apart import TOO_MUCH, said_of
from mentalspace.storage.inspection.naming import JPEG, PNG
from mentalspace.storage.inspection.process import REFUSED

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
    said = said_of("mentalspace.storage.shrinking", content, claimed, seconds=SECONDS)
    if said.startswith(REFUSED):
        raise FileRefused(said.removeprefix(REFUSED).decode())
    if not said.startswith(DONE):
        raise FileRefused(TOO_MUCH)
    measures, _, made = said.removeprefix(DONE).partition(b"\n")
    width, height = map(int, measures.split())
    return Small(made, claimed, width, height)
