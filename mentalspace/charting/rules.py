"""The rules of the clinical record: what a signature covers, when a note may be signed or amended, merging.

Pure functions: no database, no clock. Instants are aware datetimes (ValueError when naive).
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from mentalspace.charting.formats import NoteFormat, layout_of
from mentalspace.scheduling.rules import AppointmentStatus, instant_at

DAYS_TO_DOCUMENT: Final = 3
"""Until when a session is documented: the practice standard this product was asked for (three days)."""

MIN_REASON_CHARACTERS: Final = 5
CHECKPOINT_EVERY: Final = timedelta(minutes=5)
LARGE_LOSS: Final = 200
"""Characters. A section that loses at least as many, and more than half of itself, is kept as it was."""
EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2200

# Part of what is hashed: a later change of the form gets a new number, and old digests stay checkable. The database
# makes the digest when a note is signed (`access.note_text`, migration 0005) and knows the latest form only.
FIRST_FORM: Final = 1
DIGEST_FORM: Final = 2


# --- What a signature covers ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CodedDiagnosis:
    """A diagnosis as it reads in the note: the code and the words beside it."""

    code: str
    description: str


@dataclass(frozen=True, slots=True)
class SectionText:
    """One section of a note as typed."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class FrozenNote:
    """Exactly what a signature freezes: who, about whom, when and where, for what service, and every word.

    Name with credentials, licence, place and service are the printed ones of the day of signing, so that a later
    change of profile or appointment changes neither the document nor its digest. Who the client is (name, date of
    birth) is told by their id alone: a chart corrects those for all its documents.
    """

    note_id: UUID
    kind: str
    client_id: UUID
    author_id: UUID
    author_name: str
    author_licence: str
    appointment_id: UUID | None
    service_date: date
    service: str
    location: str
    actual_start: datetime | None
    actual_stop: datetime | None
    format: NoteFormat
    sections: tuple[SectionText, ...]
    diagnoses: tuple[CodedDiagnosis, ...]
    is_imported: bool
    signed_at: datetime


def digest_of(frozen: FrozenNote, form: int = DIGEST_FORM) -> str:
    """SHA-256, in hex, of the canonical JSON of a frozen note.

    Canonical: keys sorted, sections by their key, no white space, UTF-8, instants in UTC with microseconds. Text is
    taken character by character as it was typed: no Unicode normalisation, no trimming, no change of line ends,
    because what was signed is what was typed, and "é" in one code point or two are different texts.
    """
    return hashlib.sha256(canonical_json(frozen, form)).hexdigest()


def canonical_json(frozen: FrozenNote, form: int = DIGEST_FORM) -> bytes:
    """The bytes that `digest_of` hashes, so that an exported note can be checked by anybody."""
    content: dict[str, object] = {
        "form": form,
        "client_id": str(frozen.client_id),
        "author_id": str(frozen.author_id),
        "author_name": frozen.author_name,
        "appointment_id": None if frozen.appointment_id is None else str(frozen.appointment_id),
        "service_date": frozen.service_date.isoformat(),
        "actual_start": _utc(frozen.actual_start),
        "actual_stop": _utc(frozen.actual_stop),
        "format": frozen.format.value,
        "diagnoses": [[diagnosis.code, diagnosis.description] for diagnosis in frozen.diagnoses],
        "signed_at": _utc(frozen.signed_at),
    }
    content |= _of_first_form(frozen) if form == FIRST_FORM else _of_later_forms(frozen)
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _of_first_form(frozen: FrozenNote) -> dict[str, object]:
    """The sections in the format's order; the credentials were part of the name."""
    written = {section.key: section.text for section in frozen.sections}
    keys = layout_of(frozen.format).keys
    return {"author_credentials": "", "sections": [[key, written.get(key, "")] for key in keys]}


def _of_later_forms(frozen: FrozenNote) -> dict[str, object]:
    return {
        "note_id": str(frozen.note_id),
        "kind": frozen.kind,
        "author_licence": frozen.author_licence,
        "service": frozen.service,
        "location": frozen.location,
        "is_imported": frozen.is_imported,
        "sections": sorted([section.key, section.text] for section in frozen.sections),
    }


def _utc(instant: datetime | None) -> str | None:
    if instant is None:
        return None
    if instant.tzinfo is None:
        raise ValueError("a naive datetime says nothing about when it was")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


# --- Signing ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoteContent:
    """What the rules look at in an unsigned note; `texts` by section key."""

    format: NoteFormat
    texts: Mapping[str, str]
    diagnoses: Sequence[CodedDiagnosis]
    service_date: date | None


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a note lacks for signing. The key is a section's, or `diagnoses` or `service_date`."""

    section_key: str
    message: str


def missing_items(note: NoteContent) -> tuple[Missing, ...]:
    """What a note lacks before it can be signed, in the order of the form; empty when it is complete."""
    missing: list[Missing] = []
    if note.service_date is None:
        missing.append(Missing("service_date", "The date of service is missing."))
    if not note.diagnoses:
        missing.append(Missing("diagnoses", "At least one diagnosis is needed."))
    missing.extend(
        Missing(section.key, f"{section.label} is empty.")
        for section in layout_of(note.format).sections
        if section.required and is_blank(note.texts.get(section.key, ""))
    )
    return tuple(missing)


def is_blank(text: str) -> bool:
    """True when a reader would see nothing: only white space, control and zero-width characters."""
    return all(character.isspace() or unicodedata.category(character) in {"Cc", "Cf"} for character in text)


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """What the rules need to know of the appointment a note is about."""

    status: AppointmentStatus
    starts_at: datetime
    actual_start: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignRefusal:
    """Why a note cannot be signed now: a stable code, a sentence for the person, what is missing."""

    code: str
    message: str
    missing: tuple[Missing, ...] = ()


