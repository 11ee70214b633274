"""Drafts over HTTP, as named people: begin, autosave, two windows, what is kept."""

from datetime import timedelta
from uuid import uuid4

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.charting.models import ClinicalNote
from mentalspace.charting.tests.builders import (
    ANXIETY,
    TEXT,
    begun,
    draft_of,
    held_session,
    of_anas,
    prove,
    saved,
    signed,
    written,
)
from mentalspace.clients.models import CareTeamMember, Diagnosis
from mentalspace.core import clock
from tests.cast import CLEO, HERE, ID, NOOR, NOW, OLEG, THEO, actor
from tests.http import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def diagnose(client, code, description, *, system="ICD-10-CM", rank=1, who="ana"):
    with acting_as(actor(who)):
        Diagnosis.objects.create(
            practice_id=HERE,
            client_id=client,
            code=code,
            code_system=system,
            description=description,
            rank=rank,
            noted_by_id=ID[who],
        )


def test_a_note_takes_day_and_times_from_the_session(http):
    session = held_session()
    note = begun(http("ana"), session)
    assert (note["client_id"], note["client_name"]) == (str(CLEO), "Cleo Client")
    assert (note["author_name"], note["service_date"]) == ("Ana Cast, LCSW", "2026-03-02")
    assert note["started_at"] == "2026-03-02T14:02:00Z"
    assert note["ended_at"] == "2026-03-02T14:53:00Z"
    assert [section["key"] for section in note["layout"]] == ["subjective", "objective", "assessment", "plan"]
    assert (note["may_write"], note["may_sign"], note["may_amend"]) == (True, True, False)
    assert note["missing"][0]["section_key"] == "diagnoses"
    assert refused(http("otto").call("post", "/notes", {"appointment_id": session.pk}), 404)


def test_the_day_is_the_one_on_the_wall(http):
    late = held_session(starts_at=NOW - timedelta(hours=13))  # 21:00 in New York, 02:00 UTC
    assert begun(http("ana"), late)["service_date"] == "2026-03-01"


def test_a_second_call_finds_the_first_note_whatever_its_state(http):
    ana, session = http("ana"), held_session()
    note = written(ana, session)
    assert begun(ana, session) == ana.read(f"/notes/{note['id']}") == note
    frozen = signed(ana, note)
    assert begun(ana, session)["signed_at"] == frozen["signed_at"]
    with acting_as(actor("ada")):
        assert AuditLog.objects.filter(event="chart.note.begun").count() == 1


def test_a_note_without_an_appointment_has_a_client_and_a_day(http):
    ana = http("ana")
    body = {"client_id": CLEO, "service_date": "2026-02-27"}
    note = ana.call("post", "/notes", body).json()
    assert (note["appointment_id"], note["service_date"], note["started_at"]) == (None, "2026-02-27", None)
    assert ana.call("post", "/notes", body).json()["id"] == note["id"]
    assert ana.call("post", "/notes", body | {"service_date": "2026-02-26"}).json()["id"] != note["id"]
    assert ana.call("post", "/notes", {"client_id": CLEO}).json()["service_date"] == "2026-03-02"
    assert refused(http("otto").call("post", "/notes", body), 404)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "client_id"),
        ({"client_id": CLEO, "service_date": "2026-03-03"}, "service_date"),
        ({"client_id": CLEO, "service_date": "0001-01-01"}, "service_date"),
        ({"client_id": CLEO, "note_format": "POEM"}, "note_format"),
    ],
)
def test_bad_beginnings_name_the_field(http, body, field):
    answer = http("ana").call("post", "/notes", body)
    assert refused(answer, 422)
    assert field in answer.json()["fields"]
    assert http("otto").call("post", "/notes", body).status_code in (404, 422)


@pytest.mark.parametrize(
    ("who", "client", "status"),
    [
        ("ana", CLEO, 201),
        ("mia", CLEO, 403),  # sees every client as administrator, treats none
        ("ash", NOOR, 201),
        ("ana", NOOR, 404),
        ("sam", NOOR, 403),
        ("ada", THEO, 403),
        ("fay", CLEO, 403),
        ("bea", CLEO, 403),
        ("otto", CLEO, 404),
        ("otto", OLEG, 201),
    ],
)
def test_only_who_treats_the_client_begins_a_note(http, who, client, status):
    assert http(who).call("post", "/notes", {"client_id": client}).status_code == status


