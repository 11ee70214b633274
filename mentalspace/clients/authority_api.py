"""Who outside the practice may see a client, over HTTP."""

from functools import partial
from typing import Any
from uuid import UUID

from ninja import Router, Status

from mentalspace.audit.trail import saw
from mentalspace.clients import authority_actions as actions
from mentalspace.clients import queries
from mentalspace.clients.schemas import AuthorityOut, GuardianChange, GuardianIn, PortalIn, VerificationIn
from mentalspace.core.api import REFUSALS
from mentalspace.people.days import access_day, today_of
from mentalspace.people.middleware import StaffRequest
from mentalspace.people.sessions import end_all_of

router = Router(tags=["clients"])


@router.get("/clients/{client_id}/authority", response={200: AuthorityOut, **REFUSALS}, operation_id="get_authority")
def get_authority(request: StaffRequest, client_id: UUID) -> dict[str, Any]:
    """The client's portal, who acts for them, and how their status came about."""
    return _shown(client_id)


@router.put("/clients/{client_id}/portal", response={200: AuthorityOut, **REFUSALS}, operation_id="change_portal")
def change_portal(request: StaffRequest, client_id: UUID, data: PortalIn) -> dict[str, Any]:
    """On or off. Off is at once: the account sees nothing any more, and its sessions end."""
    if data.enabled:
        actions.open_portal(client_id=client_id, by=request.actor)
    else:
        actions.close_portal(client_id=client_id, reason=data.reason, by=request.actor)
        request.afterwards.append(partial(end_all_of, client_id))
    return _shown(client_id)


@router.post("/clients/{client_id}/guardians", response={201: AuthorityOut, **REFUSALS}, operation_id="add_guardian")
def add_guardian(request: StaffRequest, client_id: UUID, data: GuardianIn) -> Status[dict[str, Any]]:
    """Enter who acts for the client. It counts once it is verified."""
    actions.add_guardian(client_id=client_id, by=request.actor, today=today_of(request), values=data.dict())
    return Status(201, _shown(client_id))


@router.put(
    "/clients/{client_id}/guardians/{guardian_id}",
    response={200: AuthorityOut, **REFUSALS},
    operation_id="change_guardian",
)
def change_guardian(request: StaffRequest, client_id: UUID, guardian_id: UUID, data: GuardianChange) -> dict[str, Any]:
    which = {"client_id": client_id, "guardian_id": guardian_id}
    actions.change_guardian(**which, today=today_of(request), access_day=access_day(), values=data.dict())
    return _shown(client_id)


@router.post(
    "/clients/{client_id}/guardians/{guardian_id}/verification",
    response={200: AuthorityOut, **REFUSALS},
    operation_id="verify_guardian",
)
def verify_guardian(request: StaffRequest, client_id: UUID, guardian_id: UUID, data: VerificationIn) -> dict[str, Any]:
    """Say what was seen, under one's own name."""
    which = {"client_id": client_id, "guardian_id": guardian_id}
    actions.verify_guardian(**which, how=data.how, by=request.actor, access_day=access_day())
    return _shown(client_id)


@router.delete(
    "/clients/{client_id}/guardians/{guardian_id}",
    response={200: AuthorityOut, **REFUSALS},
    operation_id="end_guardian",
)
def end_guardian(request: StaffRequest, client_id: UUID, guardian_id: UUID) -> dict[str, Any]:
    """They act for the client no longer. That they did is kept."""
    actions.end_guardian(client_id=client_id, guardian_id=guardian_id, access_day=access_day())
    return _shown(client_id)


def _shown(client_id: UUID) -> dict[str, Any]:
    saw("client_authority", clients=[client_id], resource=client_id, what="looked at who acts for a client")
    return queries.authority(client_id, access_day())
