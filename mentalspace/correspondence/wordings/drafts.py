"""A wording as somebody writes it: which message it is of, and what of it cannot be used."""

from dataclasses import dataclass

from django.http import Http404

from mentalspace.access.actor import Actor
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.notify import wordings
from mentalspace.notify.messages import KINDS, Message, Worded, Wording
from mentalspace.people.abilities import can


@dataclass(frozen=True)
class Draft:
    """The words of one message by one channel. A text that is worded elsewhere, or not there, is left empty."""

    kind: str
    channel: str
    subject: str
    body: str

    @property
    def message(self) -> Message:
        """Raises Http404 for a kind or a channel nobody words."""
        return worded(self.kind, self.channel)[0]

    @property
    def words(self) -> Wording:
        """What would be said: where a text is empty or worded elsewhere, the product's own."""
        default, subject, body = self.message.default(self.channel), self.subject.strip(), self.body.strip()
        return Wording(subject or default.subject, body or default.body)

    @property
    def own(self) -> Wording:
        """What differs from the product's words, so that those of a later version hold for the rest."""
        default, subject, body = self.message.default(self.channel), self.subject.strip(), self.body.strip()
        return Wording("" if subject == default.subject else subject, "" if body == default.body.strip() else body)


def worded(kind: str, channel: str) -> tuple[Message, Worded]:
    """A kind of message a practice may word by this channel. Raises Http404."""
    message = KINDS.get(kind)
    if message is None or message.worded is None or channel not in message.worded.channels:
        raise Http404
    return message, message.worded


def check(draft: Draft) -> None:
    """Raises BadInput, naming each text that cannot be used."""
    message, about = worded(draft.kind, draft.channel)
    found = wordings.problems(message, draft.channel, draft.words)
    if draft.body.strip() and not about.words_body(draft.channel):
        found["body"] = "The text of this mail is worded under Reminders."
    if found:
        raise BadInput(fields={name: [said] for name, said in found.items()})


def may(by: Actor) -> None:
    """Raises NotAllowed."""
    if not can(by.audience, "word_messages"):
        raise NotAllowed
