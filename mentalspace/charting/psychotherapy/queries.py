"""Reads of the person's own psychotherapy notes. Row-level security leaves no others."""

from typing import Any
from uuid import UUID

from mentalspace.charting.psychotherapy import vault
from mentalspace.charting.psychotherapy.errors import KeyIsGone
from mentalspace.charting.psychotherapy.models import PsychotherapyNote
from mentalspace.charting.queries import names_of
from mentalspace.core.paging import page

OPENING = 90
"""Characters of a note that its row in the list shows."""


def place_of(note: PsychotherapyNote) -> vault.Place:
    return vault.Place(note.practice_id, note.author_id, note.client_id, note.pk, note.version)


def text_of(note: PsychotherapyNote) -> str:
    """What the note says. Raises KeyIsGone."""
    return vault.unseal(note.sealed, place_of(note))


def listed(*, client_id: UUID | None, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """One page of the person's notes, the latest day first. Two statements."""
    rows = PsychotherapyNote.objects.all()
    if client_id is not None:
        rows = rows.filter(client_id=client_id)
    found, following = page(rows, keys=("-about_date", "id"), cursor=cursor)
    names = names_of(note.client_id for note in found)
    return [
        {
            "id": note.pk,
            "client_id": note.client_id,
            "client_name": names[note.client_id],
            "about_date": note.about_date,
            "updated_at": note.updated_at,
            "opening": _opening(note),
        }
        for note in found
    ], following


def whole(note: PsychotherapyNote) -> dict[str, Any]:
    """A note's `PsychotherapyOut`. Raises KeyIsGone."""
    return {
        "id": note.pk,
        "client_id": note.client_id,
        "client_name": names_of([note.client_id])[note.client_id],
        "about_date": note.about_date,
        "text": text_of(note),
        "version": note.version,
        "created_at": note.created_at,
        "updated_at": note.updated_at,
    }


def _opening(note: PsychotherapyNote) -> str | None:
    try:
        words = " ".join(text_of(note).split())
    except KeyIsGone:
        return None
    return words if len(words) <= OPENING else f"{words[:OPENING].rstrip()}…"
