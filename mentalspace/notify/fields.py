"""What a text may name: fields in braces, from a list and no others. Pure: no database, no clock.

One place for every text a practice words itself: messages (`wordings`), reminders and notification rules.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter
from typing import Final

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""What would break out of its place in the text: line breaks, and marks that turn the direction of writing."""

LONGEST_SUBJECT: Final = 120
LONGEST_EMAIL: Final = 4000
LONGEST_TEXT: Final = 320
"""Characters of a subject, a mail and a text message, before their fields are filled in."""


@dataclass(frozen=True)
class Said:
    """A field of a text: what it is in a preview, and whether a subject may have it, which says nothing of anybody."""

    sample: str
    in_subject: bool = False


def named(template: str) -> set[str]:
    """The names in braces. Raises ValueError for braces that do not match."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def problem(text: str, fields: Iterable[str], longest: int, *, example: str = "practice") -> str | None:
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
        return f"There is no field {{{unknown[0]}}} here. {_instead(allowed)}"
    if any(form or conversion for _, _, form, conversion in Formatter().parse(text)):
        return f"Fields are written as {{{example}}}, without anything behind the name."
    return None


def _instead(allowed: list[str]) -> str:
    return f"Use {', '.join(f'{{{one}}}' for one in allowed)}."


def literal(text: str) -> str:
    """A finished text as a template of itself: its braces are only braces."""
    return text.replace("{", "{{").replace("}", "}}")


def one_line(text: str) -> str:
    """Without line breaks and what else would break out of a subject."""
    return " ".join(CONTROL.sub(" ", text).split())