@pytest.mark.parametrize("status", ["Cancelled", "No Show", "Rescheduled"])
def test_no_note_of_a_session_that_was_not_held(http, status):
    session = held_session(status=status, actual_started_at=None, actual_ended_at=None)
    assert refused(http("ana").call("post", "/notes", {"appointment_id": session.pk}), 409, "no_session")
    assert refused(http("otto").call("post", "/notes", {"appointment_id": session.pk}), 404)


def test_diagnoses_come_from_the_list_then_from_the_last_signed_note(http):
    ana = http("ana")
    diagnose(CLEO, "73211009", "Diabetes mellitus", system="SNOMED CT")
    diagnose(CLEO, "F41.1", "Generalized anxiety disorder", rank=2)
    first = begun(ana)
    assert [one["code"] for one in first["diagnoses"]] == ["F41.1", "73211009"]
    signed(ana, saved(ana, first, sections=TEXT, diagnoses=[{"code": "F32.1", "description": "Depression"}]))
    second = begun(ana, held_session(starts_at=NOW - timedelta(hours=3)))
    assert [one["code"] for one in second["diagnoses"]] == ["F32.1"]


def test_autosave_keeps_what_was_typed(http):
    ana, note = of_anas(http, begun)
    after = saved(ana, note, sections={"plan": "Weekly"}, diagnoses=[ANXIETY], note_format="DAP")
    assert (after["sections"], after["note_format"], after["diagnoses"]) == ({"plan": "Weekly"}, "DAP", [ANXIETY])
    assert after["version"] == note["version"] + 1
    assert ana.read(f"/notes/{note['id']}") == after  # what a killed tab finds again


def test_the_same_save_twice_is_one(http):
    """A double click, or a second try after the first answer was lost."""
    ana, note = of_anas(http, begun)
    once, again = saved(ana, note, sections=TEXT), saved(ana, note, sections=TEXT)
    assert once == again
    assert once["version"] == note["version"] + 1


def test_other_sections_of_another_window_are_merged(http):
    ana, note = of_anas(http, begun)
    saved(ana, note, sections={"plan": "From the first window"})
    both = saved(ana, note, sections={"objective": "From the second"})
    assert both["sections"]["plan"] == "From the first window"
    assert both["sections"]["objective"] == "From the second"


def test_the_same_section_in_two_windows_is_refused_and_both_texts_are_kept(http):
    ana, note = of_anas(http, begun)
    first = saved(ana, note, sections={"plan": "Mine, from the first"})
    late = draft_of(note, sections={"plan": "Mine, from the second", "objective": "Only here"})
    answer = ana.call("put", f"/notes/{note['id']}/draft", late)
    assert refused(answer, 409, "note_changed_elsewhere")
    data = answer.json()["data"]
    assert set(data) == {"version", "updated_at", "sections", "conflicts", "kept_version_id"}
    assert (data["version"], data["sections"]) == (first["version"], first["sections"])
    assert data["conflicts"] == {"plan": {"mine": "Mine, from the second", "theirs": "Mine, from the first"}}
    (kept,) = ana.read(f"/notes/{note['id']}/versions")
    assert (kept["id"], kept["kept_because"], kept["sections"]) == (
        data["kept_version_id"],
        "conflict",
        late["sections"],
    )
    assert ana.read(f"/notes/{note['id']}")["sections"] == first["sections"]
    again = ana.call("put", f"/notes/{note['id']}/draft", late).json()["data"]
    assert again["kept_version_id"] == kept["id"]
    assert len(ana.read(f"/notes/{note['id']}/versions")) == 1
    resolved = saved(ana, first, sections={"plan": "Both of mine", "objective": "Only here"})
    assert resolved["sections"]["plan"] == "Both of mine"
    assert refused(http("otto").call("put", f"/notes/{note['id']}/draft", late), 404)


