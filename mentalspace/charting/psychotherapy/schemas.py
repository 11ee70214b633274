"""The shapes of the psychotherapy notes API: a text, and the day it is about. Nothing that belongs to the record."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

from mentalspace.core.fields import Storable, Version

PrivateText = Annotated[str, StringConstraints(min_length=1, max_length=50_000), Storable]


class PsychotherapyFilter(Schema):
    client_id: UUID | None = None
    cursor: str | None = None


class PsychotherapyRow(Schema):
    """One of the person's own notes in a list; `opening` is how it begins, null when nobody can open it any more."""

    id: UUID
    client_id: UUID
    client_name: str
    about_date: date
    updated_at: datetime
    opening: str | None


class PsychotherapyOut(Schema):
    id: UUID
    client_id: UUID
    client_name: str
    about_date: date
    text: str
    version: int
    created_at: datetime
    updated_at: datetime


class PsychotherapyIn(Schema):
    """A new note. `id` is chosen by the editor, so that a save whose answer got lost does not make a second one."""

    id: UUID
    client_id: UUID
    about_date: date | None = None
    text: PrivateText


class PsychotherapyChange(Schema):
    version: Version
    about_date: date
    text: PrivateText
