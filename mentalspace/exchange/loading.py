"""Writes batches of drafts. A batch asks for its own names only: cost does not grow with what is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import NamedTuple, cast
from uuid import UUID

from django.db import connection, models

from mentalspace.clients.models import CareTeamMember, Client
from mentalspace.exchange.fhir.drafts import ClientDraft, StaffDraft
from mentalspace.exchange.fhir.mapping import Mapped
from mentalspace.exchange.fhir.references import Key
from mentalspace.exchange.models import ExternalIdentifier, Name
from mentalspace.exchange.report import ImportReport, Outcome
from mentalspace.exchange.rows import client_row, staff_row
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice

LONGEST_NAME = 255
"""Letters of an id or of its system that we keep."""


class Known(NamedTuple):
    """The row that stands behind a name, and the digest of what it was imported from."""

    object_id: UUID
    digest: str = ""


@dataclass
class Load:
    """One import under way. `mixed_up` are ids that mean somebody else here: nothing is filed under them."""

    practice: Practice
    assigned_to: UUID | None
    report: ImportReport
    now: datetime
    mixed_up: set[Key] = field(default_factory=set)

    @property
    def today(self) -> date:
        return self.practice.day_at(self.now)

    def tell(self, mapped: Mapped, outcome: Outcome, reason: str = "") -> None:
        self.report.add(mapped.resource_type, outcome, reason, place=mapped.place, weight=mapped.weight)


class Naming:
    """The names a batch speaks of: those already stored, and those it adds."""

    def __init__(self, load: Load, keys: Iterable[Key]) -> None:
        self._practice_id = load.practice.pk
        self._new: list[Name] = []
        wanted = set(keys)
        self._known: dict[Key, Known] = {}
        for name in ExternalIdentifier.objects.named(self._practice_id, {key.value for key in wanted}):
            key = Key(name.system, name.resource_type, name.external_id)
            if key in wanted:
                self._known[key] = Known(name.object_id, name.digest)

    def get(self, key: Key | None) -> Known | None:
        return None if key is None else self._known.get(key)

    def first_of(self, keys: Iterable[Key]) -> Known | None:
        return next((found for key in keys if (found := self._known.get(key)) is not None), None)

    def add(self, key: Key, object_id: UUID, digest: str = "") -> None:
        """Remember a name; one that is taken or too long to store stays as it is."""
        if key in self._known or not is_storable(key):
            return
        self._known[key] = Known(object_id, digest)
        self._new.append(Name(*key, object_id, digest))

    def save(self) -> None:
        ExternalIdentifier.objects.remember(self._practice_id, self._new)
        self._new = []


def is_storable(key: Key) -> bool:
    return len(key.value) <= LONGEST_NAME and len(key.system) <= LONGEST_NAME


def seen_before(load: Load, mapped: Mapped, naming: Naming) -> bool:
    """Whether this very resource came in before. What has changed since is counted and left as it is here."""
    known = naming.get(mapped.key)
    if known is None:
        return False
    if known.digest == mapped.digest():
        load.tell(mapped, Outcome.UNCHANGED)
    else:
        load.tell(mapped, Outcome.CHANGED, "the source has changed it since; the chart here is not overwritten")
    return True


def cannot_hold(mapped: Mapped, row: models.Model) -> str | None:
    """Why the row would not fit its table, naming the field."""
    if not is_storable(mapped.key):
        return "its id is too long"
    for name, longest in _lengths(type(row)):
        if len(getattr(row, name) or "") > longest:
            return f"{name.replace('_', ' ')} is longer than {longest} characters"
    return None


@cache
def _lengths(model: type[models.Model]) -> tuple[tuple[str, int], ...]:
    fields = (field for field in model._meta.concrete_fields if isinstance(field, models.CharField))
    return tuple((field.attname, field.max_length) for field in fields if field.max_length)


def renew_statistics() -> None:
    """Tell the planner what the people just written look like, so that rows pointing to them are checked by index.

    See `migrations/0002_statistics.py`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.renew_statistics()")


def write_people(load: Load, batch: Sequence[Mapped]) -> None:
    """Practitioners become staff who cannot sign in, patients become clients."""
    keys = [key for mapped in batch for key in (mapped.key, *_identifiers(mapped))]
    naming = Naming(load, keys)
    write_staff(load, [mapped for mapped in batch if isinstance(mapped.result, StaffDraft)], naming)
    _write_clients(load, [mapped for mapped in batch if isinstance(mapped.result, ClientDraft)], naming)
    naming.save()


def _identifiers(mapped: Mapped) -> tuple[Key, ...]:
    return cast(StaffDraft | ClientDraft, mapped.result).identifiers


