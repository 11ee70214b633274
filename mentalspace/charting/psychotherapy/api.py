"""Psychotherapy notes over HTTP: to their author, and to nobody else. No print, no search, no list of anybody's."""

from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.charting.psychotherapy import actions, queries
from mentalspace.charting.psychotherapy.models import PsychotherapyNote
from mentalspace.charting.psychotherapy.schemas import (
    PsychotherapyChange,
    PsychotherapyFilter,
    PsychotherapyIn,
    PsychotherapyOut,
    PsychotherapyRow,
)
from mentalspace.core.api import REFUSALS, Page
from mentalspace.core.errors import Refusal
from mentalspace.people.days import today_of
from mentalspace.people.middleware import StaffRequest
from mentalspace.people.reads import refusal_shows

router = Router(tags=["psychotherapy notes"])


@router.get(
    "/psychotherapy-notes", response={200: Page[PsychotherapyRow], **REFUSALS}, operation_id="list_psychotherapy_notes"
)
def list_psychotherapy_notes(request: StaffRequest, filters: Query[PsychotherapyFilter]) -> dict[str, Any]:
    """The person's own notes, about one client or all, the latest day first."""
    items, following = queries.listed(client_id=filters.client_id, cursor=filters.cursor)
    saw("psychotherapy_note_list", clients=[item["client_id"] for item in items], what="looked at their own notes")
    return {"items": items, "next": following}


@router.post(
    "/psychotherapy-notes", response={201: PsychotherapyOut, **REFUSALS}, operation_id="write_psychotherapy_note"
)
def write_psychotherapy_note(request: StaffRequest, data: PsychotherapyIn) -> Status[dict[str, Any]]:
    today = today_of(request)
    with _refusal_shows(request, data.id):
        note = actions.write_psychotherapy_note(
            note_id=data.id,
            client_id=data.client_id,
            about_date=data.about_date or today,
            today=today,
            text=data.text,
            by=request.actor,
        )
    return Status(201, _shown(note))


@router.get(
    "/psychotherapy-notes/{psychotherapy_id}",
    response={200: PsychotherapyOut, **REFUSALS},
    operation_id="get_psychotherapy_note",
)
def get_psychotherapy_note(request: StaffRequest, psychotherapy_id: UUID) -> dict[str, Any]:
    return _shown(PsychotherapyNote.objects.visible(psychotherapy_id))


@router.put(
    "/psychotherapy-notes/{psychotherapy_id}",
    response={200: PsychotherapyOut, **REFUSALS},
    operation_id="change_psychotherapy_note",
)
def change_psychotherapy_note(
    request: StaffRequest, psychotherapy_id: UUID, data: PsychotherapyChange
) -> dict[str, Any]:
    with _refusal_shows(request, psychotherapy_id):
        note = actions.change_psychotherapy_note(note_id=psychotherapy_id, today=today_of(request), **data.dict())
    return _shown(note)


def _shown(note: PsychotherapyNote) -> dict[str, Any]:
    saw("psychotherapy_note", clients=[note.client_id], resource=note.pk, what="opened a psychotherapy note")
    return queries.whole(note)


def _refusal_shows(request: StaffRequest, note_id: UUID) -> AbstractContextManager[None]:
    def client_in(refusal: Refusal) -> UUID | None:
        return PsychotherapyNote.objects.visible(note_id).client_id if "text" in refusal.data else None

    return refusal_shows(request, "psychotherapy_note", note_id, client_in)
