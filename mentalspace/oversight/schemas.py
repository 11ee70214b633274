"""The shapes of the audit and security API."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from mentalspace.audit.models import LEAST_YEARS, LONGEST_WINDOW, MOST_YEARS
from mentalspace.core.fields import Storable, Version

ActionType = Literal["PHI_ACCESS", "DATA_MODIFICATION", "AUTHENTICATION", "REFUSED", "ADMIN_ACTION"]
LineSeverity = Literal["info", "warning", "critical"]
SeverityName = Literal["low", "medium", "high", "critical"]
StatusName = Literal["open", "investigating", "resolved"]
Event = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80), Storable]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), Storable]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=1000), Storable]


class Named(Schema):
    """A person or client by name."""

    id: UUID
    name: str


class TrailQuery(Schema):
    """What to look for in the trail. Everything given must hold; `since` is the first moment, `until` no longer."""

    person: UUID | None = None
    client: UUID | None = None
    action: ActionType | Literal[""] = ""
    event: Event = ""
    severity: LineSeverity | Literal[""] = ""
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class TrailFilter(TrailQuery):
    cursor: str | None = None


class LineOut(Schema):
    """One line of the trail. `clients` are the first few of `client_count`."""

    id: UUID
    created_at: datetime
    person: Named | None
    action_type: str
    event: str
    description: str
    resource_type: str
    resource_id: UUID | None
    clients: list[Named]
    client_count: int
    severity: LineSeverity
    ip_address: str | None


class PlaceOut(Schema):
    """Where a line stands in the chain; none until it is sealed, within a minute."""

    position: int
    hash: str


class LineDetail(LineOut):
    """Everything that is kept about one line, with all its clients."""

    details: dict[str, Any]
    user_agent: str
    session_id: str
    place: PlaceOut | None


class SeenFilter(Schema):
    """Whose readings, and when."""

    person: UUID
    since: AwareDatetime
    until: AwareDatetime
    cursor: str | None = None


class SeenOut(Schema):
    """A client whose information somebody was shown, how often and when."""

    client: Named
    medical_record_number: str
    times: int
    first_at: datetime
    last_at: datetime
    kinds: list[str]


class CountOut(Schema):
    """How much a search finds; `is_more` when it is more than an export carries."""

    rows: int
    clients: int
    is_more: bool


class ExportIn(TrailQuery):
    """`confirmed`: the person was told how many lines about how many clients leave the product."""

    confirmed: bool = False


class SavedQueryIn(Schema):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), Storable]
    filters: TrailQuery


class SavedQueryOut(Schema):
    id: UUID
    name: str
    filters: TrailQuery


class VerificationOut(Schema):
    """One check of the chain. Not finished: it runs. `fault_*` name the first bad row."""

    id: UUID
    asked_by: Named
    created_at: datetime
    finished_at: datetime | None
    rows_checked: int | None
    fault_position: int | None
    fault_log_id: UUID | None
    fault_reason: str


class RetentionRule(Schema):
    """How long a class of lines is kept; an empty `action_type` is every line. `due` may be purged now."""

    action_type: str
    years: int
    is_held: bool
    reason: str
    version: int


class RetentionOut(Schema):
    """The runbook's retention check, what the practice keeps longer, and how many lines may go now."""

    oldest_log: datetime | None
    newest_log: datetime | None
    total_logs: int
    unique_users: int
    due: int
    rules: list[RetentionRule]


class RetentionIn(Schema):
    action_type: ActionType | Literal[""]
    years: Annotated[int, Field(ge=LEAST_YEARS, le=MOST_YEARS)]
    is_held: bool = False
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=300), Storable]
    version: Version | None = None


class RuleIn(Schema):
    """More than `threshold` such lines within the window raise an incident."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120), Storable]
    action_type: ActionType | Literal[""] = ""
    event: Event = ""
    resource_type: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60), Storable] = ""
    is_after_hours: bool = False
    is_per_person: bool = True
    threshold: Annotated[int, Field(ge=0, le=1_000_000)]
    window_minutes: Annotated[int, Field(ge=1, le=LONGEST_WINDOW)]
    severity: SeverityName
    recipients: Annotated[list[UUID], Field(max_length=50)] = []
    is_active: bool = True


class RuleChange(RuleIn):
    version: Version


class RuleOut(RuleIn):
    id: UUID
    version: int


class IncidentFilter(Schema):
    """Which incidents: in a state, `unresolved` for both of the first two; mine are assigned to me."""

    status: StatusName | Literal["unresolved", ""] = "unresolved"
    severity: SeverityName | Literal[""] = ""
    mine: bool = False
    cursor: str | None = None


class IncidentRow(Schema):
    id: UUID
    incident_type: str
    severity: SeverityName
    description: str
    person: Named | None
    status: StatusName
    assigned_to: Named | None
    detected_at: datetime
    resolved_at: datetime | None


class IncidentStepOut(Schema):
    id: UUID
    step: Literal["investigating", "assigned", "noted", "resolved"]
    taken_by: Named
    assigned_to: Named | None
    note: str
    created_at: datetime


class IncidentOut(IncidentRow):
    """An incident with its history, and what raised it."""

    details: dict[str, Any]
    raised_by: Named | None
    rule: Named | None
    resource_type: str
    resource_id: UUID | None
    ip_address: str | None
    resolution_notes: str
    steps: list[IncidentStepOut]


class IncidentIn(Schema):
    """An incident somebody reports by hand."""

    severity: SeverityName
    description: Sentence
    person: UUID | None = None


class IncidentStepIn(Schema):
    """The next step: begin to look into it, give it to somebody, note something, or resolve it with what was found."""

    step: Literal["investigating", "assigned", "noted", "resolved"]
    note: Words = ""
    assigned_to: UUID | None = None


class Counted(Schema):
    """How often somebody did something, and when."""

    person: Named | None
    count: int
    first_at: datetime
    last_at: datetime


class FailedSignIns(Schema):
    email: str
    attempts: int
    last_attempt: datetime


class SeverityCount(Schema):
    severity: SeverityName
    open: int
    investigating: int
    resolved: int


class RoleChange(Schema):
    """Somebody was given roles they did not have."""

    line: UUID
    at: datetime
    by: Named | None
    person: Named | None
    gained: list[str]


class RefusalCount(Schema):
    code: str
    count: int
    people: int


class FactorReport(Schema):
    """How many of the staff's accounts have a second factor."""

    accounts: int
    with_factor: int


class SecurityReport(Schema):
    """The runbook's daily and weekly checks, in figures."""

    made_at: datetime
    phi_access: list[Counted]
    failed_sign_ins: list[FailedSignIns]
    incidents: list[SeverityCount]
    active_users: int
    top_users: list[Counted]
    phi_by_person: list[Counted]
    after_hours: list[Counted]
    role_changes: list[RoleChange]
    refusals: list[RefusalCount]
    second_factor: FactorReport
    by_day: list[int]
