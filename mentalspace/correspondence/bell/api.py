"""The bell over HTTP: parse → one action or query → return."""

from typing import Any
from uuid import UUID

from ninja import Router

from mentalspace.audit.trail import saw
from mentalspace.core.api import REFUSALS, Page
from mentalspace.correspondence.bell import actions, queries
from mentalspace.correspondence.bell.schemas import ReadingIn, TellingOut, UnreadOut
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["notifications"])


@router.get("/notifications", response={200: Page[TellingOut], **REFUSALS}, operation_id="list_notifications")
def list_notifications(request: StaffRequest, cursor: str | None = None) -> dict[str, Any]:
    """What the person was told, the latest first, a page at a time."""
    items, following = queries.listed(cursor=cursor)
    clients = [item["client_id"] for item in items if item["client_id"]]
    saw("notification_list", clients=clients, what="looked at their notifications")
    return {"items": items, "next": following}


@router.get("/notifications/unread", response={200: UnreadOut, **REFUSALS}, operation_id="count_notifications")
def count_notifications(request: StaffRequest) -> dict[str, int]:
    """How many wait. What the bell asks every minute while somebody looks at the page."""
    return {"unread": queries.unread()}


@router.post("/notifications/reading", response={200: UnreadOut, **REFUSALS}, operation_id="read_all_notifications")
def read_all_notifications(request: StaffRequest, data: ReadingIn) -> dict[str, int]:
    """All that the person was told up to a moment has been read."""
    actions.read_all(until=data.until)
    return {"unread": queries.unread()}


@router.post(
    "/notifications/{notification_id}/reading",
    response={200: UnreadOut, **REFUSALS},
    operation_id="read_notification",
)
def read_notification(request: StaffRequest, notification_id: UUID) -> dict[str, int]:
    """One has been read."""
    actions.read(notification_id=notification_id)
    return {"unread": queries.unread()}