def test_without_a_base_every_difference_is_a_conflict(http):
    ana, note = of_anas(http, begun)
    saved(ana, note, sections={"plan": "One"})
    answer = ana.call("put", f"/notes/{note['id']}/draft", draft_of(note, sections={"objective": "Two"}, base=None))
    assert refused(answer, 409, "note_changed_elsewhere")
    assert set(answer.json()["data"]["conflicts"]) == {"plan", "objective"}


def test_diagnoses_changed_in_another_window_are_not_overwritten(http):
    ana, note = of_anas(http, begun)
    saved(ana, note, diagnoses=[ANXIETY])
    stale = draft_of(note, sections={"plan": "Two"})
    answer = ana.call("put", f"/notes/{note['id']}/draft", stale)
    assert refused(answer, 409, "note_changed_elsewhere")
    assert answer.json()["data"]["conflicts"] == {
        "diagnoses": {"mine": "", "theirs": "F41.1 Generalized anxiety disorder"}
    }
    known = saved(ana, note, sections={"plan": "Two"}, base_diagnoses=[])
    assert (known["diagnoses"], known["sections"]["plan"]) == ([ANXIETY], "Two")


def test_earlier_text_is_kept_now_and_then_and_before_a_large_loss(http):
    ana = http("ana")
    note = saved(ana, begun(ana), sections={"plan": "a" * 500})
    note = saved(ana, note, sections={"plan": "a" * 501})
    assert ana.read(f"/notes/{note['id']}/versions") == []
    note = saved(ana, note, sections={"plan": "gone"})
    with clock.frozen(NOW + timedelta(minutes=6)):
        note = saved(ana, note, sections={"plan": "gone on"})
    kept = ana.read(f"/notes/{note['id']}/versions")
    assert [(one["kept_because"], one["sections"]["plan"]) for one in kept] == [
        ("checkpoint", "gone"),
        ("checkpoint", "a" * 501),
    ]
    assert refused(http("otto").call("get", f"/notes/{note['id']}/versions"), 404)


@pytest.mark.parametrize(
    ("who", "read", "write"),
    [
        ("ash", 200, 200),
        ("sam", 200, 403),  # supervises Ash
        ("ada", 200, 403),
        ("mia", 200, 403),
        ("ana", 404, 404),  # treats Cleo, not Noor
        ("fay", 404, 403),
        ("bea", 404, 403),
        ("otto", 404, 404),
    ],
)
def test_a_draft_is_its_authors(http, who, read, write):
    note = written(http("ash"), held_session("ash", NOOR))
    person = http(who)
    body = draft_of(note, sections=TEXT | {"plan": "Other"})
    assert person.call("get", f"/notes/{note['id']}").status_code == read
    assert person.call("put", f"/notes/{note['id']}/draft", body).status_code == write
    in_list = person.call("get", "/notes")
    assert in_list.status_code == (404 if who in ("fay", "bea") else 200)
    if read == 404 and in_list.status_code == 200:
        assert in_list.json()["items"] == []
    versions = person.call("get", f"/notes/{note['id']}/versions").status_code
    assert versions == (200 if who in ("ash", "mia") else 404)


def test_colleagues_of_the_care_team_read_signed_notes_only(http):
    ana = http("ana")
    with acting_as(actor("ada")):
        CareTeamMember.objects.create(practice_id=HERE, client_id=CLEO, person_id=ID["ash"], start_date=NOW.date())
    note = written(ana)
    assert refused(http("ash").call("get", f"/notes/{note['id']}"), 404)
    signed(ana, note)
    assert http("ash").read(f"/notes/{note['id']}")["may_amend"] is False
    assert refused(http("otto").call("get", f"/notes/{note['id']}"), 404)


def test_hidden_and_absent_are_the_same_answer(http):
    note, otto = written(http("ana")), http("otto")
    for method, path, body in (
        ("get", "/notes/{}", None),
        ("get", "/notes/{}/document", None),
        ("put", "/notes/{}/draft", draft_of(note)),
        ("post", "/notes/{}/signature", {"version": 1}),
        ("post", "/notes/{}/amendments", {"reason": "Because", "text": "x"}),
    ):
        hidden, absent = (otto.call(method, path.format(pk), body) for pk in (note["id"], uuid4()))
        assert refused(hidden, 404)
        assert hidden.content == absent.content


