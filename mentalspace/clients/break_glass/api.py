"""Emergency access over HTTP: parse → load → one action or query → return."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.clients.break_glass import actions, queries
from mentalspace.clients.break_glass.models import BreakGlassAccess
from mentalspace.clients.break_glass.schemas import (
    EmergencyAccessDetailOut,
    EmergencyAccessFilter,
    EmergencyAccessIn,
    EmergencyAccessOut,
    ReviewIn,
)
from mentalspace.core.api import REFUSALS, Page, Problem
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["emergency access"])


@router.post(
    "/emergency-access",
    response={201: EmergencyAccessOut, **REFUSALS, 429: Problem},
    operation_id="begin_emergency_access",
)
def begin_emergency_access(request: StaffRequest, data: EmergencyAccessIn) -> Status[dict[str, Any]]:
    """Open one chart that is not the person's, for reading, with a reason. Somebody else reviews it."""
    access = actions.begin_emergency_access(by=request.actor, **data.dict())
    return Status(201, _shown(request, access.pk))


@router.get(
    "/emergency-access", response={200: Page[EmergencyAccessOut], **REFUSALS}, operation_id="list_emergency_access"
)
def list_emergency_access(request: StaffRequest, filters: Query[EmergencyAccessFilter]) -> dict[str, Any]:
    """The person's own emergency access, or what others had and the person may review; the latest first."""
    items, following = queries.listed(by=request.actor, **filters.dict())
    saw("emergency_access_list", clients=[item["client_id"] for item in items], what="looked at emergency access")
    return {"items": items, "next": following}


@router.get(
    "/emergency-access/{access_id}",
    response={200: EmergencyAccessDetailOut, **REFUSALS},
    operation_id="get_emergency_access",
)
def get_emergency_access(request: StaffRequest, access_id: UUID) -> dict[str, Any]:
    """One emergency access and, for those who review it, what was opened meanwhile."""
    access = BreakGlassAccess.objects.visible(access_id)
    return _shown(request, access_id) | {"opened": queries.opened(access, by=request.actor)}


@router.delete(
    "/emergency-access/{access_id}", response={200: EmergencyAccessOut, **REFUSALS}, operation_id="end_emergency_access"
)
def end_emergency_access(request: StaffRequest, access_id: UUID) -> dict[str, Any]:
    """Close the chart at once. The row stays: it is still to be reviewed."""
    actions.end_emergency_access(access_id=access_id, by=request.actor)
    return _shown(request, access_id)


@router.post(
    "/emergency-access/{access_id}/review",
    response={200: EmergencyAccessOut, **REFUSALS},
    operation_id="review_emergency_access",
)
def review_emergency_access(request: StaffRequest, access_id: UUID, data: ReviewIn) -> dict[str, Any]:
    actions.review_emergency_access(access_id=access_id, by=request.actor, **data.dict())
    return _shown(request, access_id)


def _shown(request: StaffRequest, access_id: UUID) -> dict[str, Any]:
    row = queries.shown(access_id, by=request.actor)
    saw("emergency_access", clients=[row["client_id"]], resource=access_id, what="looked at an emergency access")
    return row
