"""The API's shapes of downtime: whether it stands, and the day on paper."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, StringConstraints

from mentalspace.core.fields import Storable


class DowntimeIn(Schema):
    """Why nothing is changed for a while, which everybody reads, and until when it is expected to be so."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=300), Storable]
    until: AwareDatetime


class StandingOut(Schema):
    """`of_installation`: the operator's switch, which ends on the machine. It never ends by itself; `is_overdue` when
    its end was expected earlier."""

    of_installation: bool
    reason: str
    until: datetime
    since: datetime
    by_name: str
    is_overdue: bool


class DowntimeOut(Schema):
    standing: StandingOut | None


class PaperContactOut(Schema):
    name: str
    relationship: str
    phone: str
    is_guardian: bool


class PaperSessionOut(Schema):
    """A session of the day, with how its client, and who is called in an emergency, are reached. Alerts are those on
    the chart. What the person's role does not see is not there."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    status: str
    clinician: str
    place: str
    client_id: UUID
    client: str
    pronouns: str
    date_of_birth: date | None
    phone: str
    okay_to_leave_message: bool
    email: str
    contacts: list[PaperContactOut]
    alerts: list[str]


class PaperOut(Schema):
    """A day of the practice, as the person's role sees it, to be printed."""

    day: date
    made_at: datetime
    sessions: list[PaperSessionOut]
