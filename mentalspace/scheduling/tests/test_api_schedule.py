"""The calendar and single appointments, read by named people."""

from datetime import time, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.scheduling.models import ClinicianHours
from mentalspace.scheduling.tests.conftest import TOMORROW, write_note
from tests.cast import CLEO, HERE, ID, NOOR, NOW, OFFICE, ROOM, THEO, actor
from tests.http import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
DAY = timedelta(days=1)


def week(start=NOW - DAY, end=NOW + 6 * DAY, **more):
    return f"/appointments?{urlencode({'start': start, 'end': end} | more, doseq=True)}"


def clients(answer):
    return [(row["client_name"], row["clinician_name"]) for row in answer["appointments"]]


@pytest.fixture
def calendar(booked):
    booked("ana")
    booked("ash", NOOR)
    booked("fay", THEO, clinician_id=ID["mia"])


MINE, ASHS, MIAS = ("Cleo Client", "Ana Cast"), ("Noor Client", "Ash Cast"), ("Theo Client", "Mia Cast")


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("ana", [MINE]),
        ("ash", [ASHS]),
        ("sam", [ASHS]),
        ("fay", [MINE, ASHS, MIAS]),
        ("ada", [MINE, ASHS, MIAS]),
        ("mia", [MINE, ASHS, MIAS]),
        ("otto", []),
    ],
)
def test_each_sees_their_own_calendar(http, calendar, who, seen):
    assert sorted(clients(http(who).read(week()))) == seen


def test_the_calendar_is_in_the_order_of_the_day(http, booked):
    for hours, client in ((5, THEO), (1, CLEO), (3, NOOR)):
        booked("fay", client, starts_at=TOMORROW + timedelta(hours=hours), clinician_id=ID["mia"])
    starts = [row["starts_at"] for row in http("fay").read(week())["appointments"]]
    assert starts == sorted(starts)
    assert len(starts) == 3
    assert http("otto").read(week())["appointments"] == []


def test_billing_has_no_calendar(http, calendar):
    assert refused(http("bea").call("get", week()), 404)
    assert refused(http(None).call("get", week()), 401)


def test_asking_for_somebody_shows_what_one_may_see(http, calendar):
    asked = {"clinician_id": [ID["ana"], ID["ash"]]}
    assert sorted(clients(http("fay").read(week(**asked)))) == [MINE, ASHS]
    assert clients(http("ana").read(week(**asked))) == [MINE]
    assert clients(http("ana").read(week(clinician_id=ID["ash"]))) == []
    assert clients(http("otto").read(week(**asked))) == []


def test_the_same_client_with_a_colleague_is_seen_by_those_who_treat_them(http, booked):
    booked("fay", CLEO, clinician_id=ID["mia"])
    (row,) = http("ana").read(week(clinician_id=ID["mia"]))["appointments"]
    assert (row["client_name"], row["may_change"]) == ("Cleo Client", False)


def test_a_client_outside_ones_care_is_not_named(http, booked):
    booked("fay", THEO, clinician_id=ID["ana"])
    (row,) = http("ana").read(week())["appointments"]
    assert row["client_name"] == "Theo Client"  # being booked put her in the care team
    ada = http("ada")
    (member,) = ada.read(f"/clients/{THEO}")["care_team"]
    assert ada.call("delete", f"/clients/{THEO}/care-team/{member['id']}").status_code == 200
    (row,) = http("ana").read(week())["appointments"]
    assert row["client_name"] == "Not in your care team"


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (TOMORROW - DAY, TOMORROW, 0),
        (TOMORROW - DAY, TOMORROW + timedelta(minutes=1), 1),
        (TOMORROW + timedelta(minutes=49), TOMORROW + DAY, 1),
        (TOMORROW + timedelta(minutes=50), TOMORROW + DAY, 0),
    ],
)
def test_the_span_is_half_open(http, booked, start, end, count):
    booked()
    assert len(http("ana").read(week(start, end))["appointments"]) == count


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (NOW, NOW, "end"),
        (NOW, NOW - DAY, "end"),
        (NOW, NOW + 63 * DAY, "end"),
        ("2026-03-01T00:00:00", "2026-03-08T00:00:00Z", "start"),
        ("yesterday", NOW, "start"),
        ("0001-01-01T00:00:00Z", "0001-01-02T00:00:00Z", "start"),
        ("9999-12-30T00:00:00Z", "9999-12-31T23:00:00-14:00", "start"),
    ],
)
def test_spans_that_cannot_be_shown(http, start, end, field):
    answer = http("ana").call("get", week(start, end))
    assert refused(answer, 422)
    assert field in answer.json()["fields"]


