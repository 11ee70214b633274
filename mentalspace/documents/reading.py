"""Reading the words of documents, as the practice's system: after each upload, and of those that were there before."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from mentalspace.access.actor import Actor, acting_as
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument, DocumentText, Outcome
from mentalspace.storage.errors import FileMissing, InQuarantine, StorageAway
from mentalspace.storage.extraction import READABLE, STOPPED, Reading, words_of
from mentalspace.storage.keeping import content_of
from mentalspace.storage.models import State

AT_ONCE = 20
MOST_TRIES = 5
"""How often a document is tried whose reader was stopped, by the clock or for want of memory; ten minutes apart."""
LONGEST = timedelta(minutes=2)
"""How long one run catches up with what was not read; the next goes on."""

logger = logging.getLogger(__name__)


def read_words(actor: Actor, document_id: UUID) -> None:
    """Keep the words of one document. Once more changes nothing; what cannot be reached now is left for later."""
    with acting_as(actor), transaction.atomic():
        document = _unread().filter(pk=document_id).select_related("object", "text").first()
    if document is None:
        return
    try:
        content = content_of(document.object)
    except (FileMissing, InQuarantine, StorageAway):
        return
    tries = document.text.tries + 1 if hasattr(document, "text") else 1
    reading = words_of(content, document.mime_type)
    if reading.outcome == STOPPED:
        reading = Reading(Outcome.TRIED if tries < MOST_TRIES else Outcome.FAILED)
    try:
        _keep(actor, document, reading, tries)
    except DatabaseError as refused:  # it will not take these words; those of other documents are read all the same
        logger.error("the words of document %s could not be kept: %s", document.pk, type(refused).__name__)
        _keep(actor, document, Reading(Outcome.FAILED), tries)


def _keep(actor: Actor, document: ClientDocument, reading: Reading, tries: int) -> None:
    """In place of what says that it was tried. Another job may have read it meanwhile: then nothing is kept."""
    of = {"practice_id": actor.practice, "document_id": document.pk, "client_id": document.client_id}
    with acting_as(actor), transaction.atomic():
        DocumentText.objects.filter(document=document, outcome=Outcome.TRIED).delete()
        row = DocumentText(**of, outcome=reading.outcome, content=reading.text, tries=tries)
        DocumentText.objects.bulk_create([row], ignore_conflicts=True)


def catch_up(actor: Actor) -> int:
    """Read what nobody has read yet, the newest first, for as long as a run may take. Returns how many were tried."""
    began, tried = clock.now(), set[UUID]()
    while clock.now() - began < LONGEST and (waiting := _next(actor, tried)):
        for document_id in waiting:
            tried.add(document_id)
            read_words(actor, document_id)
    return len(tried)


def _next(actor: Actor, tried: set[UUID]) -> list[UUID]:
    with acting_as(actor), transaction.atomic():
        rows = _unread().exclude(pk__in=tried).order_by("-created_at", "id")
        return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def _unread() -> QuerySet[ClientDocument]:
    rows = ClientDocument.objects.filter(object__state=State.KEPT, mime_type__in=READABLE)
    return rows.filter(Q(text__isnull=True) | Q(text__outcome=Outcome.TRIED))
