"""The shapes of the API of reminders."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable, Version
from mentalspace.scheduling.reminders.rules import MOST_HOURS, MOST_REMINDERS
from mentalspace.scheduling.schemas import AppointmentType

Channel = Literal["email", "sms"]
State = Literal["pending", "sent", "failed", "confirmed", "cancelled"]
AboutWhat = Literal["reminder", "booked", "moved", "cancelled"]
Hours = Annotated[list[Annotated[int, Field(ge=1, le=MOST_HOURS)]], Field(max_length=MOST_REMINDERS)]
ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time on the wall, as in 09:00."""

Wording = Annotated[str, StringConstraints(max_length=4000), Storable]


class TypeTiming(Schema):
    """Other hours for one type of appointment. Absent: as for all others; empty: none."""

    email: Hours | None = None
    sms: Hours | None = None


class ReminderSettingsIn(Schema):
    version: Version
    enabled: bool
    email_enabled: bool
    email_timing: Hours
    email_template: Wording
    sms_enabled: bool
    sms_timing: Hours
    sms_template: Wording
    timing_by_type: dict[AppointmentType, TypeTiming] = {}
    require_confirmation: bool
    include_reschedule_link: bool
    include_cancel_link: bool
    quiet_from: ClockTime
    quiet_until: ClockTime
    allow_weekends: bool
    send_on_create: bool
    create_template: Wording
    send_on_update: bool
    update_template: Wording
    send_on_cancel: bool
    cancel_template: Wording
    notify_recipients: Annotated[list[Literal["client", "clinician"]], Field(max_length=2)]


class ReminderSettingsOut(ReminderSettingsIn):
    """What is set; before anybody has saved anything, what would be. `agreed` counts clients with a running consent."""

    is_saved: bool
    fields: list[str]
    agreed: int


class WordingIn(Schema):
    """A wording that is being written: by which channel it goes, and about what."""

    channel: Channel
    about: AboutWhat
    text: Wording
    require_confirmation: bool = False
    include_reschedule_link: bool = True
    include_cancel_link: bool = True


class PreviewOut(Schema):
    """As a reader would get it, with made-up values. `parts` is how many text messages it takes."""

    subject: str
    message: str
    parts: int


class TestOut(Schema):
    to: str


class ReminderOut(Schema):
    """One reminder or notice. `recipient` is where it went, or will go unless that changes."""

    id: UUID
    appointment_id: UUID
    client_id: UUID
    client_name: str
    clinician_name: str
    starts_at: datetime
    timezone: str
    reminder_type: Channel
    about: AboutWhat
    reader: Literal["client", "clinician"]
    hours_before: int
    due_at: datetime
    status: State
    is_on_its_way: bool
    recipient: str
    error_message: str
    delivery_status: str
    sent_at: datetime | None
    confirmed_at: datetime | None
    may_resend: bool


class ReminderFilter(Schema):
    status: Literal["pending", "sent", "failed", "confirmed", "cancelled", ""] = ""
    channel: Literal["email", "sms", ""] = ""
    cursor: str | None = None


class AppointmentRemindersOut(Schema):
    """What was sent and is planned about one appointment, and why nothing is, if so."""

    items: list[ReminderOut]
    why_none: str
    asked_for_another_time_at: datetime | None
    request_id: UUID | None


class ConsentOut(Schema):
    id: UUID
    channel: Channel
    address: str
    given_at: datetime
    recorded_by_name: str
    revoked_at: datetime | None
    revoked_by_name: str
    is_current: bool


class ReachOut(Schema):
    """An address of the client as messages would be sent to it; empty when there is none of this kind."""

    channel: Channel
    address: str
    stopped: str


class PreferencesIn(Schema):
    """The client's own hours; null is as the practice has it, empty is none. An empty zone is the practice's."""

    email_timing: Hours | None = None
    sms_timing: Hours | None = None
    timezone: Annotated[str, StringConstraints(max_length=60)] = ""


class ContactConsentsOut(Schema):
    """Who may be told what where: consents past and present, addresses, and the client's own hours."""

    consents: list[ConsentOut]
    reach: list[ReachOut]
    preferences: PreferencesIn
    may_change: bool


class ConsentIn(Schema):
    channel: Channel


class AnswerOut(Schema):
    """What a client answered by a link, to be seen to: they cancelled, or ask for another time than this one's."""

    id: UUID
    appointment_id: UUID
    client_id: UUID
    client_name: str
    clinician_name: str
    starts_at: datetime
    timezone: str
    answer: Literal["cancel", "reschedule"]
    answered_at: datetime


class AnswerFilter(Schema):
    cursor: str | None = None
