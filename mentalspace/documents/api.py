"""A chart's documents over HTTP."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Query, Router, Status, UploadedFile

from mentalspace.audit.trail import saw
from mentalspace.core.api import REFUSALS, Problem
from mentalspace.documents import actions, queries
from mentalspace.documents.files import CONTENT, arriving, link_to, uploading
from mentalspace.documents.models import BUCKET
from mentalspace.documents.schemas import (
    ContentQuery,
    DocumentChange,
    DocumentFilter,
    DocumentIn,
    DocumentPage,
    DocumentVersions,
    FileIn,
    LinkIn,
    LinkOut,
)
from mentalspace.people.middleware import StaffRequest
from mentalspace.storage.links import follow, is_first_following
from mentalspace.storage.serving import served

router = Router(tags=["documents"])


@router.get("/clients/{client_id}/documents", response={200: DocumentPage, **REFUSALS}, operation_id="list_documents")
def list_documents(request: StaffRequest, client_id: UUID, filters: Query[DocumentFilter]) -> dict[str, Any]:
    """The documents in a client's chart, the newest first, each in its latest version."""
    items, following = queries.listed(client_id, **filters.dict())
    saw("document_list", clients=[client_id], what="looked at a chart's documents")
    return {"items": items, "next": following, "uploading": uploading(BUCKET)}


@router.post(
    "/clients/{client_id}/documents",
    response={201: DocumentVersions, **REFUSALS, 503: Problem},
    operation_id="add_document",
)
def add_document(
    request: StaffRequest, client_id: UUID, data: Form[DocumentIn], file: File[UploadedFile | None] = None
) -> Status[dict[str, Any]]:
    """Add a file, of the form or sent in pieces before. Its content is judged; what could act is refused."""
    queries.chart_is_there(client_id)
    with arriving(BUCKET, file, data.upload) as came:
        if came.result is None:
            said = {"title": data.title, "category": data.category}
            came.result = actions.add_document(client_id=client_id, file=came.file, by=request.actor, **said).pk
    return Status(201, _shown(came.result))


@router.get("/documents/{document_id}", response={200: DocumentVersions, **REFUSALS}, operation_id="get_document")
def get_document(request: StaffRequest, document_id: UUID) -> dict[str, Any]:
    return _shown(document_id)


@router.put("/documents/{document_id}", response={200: DocumentVersions, **REFUSALS}, operation_id="change_document")
def change_document(request: StaffRequest, document_id: UUID, data: DocumentChange) -> dict[str, Any]:
    """Rename a document, or file it elsewhere."""
    return _shown(actions.change_document(document_id=document_id, **data.dict()).pk)


@router.put(
    "/documents/{document_id}/archive", response={200: DocumentVersions, **REFUSALS}, operation_id="archive_document"
)
def archive_document(request: StaffRequest, document_id: UUID) -> dict[str, Any]:
    return _shown(actions.archive_document(document_id=document_id).pk)


@router.delete(
    "/documents/{document_id}/archive", response={200: DocumentVersions, **REFUSALS}, operation_id="restore_document"
)
def restore_document(request: StaffRequest, document_id: UUID) -> dict[str, Any]:
    return _shown(actions.restore_document(document_id=document_id).pk)


@router.post(
    "/documents/{document_id}/versions",
    response={201: DocumentVersions, **REFUSALS, 503: Problem},
    operation_id="add_document_version",
)
def add_document_version(
    request: StaffRequest, document_id: UUID, data: Form[FileIn], file: File[UploadedFile | None] = None
) -> Status[dict[str, Any]]:
    queries.opened(document_id)
    with arriving(BUCKET, file, data.upload) as came:
        if came.result is None:
            came.result = actions.add_version(document_id=document_id, file=came.file, by=request.actor).pk
    return Status(201, _shown(came.result))


@router.post("/documents/{document_id}/link", response={200: LinkOut, **REFUSALS}, operation_id="link_document")
def link_document(request: StaffRequest, document_id: UUID, data: LinkIn) -> dict[str, Any]:
    """An address of the file, good for a minute, for this person in this session."""
    document = queries.opened(document_id)
    query, until = link_to(request, document.object_id, is_shown=data.show).query()
    return {"url": f"/api/documents/{document_id}/content?{query}", "expires_at": until}


@router.get(
    "/documents/{document_id}/content",
    response={**REFUSALS, 503: Problem},
    operation_id="read_document",
    openapi_extra=CONTENT,
)
def read_document(request: StaffRequest, document_id: UUID, query: Query[ContentQuery]) -> HttpResponse:
    """The file, by a link. Whether one may see it is asked again; a `Range` gives a part of it."""
    document = queries.opened(document_id)
    link = link_to(request, document.object_id, is_shown=query.show)
    link.check(expires=query.expires, signature=query.signature)
    if is_first_following(request.session, query.signature):
        saw("document", clients=[document.client_id], resource=document.pk, what="opened a document")
        request.afterwards.append(partial(follow, request.session, query.signature))
    return served(request, document.object, file_name=document.file_name, is_shown=query.show)


def _shown(document_id: UUID) -> dict[str, Any]:
    """The document as the person may see it, with the read noted."""
    document = queries.opened(document_id)
    saw("document", clients=[document.client_id], resource=document.pk, what="looked at what is said of a document")
    return queries.whole(document)
