"""Reads of documents. Row-level security has decided which are there."""

from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from mentalspace.clients.models import Client
from mentalspace.core.paging import page
from mentalspace.documents import searching
from mentalspace.documents.models import ClientDocument, Outcome, Status
from mentalspace.documents.sharing.queries import shared_now
from mentalspace.documents.signing.queries import copy_given_up, out_for_signature
from mentalspace.storage.extraction import READABLE
from mentalspace.storage.models import State
from mentalspace.storage.serving import SHOWN

KEYS = ("-created_at", "id")

AS_IT_IS = (
    *("id", "client_id", "title", "category", "tags", "file_name", "mime_type", "file_size_bytes", "uploaded_date"),
    *("status", "version_number", "latest_version", "version", "template_version", "signed_at"),
)


def listed(
    client_id: UUID, *, q: str, category: str, archived: bool, cursor: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    """One page of a client's documents, the newest first, each in its latest version. 404 for a hidden client."""
    Client.objects.visible(client_id)
    rows = _rows().filter(client_id=client_id, latest_version=True)
    rows = rows.filter(status=Status.ARCHIVED) if archived else rows.exclude(status=Status.ARCHIVED)
    if category:
        rows = rows.filter(category=category)
    for word in (words := q.split()):
        named = Q(title__icontains=word) | Q(file_name__icontains=word) | Q(tags__icontains=word)
        rows = rows.filter(named | searching.says(word, beside=words))
    found, following = page(rows, keys=KEYS, cursor=cursor)
    places = searching.places(client_id, [row.pk for row in found], words)
    return [_shown(row) | {"found": places.get(row.pk, [])} for row in found], following


def chart_is_there(client_id: UUID) -> None:
    """404 for a hidden client, before anything is done with a file."""
    Client.objects.visible(client_id)


def is_there(client_id: UUID, document_id: UUID) -> bool:
    """Whether a chart has this document already."""
    return ClientDocument.objects.filter(pk=document_id, client_id=client_id).exists()


def opened(document_id: UUID) -> ClientDocument:
    """A document with its object. 404 when invisible."""
    return _rows().visible(document_id)  # type: ignore[attr-defined,no-any-return]


def whole(document: ClientDocument) -> dict[str, Any]:
    """The `DocumentVersions` of a document. One more statement."""
    family = _rows().filter(family=document.family).order_by("-version_number")
    return {**_shown(document), "versions": [_shown(row) for row in family]}


def _rows() -> QuerySet[ClientDocument]:
    rows = ClientDocument.objects.select_related("object", "uploader", "template")
    signing = {"is_out": out_for_signature(), "is_copy_given_up": copy_given_up()}
    return rows.annotate(outcome=F("text__outcome"), is_shared=shared_now(), **signing)


def _shown(row: ClientDocument) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in AS_IT_IS},
        "uploaded_by": row.uploader.full_name,
        "state": row.object.state,
        "is_scanned": bool(row.object.scanner),
        "is_shown": row.mime_type in SHOWN and row.object.state == State.KEPT,
        "words": _words(row),
        "is_out": row.is_out,  # type: ignore[attr-defined]  # annotated in _rows
        "is_copy_given_up": row.is_copy_given_up,  # type: ignore[attr-defined]  # annotated in _rows
        "is_shared": row.is_shared,  # type: ignore[attr-defined]  # annotated in _rows
        "template": row.template.title if row.template else "",
    }


def _words(row: ClientDocument) -> str:
    """Whether the document is found by the words in it: "found", "waiting" to be read, or "none" that could be."""
    outcome = row.outcome  # type: ignore[attr-defined]  # annotated in _rows
    if outcome in (None, Outcome.TRIED) and row.mime_type in READABLE and row.object.state == State.KEPT:
        return "waiting"
    return "found" if outcome == Outcome.READ else "none"
