"""The outbox and its carriers over HTTP: parse → one action or query → return."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, Page, Problem
from mentalspace.correspondence import actions, queries
from mentalspace.correspondence.schemas import (
    AccountIn,
    CarrierOut,
    MessageFilter,
    MessageOut,
    MessageRow,
    Provider,
    StopOut,
    TestIn,
)
from mentalspace.notify.models import Notification
from mentalspace.people import limits
from mentalspace.people.abilities import only_for
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["messages"])


@router.get("/messages", response={200: Page[MessageRow], **REFUSALS}, operation_id="list_messages")
def list_messages(request: StaffRequest, filters: Query[MessageFilter]) -> dict[str, Any]:
    """The outbox, the latest first, a page at a time."""
    _for_who_runs_it(request)
    items, following, clients = queries.listed(**filters.dict())
    saw("message_list", clients=clients, what="looked at the outbox")
    return {"items": items, "next": following}


@router.get("/messages/{message_id}", response={200: MessageOut, **REFUSALS}, operation_id="get_message")
def get_message(request: StaffRequest, message_id: UUID) -> dict[str, Any]:
    """One message with its text, but for its links."""
    _for_who_runs_it(request)
    return _seen(Notification.objects.visible(message_id))


def _for_who_runs_it(request: StaffRequest) -> None:
    """Others may read what of the outbox is about their own charts (`signing`), and have no outbox."""
    only_for("run_outbox", request.actor.audience)


def _seen(row: Notification) -> dict[str, Any]:
    client = queries.client_of(row)
    saw("message", resource=row.pk, clients=[client] if client else [], what="looked at a message")
    return queries.shown(row)


@router.post("/messages/{message_id}/attempt", response={200: MessageOut, **REFUSALS}, operation_id="retry_message")
def retry_message(request: StaffRequest, message_id: UUID) -> dict[str, Any]:
    """Try again at once."""
    _for_who_runs_it(request)
    return _seen(actions.retry(message_id=message_id, by=request.actor))


@router.delete("/messages/{message_id}", response={200: MessageOut, **REFUSALS}, operation_id="call_message_off")
def call_message_off(request: StaffRequest, message_id: UUID) -> dict[str, Any]:
    """Never send it; that it was queued is kept."""
    _for_who_runs_it(request)
    return _seen(actions.call_off(message_id=message_id))


@router.get("/carriers", response={200: list[CarrierOut], **REFUSALS}, operation_id="list_carriers")
def list_carriers(request: StaffRequest) -> list[dict[str, Any]]:
    """Who carries mail and texts, and how that went lately. Not paged: there are two."""
    _for_who_runs_it(request)
    return queries.carriers(clock.now())


@router.put("/carriers/{provider}", response={200: list[CarrierOut], **REFUSALS}, operation_id="connect_provider")
def connect_provider(request: StaffRequest, provider: Provider, data: AccountIn) -> list[dict[str, Any]]:
    """Send by this account from now on. Its secrets are kept sealed, and nothing shows them again."""
    secrets = data.dict(exclude={"sender"})
    actions.connect(by=request.actor, provider=provider, sender=data.sender, secrets=secrets)
    return queries.carriers(clock.now())


@router.delete("/carriers/{provider}", response={200: list[CarrierOut], **REFUSALS}, operation_id="disconnect_provider")
def disconnect_provider(request: StaffRequest, provider: Provider) -> list[dict[str, Any]]:
    """Send by the installation itself again."""
    actions.disconnect(provider=provider)
    return queries.carriers(clock.now())


@router.post("/test-messages", response={201: MessageOut, **REFUSALS, 429: Problem}, operation_id="send_test_message")
def send_test_message(request: StaffRequest, data: TestIn) -> Status[dict[str, Any]]:
    """Send a message that says nothing, to see whether it arrives."""
    limits.check("test_message", user=request.actor.person)
    return Status(201, queries.shown(actions.send_test(by=request.actor, **data.dict())))


@router.get("/stopped-addresses", response={200: Page[StopOut], **REFUSALS}, operation_id="list_stopped_addresses")
def list_stopped_addresses(request: StaffRequest, cursor: str | None = None) -> dict[str, Any]:
    """Addresses that nothing is sent to, the latest first, a page at a time; for who keeps addresses."""
    only_for("lift_stops", request.actor.audience)
    items, following, clients = queries.stops(cursor=cursor)
    saw("stopped_address_list", clients=clients, what="looked at stopped addresses")
    return {"items": items, "next": following}


@router.delete("/stopped-addresses/{stop_id}", response={204: None, **REFUSALS}, operation_id="lift_stop")
def lift_stop(request: StaffRequest, stop_id: UUID) -> Status[None]:
    """The address has been put right: messages go there again."""
    actions.lift(stop_id=stop_id)
    return Status(204, None)
