"""What a rule says. Pure: no database, no clock.

A text names fields in braces, from the list of its trigger and no others. A subject, which is also the title under the
bell, names only those that say nothing about a client. Values lose what would break out of their place.
"""

from collections.abc import Mapping
from typing import Final

from mentalspace.notify import fields
from mentalspace.notify.bell import plain

CLIENT: Final = "client_name"
SOMEBODY: Final = "a client"
"""Stands for the client's name in what leaves the product: mail and texts to the staff never name anybody."""

LONGEST_SUBJECT, LONGEST_TEXT, LONGEST_SMS = 120, 1000, 300


def said(subject: str, text: str, values: Mapping[str, str], *, client: str) -> tuple[str, str]:
    """Subject and text with their values; `client` stands for the client's name, which no subject has."""
    return one_line(rendered(subject, values, client="")), rendered(text, values, client=client)


def rendered(text: str, values: Mapping[str, str], *, client: str) -> str:
    """The text with its values; `client` is what stands for the client's name, and is put in as it is."""
    clean = {name: plain(value) for name, value in values.items()}
    return text.format(**clean | {CLIENT: client})


def one_line(text: str) -> str:
    """A subject without line breaks, and without what passes for the mark of the bell."""
    return fields.one_line(plain(text))
