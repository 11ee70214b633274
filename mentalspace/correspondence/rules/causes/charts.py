"""What comes into charts: clients, documents, results of measures."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import get_args
from uuid import UUID

from mentalspace.clients.models import Client
from mentalspace.correspondence.rules.conditions import CHOICE, NUMBER, TEXT, Field
from mentalspace.correspondence.rules.facts import Cause, Facts, Point, zone_of_practice
from mentalspace.correspondence.rules.vocabulary import Timing, Trigger
from mentalspace.correspondence.rules.wording import CLIENT
from mentalspace.documents.models import ClientDocument, Status
from mentalspace.documents.rules import Category
from mentalspace.notify.fields import Said
from mentalspace.outcomes.models import MeasureResult
from mentalspace.outcomes.rules import is_critical

AFTERWARDS = (Timing.IMMEDIATE, Timing.AFTER, Timing.SCHEDULED)
FRESH = timedelta(days=7)
"""A result that comes in later than this after it was taken is history, and nobody is called for it."""


def _points(rows: Iterable[tuple[UUID, datetime]]) -> list[Point]:
    return [Point(pk, at, at) for pk, at in rows]


def _documents_between(start: datetime, end: datetime) -> Iterable[Point]:
    rows = ClientDocument.objects.filter(created_at__gte=start, created_at__lt=end)
    return _points(rows.order_by("created_at", "id").values_list("id", "created_at"))


def _document(entity: UUID, now: datetime) -> Facts | None:
    rows = ClientDocument.objects.filter(pk=entity, status=Status.ACTIVE, latest_version=True, created_at__lte=now)
    row = rows.select_related("client", "uploader").first()
    if row is None:
        return None
    return Facts(
        entity=row.pk,
        begins=row.created_at,
        moment=row.created_at,
        zone=zone_of_practice(),
        about=("document", row.pk),
        client=row.client_id,
        clinician=row.client.primary_therapist_id,
        values={"category": row.category, "version": row.version_number},
        said={"uploader_name": row.uploader.full_name, "category": row.category},
    )


DOCUMENT_UPLOADED = Cause(
    trigger=Trigger.DOCUMENT_UPLOADED,
    explains="A document, or a new version of one, was put into a chart.",
    facts=_document,
    between=_documents_between,
    asks={"category": Field("Category", CHOICE, get_args(Category)), "version": Field("Version", NUMBER)},
    says={
        CLIENT: Said("Robin Vale"),
        "uploader_name": Said("Fay Lindqvist", in_subject=True),
        "category": Said("intake"),
    },
    timings=AFTERWARDS,
    is_event=True,
)


def _clients_between(start: datetime, end: datetime) -> Iterable[Point]:
    rows = Client.objects.filter(created_at__gte=start, created_at__lt=end)
    return _points(rows.order_by("created_at", "id").values_list("id", "created_at"))


def _client(entity: UUID, now: datetime) -> Facts | None:
    row = Client.objects.filter(pk=entity, created_at__lte=now).select_related("primary_therapist").first()
    if row is None:
        return None
    therapist = row.primary_therapist.full_name if row.primary_therapist else ""
    return Facts(
        entity=row.pk,
        begins=row.created_at,
        moment=row.created_at,
        zone=zone_of_practice(),
        about=("client", row.pk),
        client=row.pk,
        clinician=row.primary_therapist_id,
        values={"therapist": therapist, "state": row.state, "language": row.primary_language},
        said={"therapist_name": therapist or "nobody yet"},
    )


CLIENT_REGISTERED = Cause(
    trigger=Trigger.CLIENT_REGISTERED,
    explains="Somebody was added as a client.",
    facts=_client,
    between=_clients_between,
    asks={
        "therapist": Field("Primary therapist", TEXT),
        "state": Field("State", TEXT),
        "language": Field("Language", TEXT),
    },
    says={CLIENT: Said("Robin Vale"), "therapist_name": Said("Ana Reyes", in_subject=True)},
    timings=AFTERWARDS,
    is_event=True,
)


def _results_between(start: datetime, end: datetime) -> Iterable[Point]:
    rows = MeasureResult.objects.filter(created_at__gte=start, created_at__lt=end, taken_at__gte=start - FRESH)
    found = rows.order_by("created_at", "id").values_list("id", "created_at", "instrument", "score", "answers")
    return _points((pk, at) for pk, at, *result in found if is_critical(*result))


def _result(entity: UUID, now: datetime) -> Facts | None:
    row = MeasureResult.objects.filter(pk=entity, created_at__lte=now).select_related("client").first()
    if row is None or not is_critical(row.instrument, row.score, row.answers):
        return None
    if row.created_at - row.taken_at > FRESH:
        return None
    return Facts(
        entity=row.pk,
        begins=row.created_at,
        moment=row.created_at,
        zone=zone_of_practice(),
        about=("measure", row.pk),
        client=row.client_id,
        clinician=row.client.primary_therapist_id,
        values={"instrument": row.instrument, "score": float(row.score)},
        said={},
    )


CRITICAL_SCORE = Cause(
    trigger=Trigger.CRITICAL_SCORE,
    explains="A measure came in whose score or answer needs a look: severe by its published cut-off, or a thought of"
    " self-harm.",
    facts=_result,
    between=_results_between,
    asks={"instrument": Field("Measure", TEXT), "score": Field("Score", NUMBER)},
    says={CLIENT: Said("Robin Vale")},
    timings=AFTERWARDS,
)
