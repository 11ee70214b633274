"""The demo's notes: signed ones with their hash, drafts, amended ones, and sessions whose note is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import IMPORT
from mentalspace.charting.models import ClinicalNote, NoteAmendment
from mentalspace.ops.demo import texts
from mentalspace.ops.demo.caseload import CONDITIONS, diagnoses_of
from mentalspace.ops.demo.cast import place_name
from mentalspace.ops.demo.measures import Scores
from mentalspace.ops.demo.schedule import Held
from mentalspace.scheduling.rules import AppointmentStatus as Status


@dataclass(frozen=True)
class Desk:
    """How somebody keeps up with their notes: which of their sessions, the latest is 0, are in what state."""

    note_format: str
    missing: frozenset[int] = frozenset()
    drafts: frozenset[int] = frozenset()
    amended: frozenset[int] = frozenset()


DESKS = {
    "ana": Desk("SOAP", frozenset({0, 2, 5, 11}), frozenset({1, 4, 14}), frozenset({17, 30})),
    "mia": Desk("DAP", frozenset({0}), frozenset({2}), frozenset({8})),
    "ash": Desk("BIRP", frozenset({0, 7}), frozenset({1, 3})),
    "sam": Desk("SOAP", frozenset({1})),
    "otto": Desk("Narrative", frozenset({0}), frozenset({1})),
}


def write(held: list[Held], scores: Scores, rng: Random, now: datetime) -> None:
    """Each clinician's drafts, by themselves; what they signed lies in the past, so it comes as an import does."""
    by_clinician: dict[str, list[Held]] = {}
    for each in held:
        if each.row.status == Status.COMPLETED:
            by_clinician.setdefault(each.practitioner.member.key, []).append(each)
    for key, sessions in by_clinician.items():
        sessions.sort(key=lambda each: each.row.starts_at, reverse=True)
        _write_desk(DESKS[key], sessions, scores, rng, now)


def _write_desk(desk: Desk, sessions: list[Held], scores: Scores, rng: Random, now: datetime) -> None:
    notes = {
        position: _draft(desk, each, scores, rng, now)
        for position, each in enumerate(sessions)
        if position not in desk.missing
    }
    for position in desk.drafts & notes.keys():
        _leave_unfinished(notes[position])
    for position in notes.keys() - desk.drafts:
        _sign(notes[position], sessions[position], rng, now)
    member = sessions[0].practitioner.member
    with acting_as(member.actor):
        ClinicalNote.objects.bulk_create(note for note in notes.values() if note.signed_at is None)
    with acting_as(Actor(member.house.id, member.house.id, IMPORT)):
        ClinicalNote.objects.bulk_create(note for note in notes.values() if note.signed_at is not None)
        amended = (notes[position] for position in sorted(desk.amended & notes.keys()))
        NoteAmendment.objects.bulk_create(_amendment(note, rng, now) for note in amended)


def _draft(desk: Desk, each: Held, scores: Scores, rng: Random, now: datetime) -> ClinicalNote:
    row, person = each.row, each.person
    assert row.series_date is not None
    assert row.actual_ended_at is not None
    value, before = scores.get(row.id, (None, None))
    instrument = CONDITIONS[person.theme][1]
    scored = "" if value is None else f"{instrument} today: {value}" + (f" (last time {before})." if before else ".")
    is_better = value is None or before is None or value <= before
    begun_at = min(now, row.actual_ended_at + timedelta(minutes=rng.randint(2, 9)))
    return ClinicalNote(
        practice_id=row.practice_id,
        client_id=row.client_id,
        author_id=row.clinician_id,
        appointment_id=row.id,
        note_format=desk.note_format,
        service_date=row.series_date,
        started_at=row.actual_started_at,
        ended_at=row.actual_ended_at,
        sections=texts.sections(desk.note_format, person.theme, scored, is_better, rng),
        diagnoses=[{"code": code, "description": label} for code, label in diagnoses_of(person)],
        version=rng.randint(2, 7),
        created_at=begun_at,
        updated_at=min(now, begun_at + timedelta(minutes=rng.randint(4, 14))),
    )


def _leave_unfinished(note: ClinicalNote) -> None:
    """As a draft is found in the evening: the second half of the sections is still empty."""
    kept = list(_first_half(note.sections))
    note.sections = {key: text if key in kept else "" for key, text in note.sections.items()}
    note.version = 2


def _first_half(sections: dict[str, str]) -> Iterator[str]:
    yield from list(sections)[: (len(sections) + 1) // 2]


def _sign(note: ClinicalNote, session: Held, rng: Random, now: datetime) -> None:
    member, held = session.practitioner.member, session.row
    assert held.location_id is not None
    note.is_imported = True
    note.signed_at = min(now, note.updated_at + timedelta(minutes=rng.randint(1, 90)))
    note.signed_name = f"{member.first_name} {member.last_name}, {member.credentials}"
    note.signed_licence = f"{member.house.state} {member.license_number}" if member.license_number else ""
    note.signed_service = " ".join(filter(None, (held.appointment_type, held.cpt_code)))
    note.signed_location = place_name(member.house, held.location_id)
    note.content_hash = "-"  # the database's to give


def _amendment(note: ClinicalNote, rng: Random, now: datetime) -> NoteAmendment:
    reason, text = rng.choice(texts.AMENDMENTS)
    assert note.signed_at is not None
    return NoteAmendment(
        practice_id=note.practice_id,
        note_id=note.id,
        author_id=note.author_id,
        author_name=note.signed_name,
        reason=reason,
        text=text,
        created_at=min(now, note.signed_at + timedelta(hours=rng.randint(1, 20))),
    )