def test_sixty_two_days_are_shown(http):
    assert http("ana").read(week(NOW, NOW + 62 * DAY))["appointments"] == []
    assert refused(http("ana").call("get", week(clinician_id="me")), 422)


def test_hours_come_with_the_people_shown(http):
    for name in ("ana", "mia"):
        with acting_as(actor(name)):
            ClinicianHours.objects.create(
                practice_id=HERE, person_id=ID[name], weekday=1, starts_at=time(9), ends_at=time(17)
            )
    span = {"weekday": 1, "starts_at": "09:00", "ends_at": "17:00"}
    assert http("ana").read(week())["hours"] == {str(ID["ana"]): [span]}
    assert set(http("fay").read(week())["hours"]) == {str(ID["ana"]), str(ID["mia"])}
    assert http("otto").read(week(clinician_id=ID["ana"]))["hours"] == {}


def test_note_state_is_told_to_those_who_read_notes(http, booked):
    made = booked()
    path = f"/appointments/{made['id']}"
    note = write_note(made["id"])
    assert [http("ana").read(path)[name] for name in ("note_state", "note_id")] == ["draft", note]
    assert http("ana").read(week())["appointments"][0]["note_state"] == "draft"
    for who in ("ada", "mia"):
        assert http(who).read(path)["note_state"] == "draft"
    assert [http("fay").read(path)[name] for name in ("note_state", "note_id")] == ["none", None]


@pytest.mark.parametrize(
    ("who", "status", "may_change"),
    [
        ("ash", 200, True),
        ("sam", 200, False),
        ("fay", 200, True),
        ("ada", 200, True),
        ("ana", 404, None),
        ("bea", 404, None),
        ("otto", 404, None),
    ],
)
def test_one_appointment_opens_for_whoever_may_see_it(http, booked, who, status, may_change):
    made = booked("ash", NOOR)
    answer = http(who).call("get", f"/appointments/{made['id']}")
    assert answer.status_code == status, answer.content
    assert status == 404 or answer.json()["may_change"] is may_change


def test_hidden_and_absent_are_the_same_answer(http, booked):
    otto, made = http("otto"), booked()
    hidden, absent = (otto.call("get", f"/appointments/{pk}") for pk in (made["id"], uuid4()))
    assert hidden.content == absent.content


def test_reading_is_written_down(http, calendar):
    http("fay").read(week())
    with acting_as(actor("ada")):
        read = AuditLog.objects.get(action_type=PHI_ACCESS, event="schedule.read")
    assert set(read.client_ids) == {CLEO, NOOR, THEO}
    assert read.action_description == "Fay Cast looked at a calendar"


def test_locations_with_their_rooms(http):
    (office,) = http("ana").read("/locations")
    assert (office["id"], office["name"], office["is_telehealth"]) == (str(OFFICE), "Main office", False)
    assert office["rooms"] == [{"id": str(ROOM), "name": "Room 1"}]
    assert [place["rooms"] for place in http("otto").read("/locations")] == [[]]
    assert len(http("bea").read("/locations")) == 1


@pytest.mark.parametrize(("who", "path", "budget"), [("ana", week(), 6), ("fay", week(), 6), ("ana", "/locations", 5)])
def test_statement_budget(http, calendar, django_assert_max_num_queries, who, path, budget):
    reader = http(who)
    reader.read(path)
    with django_assert_max_num_queries(budget):
        reader.read(path)
