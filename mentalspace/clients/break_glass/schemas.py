"""The shapes of the emergency access API."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=500), Storable]


class EmergencyAccessIn(Schema):
    """Whom it is about, known from somewhere else: record number and date of birth must both be right."""

    medical_record_number: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), Storable
    ]
    date_of_birth: date
    reason: Reason
    minutes: Annotated[int, Field(ge=5, le=60)] = 60


class EmergencyAccessFilter(Schema):
    """`mine`: the acting person's own; `others`: what they may review. `open`: running, or not reviewed yet."""

    whose: Literal["mine", "others"] = "mine"
    state: Literal["running", "open", "reviewed", ""] = ""
    cursor: str | None = None


class EmergencyAccessOut(Schema):
    """One emergency access. The client's name is empty to whoever may not see the chart (any more)."""

    id: UUID
    client_id: UUID
    client_name: str
    medical_record_number: str
    staff_id: UUID
    staff_name: str
    reason: str
    started_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    ended_by_name: str
    is_running: bool
    reviewed_at: datetime | None
    reviewed_by_name: str
    review_outcome: str
    review_note: str
    may_end: bool
    may_review: bool


class OpenedOut(Schema):
    """Something of that chart that the person was shown in the time, from the audit trail."""

    at: datetime
    event: str
    what: str


class EmergencyAccessDetailOut(EmergencyAccessOut):
    """With what was opened; null to whoever neither reads the audit trail nor supervises who opened it."""

    opened: list[OpenedOut] | None


class ReviewIn(Schema):
    outcome: Literal["appropriate", "concern"]
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), Storable] = ""
