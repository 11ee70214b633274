"""When a note is complete, may be signed, may be amended."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from mentalspace.charting.formats import LAYOUTS, NoteFormat
from mentalspace.charting.rules import (
    AppointmentFacts,
    CodedDiagnosis,
    NoteContent,
    SignRefusal,
    is_blank,
    may_amend,
    may_sign,
    missing_items,
)
from mentalspace.scheduling.rules import AppointmentStatus

S = AppointmentStatus
ANA, OTTO, SAM = UUID(int=1), UUID(int=2), UUID(int=3)
NOW = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)
BEGAN = AppointmentFacts(S.COMPLETED, NOW - timedelta(hours=1), NOW - timedelta(hours=1))
COMPLETE = NoteContent(
    NoteFormat.SOAP,
    {"subjective": "s", "objective": "o", "assessment": "a", "plan": "p"},
    [CodedDiagnosis("F41.1", "Generalized anxiety disorder")],
    date(2026, 3, 10),
)


def sign(
    *,
    signer: UUID = ANA,
    signed_at: datetime | None = None,
    content: NoteContent = COMPLETE,
    appointment: AppointmentFacts | None = BEGAN,
) -> SignRefusal | None:
    return may_sign(author=ANA, signer=signer, signed_at=signed_at, content=content, appointment=appointment, now=NOW)


def test_nothing_is_missing_from_a_complete_note() -> None:
    assert missing_items(COMPLETE) == ()


@pytest.mark.parametrize("note_format", NoteFormat)
def test_everything_is_missing_from_an_empty_one(note_format: NoteFormat) -> None:
    missing = missing_items(NoteContent(note_format, {}, [], None))
    assert [item.section_key for item in missing] == ["service_date", "diagnoses", *LAYOUTS[note_format].keys]


def test_each_message_names_its_section() -> None:
    note = replace(COMPLETE, texts={**COMPLETE.texts, "plan": " \n\u200b"})
    assert [(item.section_key, item.message) for item in missing_items(note)] == [("plan", "Plan is empty.")]


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("", True),
        (" \t\r\n\u00a0", True),
        ("\u200b\ufeff\u2060", True),
        ("\x00", True),
        (".", False),
        ("\u0301", False),
    ],
)
def test_blank(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


@pytest.mark.parametrize(
    "appointment",
    [
        BEGAN,
        None,
        AppointmentFacts(S.SCHEDULED, NOW),
        AppointmentFacts(S.IN_SESSION, NOW + timedelta(minutes=5), NOW - timedelta(minutes=1)),
    ],
)
def test_the_author_signs(appointment: AppointmentFacts | None) -> None:
    assert sign(appointment=appointment) is None


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (sign(signer=OTTO), "not_the_author"),
        (sign(signed_at=NOW), "note_already_signed"),
        (sign(signer=OTTO, signed_at=NOW), "note_already_signed"),
        (sign(appointment=AppointmentFacts(S.CANCELLED, NOW - timedelta(days=1))), "no_session"),
        (sign(appointment=AppointmentFacts(S.RESCHEDULED, NOW - timedelta(days=1))), "no_session"),
        (sign(appointment=AppointmentFacts(S.NO_SHOW, NOW - timedelta(days=1))), "no_session"),
        (sign(appointment=AppointmentFacts(S.CHECKED_IN, NOW + timedelta(minutes=1))), "session_not_started"),
        (sign(content=replace(COMPLETE, diagnoses=[])), "note_incomplete"),
    ],
)
def test_refusals(refusal: SignRefusal | None, code: str) -> None:
    assert refusal is not None
    assert refusal.code == code
    assert bool(refusal.missing) == (code == "note_incomplete")


@pytest.mark.parametrize(
    ("amender", "signed_at", "reason", "text", "code", "field"),
    [
        (ANA, NOW, "Wrong dose", "It was 20 mg.", None, None),
        (ANA, NOW, "typos", "x", None, None),
        (SAM, NOW, "typos", "x", "not_the_author", ""),
        (OTTO, NOW, "Wrong dose", "It was 20 mg.", "not_the_author", ""),
        (ANA, None, "Wrong dose", "It was 20 mg.", "note_not_signed", ""),
        (ANA, NOW, " typo  ", "It was 20 mg.", "reason_too_short", "reason"),
        (ANA, NOW, "\u200b" * 9, "It was 20 mg.", "reason_too_short", "reason"),
        (ANA, NOW, "Wrong dose", " \n", "text_missing", "text"),
    ],
)
def test_amending(
    amender: UUID, signed_at: datetime | None, reason: str, text: str, code: str | None, field: str | None
) -> None:
    refusal = may_amend(author=ANA, amender=amender, signed_at=signed_at, reason=reason, text=text)
    assert (refusal and refusal.code, refusal and refusal.field) == (code, field)
