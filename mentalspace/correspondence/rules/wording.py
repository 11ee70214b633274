"""What a rule says. Pure: no database, no clock.

A text names fields in braces, from the list of its trigger and no others. A subject, which is also the title under the
bell, names only those that say nothing about a client. Values lose what would break out of their place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final

from mentalspace.notify.bell import plain
from mentalspace.notify.messages import named

CLIENT: Final = "client_name"
SOMEBODY: Final = "a client"
"""Stands for the client's name in what leaves the product: mail and texts to the staff never name anybody."""

LONGEST_SUBJECT, LONGEST_TEXT, LONGEST_SMS = 120, 1000, 300


@dataclass(frozen=True)
class Said:
    """A field of a text: what it is in a preview, and whether a subject may have it."""

    sample: str
    in_subject: bool = False


def problem(text: str, fields: Iterable[str], longest: int) -> str | None:
    """Why this wording cannot be used, as a sentence; None when it can."""
    allowed = sorted(fields)
    if not text.strip():
        return "Write something."
    if len(text) > longest:
        return f"At most {longest} characters."
    try:
        unknown = sorted(named(text) - set(allowed))
    except ValueError:
        return "A brace is missing its partner."
    if unknown:
        return f"There is no field {{{unknown[0]}}} here. Use {', '.join(f'{{{one}}}' for one in allowed)}."
    if any(form or conversion for _, _, form, conversion in Formatter().parse(text)):
        return "Fields are written as {practice}, without anything behind the name."
    return None


def rendered(text: str, values: Mapping[str, str], *, client: str) -> str:
    """The text with its values; `client` is what stands for the client's name, and is put in as it is."""
    clean = {name: plain(value) for name, value in values.items()}
    return text.format(**clean | {CLIENT: client})


def one_line(text: str) -> str:
    """A subject without line breaks."""
    return " ".join(plain(text).split())
