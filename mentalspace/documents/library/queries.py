"""Reads of the library. Row-level security has decided which documents are there."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from mentalspace.core.paging import page
from mentalspace.documents.library.models import LibraryDocument
from mentalspace.documents.policies import Status
from mentalspace.storage.models import State
from mentalspace.storage.serving import SHOWN

KEYS = ("title", "id")

AS_IT_IS = (
    *("id", "title", "description", "category", "tags", "file_name", "mime_type", "file_size_bytes", "status"),
    *("version_number", "latest_version", "version"),
)


def listed(*, q: str, category: str, archived: bool, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """One page of the library in the order of titles, each document in its latest version."""
    rows = _rows().filter(latest_version=True)
    rows = rows.filter(status=Status.ARCHIVED) if archived else rows.exclude(status=Status.ARCHIVED)
    if category:
        rows = rows.filter(category=category)
    for word in q.split():
        named = Q(title__icontains=word) | Q(file_name__icontains=word) | Q(tags__icontains=word)
        rows = rows.filter(named | Q(description__icontains=word))
    found, following = page(rows, keys=KEYS, cursor=cursor)
    return [_shown(row) for row in found], following


def opened(document_id: UUID) -> LibraryDocument:
    """A document with its object. 404 when there is none in this practice."""
    return _rows().visible(document_id)  # type: ignore[attr-defined,no-any-return]


def whole(document: LibraryDocument) -> dict[str, Any]:
    """The `LibraryVersions` of a document. One more statement."""
    family = _rows().filter(family=document.family).order_by("-version_number")
    return {**_shown(document), "versions": [_shown(row) for row in family]}


def _rows() -> QuerySet[LibraryDocument]:
    return LibraryDocument.objects.select_related("object", "uploader")


def _shown(row: LibraryDocument) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in AS_IT_IS},
        "uploaded_by": row.uploader.full_name,
        "uploaded_date": row.created_at,
        "state": row.object.state,
        "is_scanned": bool(row.object.scanner),
        "is_shown": row.mime_type in SHOWN and row.object.state == State.KEPT,
    }