@pytest.mark.parametrize(
    "change",
    [
        {"sections": {"plan": "a\x00b"}},
        {"sections": {"plan": "\ud800"}},
        {"sections": {"plan": "x" * 50_001}},
        {"sections": {"poem": "x"}},
        {"sections": {"\x00": "x"}},
        {"sections": {"plan": 7}},
        {"sections": ["plan"]},
        {"diagnoses": [{"code": "F\x0041", "description": "x"}]},
        {"diagnoses": [{"code": "F41", "description": "\udfff"}]},
        {"diagnoses": [ANXIETY] * 13},
        {"note_format": "POEM"},
        {"version": "next"},
        {"started_at": "2026-03-02T10:00:00"},
        {"started_at": "0001-01-01T00:00:00+14:00"},
        {"started_at": "2026-03-02T15:00:00Z", "ended_at": "2026-03-02T14:00:00Z"},
        {"service_date": "2026-02-30"},
        None,
        [],
    ],
)
def test_hostile_content_is_422_and_changes_nothing(http, change):
    ana, note = of_anas(http)
    body = draft_of(note) | change if isinstance(change, dict) else change
    assert refused(ana.call("put", f"/notes/{note['id']}/draft", body), 422)
    assert ana.read(f"/notes/{note['id']}") == note


@pytest.mark.parametrize(
    "text", ["x" * 50_000, "<script>alert(1)</script>", "'; drop table clinical_notes; --", "🜁‮\u0007"]
)
def test_strange_text_is_kept_to_the_letter(http, text):
    ana = http("ana")
    note = saved(ana, begun(ana), sections={"plan": text})
    assert ana.read(f"/notes/{note['id']}")["sections"]["plan"] == text


def test_unknown_filters_and_cursors_are_422(http):
    ana = http("ana")
    written(ana)
    for query in ("state=open", "client_id=1", "cursor=nonsense", "cursor=WyJhIiwgImIiXQ"):
        assert refused(ana.call("get", f"/notes?{query}"), 422), query


def test_lists_by_client_and_state_follow_page_by_page(http, monkeypatch):
    ana = http("ana")
    for hours in (1, 25, 49):
        written(ana, held_session(starts_at=NOW - timedelta(hours=hours)))
    other = http("ash")
    written(other, held_session("ash", NOOR))
    frozen = signed(ana, ana.read(f"/notes/{ana.read('/notes')['items'][0]['id']}"))
    monkeypatch.setattr("mentalspace.core.paging.page.__kwdefaults__", {"size": 2})
    first = ana.read(f"/notes?client_id={CLEO}")
    second = ana.read(f"/notes?client_id={CLEO}&cursor={first['next']}")
    days = [row["service_date"] for row in first["items"] + second["items"]]
    assert (days, second["next"]) == (["2026-03-02", "2026-03-01", "2026-02-28"], None)
    assert [row["id"] for row in ana.read("/notes?state=signed")["items"]] == [frozen["id"]]
    assert len(ana.read("/notes?state=draft")["items"]) == 2
    assert ana.read(f"/notes?client_id={NOOR}")["items"] == []
    assert http("otto").read("/notes")["items"] == []


def test_reads_are_written_down_and_refused_saves_leave_nothing_else(http):
    ana, note = of_anas(http)
    ana.read(f"/notes/{note['id']}")
    ana.read("/notes")
    ana.call("get", f"/notes/{note['id']}/document")
    with acting_as(actor("ada")):
        reads = list(AuditLog.objects.filter(action_type=PHI_ACCESS).order_by("created_at", "id"))
        assert {row.action_description for row in reads} == {
            "Ana Cast opened a note",
            "Ana Cast looked at a list of notes",
            "Ana Cast printed a note",
        }
        assert all(row.client_ids == [CLEO] for row in reads)
        told = " ".join(f"{row.action_description} {row.action_details}" for row in AuditLog.objects.all())
    assert not any(word in told for word in ("Cleo", "Slept", "F41"))
    assert refused(http("otto").call("get", f"/notes/{note['id']}"), 404)


