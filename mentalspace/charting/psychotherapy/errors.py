"""What psychotherapy notes refuse, and how they say so."""

from mentalspace.core.errors import NotAllowed, Refusal


class KeyIsGone(Refusal):
    code, status = "psychotherapy_key_gone", 409
    message = "This note can no longer be opened by anybody: the key of its author was destroyed or is not here."


class PsychotherapyNoteChanged(Refusal):
    code, status = "psychotherapy_note_changed", 409
    message = "Not saved over: you changed this note in another window. Both texts are here; choose what stays."


class NotTreating(NotAllowed):
    message = "Psychotherapy notes are written by those who treat the client."
