"""The act of signing by plain SQL: the database writes who signed, when, and the hash; nobody else can."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import IMPORT, SUPERVISOR
from mentalspace.charting.models import ClinicalNote, NoteAmendment
from mentalspace.charting.tests.builders import ANXIETY, TEXT, begun, held_session, printed, signed, written
from mentalspace.people.models import Profile
from mentalspace.practices.models import Location
from mentalspace.scheduling.models import Appointment
from tests.cast import CLEO, HERE, ID, NEXT_DOOR, NOOR, NOW, OFFICE, OLEG, actor
from tests.http import refused

pytestmark = pytest.mark.django_db
IMPORTER = Actor(HERE, HERE, IMPORT)
LIES = {
    "signed_at": "'2020-01-01'",
    "signed_name": "'Dr. Somebody Else'",
    "signed_licence": "'NY 1'",
    "signed_service": "'Family Therapy'",
    "signed_location": "'Paris'",
    "content_hash": "'0'",
    "digest_form": "1",
    "is_imported": "true",
}
FORGE = "UPDATE clinical_notes SET " + ", ".join(f"{name} = {lie}" for name, lie in LIES.items())


def run(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.fixture
def draft():
    """A complete draft of Ana's, as a row."""
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ana"]).update(license_number="012345", license_state="NY")
    held = held_session(location_id=OFFICE, cpt_code="90837")
    with acting_as(actor("ana")):
        return ClinicalNote.objects.create(**values_of(appointment=held))


def values_of(**values):
    return {
        "practice_id": HERE,
        "client_id": CLEO,
        "author_id": ID["ana"],
        "service_date": NOW.date(),
        "sections": TEXT,
        "diagnoses": [ANXIETY],
    } | values


def test_the_author_signs_whole_and_true_whatever_they_write(draft):
    before = datetime.now(UTC)
    with acting_as(actor("ana")):
        assert run(FORGE) == 1
        note = ClinicalNote.objects.get(pk=draft.pk)
    assert note.signed_at is not None
    assert before - timedelta(minutes=1) < note.signed_at < datetime.now(UTC) + timedelta(minutes=1)
    assert (note.signed_name, note.signed_licence) == ("Ana Cast, LCSW", "NY 012345")
    assert (note.signed_service, note.signed_location) == ("Individual Therapy 90837", "Main office")
    assert (note.is_imported, note.digest_form) == (False, 2)
    assert note.is_intact


@pytest.mark.parametrize("who", ["mia", "ada", "sam", "ash", "fay", "bea", "cleo", "otto"])
def test_nobody_else_signs_it(draft, who):
    with acting_as(actor(who)), suppress(ProgrammingError):  # some have no leave to change any note at all
        assert run(FORGE) == 0
    with acting_as(actor("ana")):
        assert ClinicalNote.objects.get(pk=draft.pk).signed_at is None


def test_not_even_the_author_under_another_hat(draft):
    with acting_as(Actor(HERE, ID["ana"], SUPERVISOR)), pytest.raises(DatabaseError, match="permission denied"):
        run(FORGE)


@pytest.mark.parametrize(
    "change",
    [{"sections": {"plan": 1}}, {"diagnoses": [{"code": "F41.1"}]}, {"diagnoses": {}}, {"sections": []}],
)
def test_what_is_no_note_is_not_signed(draft, change):
    with acting_as(actor("ana")):
        ClinicalNote.objects.filter(pk=draft.pk).update(**change)
        with pytest.raises(DatabaseError):
            run(FORGE)


def signed_elsewhere(**values):
    return ClinicalNote(
        **values_of(is_imported=True, signed_at=NOW, signed_name="Ana Old, LMSW", content_hash="-") | values
    )


def test_an_import_brings_what_was_signed_elsewhere_and_says_so(http):
    note = signed_elsewhere()
    with acting_as(IMPORTER):
        note.save(force_insert=True)
        said = {"author_id": ID["ana"], "author_name": "Ana Old", "reason": "Score", "text": "It was 8."}
        NoteAmendment.objects.create(practice_id=HERE, note_id=note.id, created_at=NOW + timedelta(days=1), **said)
    ana = http("ana")
    shown = ana.read(f"/notes/{note.id}")
    assert (shown["signed_name"], shown["signed_at"]) == ("Ana Old, LMSW", "2026-03-02T15:00:00Z")
    assert shown["is_intact"]
    assert shown["amendments"][0]["created_at"] == "2026-03-03T15:00:00Z"
    assert "Signed before this note was brought into this system" in printed(ana, shown)
    assert refused(http("otto").call("get", f"/notes/{note.id}"), 404)


