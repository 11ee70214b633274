"""The shapes of the users API."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints

from mentalspace.core.fields import Email, Storable, Version
from mentalspace.people.administration_rules import Attention, Status

Role = Literal["administrator", "supervisor", "clinician", "associate", "billing", "front_desk"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Storable]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=500), Storable]
"""Why something was done to an account. It goes into the audit trail, so it names no client."""


def _npi(value: str) -> str:
    """Ten digits whose last one checks the others (Luhn over 80840 and the number; CMS, 45 CFR 162.406)."""
    if not value:
        return value
    if len(value) != 10 or not value.isascii() or not value.isdigit():
        raise ValueError("An NPI has ten digits.")
    doubled = [int(digit) * (2 - position % 2) for position, digit in enumerate("80840" + value, start=1)]
    if sum(number // 10 + number % 10 for number in doubled) % 10:
        raise ValueError("This is not an NPI: one of its digits is wrong.")
    return value


def _state(value: str) -> str:
    if value and not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise ValueError("Use the two letters of the state, like NY.")
    return value.upper()


class Details(Schema):
    """What is known of somebody who works here, beside the account."""

    first_name: Name
    last_name: Name
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Storable] = ""
    credentials: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60), Storable] = ""
    license_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), Storable] = ""
    license_state: Annotated[str, StringConstraints(strip_whitespace=True), Storable, AfterValidator(_state)] = ""
    license_expiration_date: date | None = None
    npi_number: Annotated[str, StringConstraints(strip_whitespace=True), Storable, AfterValidator(_npi)] = ""
    phone_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=30), Storable] = ""


class UserIn(Details):
    """Somebody new, who is sent an invitation. An associate comes with a supervisor."""

    email: Email
    roles: Annotated[list[Role], Field(min_length=1, max_length=6)]
    supervisor_id: UUID | None = None


class UserChange(Details):
    """What is given is changed, and nothing else."""

    first_name: Name = ""
    last_name: Name = ""
    email: Email = ""


class AddedOut(Schema):
    id: UUID


class UserRolesIn(Schema):
    """All the roles the person has from now on. `supervisor_id` when they become an associate."""

    roles: Annotated[list[Role], Field(min_length=1, max_length=6)]
    reason: Reason
    supervisor_id: UUID | None = None


class ReasonIn(Schema):
    reason: Reason


class SupervisionIn(Schema):
    supervisor_id: UUID
    supervisee_id: UUID


class UserFilter(Schema):
    """`status` "current" is everybody who is not deactivated and can be or is a user. `q` matches names and e-mail."""

    q: Annotated[str, Field(max_length=100), Storable] = ""
    status: Literal["current", "active", "invited", "locked", "deactivated", "no_account", "all"] = "current"
    role: Role | Literal["", "none"] = ""
    cursor: str | None = None


class UserRow(Schema):
    """Somebody in the list of users."""

    id: UUID
    name: str
    title: str
    credentials: str
    email: str
    roles: list[str]
    status: Status
    attention: list[Attention]
    factors: list[str]
    last_sign_in: datetime | None
    license_expiration_date: date | None


class SupervisionOut(Schema):
    """One supervision that is in force or will be. `person_id` is the other one of the two."""

    id: UUID
    person_id: UUID
    name: str
    start_date: date


class UserEvent(Schema):
    """One thing that administration did with the account."""

    at: datetime
    event: str
    description: str
    reason: str


class UserOut(UserRow):
    """Somebody's page."""

    first_name: str
    last_name: str
    license_number: str
    license_state: str
    npi_number: str
    phone_number: str
    created_at: datetime
    deactivated_at: datetime | None
    locked_until: datetime | None
    is_verified: bool
    has_password: bool
    open_sessions: int
    is_me: bool
    supervisors: list[SupervisionOut]
    supervisees: list[SupervisionOut]
    most_supervisees: int
    history: list[UserEvent]


class SupervisorOut(Schema):
    """Somebody who may be given supervisees; `problem` says why not, when not."""

    id: UUID
    name: str
    supervisees: int
    most_supervisees: int
    problem: str | None


class AdoptionOut(Schema):
    """How many of those with a role have a second factor, and how many a passkey."""

    role: str
    people: int
    with_second_factor: int
    with_passkey: int


class PeopleReportOut(Schema):
    """What the practice's accounts look like as a whole. Each list names whom to see to."""

    as_of: datetime
    people: int
    with_second_factor: int
    with_passkey: int
    adoption: list[AdoptionOut]
    no_second_factor: list[UserRow]
    stale: list[UserRow]
    no_role: list[UserRow]
    licenses: list[UserRow]
    no_supervisor: list[UserRow]
    waiting: list[UserRow]


class SignInRules(Schema):
    """What a practice decides about sign-in. 0 days: passwords need never be changed.

    The bounds are checked by the rules themselves, which say what to choose instead.
    """

    password_max_age_days: Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": 365})]
    sessions_per_person: Annotated[int, Field(json_schema_extra={"minimum": 1, "maximum": 20})]
    version: Version
