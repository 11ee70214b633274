"""The shapes of shared documents."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.clients.schemas import LinkReaderOut
from mentalspace.core.fields import Storable

ShareChannel = Literal["Email", "SMS"]
ShareStanding = Literal["good", "taken_back", "expired", "archived", "not_entitled"]


class DocumentShareIn(Schema):
    """With whom, the client unless a guardian is named, by which channel, and for how many days. `id` is made by
    whoever sends it: twice the same is one share. `message` is shown above the document, to whoever opened it.

    `has_agreed`: the reader agreed to a text message at this number; without that none is sent.
    """

    id: UUID
    guardian_id: UUID | None = None
    channel: ShareChannel = "Email"
    has_agreed: bool = False
    days: Annotated[int, Field(ge=1, le=365)] = 30
    message: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Storable] = ""


class DocumentShareOut(Schema):
    """One share, of which version, and what became of it. `address` is where its link was sent."""

    id: UUID
    version_number: int
    reader: str
    channel: ShareChannel
    address: str
    message: str
    shared_at: datetime
    shared_by: str
    expires_at: datetime
    standing: ShareStanding
    revoked_at: datetime | None
    revoked_by: str
    opened_at: datetime | None
    last_opened_at: datetime | None
    times_opened: int


class DocumentSharesOut(Schema):
    """The shares of a document in any of its versions, first those not taken back, the newest first; and with whom it
    may be shared."""

    shares: list[DocumentShareOut]
    readers: list[LinkReaderOut]
