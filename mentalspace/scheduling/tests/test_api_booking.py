"""Booking over HTTP, as named people. Success and refusal share their set-up."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import OperationalError

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.scheduling import bookings
from mentalspace.scheduling.models import Appointment, AppointmentSeries
from mentalspace.scheduling.tests.conftest import HOUR, TOMORROW, asked
from tests.cast import CLEO, ID, NOOR, NOW, OFFICE, OFFICE_NEXT_DOOR, OLEG, ROOM, THEO, actor
from tests.http import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
NEW_YORK = ZoneInfo("America/New_York")


def book(http, who="ana", **more):
    return http(who).call("post", "/appointments", asked(**more))


def test_a_booking_comes_back_whole(http):
    answer = book(http, location_id=OFFICE, room_id=ROOM, appointment_notes="  Bring forms ")
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["booked"], made["skipped"]) == (1, [])
    shown = made["appointment"]
    assert (shown["client_name"], shown["clinician_name"]) == ("Cleo Client", "Ana Cast")
    assert (shown["location_name"], shown["room_name"]) == ("Main office", "Room 1")
    assert (shown["status"], shown["version"], shown["note_state"]) == ("Scheduled", 1, "none")
    assert (shown["timezone"], shown["appointment_notes"]) == ("America/New_York", "Bring forms")
    assert shown["may_change"]
    with acting_as(actor("ada")):
        event = AuditLog.objects.get(event="appointment.booked")
    assert (event.user_id, str(event.resource_id), event.client_ids) == (ID["ana"], shown["id"], [CLEO])


@pytest.mark.parametrize(
    ("who", "more", "status", "code"),
    [
        ("ana", {}, 201, None),
        ("ana", {"client": NOOR}, 404, "not_found"),
        ("ana", {"clinician_id": ID["ash"]}, 403, "not_allowed"),
        ("ash", {"client": NOOR}, 201, None),
        ("ash", {"client": CLEO}, 404, "not_found"),
        ("fay", {"client": NOOR, "clinician_id": ID["ash"]}, 201, None),
        ("fay", {"client": THEO, "clinician_id": ID["sam"]}, 201, None),
        ("fay", {}, 422, "bad_input"),
        ("fay", {"clinician_id": ID["bea"]}, 422, "bad_input"),
        ("fay", {"clinician_id": ID["otto"]}, 422, "bad_input"),
        ("fay", {"client": OLEG, "clinician_id": ID["ana"]}, 404, "not_found"),
        ("ada", {"clinician_id": ID["ana"]}, 201, None),
        ("mia", {"client": THEO}, 201, None),
        ("sam", {"client": NOOR}, 403, "not_allowed"),
        ("sam", {"client": NOOR, "clinician_id": ID["ash"]}, 403, "not_allowed"),
        ("bea", {}, 403, "not_allowed"),
        ("otto", {}, 404, "not_found"),
        ("otto", {"client": OLEG}, 201, None),
        ("otto", {"client": OLEG, "clinician_id": ID["ana"]}, 403, "not_allowed"),
        ("cleo", {}, 403, "staff_only"),
        (None, {}, 401, "not_signed_in"),
    ],
)
def test_who_books_for_whom(http, who, more, status, code):
    answer = book(http, who, **more)
    assert answer.status_code == status, answer.content
    assert code is None or refused(answer, status, code)


def test_absent_and_hidden_clients_are_the_same_answer(http):
    hidden, absent = book(http, "otto", client=CLEO), book(http, "otto", client=uuid4())
    assert hidden.content == absent.content


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"ends_at": TOMORROW}, "ends_at"),
        ({"ends_at": TOMORROW - HOUR}, "ends_at"),
        ({"ends_at": TOMORROW + timedelta(minutes=4)}, "ends_at"),
        ({"ends_at": TOMORROW + timedelta(hours=9)}, "ends_at"),
        ({"starts_at": "2026-03-03T10:00:00", "ends_at": "2026-03-03T15:50:00Z"}, "starts_at"),
        ({"starts_at": "tomorrow", "ends_at": "2026-03-03T15:50:00Z"}, "starts_at"),
        ({"starts_at": "2026-03-03T15:00:30Z", "ends_at": "2026-03-03T15:50:00Z"}, "starts_at"),
        ({"starts_at": "9999-12-31T23:00:00Z", "ends_at": "9999-12-31T23:50:00Z"}, "starts_at"),
        ({"starts_at": "9999-12-31T23:00:00-14:00", "ends_at": "9999-12-31T23:50:00-14:00"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00", "ends_at": "0001-01-01T00:50:00+14:00"}, "starts_at"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"timezone": "America"}, "timezone"),
        ({"timezone": "a\x00b"}, "timezone"),
        ({"location_id": OFFICE_NEXT_DOOR}, "location_id"),
        ({"location_id": uuid4()}, "location_id"),
        ({"location_id": OFFICE_NEXT_DOOR, "room_id": ROOM}, "room_id"),
        ({"room_id": uuid4()}, "room_id"),
        ({"appointment_type": "Exorcism"}, "appointment_type"),
        ({"appointment_notes": "x" * 501}, "appointment_notes"),
        ({"appointment_notes": "\ud800"}, "appointment_notes"),
        ({"client_id": "'; drop table appointments; --"}, "client_id"),
        ({"repeat": {"occurrence_count": 53}}, "repeat.occurrence_count"),
        ({"repeat": {"occurrence_count": 1}}, "repeat.occurrence_count"),
        ({"repeat": {"interval_weeks": 13, "occurrence_count": 3}}, "repeat.interval_weeks"),
        ({"repeat": {}}, "repeat.until_date"),
        ({"repeat": {"occurrence_count": 3, "until_date": "2026-06-01"}}, "repeat.until_date"),
        ({"repeat": {"until_date": "2026-01-01"}}, "repeat.until_date"),
        ({"repeat": {"until_date": "9999-12-31"}}, "repeat.until_date"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(http, more, field):
    answer = book(http, **more)
    assert refused(answer, 422), answer.content
    assert field in answer.json()["fields"], answer.content
    with acting_as(actor("ada")):
        assert not Appointment.objects.exists()
        assert not AppointmentSeries.objects.exists()


def test_what_no_text_column_holds_is_refused(http):
    assert refused(book(http, appointment_notes="a\x00b"), 422, "malformed")


def test_hostile_text_is_kept_as_text(http):
    text = "<script>alert(1)</script> '; drop table appointments; -- \u202e{actor} %s"
    assert book(http, appointment_notes=text).json()["appointment"]["appointment_notes"] == text


def test_a_room_alone_says_where_it_is(http):
    assert book(http, room_id=ROOM).json()["appointment"]["location_id"] == str(OFFICE)


def test_a_taken_hour_is_refused_with_free_times_near_by(http):
    assert book(http, client=THEO, who="fay", clinician_id=ID["ana"]).status_code == 201
    answer = book(http, starts_at=TOMORROW + timedelta(minutes=15))
    assert refused(answer, 409, "double_booked")
    assert "the clinician already has an appointment" in answer.json()["detail"]
    data = answer.json()["data"]
    assert data["who"] == "clinician"
    assert data["alternatives"] == ["2026-03-03T14:00:00Z", "2026-03-03T16:00:00Z", "2026-03-03T16:15:00Z"]
    for start in data["alternatives"][:2]:
        start = datetime.fromisoformat(start)
        assert book(http, starts_at=start).status_code == 201


def test_back_to_back_is_not_double(http):
    assert book(http).status_code == 201
    assert book(http, starts_at=TOMORROW + HOUR).status_code == 201
    assert book(http, starts_at=TOMORROW - HOUR).status_code == 201


def test_client_and_room_are_taken_too(http):
    assert book(http, room_id=ROOM).status_code == 201
    client = book(http, "fay", clinician_id=ID["mia"])
    room = book(http, "fay", client=NOOR, clinician_id=ID["ash"], room_id=ROOM)
    assert [answer.json()["data"]["who"] for answer in (client, room)] == ["client", "room"]
    assert book(http, "otto", client=OLEG).status_code == 201


def test_no_free_time_is_offered_in_the_past(http):
    assert book(http, starts_at=NOW + HOUR).status_code == 201
    data = book(http, starts_at=NOW + HOUR).json()["data"]
    assert all(datetime.fromisoformat(start) >= NOW for start in data["alternatives"])


def local(rows):
    return [f"{row.starts_at.astimezone(NEW_YORK):%m-%d %H:%M}" for row in rows]


def series_rows():
    with acting_as(actor("ada")):
        return list(Appointment.objects.order_by("starts_at"))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-02-26T15:00:00-05:00", ["02-26 15:00", "03-05 15:00", "03-12 15:00", "03-19 15:00"]),
        ("2026-10-22T15:00:00-04:00", ["10-22 15:00", "10-29 15:00", "11-05 15:00", "11-12 15:00"]),
    ],
)
def test_a_series_stays_at_three_over_a_change_of_clock(http, start, expected):
    begins = datetime.fromisoformat(start)
    answer = book(http, starts_at=begins, repeat={"occurrence_count": 4})
    assert answer.status_code == 201, answer.content
    assert answer.json()["booked"] == 4
    rows = series_rows()
    assert local(rows) == expected
    assert {row.ends_at - row.starts_at for row in rows} == {HOUR}
    assert len({row.starts_at.hour for row in rows}) == 2
    assert {str(row.series_id) for row in rows} == {answer.json()["appointment"]["series_id"]}


def test_every_second_week_until_a_date(http):
    answer = book(http, repeat={"interval_weeks": 2, "until_date": "2026-04-14"})
    assert answer.json()["booked"] == 4
    assert local(series_rows()) == ["03-03 10:00", "03-17 10:00", "03-31 10:00", "04-14 10:00"]


def test_a_year_of_weeks_is_booked_in_a_few_statements(http, django_assert_max_num_queries):
    body = asked(repeat={"occurrence_count": 52})
    ana = http("ana")
    with django_assert_max_num_queries(24):
        assert ana.call("post", "/appointments", body).json()["booked"] == 52


def test_taken_occurrences_are_skipped_and_told(http):
    third = datetime(2026, 3, 17, 14, 0, tzinfo=NOW.tzinfo)
    assert book(http, "fay", client=THEO, clinician_id=ID["ana"], starts_at=third).status_code == 201
    made = book(http, repeat={"occurrence_count": 4}).json()
    assert made["booked"] == 3
    assert made["skipped"] == [
        {"starts_at": "2026-03-17T14:00:00Z", "reason": "the clinician already has an appointment at this time"}
    ]
    assert len(series_rows()) == 4


def test_a_series_whose_first_session_is_taken_is_refused_whole(http):
    assert book(http).status_code == 201
    assert refused(book(http, repeat={"occurrence_count": 4}), 409, "double_booked")
    assert len(series_rows()) == 1
    with acting_as(actor("ada")):
        assert not AppointmentSeries.objects.exists()
        assert not AuditLog.objects.filter(event="appointment.series.booked").exists()


@pytest.mark.parametrize("error", [psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure])
def test_an_entanglement_is_tried_again(db, error):
    tries = []

    def work():
        tries.append(1)
        if len(tries) < bookings.TRIES:
            raise OperationalError from error()
        return "done"

    assert bookings.held(work) == "done"
    assert len(tries) == bookings.TRIES


def test_statement_budget(http, django_assert_max_num_queries):
    ana = http("ana")
    with django_assert_max_num_queries(16):
        assert ana.call("post", "/appointments", asked()).status_code == 201
