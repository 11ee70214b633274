"""Writes batches of what happened to clients: diagnoses, appointments, measures."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django.db import models

from mentalspace.clients.models import Diagnosis
from mentalspace.exchange.bulk import insert_rows
from mentalspace.exchange.fhir.drafts import AppointmentDraft, DiagnosisDraft, MeasureDraft, StaffDraft
from mentalspace.exchange.fhir.mapping import Mapped
from mentalspace.exchange.fhir.people import staff_from_reference
from mentalspace.exchange.fhir.references import Key
from mentalspace.exchange.loading import Load, Naming, add_staff_names, cannot_hold, save_staff, seen_before
from mentalspace.exchange.report import Outcome
from mentalspace.exchange.rows import appointment_row, diagnosis_row, measure_row, staff_row
from mentalspace.outcomes.models import MeasureResult
from mentalspace.people.models import Profile
from mentalspace.scheduling.models import Appointment

EventDraft = DiagnosisDraft | AppointmentDraft | MeasureDraft
TABLES: tuple[tuple[type[models.Model], str], ...] = (
    (Diagnosis, "diagnoses"),
    (Appointment, "appointments"),
    (MeasureResult, "measures"),
)


class Unplaced(Exception):
    """The resource speaks of somebody who is not here. The message is the reason."""


def write_events(load: Load, batch: Sequence[Mapped]) -> None:
    """Everything whose client (and clinician) is here; the rest is counted with its reason."""
    naming = Naming(load, [key for mapped in batch for key in _keys(mapped)])
    _write_implied_staff(load, batch, naming)
    rows: dict[type[models.Model], list[models.Model]] = {model: [] for model, _ in TABLES}
    for mapped in batch:
        if seen_before(load, mapped, naming):
            continue
        try:
            row = _row(load, mapped, naming)
        except Unplaced as unplaced:
            load.tell(mapped, Outcome.REFUSED, str(unplaced))
            continue
        if reason := cannot_hold(mapped, row):
            load.tell(mapped, Outcome.REFUSED, reason)
            continue
        rows[type(row)].append(row)
        naming.add(mapped.key, cast(UUID, row.pk), mapped.digest())
        load.tell(mapped, Outcome.IMPORTED)
    for model, name in TABLES:
        insert_rows(rows[model])
        load.report.created[name] += len(rows[model])
    naming.save()


def _keys(mapped: Mapped) -> list[Key]:
    draft = cast(EventDraft, mapped.result)
    keys = [mapped.key, draft.client.key]
    if isinstance(draft, AppointmentDraft):
        keys.append(draft.clinician.key)
    return [key for key in keys if key is not None]


def _write_implied_staff(load: Load, batch: Sequence[Mapped], naming: Naming) -> None:
    """Clinicians of whom the files hold no Practitioner, only number and name beside each encounter."""
    drafts: dict[tuple[Key, ...], StaffDraft] = {}
    for mapped in batch:
        if isinstance(mapped.result, AppointmentDraft) and naming.get(mapped.result.clinician.key) is None:
            draft = staff_from_reference(mapped.result.clinician)
            if draft is not None:
                drafts.setdefault(draft.identifiers, draft)
    numbers = {draft.npi for draft in drafts.values() if draft.npi}
    here = Profile.objects.filter(practice_id=load.practice.pk, npi_number__in=numbers) if numbers else ()
    by_npi = {profile.npi_number: profile.pk for profile in here}
    fresh = []
    for draft in drafts.values():
        row = staff_row(draft, load.practice.pk)
        if max(len(draft.first_name), len(draft.last_name), len(draft.prefix)) > 100:
            continue
        if draft.npi not in by_npi:
            fresh.append(row)
        add_staff_names(None, "", draft, by_npi.get(draft.npi, row.pk), naming)
    save_staff(load, fresh)


def _row(load: Load, mapped: Mapped, naming: Naming) -> models.Model:
    draft = cast(EventDraft, mapped.result)
    if draft.client.key in load.mixed_up:
        raise Unplaced("its patient's id belongs to another person here")
    client = naming.get(draft.client.key)
    if client is None:
        raise Unplaced("its patient is not among the clients here")
    if isinstance(draft, DiagnosisDraft):
        return diagnosis_row(draft, load.practice.pk, client.object_id)
    if isinstance(draft, MeasureDraft):
        return measure_row(draft, load.practice.pk, client.object_id)
    clinician = naming.get(draft.clinician.key)
    if clinician is None:
        raise Unplaced("its practitioner is not among the staff here")
    return appointment_row(draft, load.practice, client.object_id, clinician.object_id)
