"""Which documents a clearing up would touch, before anybody has asked for it. Reads alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import Coalesce

from mentalspace.charting.models import ClinicalNote
from mentalspace.clients.models import Status as ClientStatus
from mentalspace.core import clock
from mentalspace.documents.library.models import BUCKET as LIBRARY
from mentalspace.documents.library.models import LibraryDocument
from mentalspace.documents.models import BUCKET, ClientDocument
from mentalspace.documents.policies import Status
from mentalspace.documents.signing import queries as signatures
from mentalspace.practices.models import Practice
from mentalspace.scheduling.models import Appointment
from mentalspace.storage.models import Bucket, RunKind, State, StoredObject
from mentalspace.upkeep.rules import kept_until, years_after

IN_QUARANTINE = timedelta(days=30)
"""How long at least; the database refuses earlier removal (storage/migrations/0004)."""

DayAt = Callable[[datetime], date]


@dataclass(frozen=True)
class Preview:
    """How much a clearing up would touch."""

    documents: int
    clients: int
    size: int


def to_archive(*, older_than_years: int, only_former: bool) -> QuerySet[ClientDocument]:
    """Documents that are not archived and older than so many years; on request of clients no longer in care alone.

    What is out for signature stays where its signers were sent.
    """
    cutoff = _years_ago(older_than_years)
    rows = ClientDocument.objects.filter(status=Status.ACTIVE, latest_version=True, created_at__lt=cutoff)
    rows = rows.exclude(signatures.out_for_signature())
    return rows.exclude(client__status=ClientStatus.ACTIVE) if only_former else rows


def quarantined() -> QuerySet[StoredObject]:
    """What the malware scanner objected to so long ago that a false alarm would have been noticed."""
    return StoredObject.objects.filter(state=State.QUARANTINED, created_at__lt=clock.now() - IN_QUARANTINE)


def superseded(*, only: UUID | None = None) -> Iterator[tuple[StoredObject, UUID | None]]:
    """Earlier versions that no longer have to be kept, each with its client, or None for one of the library.

    Days are those on the practice's wall. `only`: of all of them this object, if it is one.
    """
    years = dict(Bucket.objects.values_list("id", "retention_years"))
    day_at = Practice.objects.get().day_at
    today = day_at(clock.now())
    yield from ((row.object, None) for row in _of_library(day_at, years[LIBRARY], only))
    rows = _earlier(years[BUCKET], only)
    contacts = _last_contacts({row.client_id for row in rows}, day_at)
    for row in rows:
        newer, born = day_at(row.next_version.created_at), row.client.date_of_birth
        last = max(contacts.get(row.client_id, newer), newer)
        if kept_until(superseded=newer, last_contact=last, born=born, years=years[BUCKET]) < today:
            yield row.object, row.client_id


def _earlier(years: int, only: UUID | None) -> list[ClientDocument]:
    """Earlier versions in charts of clients no longer in care, whose years could be over; none that was signed, since
    its digest stands with the signatures."""
    rows = ClientDocument.objects.filter(latest_version=False, object__state=State.KEPT, **_of_object(only))
    rows = rows.filter(created_at__lt=_years_ago(years)).exclude(client__status=ClientStatus.ACTIVE)
    rows = rows.exclude(signatures.is_what_was_signed())
    return list(rows.select_related("object", "client", "next_version").order_by("id"))


def _of_library(day_at: DayAt, years: int, only: UUID | None) -> list[LibraryDocument]:
    """A policy is kept for its years from when another took its place (45 CFR 164.316(b)(2)(i) asks for six)."""
    rows = LibraryDocument.objects.filter(latest_version=False, object__state=State.KEPT, **_of_object(only))
    later = LibraryDocument.objects.filter(previous_version__in=rows)
    newer = {row.previous_version_id: day_at(row.created_at) for row in later}
    today = day_at(clock.now())
    found = (row for row in rows.select_related("object") if row.pk in newer)
    return [row for row in found if years_after(newer[row.pk], years) < today]


def _of_object(only: UUID | None) -> dict[str, UUID]:
    return {"object": only} if only else {}


def _last_contacts(clients: set[UUID], day_at: DayAt) -> dict[UUID, date]:
    """The day of the last session of each, of the last note (not every one has its session) and the last document,
    whichever is latest."""
    of = {"client__in": clients}
    sessions = Appointment.objects.filter(**of).values_list("client").annotate(Max("ends_at"))
    papers = ClientDocument.objects.filter(**of).values_list("client").annotate(Max("created_at"))
    notes = ClinicalNote.objects.filter(**of).values_list("client").annotate(Max("service_date"))
    found: dict[UUID, date] = {}
    for client, day in (*((client, day_at(moment)) for client, moment in (*sessions, *papers)), *notes):
        found[client] = max(found.get(client, day), day)
    return found


def _years_ago(years: int) -> datetime:
    now = clock.now()
    return now.replace(year=now.year - years, day=min(now.day, 28))


def preview(kind: str, *, older_than_years: int, only_former: bool) -> Preview:
    """What a clearing up of this kind would touch now. Administrators see every chart, and so count them all."""
    if kind == RunKind.ARCHIVE:
        rows = to_archive(older_than_years=older_than_years, only_former=only_former)
        found = rows.aggregate(n=Count("id"), c=Count("client", distinct=True), b=Coalesce(Sum("file_size_bytes"), 0))
        return Preview(found["n"], found["c"], found["b"])
    if kind == RunKind.REMOVE_QUARANTINED:
        sizes = list(quarantined().values_list("size", flat=True))
        return Preview(len(sizes), 0, sum(sizes))
    rows_of = list(superseded())
    clients = {client for _, client in rows_of if client}
    return Preview(len(rows_of), len(clients), sum(kept.size for kept, _ in rows_of))