def test_an_author_who_no_longer_treats_keeps_the_note_without_the_name(http):
    ana, note = of_anas(http)
    with acting_as(actor("ada")):
        CareTeamMember.objects.filter(client_id=CLEO, person_id=ID["ana"]).update(end_date=NOW.date())
    assert ana.read(f"/notes/{note['id']}")["client_name"] == "Not in your care team"
    assert [row["id"] for row in ana.read("/notes")["items"]] == [note["id"]]
    assert refused(ana.call("get", f"/notes/{note['id']}/document"), 404)
    assert refused(http("otto").call("get", f"/notes/{note['id']}"), 404)


def test_formats_are_told(http):
    formats = http("ana").read("/note-formats")
    assert [one["note_format"] for one in formats] == ["SOAP", "DAP", "BIRP", "GIRP", "Narrative"]
    assert formats[0]["sections"][3]["key"] == "plan"
    assert refused(http(None).call("get", "/note-formats"), 401)


@pytest.mark.parametrize(("what", "budget"), [("get", 6), ("list", 6), ("save", 9), ("begin", 14)])
def test_statement_budget(http, django_assert_max_num_queries, what, budget):
    ana, note = of_anas(http)
    session = held_session(starts_at=NOW - timedelta(hours=4))
    with django_assert_max_num_queries(budget):
        match what:
            case "get":
                ana.read(f"/notes/{note['id']}")
            case "list":
                ana.read("/notes")
            case "save":
                saved(ana, note, sections=TEXT | {"plan": "More"})
            case "begin":
                begun(ana, session)


@pytest.mark.parametrize("version", [10**12, -5, 0])
def test_a_version_that_no_note_has_is_malformed(http, version):
    ana, note = of_anas(http, begun)
    assert refused(ana.call("put", f"/notes/{note['id']}/draft", draft_of(note, version=version)), 422, "malformed")
    assert refused(ana.call("post", f"/notes/{note['id']}/signature", {"version": version}), 422, "malformed")


@pytest.mark.parametrize("day", ["2026-03-03", "1899-12-31", "0001-01-01"])
def test_no_session_was_on_such_a_day(http, day):
    ana, note = of_anas(http)
    answer = ana.call("put", f"/notes/{note['id']}/draft", draft_of(note, service_date=day))
    assert refused(answer, 422, "bad_input")
    assert list(answer.json()["fields"]) == ["service_date"]


def test_a_note_prepared_before_its_session_is_saved_and_not_signed(http):
    ana = http("ana")
    tomorrow = held_session(
        starts_at=NOW + timedelta(days=1), status="Scheduled", actual_started_at=None, actual_ended_at=None
    )
    note = written(ana, tomorrow)
    assert note["service_date"] == "2026-03-03"
    prove(ana)
    answer = ana.call("post", f"/notes/{note['id']}/signature", {"version": note["version"]})
    assert refused(answer, 409, "session_not_started")


def test_a_day_to_come_is_not_signed_even_when_the_session_began(http):
    ana, note = of_anas(http)
    with acting_as(actor("ana")):
        ClinicalNote.objects.filter(pk=note["id"]).update(service_date="2026-03-03")
    prove(ana)
    answer = ana.call("post", f"/notes/{note['id']}/signature", {"version": note["version"]})
    assert refused(answer, 422, "bad_input")
    assert list(answer.json()["fields"]) == ["service_date"]


def test_a_refusal_that_shows_the_text_is_a_read(http):
    ana, note = of_anas(http, begun)
    saved(ana, note, sections={"plan": "First"})
    conflict = ana.call("put", f"/notes/{note['id']}/draft", draft_of(note, sections={"plan": "Second"}))
    stale = ana.call("post", f"/notes/{note['id']}/signature", {"version": note["version"]})
    for answer in (conflict, stale):
        assert refused(answer, 409, "note_changed_elsewhere")
        assert answer.json()["data"]["sections"] == {"plan": "First"}
    with acting_as(actor("ada")):
        reads = AuditLog.objects.filter(action_type=PHI_ACCESS, resource_id=note["id"])
        assert [row.client_ids for row in reads] == [[CLEO]] * 3  # begun and shown, and both refusals
