"""Signing, amending and printing over HTTP, as named people; success and refusal share their set-up."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.charting.models import ClinicalNote
from mentalspace.charting.tests.builders import (
    ANXIETY,
    TEXT,
    begun,
    draft_of,
    held_session,
    of_anas,
    printed,
    prove,
    saved,
    signed,
    written,
)
from mentalspace.people.models import Profile
from mentalspace.scheduling.models import Appointment
from tests.cast import CLEO, HERE, ID, NOOR, NOW, PASSWORD, actor
from tests.http import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

AMENDMENT = {"reason": "Wrong score copied", "text": "The score was 8."}


def sign(http, note, **body):
    return http.call("post", f"/notes/{note['id']}/signature", {"version": note["version"]} | body)


def events():
    """What this test has done, in no order: the clock stands."""
    with acting_as(actor("ada")):
        found = AuditLog.objects.exclude(user_id=HERE).filter(created_at__gte=NOW)
        return sorted(found.values_list("event", flat=True))


def test_the_author_signs(http):
    note = signed(http("ana"))
    assert note["signed_name"] == "Ana Cast, LCSW"
    assert len(note["content_hash"]) == 64
    assert note["is_intact"]
    assert (note["may_write"], note["may_sign"], note["may_amend"], note["missing"]) == (False, False, True, [])
    assert note["sections"] == TEXT
    assert "chart.note.signed" in events()
    assert refused(sign(http("otto"), note), 404)


def test_signing_asks_for_the_password_again(http):
    ana, note = of_anas(http)
    assert refused(sign(ana, note), 403, "reauthentication_required")
    prove(ana, seconds_ago=121)
    assert refused(sign(ana, note), 403, "reauthentication_required")
    prove(ana, seconds_ago=-30)  # from the future: the machine's clock was set back
    assert refused(sign(ana, note), 403, "reauthentication_required")
    prove(ana, seconds_ago=60)
    assert sign(ana, note).status_code == 200
    assert refused(sign(http("otto"), note), 404)


def test_one_proof_is_good_for_one_signature(http):
    ana = http("ana")
    first, second = written(ana), written(ana, held_session(starts_at=NOW - timedelta(hours=3)))
    prove(ana)
    assert refused(sign(ana, second, version=99), 409, "note_changed_elsewhere")  # a refusal uses nothing up
    assert sign(ana, first).status_code == 200
    assert refused(sign(ana, second), 403, "reauthentication_required")
    prove(ana)
    assert sign(ana, second).status_code == 200


def test_the_proof_comes_from_the_real_sign_in(http):
    ana, note = of_anas(http)
    where = "/_allauth/browser/v1/auth/reauthenticate"
    wrong = ana.post(where, {"password": "not-it"}, content_type="application/json")
    assert wrong.status_code == 400
    assert refused(sign(ana, note), 403, "reauthentication_required")
    right = ana.post(where, {"password": PASSWORD}, content_type="application/json")
    assert right.status_code == 200, right.content
    assert sign(ana, note).status_code == 200


def test_a_second_click_is_told_that_it_is_signed(http):
    ana, note = of_anas(http, signed)
    assert refused(sign(ana, note), 409, "note_already_signed")
    prove(ana)
    assert refused(sign(ana, note), 409, "note_already_signed")
    assert refused(sign(http("otto"), note), 404)


def test_only_the_version_that_was_seen_is_signed(http):
    ana = http("ana")
    seen = written(ana)
    now = saved(ana, seen, sections=TEXT | {"plan": "From the other window"})
    prove(ana)
    answer = sign(ana, seen)
    assert refused(answer, 409, "note_changed_elsewhere")
    assert answer.json()["data"]["sections"] == now["sections"]
    assert ana.read(f"/notes/{seen['id']}")["signed_at"] is None
    assert sign(ana, now).status_code == 200


def test_an_incomplete_note_says_what_is_missing_and_nothing_is_left_behind(http):
    ana = http("ana")
    note = saved(ana, begun(ana), sections={"plan": "Weekly"})
    prove(ana)
    before = events()
    answer = sign(ana, note)
    assert refused(answer, 409, "note_incomplete")
    assert [one["section_key"] for one in answer.json()["data"]["missing"]] == [
        "diagnoses",
        "subjective",
        "objective",
        "assessment",
    ]
    assert answer.json()["data"]["missing"] == note["missing"]
    assert events() == sorted([*before, "request.refused"])
    assert refused(sign(http("otto"), note), 404)


@pytest.mark.parametrize(
    ("status", "code"), [("Cancelled", "no_session"), ("No Show", "no_session"), ("Scheduled", "session_not_started")]
)
def test_no_signature_without_a_session(http, status, code):
    ana = http("ana")
    ahead = held_session(starts_at=NOW + timedelta(hours=1), status="Scheduled", actual_started_at=None)
    note = written(ana, ahead)
    with acting_as(actor("ana")):
        Appointment.objects.filter(pk=ahead.pk).update(status=status)
    prove(ana)
    assert refused(sign(ana, note), 409, code)
    assert ana.read(f"/notes/{note['id']}")["may_sign"] is False


def test_a_day_to_come_is_not_signed(http):
    ana = http("ana")
    note = ana.call("post", "/notes", {"client_id": CLEO}).json()
    note = saved(ana, note, sections=TEXT, diagnoses=[ANXIETY])
    with acting_as(actor("ana")):
        ClinicalNote.objects.filter(pk=note["id"]).update(service_date="2026-03-04")
    prove(ana)
    assert refused(sign(ana, note), 409, "session_not_started")


@pytest.mark.parametrize(
    ("corrected", "ended_at"), [(None, "2026-03-02T14:53:00Z"), ("2026-03-02T14:45:00Z", "2026-03-02T14:45:00Z")]
)
def test_the_times_are_the_real_ones_unless_corrected(http, corrected, ended_at):
    ana = http("ana")
    session = held_session(status="In Session", actual_ended_at=None)
    note = written(ana, session)
    assert note["ended_at"] == "2026-03-02T14:50:00Z"  # as planned
    with acting_as(actor("ana")):
        Appointment.objects.filter(pk=session.pk).update(actual_ended_at=NOW - timedelta(minutes=7))
    note = saved(ana, note, ended_at=corrected or note["ended_at"], sections=TEXT | {"plan": "More"})
    assert note["ended_at"] == ended_at
    frozen = signed(ana, note)
    assert (frozen["started_at"], frozen["ended_at"]) == ("2026-03-02T14:02:00Z", ended_at)
    assert frozen["is_intact"]


def test_only_the_sections_of_the_format_are_signed_and_the_rest_is_kept(http):
    ana = http("ana")
    note = saved(ana, written(ana), note_format="Narrative", sections=TEXT | {"narrative": "All of it."})
    assert signed(ana, note)["sections"] == {"narrative": "All of it."}
    (kept,) = ana.read(f"/notes/{note['id']}/versions")
    assert kept["sections"] == TEXT | {"narrative": "All of it."}


@pytest.mark.parametrize(("who", "status"), [("sam", 403), ("ada", 403), ("mia", 403), ("ana", 404), ("otto", 404)])
def test_nobody_else_signs(http, who, status):
    note = written(http("ash"), held_session("ash", NOOR))
    other = http(who)
    prove(other)
    assert sign(other, note).status_code == status
    assert http("ash").read(f"/notes/{note['id']}")["signed_at"] is None


def test_a_signed_note_refuses_late_saves(http):
    ana, note = of_anas(http)
    signed(ana, note)
    late = draft_of(note, sections=TEXT | {"plan": "Late"})
    assert refused(ana.call("put", f"/notes/{note['id']}/draft", late), 409, "note_already_signed")
    assert refused(http("otto").call("put", f"/notes/{note['id']}/draft", late), 404)


CHANGES = (
    "UPDATE clinical_notes SET sections = '{}'",
    "UPDATE clinical_notes SET signed_at = NULL, signed_name = '', content_hash = ''",
    "UPDATE clinical_notes SET author_id = author_id",
    "DELETE FROM clinical_notes",
    "TRUNCATE clinical_notes CASCADE",
)


@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("who", ["ana", "ada", "mia"])
def test_the_database_freezes_it_for_the_runtime_role(http, who, statement):
    note = signed(http("ana"))
    with acting_as(actor(who)):
        assert changed_by(statement) == 0
    assert http("ana").read(f"/notes/{note['id']}") == note


def changed_by(statement):
    """How many rows a statement changed; none where the database refuses it altogether."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
    except ProgrammingError as refusal:
        return 0 if getattr(refusal.__cause__, "sqlstate", "") == "42501" else -1


