"""Drafts as rows of our tables, not yet saved."""

from decimal import Decimal
from hashlib import blake2b
from uuid import UUID

from mentalspace.clients.models import Client, Diagnosis
from mentalspace.clients.models import Status as ClientStatus
from mentalspace.exchange.fhir.drafts import (
    AppointmentDraft,
    ClientDraft,
    DiagnosisDraft,
    MeasureDraft,
    StaffDraft,
)
from mentalspace.exchange.fhir.references import Key
from mentalspace.outcomes.models import MeasureResult
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice
from mentalspace.scheduling.models import Appointment, AppointmentType
from mentalspace.scheduling.rules import AppointmentStatus


def client_row(draft: ClientDraft, key: Key, practice_id: UUID) -> Client:
    return Client(
        practice_id=practice_id,
        medical_record_number=draft.mrn or made_up_number(key),
        first_name=draft.first_name,
        middle_name=draft.middle_name,
        last_name=draft.last_name,
        suffix=draft.suffix,
        preferred_name=draft.chosen_name,
        previous_names=draft.previous_names,
        pronouns=draft.pronouns,
        date_of_birth=draft.born_on,
        gender=draft.gender,
        sex_assigned_at_birth=draft.birth_sex,
        race=draft.race,
        ethnicity=draft.ethnicity,
        marital_status=draft.marital_status,
        primary_language=draft.language,
        primary_phone=draft.phone,
        email=draft.email,
        street1=draft.street1,
        street2=draft.street2,
        city=draft.city,
        state=draft.state,
        zip_code=draft.zip_code,
        status=_client_status(draft),
        deceased_date=draft.died_on,
    )


def made_up_number(key: Key) -> str:
    """A record number for a patient whose source has none: the same at every import."""
    name = f"{key.system}|{key.value}".encode()
    return f"FHIR-{blake2b(name, digest_size=6).hexdigest().upper()}"


def _client_status(draft: ClientDraft) -> str:
    if draft.is_deceased:
        return ClientStatus.DECEASED
    return ClientStatus.ACTIVE if draft.is_active else ClientStatus.INACTIVE


def staff_row(draft: StaffDraft, practice_id: UUID) -> Profile:
    """Somebody to name in the history: without account and hat until an administrator gives both."""
    return Profile(
        practice_id=practice_id,
        first_name=draft.first_name,
        last_name=draft.last_name,
        title=draft.prefix,
        credentials=draft.credentials,
        npi_number=draft.npi,
        phone_number=draft.phone,
        email=draft.email,
        is_active=False,
    )


def diagnosis_row(draft: DiagnosisDraft, practice_id: UUID, client_id: UUID) -> Diagnosis:
    return Diagnosis(
        practice_id=practice_id,
        client_id=client_id,
        code=draft.code,
        code_system=draft.code_system,
        description=draft.label,
        category=draft.category,
        rank=_rank(draft),
        onset_date=draft.onset_on,
        resolved_date=draft.resolved_on,
    )


def _rank(draft: DiagnosisDraft) -> int:
    """Sources do not say which is principal: mental disorders first, other ICD-10-CM, SNOMED CT, the past."""
    if draft.resolved_on is not None:
        return 4
    if draft.code_system != "ICD-10-CM":
        return 3
    return 1 if draft.code.startswith("F") else 2


def appointment_row(draft: AppointmentDraft, practice: Practice, client_id: UUID, clinician_id: UUID) -> Appointment:
    """The source tells what happened, not what was planned: both are the same if the session took place."""
    took_place = draft.status == AppointmentStatus.COMPLETED
    return Appointment(
        practice_id=practice.pk,
        client_id=client_id,
        clinician_id=clinician_id,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        timezone=practice.timezone,
        appointment_type=AppointmentType.INITIAL_EVALUATION if draft.is_first_visit else AppointmentType.OTHER,
        status=draft.status,
        actual_started_at=draft.starts_at if took_place else None,
        actual_ended_at=draft.ends_at if took_place else None,
        appointment_notes=draft.label,
        is_imported=True,
        created_by_id=practice.pk,
    )


def measure_row(draft: MeasureDraft, practice_id: UUID, client_id: UUID) -> MeasureResult:
    return MeasureResult(
        practice_id=practice_id,
        client_id=client_id,
        instrument=draft.instrument,
        loinc_code=draft.loinc_code,
        score=draft.score.quantize(Decimal("0.01")),
        answers=dict(draft.answers),
        taken_at=draft.taken_at,
        source="import",
    )
