"""Consents over HTTP: how they stand, recorded, revoked."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.core.api import REFUSALS
from mentalspace.forms.consents import actions, queries
from mentalspace.forms.consents.schemas import ClientConsentsOut, ConsentRecordIn, ConsentRevocationIn, ConsentsQuery
from mentalspace.people.days import today_of
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["consents"])

MANY = "/clients/{client_id}/consents"
ONE = "/consents/{client_consent_id}"


@router.get(MANY, response={200: ClientConsentsOut, **REFUSALS}, operation_id="get_client_consents")
def get_client_consents(request: StaffRequest, client_id: UUID, query: Query[ConsentsQuery]) -> dict[str, Any]:
    """What the client agreed to, the newest first, how each kind stands, and what can be recorded."""
    return _shown(request, client_id, query.on)


@router.post(MANY, response={201: ClientConsentsOut, **REFUSALS}, operation_id="record_client_consent")
def record_client_consent(request: StaffRequest, client_id: UUID, data: ConsentRecordIn) -> Status[dict[str, Any]]:
    """Record a consent that was given."""
    actions.record_consent(client_id=client_id, today=today_of(request), by=request.actor, **data.dict())
    return Status(201, _shown(request, client_id))


@router.put(
    "/consents/{client_consent_id}/revocation",
    response={200: ClientConsentsOut, **REFUSALS},
    operation_id="revoke_consent",
)
def revoke_consent(request: StaffRequest, client_consent_id: UUID, data: ConsentRevocationIn) -> dict[str, Any]:
    """Record that a consent was taken back."""
    today, by = today_of(request), request.actor
    row = actions.revoke_consent(consent_id=client_consent_id, today=today, by=by, **data.dict())
    return _shown(request, row.client_id)


def _shown(request: StaffRequest, client_id: UUID, on: date | None = None) -> dict[str, Any]:
    found = queries.of_client(client_id, today=today_of(request), by=request.actor, on=on)
    saw("consents", clients=[client_id], what="looked at a client's consents")
    return found
