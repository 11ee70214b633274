"""Shared documents over HTTP, for the staff."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from mentalspace.audit.trail import saw
from mentalspace.core import clock
from mentalspace.core.api import REFUSALS
from mentalspace.documents import queries as documents
from mentalspace.documents.sharing import actions, queries
from mentalspace.documents.sharing.schemas import DocumentShareIn, DocumentSharesOut
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["documents"])

MANY = "/documents/{document_id}/shares"


@router.get(MANY, response={200: DocumentSharesOut, **REFUSALS}, operation_id="list_document_shares")
def list_document_shares(request: StaffRequest, document_id: UUID) -> dict[str, Any]:
    """With whom a document is or was shared, the newest first, and with whom it may be."""
    return _shown(document_id)


@router.post(MANY, response={201: DocumentSharesOut, **REFUSALS}, operation_id="share_document")
def share_document(request: StaffRequest, document_id: UUID, data: DocumentShareIn) -> Status[dict[str, Any]]:
    """Share this version of a document by a link."""
    said = data.dict(exclude={"id"})
    actions.share_document(share_id=data.id, document_id=document_id, by=request.actor, now=clock.now(), **said)
    return Status(201, _shown(document_id))


@router.put(
    "/document-shares/{document_share_id}/taking-back",
    response={200: DocumentSharesOut, **REFUSALS},
    operation_id="take_document_back",
)
def take_document_back(request: StaffRequest, document_share_id: UUID) -> dict[str, Any]:
    """Show the document to nobody by this link any more."""
    share = actions.take_back(share_id=document_share_id, by=request.actor, now=clock.now())
    return _shown(share.document_id)


def _shown(document_id: UUID) -> dict[str, Any]:
    document = documents.opened(document_id)
    found = queries.of_document(document)
    saw("document_share", clients=[document.client_id], resource=document_id, what="looked at how a document is shared")
    return found