def test_tampering_shows(http):
    """The hash does not depend on the guards: a note that is not what was signed says so, on screen and on paper."""
    note = signed(http("ana"))
    with acting_as(actor("ana")):
        row = ClinicalNote.objects.get(pk=note["id"])
        assert row.is_intact
        for name, value in (
            ("sections", TEXT | {"plan": "Weekly sessions"}),
            ("diagnoses", []),
            ("service_date", NOW.date() - timedelta(days=1)),
            ("started_at", NOW),
            ("ended_at", None),
            ("signed_name", "Ana Cast, PhD"),
            ("signed_at", NOW + timedelta(microseconds=1)),
            ("content_hash", "0" * 64),
            ("client_id", NOOR),
            ("author_id", ID["ash"]),
            ("appointment_id", None),
            ("kind", "intake"),
            ("signed_licence", "NY 1"),
            ("signed_service", "Family Therapy"),
            ("signed_location", "Elsewhere"),
            ("is_imported", True),
            ("digest_form", 1),
            ("note_format", "DAP"),
        ):
            row = ClinicalNote.objects.get(pk=note["id"])
            setattr(row, name, value)
            assert not row.is_intact, name


def test_a_later_change_of_the_profile_changes_nothing(http):
    ana, note = of_anas(http, signed)
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ana"]).update(last_name="Other", credentials="PhD")
    after = ana.read(f"/notes/{note['id']}")
    assert (after["signed_name"], after["author_name"], after["is_intact"]) == ("Ana Cast, LCSW",) * 2 + (True,)
    assert "Ana Cast, LCSW" in printed(ana, note)


