"""The front desk moves a session and knows nothing of notes: a draft goes along, and a signed note holds it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.charting.models import ClinicalNote
from mentalspace.charting.tests.builders import begun, draft_of, held_session, saved, signed, written
from mentalspace.scheduling.models import Appointment
from tests.cast import NOW, actor
from tests.http import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
DAY, FIFTY = timedelta(days=1), timedelta(minutes=50)
PLANNED: dict[str, Any] = {"status": "Scheduled", "actual_started_at": None, "actual_ended_at": None}


def moved(http, session, start, *, who="fay", length=FIFTY):
    body = {"version": session.version, "starts_at": start, "ends_at": start + length}
    return http(who).call("patch", f"/appointments/{session.pk}", body)


def stands(session):
    with acting_as(actor("ada")):
        return Appointment.objects.get(pk=session.pk).starts_at


@pytest.fixture
def tomorrow():
    return held_session(starts_at=NOW + DAY, **PLANNED)


def test_a_draft_goes_along(http, tomorrow):
    ana = http("ana")
    note = begun(ana, tomorrow)
    answer = moved(http, tomorrow, NOW + 2 * DAY)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["appointment"]["note_state"], answer.json()["appointment"]["note_id"]) == ("none", None)
    after = ana.read(f"/notes/{note['id']}")
    assert (after["service_date"], after["started_at"], after["ended_at"]) == (
        "2026-03-04",
        "2026-03-04T15:00:00Z",
        "2026-03-04T15:50:00Z",
    )
    assert after["version"] == note["version"] + 1
    assert refused(moved(http, tomorrow, NOW + 3 * DAY, who="otto"), 404)
    assert refused(http("otto").call("get", f"/notes/{note['id']}"), 404)


def test_an_open_editor_is_told_and_overwrites_nothing(http, tomorrow):
    ana = http("ana")
    note = begun(ana, tomorrow)
    moved(http, tomorrow, NOW + 2 * DAY)
    stale = draft_of(note, sections={"plan": "Typed meanwhile"})
    answer = ana.call("put", f"/notes/{note['id']}/draft", stale)
    assert refused(answer, 409, "note_changed_elsewhere")
    assert answer.json()["data"]["conflicts"]["service_date"] == {"mine": "2026-03-03", "theirs": "2026-03-04"}
    assert ana.read(f"/notes/{note['id']}")["service_date"] == "2026-03-04"


def test_what_the_author_corrected_stays(http, tomorrow):
    ana = http("ana")
    note = saved(ana, begun(ana, tomorrow), service_date="2026-03-01", started_at="2026-03-01T15:05:00Z")
    moved(http, tomorrow, NOW + DAY, length=timedelta(minutes=80))
    after = ana.read(f"/notes/{note['id']}")
    assert (after["service_date"], after["started_at"]) == ("2026-03-01", "2026-03-01T15:05:00Z")
    assert after["ended_at"] == "2026-03-03T16:20:00Z"  # that one was the planned end


def test_a_change_of_the_place_touches_no_note(http, tomorrow):
    ana = http("ana")
    note = begun(ana, tomorrow)
    body = {"version": 1, "appointment_notes": "Bring the form"}
    assert http("fay").call("patch", f"/appointments/{tomorrow.pk}", body).status_code == 200
    assert ana.read(f"/notes/{note['id']}") == note


def test_a_session_with_a_signed_note_keeps_its_time(http):
    held = held_session(**PLANNED)  # nobody clicked start and end
    note = signed(http("ana"), written(http("ana"), held))
    answer = moved(http, held, NOW + 2 * DAY)
    assert refused(answer, 409, "step_not_possible")
    assert "Not moved" in answer.json()["detail"]
    assert stands(held) == held.starts_at
    assert http("ana").read(f"/notes/{note['id']}") == note
    assert refused(moved(http, held, NOW + 2 * DAY, who="otto"), 404)


def test_not_even_plain_sql_moves_it(http):
    held = held_session(**PLANNED)
    signed(http("ana"), written(http("ana"), held))
    later = "UPDATE appointments SET starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day'"
    for who in ("fay", "ana", "ada"):
        with acting_as(actor(who)), pytest.raises(DatabaseError, match="keeps its time"), transaction.atomic():
            connection.cursor().execute(later)


def test_in_a_series_the_documented_one_stays_and_that_is_told(http):
    body = {"client_id": held_session().client_id, "starts_at": NOW + DAY, "ends_at": NOW + DAY + FIFTY}
    made = http("ana").call("post", "/appointments", body | {"repeat": {"occurrence_count": 3}}).json()["appointment"]
    with acting_as(actor("ada")):
        second = Appointment.objects.order_by("starts_at").filter(series__isnull=False)[1]
    note = begun(http("ana"), second)
    with acting_as(actor("ana")), connection.cursor() as cursor:
        cursor.execute("UPDATE clinical_notes SET signed_at = now() WHERE id = %s", [note["id"]])
        assert ClinicalNote.objects.get(pk=note["id"]).signed_at is not None
    body = {"version": 1, "scope": "all", "starts_at": NOW + DAY + FIFTY, "ends_at": NOW + DAY + 2 * FIFTY}
    answer = http("fay").call("patch", f"/appointments/{made['id']}", body).json()
    assert [one["reason"] for one in answer["skipped"]] == ["the session is documented"]
    assert stands(second) == second.starts_at
