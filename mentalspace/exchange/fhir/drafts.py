"""What a resource comes to in our words, before any database is asked. Text stays as the source gave it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from mentalspace.exchange.fhir.references import Key, Reference


@dataclass(frozen=True, slots=True)
class ClientDraft:
    """A Patient. `mrn` is the source's medical record number, None when it has none."""

    mrn: str | None
    first_name: str
    middle_name: str
    last_name: str
    suffix: str
    chosen_name: str
    previous_names: str
    pronouns: str
    born_on: date
    gender: str
    birth_sex: str
    race: str
    ethnicity: str
    marital_status: str
    language: str
    phone: str
    email: str
    street1: str
    street2: str
    city: str
    state: str
    zip_code: str
    is_active: bool
    is_deceased: bool
    died_on: date | None
    identifiers: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """A Practitioner. `npi` is set only when it is a true NPI; any number is among the identifiers."""

    first_name: str
    last_name: str
    prefix: str
    credentials: str
    npi: str
    phone: str
    email: str
    is_active: bool
    identifiers: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class DiagnosisDraft:
    """A Condition. Findings and social circumstances are conditions too; `category` tells them apart."""

    client: Reference
    code: str
    code_system: str
    label: str
    category: str
    onset_on: date | None
    resolved_on: date | None


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """An Encounter that is over. `status` is our word: Completed, Cancelled or No Show."""

    client: Reference
    clinician: Reference
    starts_at: datetime
    ends_at: datetime
    status: str
    label: str
    is_first_visit: bool


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """A questionnaire's total. `answers` are by our item names; `parts` are the resources they came from."""

    client: Reference
    instrument: str
    loinc_code: str
    score: Decimal
    answers: Mapping[str, int]
    taken_at: datetime
    parts: tuple[Key, ...] = field(default=())


Draft = ClientDraft | StaffDraft | DiagnosisDraft | AppointmentDraft | MeasureDraft
