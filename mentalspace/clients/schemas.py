"""The shapes of the clients API."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Email, Storable, Version

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Storable]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Storable]
GivenName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Storable]
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
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=20), Storable]
    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), Storable]
    onset_date: date | None = None


class ClientFilter(Schema):
    """What the list shows. `mine` is the acting person's own clients; `q` matches like the search."""

    q: Annotated[str, Field(max_length=100), Storable] = ""
    status: Literal["Active", "Inactive", "Discharged", "Deceased", ""] = "Active"
    mine: bool = False
    favorites: bool = False
    cursor: str | None = None
