"""The life of a session: confirm, check in, start, end, no-show, and the steps back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.core import clock
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.tests.conftest import HOUR, TOMORROW
from tests.cast import CLEO, ID, NOOR, THEO, actor
from tests.http import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

STEPS = [
    ("post", "confirmation"),
    ("post", "check-in"),
    ("delete", "check-in"),
    ("post", "start"),
    ("post", "end"),
    ("post", "no-show"),
    ("delete", "no-show"),
]


def step(http, appointment, name, who="ana", method="post", version=None):
    version = appointment["version"] if version is None else version
    return http(who).call(method, f"/appointments/{appointment['id']}/{name}", {"version": version})


def stored():
    with acting_as(actor("ada")):
        return Appointment.objects.get()


def test_a_session_as_it_happened_beside_as_planned(http, booked):
    made = booked()
    moments = [("confirmation", -600), ("check-in", -5), ("start", 3), ("end", 48)]
    for name, minutes in moments:
        with clock.frozen(TOMORROW + timedelta(minutes=minutes)):
            answer = step(http, made, name)
        assert answer.status_code == 200, answer.content
        made = answer.json()
    assert (made["status"], made["version"], made["cpt_code"]) == ("Completed", 5, "90834")
    assert (made["starts_at"], made["ends_at"]) == ("2026-03-03T15:00:00Z", "2026-03-03T15:50:00Z")
    assert made["checked_in_at"] == "2026-03-03T14:55:00Z"
    assert (made["actual_started_at"], made["actual_ended_at"]) == ("2026-03-03T15:03:00Z", "2026-03-03T15:48:00Z")
    with acting_as(actor("ada")):
        events = AuditLog.objects.filter(event__startswith="appointment.", resource_id=made["id"])
        named = [row.event for row in events.order_by("created_at") if not row.event.endswith("read")]
        assert all(row.client_ids == [CLEO] for row in events)
    assert set(named) == {f"appointment.{word}" for word in ("booked", "confirmed", "checked_in", "started", "ended")}


@pytest.mark.parametrize(("minutes", "code"), [(15, ""), (16, "90832"), (37, "90832"), (38, "90834"), (53, "90837")])
def test_the_code_follows_the_minutes_it_really_took(http, booked, minutes, code):
    with clock.frozen(TOMORROW):
        made = step(http, booked(), "start").json()
    with clock.frozen(TOMORROW + timedelta(minutes=minutes)):
        assert step(http, made, "end").json()["cpt_code"] == code


def test_other_kinds_of_session_are_not_coded_by_minutes(http, booked):
    with clock.frozen(TOMORROW):
        made = step(http, booked(appointment_type="Couples Therapy"), "start").json()
    with clock.frozen(TOMORROW + HOUR):
        ended = step(http, made, "end").json()
    assert (ended["cpt_code"], ended["actual_ended_at"]) == ("", "2026-03-03T15:50:00Z")


def test_minutes_over_a_change_of_clock_are_real_minutes(http, booked):
    """Started at 01:40 before the clocks go forward, ended at 03:25: 45 minutes."""
    begins = TOMORROW.replace(day=8, hour=6, minute=40)
    made = booked(starts_at=begins)
    with clock.frozen(begins):
        made = step(http, made, "start").json()
    with clock.frozen(begins + timedelta(minutes=45)):
        assert step(http, made, "end").json()["cpt_code"] == "90834"


def test_ending_what_nobody_started_makes_no_times_up(http, booked):
    made = step(http, booked(), "end").json()
    assert (made["status"], made["actual_started_at"], made["actual_ended_at"]) == ("Completed", None, None)
    assert made["cpt_code"] == ""


def test_a_double_click_counts_once(http, booked):
    made = booked()
    with clock.frozen(TOMORROW):
        assert step(http, made, "start").status_code == 200
    with clock.frozen(TOMORROW + timedelta(seconds=1)):
        again = step(http, made, "start")
    assert refused(again, 409, "appointment_changed_elsewhere")
    current = again.json()["data"]["appointment"]
    assert (current["status"], current["version"]) == ("In Session", 2)
    assert stored().actual_started_at == TOMORROW
    twice = step(http, current, "start")
    assert refused(twice, 409, "step_not_possible")
    assert twice.json()["detail"] == "The appointment is already in session."
    assert twice.json()["data"]["appointment"]["status"] == "In Session"


def test_steps_back_undo_a_slip(http, booked):
    made = step(http, booked(), "check-in").json()
    back = step(http, made, "check-in", method="delete").json()
    assert (back["status"], back["checked_in_at"]) == ("Scheduled", None)
    missed = step(http, back, "no-show").json()
    assert missed["status"] == "No Show"
    assert step(http, missed, "no-show", method="delete").json()["status"] == "Scheduled"


@pytest.mark.parametrize("name", ["check-in", "no-show"])
def test_only_what_happened_can_be_taken_back(http, booked, name):
    confirmed = step(http, booked(), "confirmation").json()
    assert refused(step(http, confirmed, name, method="delete"), 409, "step_not_possible")
    assert stored().status == "Confirmed"


@pytest.mark.parametrize(("method", "name"), STEPS)
def test_a_completed_session_stays_so(http, booked, method, name):
    done = step(http, booked(), "end").json()
    assert refused(step(http, done, name, method=method), 409, "step_not_possible")
    assert stored().status == "Completed"


@pytest.mark.parametrize(("method", "name"), STEPS)
@pytest.mark.parametrize(
    ("who", "status"), [("sam", 403), ("bea", 403), ("ana", 404), ("otto", 404), ("cleo", 403), (None, 401)]
)
def test_whose_session_it_is_not(http, booked, method, name, who, status):
    made = booked("ash", NOOR)
    assert refused(step(http, made, name, who, method), status)
    assert stored().version == 1


@pytest.mark.parametrize("who", ["ash", "fay", "ada", "mia"])
def test_whose_session_it_is(http, booked, who):
    assert step(http, booked("ash", NOOR), "check-in", who).json()["status"] == "Checked In"


@pytest.mark.parametrize(("method", "name"), STEPS)
def test_absent_and_hidden_are_the_same_answer(http, booked, method, name):
    made = booked()
    hidden = step(http, made, name, "otto", method)
    absent = step(http, made | {"id": uuid4()}, name, "otto", method)
    assert hidden.content == absent.content


def test_a_no_show_frees_the_hour_and_may_not_take_it_back_from_another(http, booked):
    missed = step(http, booked(), "no-show").json()
    booked("fay", THEO, clinician_id=ID["ana"], ends_at=TOMORROW + HOUR)
    for method, name in (("delete", "no-show"), ("post", "check-in")):
        answer = step(http, missed, name, method=method)
        assert refused(answer, 409, "double_booked")
        assert answer.json()["data"]["who"] == "clinician"


def test_a_step_wants_the_version(http, booked):
    made = booked()
    answer = http("ana").call("post", f"/appointments/{made['id']}/start", {})
    assert refused(answer, 422)
    assert "version" in answer.json()["fields"]
    assert refused(http("ana").call("post", "/appointments/nonsense/start", {"version": 1}), 422)


def test_statement_budget(http, booked, django_assert_max_num_queries):
    made = booked()
    ana = http("ana")
    with django_assert_max_num_queries(14):
        assert ana.call("post", f"/appointments/{made['id']}/check-in", {"version": 1}).status_code == 200