def test_an_amendment_is_added_and_the_original_stays(http):
    ana, note = of_anas(http)
    assert refused(ana.call("post", f"/notes/{note['id']}/amendments", AMENDMENT), 409, "note_not_signed")
    before = signed(ana, note)
    with_it = ana.call("post", f"/notes/{note['id']}/amendments", AMENDMENT)
    assert with_it.status_code == 201
    after = with_it.json()
    (amendment,) = after.pop("amendments")
    assert amendment | AMENDMENT == amendment
    assert amendment["author_name"] == "Ana Cast, LCSW"
    assert after == {name: value for name, value in before.items() if name != "amendments"}
    assert "chart.note.amended" in events()
    assert refused(http("otto").call("post", f"/notes/{note['id']}/amendments", AMENDMENT), 404)


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 201), ("ada", 403), ("mia", 403), ("ash", 404), ("fay", 403), ("otto", 404)]
)
def test_only_the_author_amends(http, who, status):
    note = signed(http("ana"))
    assert http(who).call("post", f"/notes/{note['id']}/amendments", AMENDMENT).status_code == status


@pytest.mark.parametrize(
    ("change", "field"),
    [({"reason": "typo"}, "reason"), ({"text": "  "}, "text"), ({"text": "\u200b"}, "text"), ({"text": "a\0"}, "text")],
)
def test_an_amendment_says_why_and_what(http, change, field):
    ana, note = of_anas(http, signed)
    answer = ana.call("post", f"/notes/{note['id']}/amendments", AMENDMENT | change)
    assert refused(answer, 422)
    assert field in answer.json()["fields"]
    assert ana.read(f"/notes/{note['id']}")["amendments"] == []


@pytest.mark.parametrize("table", ["note_amendments", "note_versions"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_amendments_and_kept_texts_cannot_be_changed(table, verb):
    with (
        acting_as(actor("ana")),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table))


def test_the_document(http):
    ana = http("ana")
    draft = written(ana)
    assert "Draft: not signed" in printed(ana, draft)
    note = signed(ana, draft)
    ana.call("post", f"/notes/{note['id']}/amendments", AMENDMENT)
    text = printed(ana, note)
    for words in (
        "Cleo Client",
        "MRN MS000001",
        "9:02 AM – 9:53 AM EST (51 min)",
        "Individual Therapy",
        "F41.1",
        "Slept six hours.",
        "Electronically signed by Ana Cast, LCSW",
        "Wrong score copied",
        "The score was 8.",
    ):
        assert words in text, words
    answer = ana.call("get", f"/notes/{note['id']}/document")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'inline; filename="note-{note["id"][:8]}.pdf"'
    assert refused(http("otto").call("get", f"/notes/{note['id']}/document"), 404)
    assert refused(http("fay").call("get", f"/notes/{note['id']}/document"), 404)
    assert refused(http("bea").call("get", f"/notes/{note['id']}/document"), 404)


def test_a_session_over_the_change_of_clocks_keeps_its_real_length(http):
    ana = http("ana")
    start = datetime(2025, 11, 2, 5, 30, tzinfo=UTC)  # 01:30 EDT; an hour later it is 01:30 EST
    end = start + timedelta(minutes=60)
    session = held_session(starts_at=start, ends_at=end, actual_started_at=start, actual_ended_at=end)
    note = written(ana, session)
    assert note["service_date"] == "2025-11-02"
    assert "1:30 AM EDT – 1:30 AM EST (60 min)" in printed(ana, note)


def test_statement_budget_of_signing(http, django_assert_max_num_queries):
    ana, note = of_anas(http)
    prove(ana)
    with django_assert_max_num_queries(14):
        assert sign(ana, note).status_code == 200
