"""The shapes of the people API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

from mentalspace.core.fields import Storable


class PracticeOut(Schema):
    id: UUID
    name: str
    timezone: str
    opens_at: str
    closes_at: str


class MeOut(Schema):
    """Who is signed in. `can` lists what the frontend may offer; the database decides."""

    id: UUID
    name: str
    initials: str
    email: str
    roles: list[str]
    practice: PracticeOut
    can: list[str]


class SessionOut(Schema):
    """When the session ends by itself, so that the browser can warn in time."""

    idle_expires_at: datetime
    absolute_expires_at: datetime
    server_time: datetime


class StaffOut(Schema):
    id: UUID
    name: str
    credentials: str
    roles: list[str]
    calendar_color: int
    is_schedulable: bool


class SetUpIn(Schema):
    """The first administrator's form, with the token of the set-up link."""

    token: Annotated[str, StringConstraints(max_length=500), Storable]
    practice_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Storable]
    timezone: Annotated[str, StringConstraints(max_length=60), Storable]
    first_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Storable]
    last_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Storable]
    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), Storable]
    password: Annotated[str, StringConstraints(max_length=1000), Storable]
