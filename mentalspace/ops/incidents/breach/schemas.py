"""The API's shapes of extracts and breaches."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, IPvAnyAddress, StringConstraints, model_validator

from mentalspace.core.fields import Storable, Version
from mentalspace.ops.incidents.schemas import Day, Text

ActionType = Literal["PHI_ACCESS", "DATA_MODIFICATION", "AUTHENTICATION", "REFUSED", "ADMIN_ACTION"]
DecisionName = Literal["breach", "low_probability"]
Session = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64), Storable]
MOST_NAMED, MOST_TOLD = 50, 500


class TrailSpan(Schema):
    """A span of time; `until` is no longer in it."""

    since: AwareDatetime
    until: AwareDatetime

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.until <= self.since:
            raise ValueError("Enter an end that is later than the beginning.")
        return self

    def search(self) -> dict[str, Any]:
        """What the trail is asked."""
        return {name: value for name, value in self.model_dump().items() if value}

    def kept(self) -> dict[str, Any]:
        """The same as JSON."""
        return {name: value for name, value in self.model_dump(mode="json").items() if value}


class IncidentExtractIn(TrailSpan):
    """Lines of any of these people, about any of these clients, of this action; empty is every one."""

    persons: Annotated[list[UUID], Field(max_length=MOST_NAMED)] = []
    clients: Annotated[list[UUID], Field(max_length=MOST_NAMED)] = []
    action: ActionType | Literal[""] = ""


class IncidentExtractOut(Schema):
    """An extract without its content: what was looked for, how many lines, and the content's SHA-256."""

    id: UUID
    created_at: datetime
    taken_by: str
    search: dict[str, Any]
    lines: int
    clients: int
    sha256: str


class BreachSearch(TrailSpan):
    """Reads and disclosures by any of these people, and in any of these sessions, and from any of these addresses: a
    line has to match each of the three that is given. Empty is every one."""

    persons: Annotated[list[UUID], Field(max_length=MOST_NAMED)] = []
    sessions: Annotated[list[Session], Field(max_length=MOST_NAMED)] = []
    addresses: Annotated[list[IPvAnyAddress], Field(max_length=MOST_NAMED)] = []

    def search(self) -> dict[str, Any]:
        return super().search() | ({"addresses": [str(each) for each in self.addresses]} if self.addresses else {})


class BreachIn(Schema):
    """`version` null: nobody has said yet that it may be a breach. A later day of discovery needs a `reason`."""

    version: Version | None
    discovered_on: Day
    search: BreachSearch
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), Storable] = ""


class BreachFactors(Schema):
    """45 CFR 164.402(2): what was involved, who got it, whether it was seen, what was done about it."""

    nature: Text = ""
    recipient: Text = ""
    viewed: Text = ""
    mitigated: Text = ""


class BreachFactorsIn(BreachFactors):
    version: Version


class BreachDecisionIn(Schema):
    version: Version
    decision: DecisionName
    reasons: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=10_000), Storable]


class PeopleToldIn(Schema):
    """These people of the list were told on this day, like this ("first-class mail")."""

    people: Annotated[list[UUID], Field(min_length=1, max_length=MOST_TOLD)]
    on: Day
    how: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200), Storable]


class BreachAssessmentOut(BreachFactors):
    """What is known. `days_left` until `due_on`, negative once it is over; `is_many`: 500 or more. `new` and `dropped`
    are those of the latest count."""

    id: UUID
    version: int
    discovered_on: date
    due_on: date
    report_due_on: date
    days_left: int
    search: dict[str, Any]
    counted_at: datetime
    declared_by: str
    affected: int
    is_many: bool
    told: int
    new: int
    dropped: int
    decision: DecisionName | Literal[""]
    reasons: str
    decided_by: str | None
    decided_at: datetime | None


class BreachOut(Schema):
    assessment: BreachAssessmentOut | None


class AffectedOut(Schema):
    """Somebody on the list; `dropped_at`: a later count found them no more."""

    id: UUID
    client_id: UUID
    name: str
    medical_record_number: str
    times: int
    first_at: datetime
    last_at: datetime
    dropped_at: datetime | None
    notified_on: date | None
    notified_how: str


class AffectedFilter(Schema):
    cursor: str | None = None
