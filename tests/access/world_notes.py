"""The rows of the world about what clinicians write: notes, their versions and amendments, psychotherapy notes."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Model

from mentalspace.access.actor import acting_as
from mentalspace.charting.models import ClinicalNote, NoteAmendment, NoteVersion
from mentalspace.charting.psychotherapy.models import PsychotherapyNote
from mentalspace.clients.models import CareTeamMember
from tests.access.rows import LEX, NAMES, PIA, VERA, WHO, Rows, actor, practice_of
from tests.cast import CLEO, HERE, JOINED, NOOR, OLEG, THEO


def notes(w: Rows) -> None:
    with acting_as(actor("ada")):  # for one moment everybody treats everybody, so that they may write what stands
        passing = [(CLEO, "mia"), (THEO, "ash"), (PIA, "ana")]
        members = CareTeamMember.objects
        for pk, name in passing[:2]:
            members.create(practice_id=HERE, client_id=pk, person_id=WHO[name], start_date=JOINED)
        members.filter(client_id=PIA).update(end_date=None)
    pairs = (("ana", CLEO), ("mia", CLEO), ("ash", NOOR), ("ash", THEO), ("ana", PIA), ("ben", LEX), ("vic", VERA))
    for name, pk in pairs:
        of = f"{NAMES[pk]}'s, {name.title()}'s"
        w.put(name, f"{of} draft", _note(pk, WHO[name]))
        w.put(name, f"{of} signed", _note(pk, WHO[name]))
    w.put("otto", "next door", _note(OLEG, WHO["otto"]))
    w.put("imp", "Cleo's, imported", _signed(_note(CLEO, WHO["ana"], is_imported=True)))
    _written_with_notes(w)
    for name, pk in (("ana", CLEO), ("ash", NOOR), ("vic", VERA), ("ana", PIA), ("otto", OLEG)):
        label = "next door" if pk == OLEG else f"{NAMES[pk]}'s, {name.title()}'s"
        w.put(name, label, _private(pk, WHO[name]))
    with acting_as(actor("ada")):
        for pk, name in passing:
            members.filter(client_id=pk, person_id=WHO[name]).update(end_date=w.today)
    for pk in (CLEO, NOOR, THEO):
        w.would(f"{NAMES[pk]}'s, one's own draft", lambda me, pk=pk: _note(pk, me))  # type: ignore[misc]
        w.would(f"{NAMES[pk]}'s, one's own signed", lambda me, pk=pk: _signed(_note(pk, me)))  # type: ignore[misc]
    w.would("Cleo's, one's own draft, called imported", lambda me: _note(CLEO, me, is_imported=True))
    w.would("Noor's, one's own signed, called imported", lambda me: _signed(_note(NOOR, me, is_imported=True)))
    w.would("Noor's, Vic's draft", lambda me: _note(NOOR, WHO["vic"]))
    w.would("Vera's, one's own draft", lambda me: _note(VERA, me))
    for pk in (CLEO, NOOR, THEO, VERA):
        w.would(f"{NAMES[pk]}'s, one's own", lambda me, pk=pk: _private(pk, me))  # type: ignore[misc]
    for name, pk in (("ana", CLEO), ("mia", CLEO), ("mia", NOOR)):
        label = f"{NAMES[pk]}'s, {name.title()}'s to be"
        w.would(label, lambda me, name=name, pk=pk: _private(pk, WHO[name]))  # type: ignore[misc]


def _private(pk: UUID, author: UUID) -> Model:
    of = {"client_id": pk, "author_id": author, "about_date": date(2026, 3, 2)}
    return PsychotherapyNote(practice_id=practice_of(pk), sealed=b"x", **of)


def _note(pk: UUID, author: UUID, *, is_imported: bool = False) -> ClinicalNote:
    of = {"client_id": pk, "author_id": author, "service_date": date(2026, 3, 2)}
    return ClinicalNote(practice_id=practice_of(pk), is_imported=is_imported, **of)


def _signed(note: ClinicalNote) -> ClinicalNote:
    note.signed_at, note.signed_name, note.content_hash = datetime(2026, 3, 3, tzinfo=UTC), "x", "x"
    return note


def _sign(w: Rows, who: str, label: str) -> None:
    note = _signed(w.kept("clinical_notes", label))
    with acting_as(actor(who)):
        note.save(update_fields=["signed_at", "signed_name", "content_hash"])
    w.know(label, note)


def _written_with_notes(w: Rows) -> None:
    def version(label: str, me: UUID) -> NoteVersion:
        note = w.kept("clinical_notes", label)
        kept = {"version": 1, "sections": {}, "kept_because": "checkpoint"}
        return NoteVersion(practice_id=note.practice_id, note=note, saved_by_id=me, **kept)

    def amendment(label: str, me: UUID) -> NoteAmendment:
        note = w.kept("clinical_notes", label)
        said = {"author_name": "x", "reason": "x", "text": "x"}
        return NoteAmendment(practice_id=note.practice_id, note=note, author_id=me, **said)

    writers = {
        "Cleo's, Ana's": "ana",
        "Cleo's, Mia's": "mia",
        "Noor's, Ash's": "ash",
        "Theo's, Ash's": "ash",
        "Pia's, Ana's": "ana",
        "Lex's, Ben's": "ben",
        "Vera's, Vic's": "vic",
    }
    for of, name in writers.items():
        for state in ("draft", "signed"):
            w.put(name, f"{of} {state}", version(f"{of} {state}", WHO[name]))
    w.put("otto", "next door", version("next door", WHO["otto"]))
    for of, name in writers.items():
        _sign(w, name, f"{of} signed")
        w.put(name, f"{of} signed", amendment(f"{of} signed", WHO[name]))
    _sign(w, "otto", "next door")
    w.put("otto", "next door", amendment("next door", WHO["otto"]))
    w.put("imp", "Cleo's, imported", amendment("Cleo's, imported", WHO["ana"]))
    for of in ("Cleo's, Ana's", "Noor's, Ash's"):
        for state in ("draft", "signed"):
            label = f"{of} {state}"
            w.would(f"{label}, one's own", lambda me, label=label: version(label, me))  # type: ignore[misc]
            w.would(f"{label}, one's own", lambda me, label=label: amendment(label, me))  # type: ignore[misc]
            w.would(f"{label}, Mia's", lambda me, label=label: version(label, WHO["mia"]))  # type: ignore[misc]
            w.would(f"{label}, Mia's", lambda me, label=label: amendment(label, WHO["mia"]))  # type: ignore[misc]
