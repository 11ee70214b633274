"""Clients over HTTP: parse → load → one action or query → return."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.clients import actions, queries
from mentalspace.clients.schemas import (
    AlertIn,
    CareTeamIn,
    ClientChange,
    ClientFilter,
    ClientHit,
    ClientIn,
    ClientOut,
    ClientRow,
    ContactIn,
    DiagnosisIn,
    ResolutionIn,
    StatusIn,
)
from mentalspace.core.api import REFUSALS, Page, as_made, page_as_made
from mentalspace.people.days import access_day, today_of
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["clients"])


@router.get("/clients", response={200: Page[ClientRow], **REFUSALS}, operation_id="list_clients")
def list_clients(request: StaffRequest, filters: Query[ClientFilter]) -> HttpResponse:
    """The clients the person may see, by last name, a page at a time."""
    items, found, following = queries.listed(person=request.actor.person, today=today_of(request), **filters.dict())
    saw("client_list", clients=found, what="looked at a list of clients")
    return page_as_made(items, following)


@router.get("/clients/search", response={200: Page[ClientHit], **REFUSALS}, operation_id="search_clients")
def search_clients(request: StaffRequest, q: str) -> HttpResponse:
    """Find a client by parts of names, record number, e-mail or date of birth. For the Ctrl-K palette."""
    items, found = queries.search(q, today_of(request)) if q.strip() else ("[]", [])
    saw("client_list", clients=found, what="searched for a client")
    return page_as_made(items)


@router.get("/clients/recent", response={200: Page[ClientHit], **REFUSALS}, operation_id="list_recent_clients")
def list_recent_clients(request: StaffRequest) -> HttpResponse:
    """The charts the person opened last."""
    items, found = queries.recent(request.actor.person, today_of(request))
    saw("client_list", clients=found, what="looked at recent clients")
    return page_as_made(items)


@router.post("/clients", response={201: ClientOut, **REFUSALS}, operation_id="add_client")
def add_client(request: StaffRequest, data: ClientIn) -> HttpResponse:
    client = actions.add_client(by=request.actor, today=today_of(request), access_from=access_day(), values=data.dict())
    return _shown(request, client.id, 201)


@router.get("/clients/{client_id}", response={200: ClientOut, **REFUSALS}, operation_id="get_client")
def get_client(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The chart's header and demographics. Opening it is remembered for "recently viewed"."""
    shown = _shown(request, client_id)
    actions.remember_view(client_id=client_id, by=request.actor)
    return shown


@router.put("/clients/{client_id}", response={200: ClientOut, **REFUSALS}, operation_id="change_client")
def change_client(request: StaffRequest, client_id: UUID, data: ClientChange) -> HttpResponse:
    client = actions.change_client(
        client_id=client_id,
        by=request.actor,
        version=data.version,
        today=today_of(request),
        values=data.dict(exclude={"version"}),
    )
    return _shown(request, client.id)


@router.post("/clients/{client_id}/care-team", response={201: ClientOut, **REFUSALS}, operation_id="assign_care_team")
def assign_care_team(request: StaffRequest, client_id: UUID, data: CareTeamIn) -> HttpResponse:
    member = actions.assign_care_team(client_id=client_id, by=request.actor, today=access_day(), **data.dict())
    return _shown(request, member.client_id, 201)


@router.delete(
    "/clients/{client_id}/care-team/{member_id}",
    response={200: ClientOut, **REFUSALS},
    operation_id="end_care_team",
)
def end_care_team(request: StaffRequest, client_id: UUID, member_id: UUID) -> HttpResponse:
    member = actions.end_care_team(client_id=client_id, member_id=member_id, today=access_day())
    return _shown(request, member.client_id)


@router.post("/clients/{client_id}/alerts", response={201: ClientOut, **REFUSALS}, operation_id="raise_alert")
def raise_alert(request: StaffRequest, client_id: UUID, data: AlertIn) -> HttpResponse:
    alert = actions.raise_alert(client_id=client_id, by=request.actor, **data.dict())
    return _shown(request, alert.client_id, 201)


