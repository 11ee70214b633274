"""The shapes of the clients API."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.clients.rules import AuthorityState
from mentalspace.core.fields import Email, Storable, Version

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Storable]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Storable]
GivenName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Storable]
DiagnosisCode = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=20), Storable]
Relation = Literal["parent", "foster_parent", "custodial_grandparent", "legal_guardian", "health_care_proxy"]
AlertKind = Literal["risk", "allergy", "legal", "access", "note"]


class ClientHit(Schema):
    """A client in a search result: enough to be sure it is the right one."""

    id: UUID
    name: str
    legal_name: str
    medical_record_number: str
    date_of_birth: date
    age: int
    pronouns: str
    status: str


class LinkReaderOut(Schema):
    """Somebody a link may go to; `guardian_id` is null for the client. Empty is what they cannot be reached by."""

    guardian_id: UUID | None
    name: str
    email: str
    phone: str


class ClientRow(ClientHit):
    """A client in the list."""

    primary_therapist: str
    primary_phone: str
    is_favorite: bool


class AlertOut(Schema):
    id: UUID
    kind: str
    text: str


class CareTeamOut(Schema):
    id: UUID
    person_id: UUID
    name: str
    role: str
    start_date: date


class DiagnosisOut(Schema):
    id: UUID
    code: str
    code_system: str
    description: str
    category: str
    onset_date: date | None
    resolved_date: date | None


class EmergencyContactOut(Schema):
    id: UUID
    name: str
    relationship: str
    phone: str
    is_guardian: bool


Stop = Literal["bounced", "complained", "stopped"]


class StoppedOut(Schema):
    """Why nothing is sent to the client's e-mail address or telephone number; null where something may be."""

    email: Stop | None
    phone: Stop | None


class ClientOut(ClientHit):
    """The chart's header and demographics."""

    first_name: str
    middle_name: str
    last_name: str
    preferred_name: str
    gender: str
    sex_assigned_at_birth: str
    race: str
    ethnicity: str
    marital_status: str
    primary_language: str
    primary_phone: str
    email: str
    preferred_contact_method: str
    okay_to_leave_message: bool
    street1: str
    street2: str
    city: str
    state: str
    zip_code: str
    deceased_date: date | None
    primary_therapist_id: UUID | None
    default_location_id: UUID | None
    is_favorite: bool
    has_similar_name: bool
    stopped: StoppedOut
    version: int
    alerts: list[AlertOut]
    care_team: list[CareTeamOut]
    diagnoses: list[DiagnosisOut]
    emergency_contacts: list[EmergencyContactOut]


class ClientIn(Schema):
    """A new client. Only the name and the date of birth must be known."""

    first_name: Name
    middle_name: GivenName = ""
    last_name: Name
    preferred_name: GivenName = ""
    pronouns: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), Storable] = ""
    date_of_birth: date
    gender: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), Storable] = ""
    primary_phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=30), Storable] = ""
    email: Email = ""
    street1: Text = ""
    city: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Storable] = ""
    state: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), Storable] = ""
    zip_code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20), Storable] = ""
    primary_therapist_id: UUID | None = None


class ClientChange(ClientIn):
    """Every field of the form, and the version it was opened at."""

    version: Version


class AlertIn(Schema):
    kind: AlertKind
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Storable]


class CareTeamIn(Schema):
    person_id: UUID
    role: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), Storable] = "Therapist"


class DiagnosisIn(Schema):
    code: Annotated[DiagnosisCode, Field(min_length=3)]
    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), Storable]
    onset_date: date | None = None


class ResolutionIn(Schema):
    resolved_date: date


class ContactIn(Schema):
    """An emergency contact."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=150), Storable]
    relationship: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60), Storable] = ""
    phone: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=30), Storable]


class StatusIn(Schema):
    """Whether the client is in care, from which day, and why."""

    status: Literal["Active", "Inactive", "Discharged", "Deceased"]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300), Storable]
    effective_date: date


class PortalIn(Schema):
    """Turn the client's portal on or off; off needs a reason."""

    enabled: bool
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), Storable] = ""


class PortalOut(Schema):
    """Whether the client's own account sees anything, since when, and who decided."""

    has_account: bool
    enabled: bool
    since: datetime | None
    changed_by: str
    reason: str


class GuardianIn(Schema):
    """Somebody who acts for the client. `account_email` is the address they sign in with, once they do."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=150), Storable]
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=30), Storable] = ""
    email: Email = ""
    account_email: Email = ""
    relationship: Relation
    start_date: date
    end_date: date | None = None
    ends_at_majority: bool = True
    court_document: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), Storable] = ""
    can_view_record: bool = False
    can_schedule: bool = True
    can_message: bool = True
    can_sign: bool = False
    can_pay: bool = True


class GuardianChange(Schema):
    """What may change of an authority. Whose it is, and why, does not: end it and enter another."""

    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=30), Storable] = ""
    email: Email = ""
    account_email: Email = ""
    end_date: date | None = None
    ends_at_majority: bool = True
    court_document: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), Storable] = ""
    can_view_record: bool
    can_schedule: bool
    can_message: bool
    can_sign: bool
    can_pay: bool


class VerificationIn(Schema):
    """What was seen, e.g. "Driver's license and birth certificate"."""

    how: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200), Storable]


class GuardianOut(Schema):
    """`state` is how the authority stands today; it counts only while `in_force`."""

    id: UUID
    name: str
    phone: str
    email: str
    relationship: Relation
    account_email: str
    start_date: date
    end_date: date | None
    ends_at_majority: bool
    ages_out_on: date | None
    court_document: str
    can_view_record: bool
    can_schedule: bool
    can_message: bool
    can_sign: bool
    can_pay: bool
    verified_by: str
    verified_at: datetime | None
    verified_how: str
    state: AuthorityState


class StatusChangeOut(Schema):
    status: str
    reason: str
    effective_date: date
    changed_by: str
    created_at: datetime


class AuthorityOut(Schema):
    """Who outside the practice may see this client, and how the client's status came about."""

    portal: PortalOut
    guardians: list[GuardianOut]
    status_changes: list[StatusChangeOut]


class ClientFilter(Schema):
    """What the list shows. `mine` is the acting person's own clients; `q` matches like the search."""

    q: Annotated[str, Field(max_length=100), Storable] = ""
    status: Literal["Active", "Inactive", "Discharged", "Deceased", ""] = "Active"
    mine: bool = False
    favorites: bool = False
    cursor: str | None = None
