"""Scheduling over HTTP: parse → load → one action or query → return."""

from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, as_made
from mentalspace.core.errors import BadInput
from mentalspace.people.middleware import StaffRequest
from mentalspace.people.reads import refusal_shows
from mentalspace.practices.models import Location
from mentalspace.scheduling import actions, queries, rules
from mentalspace.scheduling.schemas import (
    AppointmentChange,
    AppointmentIn,
    AppointmentOut,
    BookedOut,
    CancelIn,
    ChangedOut,
    LocationOut,
    ScheduleFilter,
    ScheduleOut,
    StepIn,
)
from mentalspace.scheduling.series import EditScope

router = Router(tags=["scheduling"])
ONE = {200: AppointmentOut, **REFUSALS}


@router.get("/appointments", response={200: ScheduleOut, **REFUSALS}, operation_id="get_schedule")
def get_schedule(request: StaffRequest, data: Query[ScheduleFilter]) -> HttpResponse:
    """The calendar from `start` to `end`, at most 62 days, with each person's usual hours."""
    if problem := rules.window_problem(data.start, data.end):
        raise BadInput(fields={problem.field: [problem.message]})
    clinicians = queries.whose(by=request.actor, asked=data.clinician_id)
    found = queries.schedule(by=request.actor, start=data.start, end=data.end, clinicians=clinicians)
    saw("schedule", clients=found.clients, what="looked at a calendar")
    return as_made(f'{{"appointments":{found.json},"hours":{queries.hours(clinicians)}}}')


@router.post("/appointments", response={201: BookedOut, **REFUSALS}, operation_id="book_appointment")
def book_appointment(request: StaffRequest, data: AppointmentIn) -> Status[dict[str, Any]]:
    """Book a session, or with `repeat` a weekly series. Sessions of a series whose time is taken are skipped."""
    values = data.dict(exclude={"repeat"})
    if data.repeat is None:
        made = actions.book(by=request.actor, now=clock.now(), values=values)
    else:
        made = actions.book_series(by=request.actor, now=clock.now(), values=values, repeat=data.repeat.dict())
    return Status(201, _outcome(request, made))


@router.get("/appointments/{appointment_id}", response=ONE, operation_id="get_appointment")
def get_appointment(request: StaffRequest, appointment_id: UUID) -> dict[str, Any]:
    return _shown(request, appointment_id)


@router.patch(
    "/appointments/{appointment_id}", response={200: ChangedOut, **REFUSALS}, operation_id="change_appointment"
)
def change_appointment(request: StaffRequest, appointment_id: UUID, data: AppointmentChange) -> dict[str, Any]:
    """Move, resize or reword. A `room_id` or `location_id` of null takes it away; other nulls mean no change."""
    with _refusal_shows(request, appointment_id):
        changed = actions.change(
            appointment_id=appointment_id,
            by=request.actor,
            version=data.version,
            scope=EditScope(data.scope),
            now=clock.now(),
            values=_given(data),
        )
    return _outcome(request, changed)


@router.post("/appointments/{appointment_id}/confirmation", response=ONE, operation_id="confirm_appointment")
def confirm_appointment(request: StaffRequest, appointment_id: UUID, data: StepIn) -> dict[str, Any]:
    return _stepped(request, actions.confirm, appointment_id, data)


@router.post("/appointments/{appointment_id}/check-in", response=ONE, operation_id="check_in")
def check_in(request: StaffRequest, appointment_id: UUID, data: StepIn) -> dict[str, Any]:
    return _stepped(request, actions.check_in, appointment_id, data)


@router.delete("/appointments/{appointment_id}/check-in", response=ONE, operation_id="undo_check_in")
def undo_check_in(request: StaffRequest, appointment_id: UUID, data: StepIn) -> dict[str, Any]:
    return _stepped(request, actions.undo_check_in, appointment_id, data)


@router.post("/appointments/{appointment_id}/start", response=ONE, operation_id="start_session")
def start_session(request: StaffRequest, appointment_id: UUID, data: StepIn) -> dict[str, Any]:
    return _stepped(request, actions.start_session, appointment_id, data)


@router.post("/appointments/{appointment_id}/end", response=ONE, operation_id="end_session")
def end_session(request: StaffRequest, appointment_id: UUID, data: StepIn) -> dict[str, Any]:
    return _stepped(request, actions.end_session, appointment_id, data)


@router.post("/appointments/{appointment_id}/no-show", response=ONE, operation_id="mark_no_show")
def mark_no_show(request: StaffRequest, appointment_id: UUID, data: StepIn) -> dict[str, Any]:
    return _stepped(request, actions.mark_no_show, appointment_id, data)


@router.delete("/appointments/{appointment_id}/no-show", response=ONE, operation_id="undo_no_show")
def undo_no_show(request: StaffRequest, appointment_id: UUID, data: StepIn) -> dict[str, Any]:
    return _stepped(request, actions.undo_no_show, appointment_id, data)


@router.post(
    "/appointments/{appointment_id}/cancellation",
    response={200: ChangedOut, **REFUSALS},
    operation_id="cancel_appointment",
)
def cancel_appointment(request: StaffRequest, appointment_id: UUID, data: CancelIn) -> dict[str, Any]:
    """Possible until the session is completed. The row stays, its time is free again."""
    with _refusal_shows(request, appointment_id):
        cancelled = actions.cancel(
            appointment_id=appointment_id,
            by=request.actor,
            version=data.version,
            scope=EditScope(data.scope),
            now=clock.now(),
            reason=data.reason,
        )
    return _outcome(request, cancelled)


@router.get("/locations", response={200: list[LocationOut], **REFUSALS}, operation_id="list_locations")
def list_locations(request: StaffRequest) -> list[Location]:
    """Where the practice works, and the rooms there."""
    return queries.locations()


def _given(data: AppointmentChange) -> dict[str, Any]:
    """What the request asks to change; only a place can be taken away by null."""
    sent = data.dict(exclude={"version", "scope"}, exclude_unset=True)
    return {name: value for name, value in sent.items() if value is not None or name in ("location_id", "room_id")}


def _stepped(request: StaffRequest, action: actions.Step, appointment_id: UUID, data: StepIn) -> dict[str, Any]:
    with _refusal_shows(request, appointment_id):
        action(appointment_id=appointment_id, by=request.actor, version=data.version, now=clock.now())
    return _shown(request, appointment_id)


def _outcome(request: StaffRequest, outcome: actions.Outcome) -> dict[str, Any]:
    skipped = [{"starts_at": one.starts_at, "reason": one.reason} for one in outcome.skipped]
    return {"appointment": _shown(request, outcome.pk), "booked": outcome.count, "skipped": skipped}


def _shown(request: StaffRequest, appointment_id: UUID) -> dict[str, Any]:
    """The appointment as the person may see it, with the read noted."""
    row = queries.shown(appointment_id, by=request.actor)
    saw("appointment", clients=[row["client_id"]], resource=appointment_id)
    return row


def _refusal_shows(request: StaffRequest, appointment_id: UUID) -> AbstractContextManager[None]:
    return refusal_shows(
        request, "appointment", appointment_id, lambda refusal: (refusal.data.get("appointment") or {}).get("client_id")
    )