@router.delete(
    "/clients/{client_id}/alerts/{alert_id}", response={200: ClientOut, **REFUSALS}, operation_id="end_alert"
)
def end_alert(request: StaffRequest, client_id: UUID, alert_id: UUID) -> HttpResponse:
    alert = actions.end_alert(client_id=client_id, alert_id=alert_id)
    return _shown(request, alert.client_id)


@router.post("/clients/{client_id}/diagnoses", response={201: ClientOut, **REFUSALS}, operation_id="add_diagnosis")
def add_diagnosis(request: StaffRequest, client_id: UUID, data: DiagnosisIn) -> HttpResponse:
    diagnosis = actions.add_diagnosis(client_id=client_id, by=request.actor, **data.dict())
    return _shown(request, diagnosis.client_id, 201)


@router.put(
    "/clients/{client_id}/diagnoses/{diagnosis_id}/resolution",
    response={200: ClientOut, **REFUSALS},
    operation_id="resolve_diagnosis",
)
def resolve_diagnosis(request: StaffRequest, client_id: UUID, diagnosis_id: UUID, data: ResolutionIn) -> HttpResponse:
    which = {"client_id": client_id, "diagnosis_id": diagnosis_id}
    actions.resolve_diagnosis(**which, resolved_date=data.resolved_date, today=today_of(request))
    return _shown(request, client_id)


@router.delete(
    "/clients/{client_id}/diagnoses/{diagnosis_id}/resolution",
    response={200: ClientOut, **REFUSALS},
    operation_id="reopen_diagnosis",
)
def reopen_diagnosis(request: StaffRequest, client_id: UUID, diagnosis_id: UUID) -> HttpResponse:
    actions.reopen_diagnosis(client_id=client_id, diagnosis_id=diagnosis_id)
    return _shown(request, client_id)


@router.post("/clients/{client_id}/contacts", response={201: ClientOut, **REFUSALS}, operation_id="add_contact")
def add_contact(request: StaffRequest, client_id: UUID, data: ContactIn) -> HttpResponse:
    actions.add_contact(client_id=client_id, by=request.actor, values=data.dict())
    return _shown(request, client_id, 201)


@router.put(
    "/clients/{client_id}/contacts/{contact_id}", response={200: ClientOut, **REFUSALS}, operation_id="change_contact"
)
def change_contact(request: StaffRequest, client_id: UUID, contact_id: UUID, data: ContactIn) -> HttpResponse:
    actions.change_contact(client_id=client_id, contact_id=contact_id, values=data.dict())
    return _shown(request, client_id)


@router.delete(
    "/clients/{client_id}/contacts/{contact_id}", response={200: ClientOut, **REFUSALS}, operation_id="remove_contact"
)
def remove_contact(request: StaffRequest, client_id: UUID, contact_id: UUID) -> HttpResponse:
    actions.remove_contact(client_id=client_id, contact_id=contact_id)
    return _shown(request, client_id)


@router.put("/clients/{client_id}/status", response={200: ClientOut, **REFUSALS}, operation_id="change_status")
def change_status(request: StaffRequest, client_id: UUID, data: StatusIn) -> HttpResponse:
    """Pause, end or take up care again. An administrator's."""
    actions.change_status(
        client_id=client_id,
        status=data.status,
        reason=data.reason,
        on=data.effective_date,
        by=request.actor,
        today=today_of(request),
    )
    return _shown(request, client_id)


@router.put("/clients/{client_id}/favorite", response={204: None, **REFUSALS}, operation_id="set_favorite")
def set_favorite(request: StaffRequest, client_id: UUID) -> Status[None]:
    actions.set_favorite(client_id=client_id, by=request.actor)
    return Status(204, None)


@router.delete("/clients/{client_id}/favorite", response={204: None, **REFUSALS}, operation_id="unset_favorite")
def unset_favorite(request: StaffRequest, client_id: UUID) -> Status[None]:
    actions.unset_favorite(client_id=client_id, by=request.actor)
    return Status(204, None)


def _shown(request: StaffRequest, client_id: UUID, status: int = 200) -> HttpResponse:
    """The chart as the person may see it, with the read noted."""
    made = queries.chart(client_id, person=request.actor.person, today=today_of(request))
    saw("client_chart", clients=[client_id], resource=client_id, what="opened a chart")
    return as_made(made, status)
