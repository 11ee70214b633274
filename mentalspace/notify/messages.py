"""What can be said to people. Each app registers its own, in its `messages.py`:

    message(
        "account.invitation",
        subject="Your invitation to MentalSpace",
        body="Hello {name},\\n\\n{practice} has … Set up your account here:\\n\\n{link}\\n",
        link=invitations.link,
    )

A subject is the same for everybody, so nothing about a person can stand in it. A body names its values: what is
queued must be exactly these. `{practice}` is filled in by itself. These are the words the product comes with; with
`worded=Worded(…)` a practice may use its own (`wordings`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from string import Formatter
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from mentalspace.notify.fields import CONTROL, Said, named, one_line
from mentalspace.notify.models import EMAIL, SMS

Link = Callable[[Any], str | None]
"""Makes a message's address when it is sent, out of its row (`Notification`), in a transaction of its own: for a user
as that person's identity, for a client as the practice's system. None: the message has become pointless, and is called
off. A client's must come out the same at each attempt: providers know a message that is sent again by its text."""

Wanted = Callable[[Any], bool | datetime]
"""Whether a message is still to be sent, asked of its row as the practice's system when an attempt begins; a moment
when it is, but not before then."""


def mark(name: str) -> str:
    """Stands in the stored text where the link of this name was, or will be."""
    return f"[{name}]"


@dataclass(frozen=True)
class Wording:
    """What a message says by one channel. A text message has no subject: its own is what the outbox calls it."""

    subject: str
    body: str


@dataclass(frozen=True)
class Worded:
    """That a practice may word a message itself, and what the page of wordings tells of it.

    `says` has a field for each value of the body; `needs` are those without which the message is useless, besides its
    links. With `only_subject`, the text of the mail is worded elsewhere (reminders).
    """

    area: str
    title: str
    cause: str
    reader: str
    says: Mapping[str, Said]
    needs: tuple[str, ...] = ()
    channels: tuple[str, ...] = (EMAIL,)
    only_subject: bool = False

    def words_body(self, channel: str) -> bool:
        """Whether the text is worded with these, not only the subject."""
        return channel == SMS or not self.only_subject


@dataclass(frozen=True)
class Message:
    """A kind of message: its texts, the links they may have, and whether it is still wanted when its time comes.

    `sms` is what a text message says, where that is not the body.
    """

    kind: str
    subject: str
    body: str
    links: Mapping[str, Link] = field(default_factory=dict)
    wanted: Wanted | None = None
    worded: Worded | None = None
    sms: str = ""

    def default(self, channel: str) -> Wording:
        """The words the product comes with."""
        return Wording(self.subject, self.sms if channel == SMS and self.sms else self.body)

    def title(self, template: str, values: Mapping[str, object], practice: str) -> str:
        """A subject with its values, on one line."""
        return one_line(template.format(**values, practice=practice))

    @property
    def names(self) -> set[str]:
        """The values its body needs."""
        return named(self.body) - {*self.links, "practice"}

    def text(self, values: Mapping[str, object], practice: str, template: str | None = None) -> str:
        """The body with its values, each on one line, and a mark where each link goes. Raises ValueError.

        `template` is the practice's own wording: it may leave values and links out, and name no others.
        """
        if self.names != set(values):
            raise ValueError(f"{self.kind} needs exactly {sorted(self.names)}")
        if template is not None:
            self.check(template)
        clean = {name: CONTROL.sub(" ", str(value)) for name, value in values.items()}
        marks = {name: mark(name) for name in self.links}
        return (template or self.body).format(**clean, practice=CONTROL.sub(" ", practice), **marks)

    def check(self, template: str) -> None:
        """Whether a practice's own wording may be used. Raises ValueError naming the first thing it may not say."""
        for _, name, form, conversion in Formatter().parse(template):
            if name is not None and (name not in {*self.names, *self.links, "practice"} or form or conversion):
                raise ValueError(name)


KINDS: dict[str, Message] = {}


def message(
    kind: str,
    *,
    subject: str,
    body: str,
    link: Link | None = None,
    links: Mapping[str, Link] | None = None,
    wanted: Wanted | None = None,
    worded: Worded | None = None,
    sms: str = "",
) -> Message:
    """Register a kind of message; `link` is the one called `{link}`. Raises ValueError when it could not be sent."""
    every = dict(links or {}) | ({"link": link} if link else {})
    if kind in KINDS:
        raise ValueError(f"there are two messages {kind}")
    if "{" in subject or "\n" in subject:
        raise ValueError(f"the subject of {kind} is not the same for everybody")
    if missing := [name for name in every if name not in named(body)]:
        raise ValueError(f"{kind} has no place for {missing}")
    if "link" in named(body) - set(every):
        raise ValueError(f"{kind} has a place for a link and none to put there")
    made = Message(kind, subject, body, every, wanted, worded, sms)
    if worded and made.names != set(worded.says):
        raise ValueError(f"the fields of {kind} are exactly {sorted(made.names)}")
    KINDS[kind] = made
    return made


def load() -> None:
    """Import every app's `messages.py`."""
    for config in apps.get_app_configs():
        is_another = config.name.startswith("mentalspace.") and config.label != "notify"
        if is_another and module_has_submodule(config.module, "messages"):
            import_module(f"{config.name}.messages")