_NO_SESSION: Final = MappingProxyType(
    {
        AppointmentStatus.CANCELLED: "The appointment was cancelled: there is no session to sign a note for.",
        AppointmentStatus.RESCHEDULED: "The appointment was moved: sign the note of the one that was held.",
        AppointmentStatus.NO_SHOW: "The client did not come: there is no session to sign a note for.",
    }
)


def may_sign(
    *,
    author: UUID,
    signer: UUID,
    signed_at: datetime | None,
    content: NoteContent,
    appointment: AppointmentFacts | None,
    now: datetime,
) -> SignRefusal | None:
    """Why `signer` may not sign; None when they may.

    Only the author signs, once, a complete note of a session that began; a note without an appointment is
    judged without that last condition.
    """
    if signed_at is not None:
        return SignRefusal("note_already_signed", "The note is already signed.")
    if signer != author:
        return SignRefusal("not_the_author", "Only its author can sign a note.")
    if appointment is not None and (refusal := _no_session(appointment, now)):
        return refusal
    if missing := missing_items(content):
        return SignRefusal("note_incomplete", "The note is not complete yet.", missing)
    return None


def _no_session(appointment: AppointmentFacts, now: datetime) -> SignRefusal | None:
    if reason := _NO_SESSION.get(appointment.status):
        return SignRefusal("no_session", reason)
    if appointment.actual_start is None and now < appointment.starts_at:
        return SignRefusal("session_not_started", "The session has not started yet.")
    return None


def signed_times(
    note: tuple[datetime | None, datetime | None],
    planned: tuple[datetime, datetime],
    actual: tuple[datetime | None, datetime | None],
) -> tuple[datetime | None, datetime | None]:
    """Start and end of the session as a note states them: the actual ones, unless the author corrected them.

    A time in the note that is missing, or still the planned one, gives way to what really happened.
    """
    start, end = (
        happened if happened is not None and written in (None, plan) else written
        for written, plan, happened in zip(note, planned, actual, strict=True)
    )
    return start, end


def problem_with_times(start: datetime | None, end: datetime | None) -> str | None:
    """Why these cannot be the times of a session, or None."""
    if any(at is not None and not EARLIEST_YEAR <= at.year < LATEST_YEAR for at in (start, end)):
        return "This is not a time of our days."
    if start is not None and end is not None and end < start:
        return "The session cannot end before it starts."
    return None


# --- Keeping earlier text ---------------------------------------------------------------------------------


def must_keep(before: Mapping[str, str], after: Mapping[str, str], *, since_kept: timedelta) -> bool:
    """Whether `before` is put aside when `after` replaces it: at intervals, and when a section loses much."""
    if not any(before.values()) or same_text(before, after):
        return False
    return since_kept >= CHECKPOINT_EVERY or any(
        len(text) - len(after.get(key, "")) >= max(LARGE_LOSS, len(text) // 2 + 1) for key, text in before.items()
    )


def same_text(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """The same words in the same sections; an absent section is an empty one."""
    return all(one.get(key, "") == other.get(key, "") for key in {*one, *other})


# --- Amending ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AmendRefusal:
    """Why a note cannot be amended so: a stable code, a sentence, the field at fault (empty: none)."""

    code: str
    message: str
    field: str = ""


def may_amend(
    *,
    author: UUID,
    amender: UUID,
    signed_at: datetime | None,
    reason: str,
    text: str,
) -> AmendRefusal | None:
    """Why this amendment is refused; None when it may be made.

    Only a signed note is amended (an unsigned one is edited), and only by its author.
    """
    if signed_at is None:
        return AmendRefusal("note_not_signed", "The note is not signed yet: edit it instead.")
    if amender != author:
        return AmendRefusal("not_the_author", "Only its author can amend a note.")
    if is_blank(reason) or len(reason.strip()) < MIN_REASON_CHARACTERS:
        message = f"Give a reason of at least {MIN_REASON_CHARACTERS} characters."
        return AmendRefusal("reason_too_short", message, "reason")
    if is_blank(text):
        return AmendRefusal("text_missing", "Write what is to be added or corrected.", "text")
    return None


# --- Two people, or two tabs, writing at once -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Conflict:
    """A section changed on both sides, each in its own way: all three texts, for the person to decide."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge.

    `sections` holds a text for every section; where there is a conflict it is mine, and `conflicts` holds
    both texts under the same key. Whoever stores `sections` must store `conflicts` too, or theirs is lost.
    """

    sections: Mapping[str, str]
    conflicts: Mapping[str, Conflict]


def merge(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """Merge two edits of the same note by section; a section that is absent counts as empty.

    A section changed on one side only, or on both sides alike, takes the change; one changed differently on
    both sides is a conflict. Emptying a section is a change like any other.
    """
    sections: dict[str, str] = {}
    conflicts: dict[str, Conflict] = {}
    for key in dict.fromkeys((*mine, *theirs, *base)):
        before, ours, other = base.get(key, ""), mine.get(key, ""), theirs.get(key, "")
        sections[key] = other if ours == before else ours
        if ours not in (before, other) and other != before:
            conflicts[key] = Conflict(before, ours, other)
    return Merged(sections, conflicts)


# --- When a note is due ------------------------------------------------------------------------------------


def documentation_deadline(held_until: datetime, zone: ZoneInfo) -> datetime:
    """The end of the third day after the session, by the practice's clock: until then its note is to be signed."""
    day = held_until.astimezone(zone).date()
    return instant_at(day + timedelta(days=DAYS_TO_DOCUMENT + 1), time(), zone)
