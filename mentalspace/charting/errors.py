"""What charting refuses, and how it says so."""

from mentalspace.core.errors import BadInput, NotAllowed, Refusal


class NoteAlreadySigned(Refusal):
    code, status = "note_already_signed", 409
    message = "The note is already signed. What is to be added now is an amendment."


class NoteNotSigned(Refusal):
    code, status = "note_not_signed", 409
    message = "The note is not signed yet: edit it instead."


class NoteIncomplete(Refusal):
    code, status = "note_incomplete", 409
    message = "The note is not complete yet."


class NoSession(Refusal):
    code, status = "no_session", 409
    message = "There was no session to write a note for."


class SessionNotStarted(Refusal):
    code, status = "session_not_started", 409
    message = "The session has not started yet."


class NoteChangedElsewhere(Refusal):
    code, status = "note_changed_elsewhere", 409
    message = "Not saved over: this note was changed in another window. Both texts are kept; choose what stays."


class NotTheAuthor(NotAllowed):
    code, message = "not_the_author", "Only its author can do this."


BY_CODE: dict[str, type[Refusal]] = {
    kind.code: kind
    for kind in (NoteAlreadySigned, NoteNotSigned, NoteIncomplete, NoSession, SessionNotStarted, NotTheAuthor)
} | {"reason_too_short": BadInput, "text_missing": BadInput}
"""The refusal for each code that the rules give."""
