"""Clients' forms over HTTP: given, filled, sent and reviewed."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.core.api import REFUSALS
from mentalspace.forms import actions, queries
from mentalspace.forms.ending import actions as ending
from mentalspace.forms.schemas import (
    AnswersIn,
    AssignmentIn,
    ClientFormFilter,
    FormErrorIn,
    FormFilter,
    FormOut,
    FormPage,
    FormReviewIn,
)
from mentalspace.people.days import today_of
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["forms"])

ONE = "/forms/{form_id}"


@router.get("/clients/{client_id}/forms", response={200: FormPage, **REFUSALS}, operation_id="list_client_forms")
def list_client_forms(request: StaffRequest, client_id: UUID, filters: Query[ClientFormFilter]) -> dict[str, Any]:
    """The forms a client was given, the newest first."""
    items, following = queries.of_client(client_id, **filters.dict())
    saw("form_list", clients=[client_id], what="looked at a client's forms")
    return {"items": items, "next": following}


@router.post("/clients/{client_id}/forms", response={201: FormOut, **REFUSALS}, operation_id="assign_form")
def assign_form(request: StaffRequest, client_id: UUID, data: AssignmentIn) -> Status[dict[str, Any]]:
    """Give a client a form."""
    given = actions.assign_form(client_id=client_id, by=request.actor, today=today_of(request), **data.dict())
    return Status(201, _shown(request, given.pk))


@router.get("/forms", response={200: FormPage, **REFUSALS}, operation_id="list_forms_to_review")
def list_forms_to_review(request: StaffRequest, filters: Query[FormFilter]) -> dict[str, Any]:
    """Forms that were sent in and wait for a review, those that wait longest first."""
    items, following = queries.to_review(**filters.dict())
    saw("form_list", clients=[item["client_id"] for item in items], what="looked at the forms that wait for a review")
    return {"items": items, "next": following}


@router.get(ONE, response={200: FormOut, **REFUSALS}, operation_id="get_form")
def get_form(request: StaffRequest, form_id: UUID) -> dict[str, Any]:
    return _shown(request, form_id)


@router.put(f"{ONE}/answers", response={200: FormOut, **REFUSALS}, operation_id="save_form_answers")
def save_form_answers(request: StaffRequest, form_id: UUID, data: AnswersIn) -> dict[str, Any]:
    """Keep what was entered so far."""
    return _shown(request, actions.save_answers(form_id=form_id, by=request.actor, **data.dict()).pk)


@router.post(f"{ONE}/submission", response={200: FormOut, **REFUSALS}, operation_id="submit_form")
def submit_form(request: StaffRequest, form_id: UUID, data: AnswersIn) -> dict[str, Any]:
    """Send the form in, filled. From then on it stays as it was answered."""
    return _shown(request, actions.submit_form(form_id=form_id, by=request.actor, **data.dict()).pk)


@router.post(f"{ONE}/review", response={200: FormOut, **REFUSALS}, operation_id="review_form")
def review_form(request: StaffRequest, form_id: UUID, data: FormReviewIn) -> dict[str, Any]:
    """Accept it, ask for changes, or reject it."""
    decided = {"outcome": data.outcome, "note": data.note, "signed_by": data.signed_by, "taken": data.taken}
    who = {"by": request.actor, "today": today_of(request)}
    form = actions.review_form(form_id=form_id, number=data.round, **decided, **who)  # type: ignore[arg-type]
    return _shown(request, form.pk)


@router.put(f"{ONE}/error", response={200: FormOut, **REFUSALS}, operation_id="mark_form_in_error")
def mark_form_in_error(request: StaffRequest, form_id: UUID, data: FormErrorIn) -> dict[str, Any]:
    """What was sent counts for nothing any more, and neither does a consent that came of it. It is kept."""
    return _shown(request, ending.mark_in_error(form_id=form_id, reason=data.reason, by=request.actor).pk)


@router.put(f"{ONE}/withdrawal", response={200: FormOut, **REFUSALS}, operation_id="withdraw_form")
def withdraw_form(request: StaffRequest, form_id: UUID) -> dict[str, Any]:
    """Take a form back that was not sent in."""
    return _shown(request, actions.withdraw_form(form_id=form_id).pk)


def _shown(request: StaffRequest, form_id: UUID) -> dict[str, Any]:
    """The form as the person may see it, with the read noted."""
    form = queries.whole(form_id, request.actor)
    saw("form", clients=[form["client_id"]], resource=form_id, what="opened a form")
    return form
