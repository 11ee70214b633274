"""The shapes of the scheduling API. Times are moments; `timezone` is the one the session is meant in."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from mentalspace.core.fields import Version

Status = Literal[
    "Scheduled", "Confirmed", "Checked In", "In Session", "Completed", "No Show", "Cancelled", "Rescheduled"
]
AppointmentType = Literal[
    "Initial Evaluation",
    "Individual Therapy",
    "Couples Therapy",
    "Family Therapy",
    "Medication Management",
    "Testing",
    "Consultation",
    "Crisis",
    "Other",
]
Scope = Literal["this", "following", "all"]
Memo = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class AppointmentOut(Schema):
    """One session as the calendar and the chart show it. `note_state` is none, draft or signed, and only told to
    those who may read notes; `may_change` says whether the person may move, start or cancel it."""

    id: UUID
    client_id: UUID
    client_name: str
    client_pronouns: str
    clinician_id: UUID
    clinician_name: str
    location_id: UUID | None
    location_name: str
    room_id: UUID | None
    room_name: str
    series_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    timezone: str
    appointment_type: str
    status: Status
    checked_in_at: datetime | None
    actual_started_at: datetime | None
    actual_ended_at: datetime | None
    cpt_code: str
    cancellation_reason: str
    appointment_notes: str
    version: int
    note_id: UUID | None
    note_state: Literal["none", "draft", "signed"]
    may_change: bool


class RepeatIn(Schema):
    """Weekly repetition at the same local time. Exactly one of the two ends."""

    interval_weeks: Annotated[int, Field(ge=1, le=12)] = 1
    until_date: date | None = None
    occurrence_count: Annotated[int, Field(ge=2, le=52)] | None = None


class AppointmentIn(Schema):
    """A booking. `clinician_id` absent means the person who books; `timezone` absent means the practice's."""

    client_id: UUID
    clinician_id: UUID | None = None
    location_id: UUID | None = None
    room_id: UUID | None = None
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    timezone: str | None = None
    appointment_type: AppointmentType = "Individual Therapy"
    appointment_notes: Memo = ""
    repeat: RepeatIn | None = None


class SkippedOut(Schema):
    """An occurrence of a series that was not booked (or moved), and why."""

    starts_at: datetime
    reason: str


class BookedOut(Schema):
    """The first appointment booked, how many there are in all, and which were skipped."""

    appointment: AppointmentOut
    booked: int
    skipped: list[SkippedOut]


class AppointmentChange(Schema):
    """Move, resize, or change the details. Absent fields stay as they are. `scope` matters for a series."""

    version: Version
    scope: Scope = "this"
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    location_id: UUID | None = None
    room_id: UUID | None = None
    appointment_type: AppointmentType | None = None
    appointment_notes: Memo | None = None


class StepIn(Schema):
    """A step in the session's life: check-in, start, end, no-show, confirm, or undo. Wants the version seen."""

    version: Version


class CancelIn(Schema):
    version: Version
    scope: Scope = "this"
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class ChangedOut(BookedOut):
    """`booked` counts what was changed; `skipped` what was left as it was, with the reason."""


class ScheduleFilter(Schema):
    """A span of the calendar. Without `clinician_id` it is one's own, or everybody's for who works for all."""

    start: AwareDatetime
    end: AwareDatetime
    clinician_id: Annotated[list[UUID], Field(max_length=200)] = []


class HoursOut(Schema):
    weekday: Annotated[int, Field(ge=1, le=7)]
    starts_at: str
    ends_at: str


class ScheduleOut(Schema):
    """A span of the calendar: appointments, and each shown clinician's usual hours (1 is Monday)."""

    appointments: list[AppointmentOut]
    hours: dict[str, list[HoursOut]]


class RoomOut(Schema):
    id: UUID
    name: str


class LocationOut(Schema):
    id: UUID
    name: str
    is_telehealth: bool
    rooms: list[RoomOut]


class ConflictData(Schema):
    """`data` of the 409 `double_booked`: who or what is taken, and free times near by."""

    who: Literal["clinician", "client", "room"]
    alternatives: list[datetime]
