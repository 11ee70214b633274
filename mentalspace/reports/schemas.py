"""The shapes of the read models: today and the chart's timeline."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from mentalspace.core.fields import Storable
from mentalspace.scheduling.schemas import AppointmentOut

Kind = Literal["appointment", "note", "measure", "diagnosis", "alert"]


class ToDo(Schema):
    """Something that waits for this person, made from the facts and never typed."""

    kind: Literal["note_to_write", "note_unsigned"]
    client_id: UUID
    client_name: str
    appointment_id: UUID | None
    note_id: UUID | None
    since: datetime
    what: str


class TodayOut(Schema):
    """The day as this person works it: sessions in order, notes to write, notes unsigned."""

    day: date
    timezone: str
    appointments: list[AppointmentOut]
    notes_to_write: list[ToDo]
    notes_unsigned: list[ToDo]


class TimelineItem(Schema):
    """One thing in a chart, newest first."""

    id: UUID
    kind: Kind
    at: datetime
    title: str
    subtitle: str
    status: str


class TimelineFilter(Schema):
    kinds: Annotated[list[Kind], Field(max_length=5)] = []
    q: Annotated[str, Field(max_length=100), Storable] = ""
    cursor: str | None = None


class MeasurePoint(Schema):
    taken_at: datetime
    score: float


class MeasureSeries(Schema):
    """All results of one instrument, oldest first, for a spark-line."""

    instrument: str
    lowest: float
    highest: float
    points: list[MeasurePoint]
