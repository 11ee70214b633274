"""Signatures over HTTP."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.core import clock
from mentalspace.core.api import REFUSALS
from mentalspace.documents import queries as documents
from mentalspace.documents.signing import actions, asking, giving, queries
from mentalspace.documents.signing.asking import Asked, Option
from mentalspace.documents.signing.giving import Given
from mentalspace.documents.signing.schemas import (
    DeclineIn,
    SignatureIn,
    SignatureRequestIn,
    SignatureRequestOut,
    SignatureRequestPage,
    SignatureRequests,
    SignerOption,
    WaitingFilter,
)
from mentalspace.people.days import access_day
from mentalspace.people.middleware import StaffRequest
from mentalspace.people.network import client_address

router = Router(tags=["signatures"])

OF_DOCUMENT = "/documents/{document_id}/signature-requests"
ONE = "/signature-requests/{request_id}"


@router.get(
    "/clients/{client_id}/possible-signers", response={200: list[SignerOption], **REFUSALS}, operation_id="list_signers"
)
def list_signers(request: StaffRequest, client_id: UUID) -> list[Option]:
    """Whom a signature in this chart can be asked of: the client, guardians who may sign, staff who see it."""
    found = asking.options(client_id, access_day())
    saw("client", clients=[client_id], what="looked at who can sign in a chart")
    return found


@router.get(OF_DOCUMENT, response={200: SignatureRequests, **REFUSALS}, operation_id="list_signature_requests")
def list_signature_requests(request: StaffRequest, document_id: UUID) -> dict[str, Any]:
    """Who was asked to sign a document, and what became of it."""
    document = documents.opened(document_id)
    items = queries.of_family(document.family)
    saw("signature_request", clients=[document.client_id], what="looked at a document's signatures")
    return {"items": items}


@router.post(OF_DOCUMENT, response={201: SignatureRequestOut, **REFUSALS}, operation_id="request_signatures")
def request_signatures(request: StaffRequest, document_id: UUID, data: SignatureRequestIn) -> Status[dict[str, Any]]:
    """Send a document for signature."""
    signers = [Asked(one.id, one.role) for one in data.signers]
    said = data.dict(exclude={"id", "signers"})
    made = actions.request_signatures(
        request_id=data.id, document_id=document_id, signers=signers, by=request.actor, now=clock.now(), **said
    )
    return Status(201, _shown(made.pk))


@router.get("/signature-requests", response={200: SignatureRequestPage, **REFUSALS}, operation_id="list_to_sign")
def list_to_sign(request: StaffRequest, filters: Query[WaitingFilter]) -> dict[str, Any]:
    """What waits for one's own signature, or what one has sent and waits for others."""
    items, following = queries.waiting(request.actor.person, **filters.dict())
    saw("signature_request", clients={one["client_id"] for one in items}, what="looked at what waits for a signature")
    return {"items": items, "next": following}


@router.get(ONE, response={200: SignatureRequestOut, **REFUSALS}, operation_id="get_signature_request")
def get_signature_request(request: StaffRequest, request_id: UUID) -> dict[str, Any]:
    return _shown(request_id)


@router.post(f"{ONE}/signature", response={200: SignatureRequestOut, **REFUSALS}, operation_id="sign_document")
def sign_document(request: StaffRequest, request_id: UUID, data: SignatureIn) -> dict[str, Any]:
    """Sign at one's own place. One proof of identity is good for one signature."""
    agent = request.headers.get("User-Agent", "")
    given = Given(data.name, data.drawing, data.document_sha256, client_address(request), agent)
    giving.sign(request_id=request_id, given=given, proved=request.proved, by=request.actor, now=clock.now())
    return _shown(request_id)


@router.post(f"{ONE}/refusal", response={200: SignatureRequestOut, **REFUSALS}, operation_id="decline_to_sign")
def decline_to_sign(request: StaffRequest, request_id: UUID, data: DeclineIn) -> dict[str, Any]:
    giving.decline(request_id=request_id, reason=data.reason, by=request.actor, now=clock.now())
    return _shown(request_id)


@router.post(
    f"{ONE}/withdrawal", response={200: SignatureRequestOut, **REFUSALS}, operation_id="withdraw_signature_request"
)
def withdraw_signature_request(request: StaffRequest, request_id: UUID) -> dict[str, Any]:
    actions.withdraw(request_id=request_id, now=clock.now())
    return _shown(request_id)


@router.post(f"{ONE}/reminder", response={200: SignatureRequestOut, **REFUSALS}, operation_id="remind_signers")
def remind_signers(request: StaffRequest, request_id: UUID) -> dict[str, Any]:
    """Tell those again who have not signed yet."""
    actions.remind(request_id=request_id, by=request.actor, now=clock.now())
    return _shown(request_id)


@router.post(f"{ONE}/copy-mail", response={200: SignatureRequestOut, **REFUSALS}, operation_id="send_signed_copy")
def send_signed_copy(request: StaffRequest, request_id: UUID) -> dict[str, Any]:
    """Send the link to the signed copy again."""
    actions.send_copy(request_id=request_id, by=request.actor, now=clock.now())
    return _shown(request_id)


@router.post(f"{ONE}/copy", response={200: SignatureRequestOut, **REFUSALS}, operation_id="retry_signed_copy")
def retry_signed_copy(request: StaffRequest, request_id: UUID) -> dict[str, Any]:
    """Make the signed copy once more, after it was given up."""
    actions.retry_copy(request_id=request_id, now=clock.now())
    return _shown(request_id)


def _shown(request_id: UUID) -> dict[str, Any]:
    row = queries.opened(request_id)
    saw("signature_request", clients=[row.client_id], resource=row.pk, what="looked at a request for signatures")
    return queries.shown(row)
