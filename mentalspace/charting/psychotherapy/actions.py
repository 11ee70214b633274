"""Writing psychotherapy notes. The trail says that and about whom, never what."""

from datetime import date
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.charting.drafts import check_day
from mentalspace.charting.psychotherapy import vault
from mentalspace.charting.psychotherapy.errors import NotTreating, PsychotherapyNoteChanged
from mentalspace.charting.psychotherapy.models import PsychotherapyNote
from mentalspace.charting.psychotherapy.queries import place_of, text_of
from mentalspace.clients.models import Client, ClientAccess
from mentalspace.core import clock
from mentalspace.core.errors import NotAllowed
from mentalspace.people.abilities import can

RESOURCE = "psychotherapy_note"

FIRST = 1
"""The version of a new note. Whoever sends it again may add to it, until it has been changed since."""


@records("chart.psychotherapy_note.written", "{actor} wrote a psychotherapy note", resource_type=RESOURCE)
def write_psychotherapy_note(
    *, note_id: UUID, client_id: UUID, about_date: date, today: date, text: str, by: Actor
) -> PsychotherapyNote:
    """A new note about a client one treats. The same note sent again is the one that is there."""
    if not can(by.audience, "write_notes"):
        raise NotAllowed
    Client.objects.visible(client_id)
    if not ClientAccess.objects.filter(staff_id=by.person, client_id=client_id, through="care_team").exists():
        raise NotTreating
    check_day(about_date, today)
    if PsychotherapyNote.objects.filter(pk=note_id, client_id=client_id).exists():
        return _changed(PsychotherapyNote.objects.for_change(note_id), FIRST, about_date, text)
    note = PsychotherapyNote(
        id=note_id, practice_id=by.practice, client_id=client_id, author_id=by.person, about_date=about_date
    )
    note.sealed = vault.seal(text, place_of(note))
    note.save(force_insert=True)
    return note


@records("chart.psychotherapy_note.changed", "{actor} changed a psychotherapy note", resource_type=RESOURCE)
def change_psychotherapy_note(
    *, note_id: UUID, version: int, about_date: date, today: date, text: str
) -> PsychotherapyNote:
    """Write over one's own note. Refused with the stored text when another window has saved since."""
    note = PsychotherapyNote.objects.for_change(note_id)
    if about_date != note.about_date:
        check_day(about_date, today)
    return _changed(note, version, about_date, text)


def _changed(note: PsychotherapyNote, version: int, about_date: date, text: str) -> PsychotherapyNote:
    """The note with this content. What it says already is a success and no change: an answer may have been lost."""
    stored = text_of(note)
    if (stored, note.about_date) == (text, about_date):
        return note
    if note.version != version:
        data = {"version": note.version, "text": stored, "about_date": note.about_date, "updated_at": note.updated_at}
        raise PsychotherapyNoteChanged(data=data)
    note.version += 1
    sealed = vault.seal(text, place_of(note))
    return note.write(sealed=sealed, about_date=about_date, version=note.version, updated_at=clock.now())
