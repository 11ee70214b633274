"""The shapes of the API over the words of messages."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable
from mentalspace.correspondence.wordings.drafts import Draft

Channel = Literal["Email", "SMS"]
Kind = Annotated[str, StringConstraints(max_length=60), Storable]
Text = Annotated[str, StringConstraints(max_length=5000), Storable]
Seen = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""The version a change was built on; 0 while there is none."""


class WordingDraftIn(Schema):
    """The words of one message. An empty text is the product's own; so is one that equals it."""

    kind: Kind
    channel: Channel
    subject: Text = ""
    body: Text = ""

    def draft(self) -> Draft:
        return Draft(**self.model_dump(include={"kind", "channel", "subject", "body"}))


class MessageWordingIn(WordingDraftIn):
    version: Seen


class WordingFieldOut(Schema):
    """What stands in braces. Without a needed one the message is of no use to its reader."""

    name: str
    is_needed: bool


class MessageWordingOut(Schema):
    """A message a practice may word, by one channel.

    `subject` and `body` are what holds now, `default_…` the product's own. `has_body` is false where the text is worded
    under Reminders. `problem` says why the practice's words are not used. `version` is 0 while nobody has changed it.
    """

    kind: str
    channel: Channel
    area: str
    title: str
    cause: str
    reader: str
    has_subject: bool
    has_body: bool
    default_subject: str
    default_body: str
    subject: str
    body: str
    is_own: bool
    problem: str
    subject_fields: list[str]
    fields: list[WordingFieldOut]
    longest_subject: int
    longest_body: int
    version: int
    updated_at: datetime | None
    updated_by_name: str


class WordingPreviewOut(Schema):
    """As a reader gets it, with invented values. `parts` is how many text messages it takes."""

    subject: str
    text: str
    parts: int


class WordingSentOut(Schema):
    """Where the test went."""

    to: str