@pytest.mark.parametrize(
    "values",
    [
        {"is_imported": False},
        {"signed_at": datetime.now(UTC) + timedelta(days=1)},
        {"is_imported": True, "signed_at": None, "signed_name": "", "content_hash": ""},
        {"practice_id": NEXT_DOOR, "client_id": OLEG, "author_id": ID["otto"]},
    ],
)
def test_an_import_brings_nothing_else(values):
    with acting_as(IMPORTER), pytest.raises(DatabaseError), transaction.atomic():
        signed_elsewhere(**values).save(force_insert=True)


def test_an_import_neither_signs_nor_amends_what_was_written_here(draft):
    with acting_as(IMPORTER), pytest.raises(DatabaseError, match="permission denied"):
        run(FORGE)
    with acting_as(actor("ana")):
        run(FORGE)
    said = {"author_id": ID["ana"], "author_name": "x", "reason": "x", "text": "x"}
    with acting_as(IMPORTER), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        NoteAmendment.objects.create(practice_id=HERE, note_id=draft.pk, **said)


@pytest.mark.parametrize("who", ["ana", "ash", "mia", "otto"])
def test_nobody_who_signs_in_brings_a_signed_note(who):
    client = {"ana": CLEO, "ash": NOOR, "mia": CLEO, "otto": OLEG}[who]
    note = signed_elsewhere(practice_id=NEXT_DOOR if who == "otto" else HERE, client_id=client, author_id=ID[who])
    with acting_as(actor(who)), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        note.save(force_insert=True)


def test_an_amendment_is_dated_and_named_by_the_database(draft):
    with acting_as(actor("ana")):
        run(FORGE)
        said = {"author_id": ID["ana"], "author_name": "Somebody Else", "reason": "Score", "text": "It was 8."}
        made = NoteAmendment.objects.create(practice_id=HERE, note=draft, created_at=NOW, **said)
        made.refresh_from_db()
        assert made.author_name == "Ana Cast, LCSW"
        assert made.created_at > draft.created_at


def test_what_is_printed_beside_the_text_stays_as_signed(http):
    ana = http("ana")
    held = held_session(location_id=OFFICE)
    note = signed(ana, written(ana, held))
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ana"]).update(license_number="99", license_state="CA")
        Location.objects.filter(pk=OFFICE).update(name="New office")
        Appointment.objects.filter(pk=held.pk).update(cpt_code="90834", appointment_type="Family Therapy")
    text = printed(ana, note)
    assert "Main office" in text
    assert not any(later in text for later in ("CA 99", "New office", "90834", "Family Therapy"))
    assert ana.read(f"/notes/{note['id']}")["is_intact"]
    later = begun(ana, held_session(location_id=OFFICE, starts_at=NOW - timedelta(hours=3)))
    assert "New office" in printed(ana, later)
    assert refused(http("otto").call("get", f"/notes/{note['id']}/document"), 404)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30) | st.text(
    '"\\/\b\f\n\r\t\x01\x1f\x7f\u2028\ufeff\u00e9\u0301\U0001f642', max_size=30
)
moments = st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.fixture
def asking(db):
    """Ana, in one transaction for all examples: the database's canonical text of a row that is nowhere stored."""
    with acting_as(actor("ana")):
        yield SimpleNamespace(note=ClinicalNote(id=uuid4(), **values_of()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sections=st.dictionaries(texts, texts, max_size=4),
    diagnoses=st.lists(st.fixed_dictionaries({"code": texts, "description": texts}), max_size=3),
    line=texts,
    started_at=moments,
    is_imported=st.booleans(),
)
def test_both_sides_hash_the_same_text(asking, sections, diagnoses, line, started_at, is_imported):
    note = asking.note
    note.sections, note.diagnoses, note.started_at, note.is_imported = sections, diagnoses, started_at, is_imported
    note.signed_name, note.signed_licence, note.signed_service, note.signed_location = line, line[::-1], line, line
    note.signed_at, note.content_hash = NOW + timedelta(microseconds=1), "-"
    columns = {str(field.column): field for field in ClinicalNote._meta.concrete_fields}
    names = ", ".join(columns)
    values = [field.get_db_prep_save(getattr(note, field.attname), connection) for field in columns.values()]
    with connection.cursor() as cursor:
        row = ", ".join(f"%s::{field.db_type(connection)}" for field in columns.values())
        cursor.execute(
            "SELECT encode(sha256(convert_to(access.note_text(jsonb_populate_record(NULL::clinical_notes,"
            f" to_jsonb(one))), 'UTF8')), 'hex') FROM (SELECT {row}) AS one({names})",
            values,
        )
        note.content_hash, note.digest_form = cursor.fetchone()[0], 2
    assert note.is_intact
