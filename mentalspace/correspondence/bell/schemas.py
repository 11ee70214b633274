"""The shapes of the API over what the staff are told inside the product."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema


class TellingOut(Schema):
    """One notification. `about_type` and `about_id` name what it leads to; `day` is an appointment's day by the
    practice's clock. `client_id` is the client it is about, if the reader may still see them; else the text speaks of
    "a client"."""

    id: UUID
    kind: str
    title: str
    text: str
    client_id: UUID | None
    about_type: str
    about_id: UUID
    day: date | None
    created_at: datetime
    read_at: datetime | None


class UnreadOut(Schema):
    """How many notifications wait to be read; a hundred stands for more."""

    unread: int


class ReadingIn(Schema):
    """Up to which moment everything has been read."""

    until: datetime
