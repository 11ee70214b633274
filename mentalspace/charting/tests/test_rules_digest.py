"""The digest covers every word that a signature freezes, and nothing else."""

import hashlib
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentalspace.charting.formats import NoteFormat
from mentalspace.charting.rules import FIRST_FORM, CodedDiagnosis, FrozenNote, SectionText, canonical_json, digest_of

START = datetime(2026, 3, 10, 19, 2, tzinfo=UTC)
NOTE = FrozenNote(
    note_id=UUID(int=4),
    kind="progress_note",
    client_id=UUID(int=1),
    author_id=UUID(int=2),
    author_name="Ana Díaz, LCSW",
    author_licence="NY 012345",
    appointment_id=UUID(int=3),
    service_date=date(2026, 3, 10),
    service="Individual Therapy 90837",
    location="Main office",
    actual_start=START,
    actual_stop=START + timedelta(minutes=53),
    format=NoteFormat.SOAP,
    sections=(SectionText("subjective", "Slept better."), SectionText("plan", "Weekly.")),
    diagnoses=(CodedDiagnosis("F41.1", "Generalized anxiety disorder"), CodedDiagnosis("F10.20", "x")),
    is_imported=False,
    signed_at=START + timedelta(hours=1),
)


def test_canonical_form_written_out() -> None:
    """Written by hand: a change of the form would make every earlier digest fail."""
    expected = (
        '{"actual_start":"2026-03-10T19:02:00.000000+00:00","actual_stop":"2026-03-10T19:55:00.000000+00:00",'
        '"appointment_id":"00000000-0000-0000-0000-000000000003",'
        '"author_id":"00000000-0000-0000-0000-000000000002","author_licence":"NY 012345",'
        '"author_name":"Ana Díaz, LCSW","client_id":"00000000-0000-0000-0000-000000000001",'
        '"diagnoses":[["F41.1","Generalized anxiety disorder"],["F10.20","x"]],"form":2,"format":"SOAP",'
        '"is_imported":false,"kind":"progress_note","location":"Main office",'
        '"note_id":"00000000-0000-0000-0000-000000000004",'
        '"sections":[["plan","Weekly."],["subjective","Slept better."]],"service":"Individual Therapy 90837",'
        '"service_date":"2026-03-10","signed_at":"2026-03-10T20:02:00.000000+00:00"}'
    )
    assert canonical_json(NOTE).decode() == expected
    assert digest_of(NOTE) == hashlib.sha256(expected.encode()).hexdigest()


def test_the_first_form_written_out() -> None:
    """Notes signed before the second form stay checkable."""
    expected = (
        '{"actual_start":"2026-03-10T19:02:00.000000+00:00","actual_stop":"2026-03-10T19:55:00.000000+00:00",'
        '"appointment_id":"00000000-0000-0000-0000-000000000003","author_credentials":"",'
        '"author_id":"00000000-0000-0000-0000-000000000002","author_name":"Ana Díaz, LCSW",'
        '"client_id":"00000000-0000-0000-0000-000000000001",'
        '"diagnoses":[["F41.1","Generalized anxiety disorder"],["F10.20","x"]],"form":1,"format":"SOAP",'
        '"sections":[["subjective","Slept better."],["objective",""],["assessment",""],["plan","Weekly."]],'
        '"service_date":"2026-03-10","signed_at":"2026-03-10T20:02:00.000000+00:00"}'
    )
    assert canonical_json(NOTE, FIRST_FORM).decode() == expected


CHANGES: dict[str, object] = {
    "note_id": UUID(int=9),
    "kind": "intake",
    "author_licence": "NY 012346",
    "service": "Individual Therapy 90834",
    "location": "",
    "is_imported": True,
    "client_id": UUID(int=9),
    "author_id": UUID(int=9),
    "author_name": "Ana Diaz",
    "appointment_id": None,
    "service_date": date(2026, 3, 11),
    "actual_start": None,
    "actual_stop": START + timedelta(minutes=54),
    "format": NoteFormat.DAP,
    "sections": NOTE.sections[:1],
    "diagnoses": NOTE.diagnoses[::-1],
    "signed_at": NOTE.signed_at + timedelta(microseconds=1),
}


@pytest.mark.parametrize("name", [field.name for field in fields(FrozenNote)])
def test_every_field_is_covered(name: str) -> None:
    assert digest_of(replace(NOTE, **{name: CHANGES[name]})) != digest_of(NOTE)  # type: ignore[arg-type]  # by name


def test_the_same_instant_in_another_zone_is_the_same_note() -> None:
    elsewhere = NOTE.signed_at.astimezone(timezone(timedelta(hours=-4)))
    assert digest_of(replace(NOTE, signed_at=elsewhere)) == digest_of(NOTE)


@pytest.mark.parametrize(("one", "other"), [("\u00e9", "e\u0301"), ("a\nb", "a\r\nb"), ("a", "a "), ("", "\u200b")])
def test_text_is_not_altered(one: str, other: str) -> None:
    assert digest_of(replace(NOTE, author_name=one)) != digest_of(replace(NOTE, author_name=other))


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        digest_of(replace(NOTE, signed_at=NOTE.signed_at.replace(tzinfo=None)))


texts = st.text('ab",[]\\\n\u00e9\u0301\u200b\U0001f642', max_size=20)
section_lists = st.dictionaries(texts, texts, max_size=4).map(
    lambda written: tuple(SectionText(key, text) for key, text in written.items())
)


@given(section_lists, section_lists)
def test_different_texts_have_different_digests(one: tuple[SectionText, ...], other: tuple[SectionText, ...]) -> None:
    same = digest_of(replace(NOTE, sections=one)) == digest_of(replace(NOTE, sections=other))
    assert same == (set(one) == set(other))
