"""Charting over HTTP: parse → load → one action or query → return."""

from contextlib import AbstractContextManager, suppress
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.charting import actions, drafts, queries
from mentalspace.charting.errors import NoteAlreadySigned, NoteChangedElsewhere
from mentalspace.charting.models import ClinicalNote, NoteVersion
from mentalspace.charting.printing.pdf import note_pdf
from mentalspace.charting.schemas import (
    AmendmentIn,
    DraftIn,
    NoteFilter,
    NoteFormatOut,
    NoteIn,
    NoteOut,
    NoteRow,
    NoteVersionOut,
    SignIn,
)
from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, Page
from mentalspace.core.errors import BadInput, Refusal
from mentalspace.people.days import today_of
from mentalspace.people.middleware import StaffRequest
from mentalspace.people.reads import refusal_shows

router = Router(tags=["charting"])
PDF = {"responses": {200: {"description": "OK", "content": {"application/pdf": {"schema": {"type": "string"}}}}}}


@router.get("/note-formats", response={200: list[NoteFormatOut], **REFUSALS}, operation_id="list_note_formats")
def list_note_formats(request: StaffRequest) -> list[dict[str, Any]]:
    """The ways to divide a note, and what belongs into each section."""
    return queries.note_formats()


@router.get("/notes", response={200: Page[NoteRow], **REFUSALS}, operation_id="list_notes")
def list_notes(request: StaffRequest, filters: Query[NoteFilter]) -> dict[str, Any]:
    """The notes the person may read, the latest service first, a page at a time."""
    rows = queries.chosen(client_id=filters.client_id, state=filters.state)
    items, following = queries.listed(rows, cursor=filters.cursor)
    saw("note_list", clients=[item["client_id"] for item in items], what="looked at a list of notes")
    return {"items": items, "next": following}


@router.post("/notes", response={201: NoteOut, **REFUSALS}, operation_id="begin_note")
def begin_note(request: StaffRequest, data: NoteIn) -> Status[dict[str, Any]]:
    """Begin a note, or find the draft that was begun before."""
    if data.appointment_id is not None:
        note = actions.note_for_appointment(by=request.actor, **data.dict(exclude={"service_date"}))
    elif data.client_id is not None:
        today = today_of(request)
        note = actions.note_for_day(
            client_id=data.client_id,
            service_date=data.service_date or today,
            today=today,
            note_format=data.note_format,
            by=request.actor,
        )
    else:
        raise BadInput(fields={"client_id": ["Say whom the note is about."]})
    return Status(201, _shown(request, note.pk))


@router.get("/notes/{note_id}", response={200: NoteOut, **REFUSALS}, operation_id="get_note")
def get_note(request: StaffRequest, note_id: UUID) -> dict[str, Any]:
    return _shown(request, note_id)


@router.put("/notes/{note_id}/draft", response={200: NoteOut, **REFUSALS}, operation_id="save_draft")
def save_draft(request: StaffRequest, note_id: UUID, data: DraftIn) -> dict[str, Any]:
    """Autosave. What could not be saved over another window's text is kept after this transaction was undone.

    No read is recorded: the answer is the author's own text, and the event of saving names person and client.
    """
    sent = drafts.Sent(saved_by=request.actor.person, **data.dict())
    try:
        with _refusal_shows(request, note_id):
            note = actions.save_draft(note_id=note_id, by=request.actor, sent=sent, today=today_of(request))
    except NoteChangedElsewhere as refusal:
        if not refusal.data.pop("is_kept"):
            kept = refusal.data["kept_version_id"]
            request.despite_refusal.append(partial(_keep_refused, request, note_id, kept, sent))
        raise
    return _note(request, note)


@router.get(
    "/notes/{note_id}/versions", response={200: list[NoteVersionOut], **REFUSALS}, operation_id="list_note_versions"
)
def list_note_versions(request: StaffRequest, note_id: UUID) -> list[NoteVersion]:
    """Earlier texts of the person's own note, and those that were refused."""
    note = ClinicalNote.objects.visible(note_id)
    saw("note", clients=[note.client_id], resource=note.id, what="looked at earlier texts of a note")
    return queries.kept_texts(note)


@router.post("/notes/{note_id}/signature", response={200: NoteOut, **REFUSALS}, operation_id="sign_note")
def sign_note(request: StaffRequest, note_id: UUID, data: SignIn) -> dict[str, Any]:
    """Sign one's own note. One proof of identity is good for one signature."""
    with _refusal_shows(request, note_id):
        actions.sign_note(
            note_id=note_id,
            version=data.version,
            by=request.actor,
            at=clock.now(),
            today=today_of(request),
            proved=request.proved,
        )
    return _shown(request, note_id)


@router.post("/notes/{note_id}/amendments", response={201: NoteOut, **REFUSALS}, operation_id="amend_note")
def amend_note(request: StaffRequest, note_id: UUID, data: AmendmentIn) -> Status[dict[str, Any]]:
    actions.amend_note(note_id=note_id, by=request.actor, **data.dict())
    return Status(201, _shown(request, note_id))


@router.get("/notes/{note_id}/document", operation_id="print_note", response=REFUSALS, openapi_extra=PDF)
def print_note(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """The note as a PDF to read, print or send; its file name says nothing about anybody."""
    note = queries.opened(note_id)
    saw("note", clients=[note.client_id], resource=note.id, what="printed a note")
    answer = HttpResponse(note_pdf(queries.document(note, request.me.practice)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="note-{note.id.hex[:8]}.pdf"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _shown(request: StaffRequest, note_id: UUID) -> dict[str, Any]:
    """The note as the person may see it, with the read noted."""
    note = queries.opened(note_id)
    saw("note", clients=[note.client_id], resource=note.id, what="opened a note")
    return _note(request, note)


def _refusal_shows(request: StaffRequest, note_id: UUID) -> AbstractContextManager[None]:
    def client_in(refusal: Refusal) -> UUID | None:
        return ClinicalNote.objects.visible(note_id).client_id if "sections" in refusal.data else None

    return refusal_shows(request, "note", note_id, client_in)


def _note(request: StaffRequest, note: ClinicalNote) -> dict[str, Any]:
    return queries.whole(note, person=request.actor.person, now=clock.now())


def _keep_refused(request: StaffRequest, note_id: UUID, version_id: UUID, sent: drafts.Sent) -> None:
    with suppress(NoteAlreadySigned):  # signed in the meantime: then the text is only where it was typed
        actions.keep_refused_text(note_id=note_id, by=request.actor, version_id=version_id, sent=sent)