def write_staff(load: Load, batch: Sequence[Mapped], naming: Naming) -> None:
    """Somebody whose number is known here is the same person, under however many ids."""
    drafts = [cast(StaffDraft, mapped.result) for mapped in batch]
    by_npi = _profiles_by_npi(load, {draft.npi for draft in drafts if draft.npi})
    rows: list[Profile] = []
    for mapped, draft in zip(batch, drafts, strict=True):
        if seen_before(load, mapped, naming):
            continue
        here = naming.first_of(draft.identifiers) or by_npi.get(draft.npi)
        row = staff_row(draft, load.practice.pk)
        if here is None and (reason := cannot_hold(mapped, row)):
            load.tell(mapped, Outcome.REFUSED, reason)
            continue
        if here is None:
            rows.append(row)
            load.tell(mapped, Outcome.IMPORTED)
        else:
            load.tell(mapped, Outcome.MATCHED, "somebody with the same number is already on the staff")
        add_staff_names(mapped.key, mapped.digest(), draft, here.object_id if here else row.pk, naming)
    save_staff(load, rows)


def add_staff_names(key: Key | None, digest: str, draft: StaffDraft, object_id: UUID, naming: Naming) -> None:
    if key is not None:
        naming.add(key, object_id, digest)
    for identifier in draft.identifiers:
        naming.add(identifier, object_id)


def save_staff(load: Load, rows: list[Profile]) -> None:
    Profile.objects.bulk_create(rows)
    load.report.created["staff"] += len(rows)


def _profiles_by_npi(load: Load, numbers: set[str]) -> Mapping[str, Known]:
    if not numbers:
        return {}
    rows = Profile.objects.filter(practice_id=load.practice.pk, npi_number__in=numbers)
    return {number: Known(pk) for number, pk in rows.values_list("npi_number", "id")}


def _write_clients(load: Load, batch: Sequence[Mapped], naming: Naming) -> None:
    people = _people_behind(load, batch, naming)
    rows = [client_row(cast(ClientDraft, mapped.result), mapped.key, load.practice.pk) for mapped in batch]
    numbers = {row.medical_record_number for row in rows}
    taken = set(
        Client.objects.filter(practice_id=load.practice.pk, medical_record_number__in=numbers).values_list(
            "medical_record_number", flat=True
        )
    )
    fresh: list[Client] = []
    for mapped, row in zip(batch, rows, strict=True):
        known = naming.get(mapped.key)
        if known is not None and _is_somebody_else(row, people.get(known.object_id)):
            load.mixed_up.add(mapped.key)
            load.tell(mapped, Outcome.REFUSED, "its id belongs to another person here")
        elif seen_before(load, mapped, naming):
            continue
        elif reason := _obstacle(mapped, row, taken, naming):
            load.tell(mapped, Outcome.REFUSED, reason)
        else:
            fresh.append(row)
            taken.add(row.medical_record_number)
            people[row.pk] = (row.date_of_birth, row.medical_record_number)
            for key in _identifiers(mapped):
                naming.add(key, row.pk)
            naming.add(mapped.key, row.pk, mapped.digest())
            load.tell(mapped, Outcome.IMPORTED)
    _save_clients(load, fresh)


def _obstacle(mapped: Mapped, row: Client, taken: set[str], naming: Naming) -> str | None:
    if row.medical_record_number in taken:
        return "a client with this record number is already here under another id"
    if naming.first_of(_identifiers(mapped)):
        return "a client with the same identifier is already here under another id"
    return cannot_hold(mapped, row)


Person = tuple[date, str]


def _people_behind(load: Load, batch: Sequence[Mapped], naming: Naming) -> dict[UUID, Person]:
    """Birth date and record number of the clients who are here under ids of this batch."""
    ids = {known.object_id for mapped in batch if (known := naming.get(mapped.key)) is not None}
    rows = Client.objects.filter(practice_id=load.practice.pk, pk__in=ids)
    return {pk: (born, number) for pk, born, number in rows.values_list("id", "date_of_birth", "medical_record_number")}


def _is_somebody_else(row: Client, person: Person | None) -> bool:
    """Two sources may both call a patient "1": neither birth date nor record number agree then."""
    return person is not None and row.date_of_birth != person[0] and row.medical_record_number != person[1]


def _save_clients(load: Load, rows: list[Client]) -> None:
    for row in rows:
        row.primary_therapist_id = load.assigned_to
    Client.objects.bulk_create(rows)
    load.report.created["clients"] += len(rows)
    if load.assigned_to is not None:
        CareTeamMember.objects.bulk_create(
            CareTeamMember(
                practice_id=load.practice.pk,
                client_id=row.pk,
                person_id=load.assigned_to,
                start_date=load.today,
            )
            for row in rows
        )
