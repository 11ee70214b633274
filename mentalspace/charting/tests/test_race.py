"""Two windows, two clicks, and people who reach the database itself: real threads, connections and commits."""

import io
from datetime import timedelta

import psycopg
import pytest
from django.db import connections, transaction
from pypdf import PdfReader

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.charting.models import ClinicalNote, NoteVersion
from mentalspace.charting.tests.builders import TEXT, begun, draft_of, held_session, prove, signed, written
from mentalspace.launch.connection import connection, superuser
from tests.cast import NOW, actor
from tests.committed import at_once
from tests.http import Http, refused
from tests.sessions import session_of

pytestmark = pytest.mark.usefixtures("really_committed", "stopped_clock")
MANY = 8


def browser(name):
    http = Http(raise_request_exception=False)
    with transaction.atomic():
        http.cookies["session"] = session_of(name)
    return http


def stored(model, **where):
    with acting_as(actor("ana" if model is NoteVersion else "ada")), transaction.atomic():
        return list(model.objects.filter(**where).order_by("created_at", "id"))


def session():
    with transaction.atomic():
        return held_session()


def test_two_clicks_begin_one_note():
    held = session()
    answers = at_once(["ana"] * MANY, lambda http, _: http.call("post", "/notes", {"appointment_id": held.pk}))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(stored(AuditLog, event="chart.note.begun")) == len(stored(ClinicalNote)) == 1


def test_of_many_windows_with_other_texts_one_wins_and_every_text_is_kept():
    note = begun(browser("ana"), session())

    def save(http, number):
        body = draft_of(note, sections={"plan": f"Window {number}"})
        return http.call("put", f"/notes/{note['id']}/draft", body)

    answers = at_once(["ana"] * MANY, save)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (MANY - 1)
    (row,) = stored(ClinicalNote)
    kept = stored(NoteVersion, kept_because="conflict")
    assert {row.sections["plan"], *(one.sections["plan"] for one in kept)} == {f"Window {n}" for n in range(MANY)}
    assert row.version == note["version"] + 1
    named = {answer.json()["data"]["kept_version_id"] for answer in answers if answer.status_code == 409}
    assert named == {str(one.id) for one in kept}
    otto = browser("otto")
    assert refused(otto.call("get", f"/notes/{note['id']}/versions"), 404)


def test_windows_that_write_in_different_sections_are_all_merged():
    note = begun(browser("ana"), session())
    keys = list(TEXT)

    def save(http, number):
        return http.call(
            "put", f"/notes/{note['id']}/draft", draft_of(note, sections={keys[number]: TEXT[keys[number]]})
        )

    answers = at_once(["ana"] * 4, save)
    assert [answer.status_code for answer in answers] == [200] * 4, [answer.content for answer in answers]
    (row,) = stored(ClinicalNote)
    assert row.sections == TEXT


def test_two_clicks_sign_once_and_a_late_save_changes_nothing():
    ana = browser("ana")
    note = written(ana, session())

    def click(http, number):
        if number % 2:
            body = draft_of(note, sections=TEXT | {"plan": f"Late {number}"})
            return http.call("put", f"/notes/{note['id']}/draft", body)
        with transaction.atomic():
            prove(http)
        return http.call("post", f"/notes/{note['id']}/signature", {"version": note["version"]})

    answers = at_once(["ana"] * MANY, click)
    assert {answer.status_code for answer in answers} <= {200, 409}, [answer.content for answer in answers]
    (row,) = stored(ClinicalNote)
    assert row.is_intact
    signatures = stored(AuditLog, event="chart.note.signed")
    assert len(signatures) == (0 if row.signed_at is None else 1)
    if row.signed_at is not None:
        assert row.sections == TEXT


def refused_by_trigger(role, statement, *, first=""):
    name = connections["default"].settings_dict["NAME"]
    access = superuser(dbname=name) if role == "postgres" else connection(role, dbname=name)
    with psycopg.connect(access.dsn()) as database:
        if first:
            database.execute(first)
        with pytest.raises(psycopg.errors.InsufficientPrivilege) as refusal:
            database.execute(statement)
    return str(refusal.value)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE clinical_notes SET sections = '{}'",
        "UPDATE clinical_notes SET signed_at = NULL",
        "DELETE FROM clinical_notes",
    ],
)
def test_neither_owner_nor_operator_changes_a_signed_note(change):
    signed(browser("ana"), written(browser("ana"), session()))
    unforced = "ALTER TABLE clinical_notes NO FORCE ROW LEVEL SECURITY"
    assert "frozen" in refused_by_trigger("ms_owner", change, first=unforced)
    assert "frozen" in refused_by_trigger("ms_operator", change)
    assert "frozen" in refused_by_trigger("postgres", change)


def test_what_a_superuser_forged_is_called_forged():
    ana = browser("ana")
    note = signed(ana, written(ana, session()))
    assert note["is_intact"]
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(superuser(dbname=name).dsn()) as database:
        database.execute("ALTER TABLE clinical_notes DISABLE TRIGGER USER")
        forged = """UPDATE clinical_notes SET sections = jsonb_set(sections, '{plan}', '"Daily sessions."')"""
        assert database.execute(forged).rowcount == 1
        database.execute("ALTER TABLE clinical_notes ENABLE TRIGGER USER")
    assert ana.read(f"/notes/{note['id']}")["is_intact"] is False
    pages = PdfReader(io.BytesIO(ana.call("get", f"/notes/{note['id']}/document").content)).pages
    assert "WARNING: this text is not what was signed" in " ".join(pages[0].extract_text().split())
    assert refused(browser("otto").call("get", f"/notes/{note['id']}"), 404)


def test_one_proof_signs_one_of_many_notes_sent_at_once():
    ana = browser("ana")
    with transaction.atomic():
        held = [held_session(starts_at=NOW - timedelta(hours=2 + number)) for number in range(MANY)]
    notes = [written(ana, one) for one in held]
    prove(ana)

    def sign(http, number):
        http.cookies["session"] = ana.cookies["session"].value
        return http.call("post", f"/notes/{notes[number]['id']}/signature", {"version": notes[number]["version"]})

    answers = at_once(["ana"] * MANY, sign)
    assert sorted(answer.status_code for answer in answers) == [200] + [403] * (MANY - 1)
    assert all(refused(one, 403, "reauthentication_required") for one in answers if one.status_code == 403)
    assert len([row for row in stored(ClinicalNote) if row.signed_at]) == 1
