"""The shapes of links to forms, and of what goes to and fro by one."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.clients.schemas import LinkReaderOut
from mentalspace.core.fields import Version
from mentalspace.forms.spec import MOST_FIELDS

LinkChannel = Literal["Email", "SMS"]


class FormLinkIn(Schema):
    """To whom, the client unless a guardian is named, by which channel, and for how many days.

    `is_for_packet`: to every form of its packet that is still to be filled; one message, which leads through them.
    `has_agreed`: the reader agreed to a text message at this number; without that none is sent.
    """

    guardian_id: UUID | None = None
    channel: LinkChannel = "Email"
    has_agreed: bool = False
    is_for_packet: bool = False
    days: Annotated[int, Field(ge=1, le=60)] = 14


class FormLinkOut(Schema):
    """A link that was sent. The address itself is in the message only.

    `is_good`: somebody gets in by it now. `is_revocable`: or could later, or by another link of the same message.
    """

    id: UUID
    reader: str
    channel: LinkChannel
    sent_at: datetime
    sent_by: str
    expires_at: datetime
    opened_at: datetime | None
    revoked_at: datetime | None
    wrong_tries: int
    is_good: bool
    is_revocable: bool


class FormLinksOut(Schema):
    client_id: UUID
    links: list[FormLinkOut]
    readers: list[LinkReaderOut]


Proof = Annotated[str, StringConstraints(max_length=200)]


class OpeningIn(Schema):
    """Who opens a link says when the client was born."""

    date_of_birth: date


class LinkAnswersIn(Schema):
    """Every answer there is so far, with the proof that the date of birth was right."""

    proof: Proof
    version: Version
    answers: Annotated[dict[str, Any], Field(max_length=MOST_FIELDS)]
