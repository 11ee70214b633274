"""The API's shapes of incidents."""

from datetime import date, datetime, time
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from mentalspace.core.fields import Storable, Version

SeverityName = Literal["P0", "P1", "P2", "P3"]
StatusName = Literal["triage", "investigating", "identified", "monitoring", "resolved", "closed"]
SourceName = Literal["alert", "security_incident", "person"]
HappenedName = Literal[
    "opened", "severity", "status", "role", "note", "told", "linked", "alert", "action", "post_mortem", "extract",
    "breach",
]  # fmt: skip
ChannelName = Literal["in_product", "email", "sms"]
Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160), Storable]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), Storable]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2000), Storable]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000), Storable]
MOST_PEOPLE = 26
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]


class NamedPerson(Schema):
    id: UUID
    name: str


class OperationsIncidentRow(Schema):
    """An incident. `due_at`: when somebody must have taken it on; `next_call_at`: when the next are called, if nobody
    does."""

    id: UUID
    version: int
    number: str
    title: str
    severity: SeverityName
    status: StatusName
    source: SourceName
    is_automatic: bool
    opened_by: str
    detected_at: datetime
    created_at: datetime
    due_at: datetime
    next_call_at: datetime | None
    taken_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    post_mortem_due_at: datetime | None
    post_mortem_at: datetime | None
    commander: NamedPerson | None


class TimelineLineOut(Schema):
    """A line of the timeline: who did what; of a change what it was and is; who was told, by what."""

    id: UUID
    at: datetime
    happened: HappenedName
    person: str
    before: str
    after: str
    people: list[str]
    channels: list[ChannelName]
    note: str


class IncidentLinkOut(Schema):
    """What an incident is about: `about` is the alert's or security incident's id."""

    id: UUID
    kind: Literal["alert", "security_incident"]
    about: UUID
    title: str
    says: str
    state: str
    at: datetime


class ActionItemOut(Schema):
    id: UUID
    version: int
    what: str
    assignee: NamedPerson
    due_on: date
    done_at: datetime | None
    done_by: str | None


class PostMortemTexts(Schema):
    summary: Text = ""
    impact: Text = ""
    root_cause: Text = ""
    went_well: Text = ""
    went_badly: Text = ""
    lessons: Text = ""


class PostMortemOut(PostMortemTexts):
    version: int
    updated_at: datetime
    published_at: datetime | None
    published_by: str | None


class OperationsIncidentOut(OperationsIncidentRow):
    """One incident with everything that belongs to it."""

    communications: NamedPerson | None
    scribe: NamedPerson | None
    lines: list[TimelineLineOut]
    links: list[IncidentLinkOut]
    action_items: list[ActionItemOut]
    post_mortem: PostMortemOut | None


class OperationsIncidentFilter(Schema):
    state: Literal["", "open", "over"] = ""
    severity: SeverityName | Literal[""] = ""
    cursor: str | None = None


class IncidentSummaryOut(Schema):
    """What stands. `on_call` are those who would be called now; `is_me` where that is the acting person alone."""

    open: int
    grave: int
    untaken: int
    late_post_mortems: int
    late_action_items: int
    on_call: list[str]
    is_me: bool


class OperationsIncidentIn(Schema):
    """`id` is made by whoever sends it: twice the same is one incident. One that is about an alert or a security
    incident has that one's title."""

    id: UUID
    title: Title = ""
    severity: SeverityName
    detected_at: AwareDatetime | None = None
    note: Words = ""
    alert_id: UUID | None = None
    security_incident_id: UUID | None = None

    @model_validator(mode="after")
    def _about_one(self) -> Self:
        if self.alert_id and self.security_incident_id:
            raise ValueError("An incident is opened from one thing; link the other one.")
        if not (self.title or self.alert_id or self.security_incident_id):
            raise ValueError("Write what is wrong, in a few words.")
        return self


class TimelineNoteIn(Schema):
    """`id` is made by whoever sends it: twice the same is one note."""

    id: UUID
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), Storable]


class IncidentSeverityIn(Schema):
    version: Version
    severity: SeverityName
    reason: Sentence


class IncidentStatusIn(Schema):
    version: Version
    status: StatusName
    note: Words = ""


class IncidentRolesIn(Schema):
    version: Version
    commander: UUID | None
    communications: UUID | None
    scribe: UUID | None


class IncidentLinkIn(Schema):
    alert_id: UUID | None = None
    security_incident_id: UUID | None = None


class ActionItemIn(Schema):
    """`id` is made by whoever sends it: twice the same is one."""

    id: UUID
    what: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300), Storable]
    assignee: UUID
    due_on: Day


class ActionItemChange(Schema):
    version: Version
    what: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300), Storable]
    assignee: UUID
    due_on: Day
    is_done: bool


class PostMortemIn(PostMortemTexts):
    """`version` null: nobody has begun it."""

    version: Version | None


class PostMortemPublicationIn(Schema):
    version: Version


class LinkableOut(Schema):
    id: UUID
    title: str
    says: str


class LinkablesOut(Schema):
    """What belongs to no incident yet, the latest fifty of each."""

    alerts: list[LinkableOut]
    security_incidents: list[LinkableOut]


class IncidentRuleOut(Schema):
    """What of this severity opens by itself; "" is nothing. An empty `subject` is every other check or metric."""

    id: UUID
    version: int
    source: Literal["alert", "security_incident"]
    grade: str
    subject: str
    opens: SeverityName | Literal[""]


class IncidentRuleChange(Schema):
    version: Version
    opens: SeverityName | Literal[""]


class OverrideOut(Schema):
    id: UUID
    person: str
    starts_at: datetime
    ends_at: datetime


class ShiftOut(Schema):
    """Who is on call from when until when; nobody where the rotation has not begun: then everybody is called."""

    starts_at: datetime
    ends_at: datetime
    person: str | None
    is_instead: bool


class OnCallOut(Schema):
    """The rotation, who steps in, who would be called `now`, and who is on call in the coming six weeks."""

    version: int | None
    people: list[NamedPerson]
    starts_on: date | None
    hands_over: str | None
    overrides: list[OverrideOut]
    now: list[str]
    ahead: list[ShiftOut]


class OnCallIn(Schema):
    version: Version | None
    people: Annotated[list[UUID], Field(max_length=MOST_PEOPLE)]
    starts_on: Day
    hands_over: time


class OverrideIn(Schema):
    id: UUID
    person: UUID
    starts_at: AwareDatetime
    ends_at: AwareDatetime
