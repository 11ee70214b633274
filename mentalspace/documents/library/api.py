"""The practice's own papers over HTTP. Nothing in them is about a client."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Query, Router, Status, UploadedFile

from mentalspace.core.api import REFUSALS, Problem
from mentalspace.documents.files import CONTENT, arriving, link_to, uploading
from mentalspace.documents.library import actions, queries
from mentalspace.documents.library.models import BUCKET
from mentalspace.documents.library.schemas import LibraryChange, LibraryFilter, LibraryIn, LibraryPage, LibraryVersions
from mentalspace.documents.schemas import ContentQuery, FileIn, LinkIn, LinkOut
from mentalspace.people.middleware import StaffRequest
from mentalspace.storage.serving import served

router = Router(tags=["library"])

ONE = "/library/{library_document_id}"


@router.get("/library", response={200: LibraryPage, **REFUSALS}, operation_id="list_library")
def list_library(request: StaffRequest, filters: Query[LibraryFilter]) -> dict[str, Any]:
    """The practice's papers by title, each in its latest version."""
    items, following = queries.listed(**filters.dict())
    return {"items": items, "next": following, "uploading": uploading(BUCKET)}


@router.post("/library", response={201: LibraryVersions, **REFUSALS, 503: Problem}, operation_id="add_library_document")
def add_library_document(
    request: StaffRequest, data: Form[LibraryIn], file: File[UploadedFile | None] = None
) -> Status[dict[str, Any]]:
    """Add a file, of the form or sent in pieces before. Its content is judged; what could act is refused."""
    with arriving(BUCKET, file, data.upload) as came:
        if came.result is None:
            said = data.dict(exclude={"upload"})
            came.result = actions.add_document(file=came.file, by=request.actor, **said).pk
    return Status(201, _shown(came.result))


@router.get(ONE, response={200: LibraryVersions, **REFUSALS}, operation_id="get_library_document")
def get_library_document(request: StaffRequest, library_document_id: UUID) -> dict[str, Any]:
    return _shown(library_document_id)


@router.put(ONE, response={200: LibraryVersions, **REFUSALS}, operation_id="change_library_document")
def change_library_document(request: StaffRequest, library_document_id: UUID, data: LibraryChange) -> dict[str, Any]:
    """Rename, describe or file a document."""
    return _shown(actions.change_document(document_id=library_document_id, **data.dict()).pk)


@router.put(f"{ONE}/archive", response={200: LibraryVersions, **REFUSALS}, operation_id="archive_library_document")
def archive_library_document(request: StaffRequest, library_document_id: UUID) -> dict[str, Any]:
    return _shown(actions.archive_document(document_id=library_document_id).pk)


@router.delete(f"{ONE}/archive", response={200: LibraryVersions, **REFUSALS}, operation_id="restore_library_document")
def restore_library_document(request: StaffRequest, library_document_id: UUID) -> dict[str, Any]:
    return _shown(actions.restore_document(document_id=library_document_id).pk)


@router.post(
    f"{ONE}/versions",
    response={201: LibraryVersions, **REFUSALS, 503: Problem},
    operation_id="add_library_version",
)
def add_library_version(
    request: StaffRequest, library_document_id: UUID, data: Form[FileIn], file: File[UploadedFile | None] = None
) -> Status[dict[str, Any]]:
    queries.opened(library_document_id)
    with arriving(BUCKET, file, data.upload) as came:
        if came.result is None:
            came.result = actions.add_version(document_id=library_document_id, file=came.file, by=request.actor).pk
    return Status(201, _shown(came.result))


@router.post(f"{ONE}/link", response={200: LinkOut, **REFUSALS}, operation_id="link_library_document")
def link_library_document(request: StaffRequest, library_document_id: UUID, data: LinkIn) -> dict[str, Any]:
    """An address of the file, good for a minute, for this person in this session."""
    document = queries.opened(library_document_id)
    query, until = link_to(request, document.object_id, is_shown=data.show).query()
    return {"url": f"/api/library/{library_document_id}/content?{query}", "expires_at": until}


@router.get(
    f"{ONE}/content",
    response={**REFUSALS, 503: Problem},
    operation_id="read_library_document",
    openapi_extra=CONTENT,
)
def read_library_document(request: StaffRequest, library_document_id: UUID, query: Query[ContentQuery]) -> HttpResponse:
    """The file, by a link. A `Range` gives a part of it."""
    document = queries.opened(library_document_id)
    link = link_to(request, document.object_id, is_shown=query.show)
    link.check(expires=query.expires, signature=query.signature)
    return served(request, document.object, file_name=document.file_name, is_shown=query.show)


def _shown(document_id: UUID) -> dict[str, Any]:
    return queries.whole(queries.opened(document_id))
