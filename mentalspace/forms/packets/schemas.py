"""The shapes of the API of packets."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable, Version
from mentalspace.forms.building.schemas import FormCategory, Title
from mentalspace.forms.packets.actions import MOST_FORMS
from mentalspace.forms.schemas import FormPriority


class FormPacketIn(Schema):
    """A packet: which forms, by what all versions of one have in common, and in which order."""

    title: Title
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), Storable] = ""
    families: Annotated[list[UUID], Field(min_length=1, max_length=MOST_FORMS)]


class FormPacketChange(FormPacketIn):
    """As a whole, and the version it was opened at."""

    version: Version


class PacketForm(Schema):
    """A form in a packet. One that is published no more keeps the packet from being given."""

    family: UUID
    title: str
    category: FormCategory
    is_published: bool


class FormPacketOut(Schema):
    id: UUID
    title: str
    description: str
    version: int
    updated_at: datetime
    is_retired: bool
    forms: list[PacketForm]


class FormPacketPage(Schema):
    """One page of packets; `next` is the cursor of the following page, or null at the end."""

    items: list[FormPacketOut]
    next: str | None = None


class FormPacketFilter(Schema):
    retired: bool = False
    cursor: str | None = None


class PacketAssignmentIn(Schema):
    """Which packet a client is given. `is_again`: although they have it to fill already."""

    packet_id: UUID
    is_again: bool = False
    due_date: date | None = None
    priority: FormPriority = "normal"
    instructions: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), Storable] = ""
