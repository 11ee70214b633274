"""What can be said to people. Each app registers its own, in its `messages.py`:

    message(
        "account.invitation",
        subject="Your invitation to MentalSpace",
        body="Hello {name},\\n\\n{practice} has … Set up your account here:\\n\\n{link}\\n",
        link=invitations.link,
    )

A subject is the same for everybody, so nothing about a person can stand in it. A body names its values: what is
queued must be exactly these. `{practice}` is filled in by itself.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from string import Formatter
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

LINK = "[link]"
"""Stands in the stored text where the link was, or will be."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""What would break out of its place in the text: line breaks, and marks that turn the direction of writing."""

Link = Callable[[Any], str | None]
"""Makes a message's address when it is sent, out of its row (`Notification`), as that person's identity and in a
transaction of its own. None: the message has become pointless, and is called off."""


@dataclass(frozen=True)
class Message:
    """A kind of message."""

    kind: str
    subject: str
    body: str
    link: Link | None = None

    @property
    def names(self) -> set[str]:
        """The values its body needs."""
        found = {name for _, name, _, _ in Formatter().parse(self.body) if name is not None}
        return found - {"link", "practice"}

    def text(self, values: Mapping[str, object], practice: str) -> str:
        """The body with its values, each on one line, and a mark where the link goes. Raises ValueError."""
        if self.names != set(values):
            raise ValueError(f"{self.kind} needs exactly {sorted(self.names)}")
        clean = {name: CONTROL.sub(" ", str(value)) for name, value in values.items()}
        return self.body.format(**clean, practice=CONTROL.sub(" ", practice), link=LINK)


KINDS: dict[str, Message] = {}


def message(kind: str, *, subject: str, body: str, link: Link | None = None) -> Message:
    """Register a kind of message. Raises ValueError when it could not be sent as it is."""
    made = Message(kind, subject, body, link)
    if kind in KINDS:
        raise ValueError(f"there are two messages {kind}")
    if "{" in subject or "\n" in subject:
        raise ValueError(f"the subject of {kind} is not the same for everybody")
    if ("{link}" in body) != (link is not None):
        raise ValueError(f"{kind} has a link and no place for it, or a place and no link")
    KINDS[kind] = made
    return made


def load() -> None:
    """Import every app's `messages.py`."""
    for config in apps.get_app_configs():
        is_another = config.name.startswith("mentalspace.") and config.label != "notify"
        if is_another and module_has_submodule(config.module, "messages"):
            import_module(f"{config.name}.messages")
