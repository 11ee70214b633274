"""Moving, resizing, rewording and cancelling, one session or a series, as named people."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.core import clock
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.tests.conftest import HOUR, TOMORROW, asked, write_note
from tests.cast import CLEO, ID, NOOR, NOW, OFFICE, ROOM, THEO, actor
from tests.http import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
NEW_YORK = ZoneInfo("America/New_York")
LATER = TOMORROW + timedelta(hours=2)


def change(http, appointment, who="ana", **body):
    body = {"version": appointment["version"]} | body
    return http(who).call("patch", f"/appointments/{appointment['id']}", body)


def cancel(http, appointment, who="ana", **body):
    body = {"version": appointment["version"], "reason": "Illness"} | body
    return http(who).call("post", f"/appointments/{appointment['id']}/cancellation", body)


def to(start, length=HOUR):
    return {"starts_at": start, "ends_at": start + length}


def rows():
    with acting_as(actor("ada")):
        return list(Appointment.objects.order_by("starts_at", "id"))


def local():
    return [f"{row.starts_at.astimezone(NEW_YORK):%m-%d %H:%M}" for row in rows() if row.status == "Scheduled"]


@pytest.fixture
def series(http):
    """Ana and Cleo, Tuesdays at 10:00 from tomorrow, five times; the clocks change before the second."""
    answer = http("ana").call("post", "/appointments", asked(repeat={"occurrence_count": 5}))
    assert answer.json()["booked"] == 5, answer.content
    return [http("ana").read(f"/appointments/{row.pk}") for row in rows()]


# --- One -------------------------------------------------------------------------------------


def test_a_drag_moves_and_a_pull_resizes(http, booked):
    made = booked()
    moved = change(http, made, **to(LATER)).json()
    assert (moved["booked"], moved["appointment"]["starts_at"]) == (1, "2026-03-03T17:00:00Z")
    assert moved["appointment"]["version"] == 2
    longer = change(http, moved["appointment"], ends_at=LATER + 2 * HOUR).json()["appointment"]
    assert (longer["starts_at"], longer["ends_at"]) == ("2026-03-03T17:00:00Z", "2026-03-03T18:40:00Z")


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("ash", 200, None),
        ("fay", 200, None),
        ("ada", 200, None),
        ("sam", 403, "not_allowed"),
        ("bea", 403, "not_allowed"),
        ("ana", 404, "not_found"),
        ("otto", 404, "not_found"),
    ],
)
def test_who_may_change_and_cancel(http, booked, who, status, code):
    made = booked("ash", NOOR)
    moved = change(http, made, who, **to(LATER))
    ended = cancel(http, made if status != 200 else moved.json()["appointment"], who)
    for answer in (moved, ended):
        assert answer.status_code == status, answer.content
        assert code is None or refused(answer, status, code)
    if status != 200:
        (row,) = rows()
        assert (row.starts_at, row.status, row.version) == (TOMORROW, "Scheduled", 1)


def test_a_colleague_who_treats_the_client_may_look_and_not_touch(http, booked):
    made = booked("fay", CLEO, clinician_id=ID["mia"])
    assert refused(change(http, made, **to(LATER)), 403, "not_allowed")
    assert refused(cancel(http, made), 403, "not_allowed")


def test_absent_and_hidden_are_the_same_answer(http, booked):
    made = booked()
    hidden, absent = change(http, made, "otto"), change(http, made | {"id": uuid4()}, "otto")
    assert hidden.content == absent.content


def test_the_second_tab_is_told_and_shown_what_is_there_now(http, booked):
    made = booked()
    assert change(http, made, **to(LATER)).status_code == 200
    late = change(http, made, appointment_notes="Mine")
    assert refused(late, 409, "appointment_changed_elsewhere")
    current = late.json()["data"]["appointment"]
    assert (current["version"], current["starts_at"]) == (2, "2026-03-03T17:00:00Z")
    assert rows()[0].appointment_notes == ""
    with acting_as(actor("ada")):
        reads = AuditLog.objects.filter(action_type=PHI_ACCESS, event="appointment.read").count()
    assert reads == 3  # booked, moved, and shown in the refusal


def test_a_taken_hour_is_refused_and_nothing_moves(http, booked):
    made, other = booked(), booked("fay", THEO, clinician_id=ID["ana"], starts_at=LATER, ends_at=LATER + HOUR)
    answer = change(http, made, **to(LATER))
    assert refused(answer, 409, "double_booked")
    assert answer.json()["data"]["who"] == "clinician"
    assert TOMORROW not in answer.json()["data"]["alternatives"]
    assert [row.version for row in rows()] == [1, 1]
    assert change(http, other, "fay", **to(LATER + HOUR)).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"ends_at": TOMORROW - HOUR}, "ends_at"),
        ({"starts_at": LATER}, "ends_at"),
        ({"starts_at": "2026-03-03T10:00:00"}, "starts_at"),
        ({"starts_at": "9999-12-31T23:00:00-14:00", "ends_at": "9999-12-31T23:59:00-14:00"}, "starts_at"),
        ({"room_id": uuid4()}, "room_id"),
        ({"location_id": uuid4()}, "location_id"),
        ({"appointment_type": "Exorcism"}, "appointment_type"),
        ({"scope": "some"}, "scope"),
        ({"version": "x"}, "version"),
    ],
)
def test_bad_input_names_the_field_and_changes_nothing(http, booked, body, field):
    answer = change(http, booked(), **body)
    assert refused(answer, 422)
    assert field in answer.json()["fields"]
    assert rows()[0].version == 1


def test_a_place_is_given_and_taken_away(http, booked):
    there = change(http, booked(), room_id=ROOM).json()["appointment"]
    assert (there["location_id"], there["room_id"]) == (str(OFFICE), str(ROOM))
    without_room = change(http, there, room_id=None).json()["appointment"]
    assert (without_room["location_id"], without_room["room_id"]) == (str(OFFICE), None)
    again = change(http, without_room, room_id=ROOM, appointment_type="Crisis").json()["appointment"]
    assert (again["room_id"], again["appointment_type"]) == (str(ROOM), "Crisis")
    assert change(http, again, location_id=None).json()["appointment"]["room_id"] is None


def test_a_session_under_way_keeps_its_time_but_may_be_described(http, booked):
    made = booked()
    step = {"version": 1}
    here = http("ana").call("post", f"/appointments/{made['id']}/check-in", step).json()
    assert refused(change(http, here, **to(LATER)), 409, "step_not_possible")
    assert change(http, here, appointment_notes="Room too cold", room_id=ROOM).status_code == 200


def test_one_whose_note_is_signed_is_not_moved(http, booked):
    made = booked()
    write_note(made["id"], sign=True)
    answer = change(http, made, **to(LATER))
    assert refused(answer, 409, "step_not_possible")
    assert answer.json()["detail"] == "Not moved: its note is signed."
    assert change(http, made, appointment_notes="Still fine").status_code == 200


def test_one_that_bears_a_draft_is_moved_by_its_clinician_too(http, booked):
    made = booked()
    write_note(made["id"])
    assert change(http, made, **to(LATER)).status_code == 200


def test_a_missed_entry_in_the_past_can_be_put_right(http, booked):
    made = booked(starts_at=NOW - timedelta(days=2))
    assert change(http, made, **to(NOW - timedelta(days=1))).status_code == 200


# --- A series --------------------------------------------------------------------------------


def test_a_drag_of_one_is_an_exception_not_a_new_series(http, series):
    changed = change(http, series[1], **to(datetime(2026, 3, 11, 19, 0, tzinfo=NOW.tzinfo))).json()
    assert changed["booked"] == 1
    assert local() == ["03-03 10:00", "03-11 15:00", "03-17 10:00", "03-24 10:00", "03-31 10:00"]
    assert {row.series_id for row in rows()} == {rows()[0].series_id}


def test_this_and_the_following_move_by_the_wall_clock(http, series):
    """Dragged from Tuesday 10:00 in winter to Wednesday 11:00: the ones in summer time are at 11:00 too."""
    changed = change(http, series[0], scope="following", **to(TOMORROW + timedelta(days=1, hours=1))).json()
    assert (changed["booked"], changed["skipped"]) == (5, [])
    assert local() == ["03-04 11:00", "03-11 11:00", "03-18 11:00", "03-25 11:00", "04-01 11:00"]


def test_a_series_moves_over_its_own_footsteps(http, series):
    """A week later, each onto the hour of the next; and back again."""
    week = timedelta(weeks=1)
    start = datetime.fromisoformat(series[2]["starts_at"])
    assert change(http, series[2], scope="all", **to(start + week)).json()["booked"] == 5
    assert local() == ["03-10 10:00", "03-17 10:00", "03-24 10:00", "03-31 10:00", "04-07 10:00"]
    again = http("ana").read(f"/appointments/{series[2]['id']}")
    assert change(http, again, scope="all", **to(start)).json()["booked"] == 5
    assert local() == ["03-03 10:00", "03-10 10:00", "03-17 10:00", "03-24 10:00", "03-31 10:00"]


def test_a_series_moves_onto_the_hour_of_one_that_was_cancelled(http, series):
    assert cancel(http, series[1], scope="following").json()["booked"] == 4
    start = datetime.fromisoformat(series[0]["starts_at"])
    changed = change(
        http, series[0], scope="following", **to(start + timedelta(weeks=1, hours=-1))
    ).json()  # summer time begins
    assert (changed["booked"], len(changed["skipped"])) == (1, 4)
    assert local()[0] == "03-10 10:00"


def test_history_is_never_touched(http, series):
    """Two weeks on: the first is past, the third cancelled, the fourth has a signed note."""
    with clock.frozen(NOW + timedelta(days=3)):
        assert cancel(http, series[2]).status_code == 200
        write_note(series[3]["id"], sign=True)
        start = datetime.fromisoformat(series[1]["starts_at"])
        changed = change(http, series[1], scope="all", **to(start + timedelta(hours=1))).json()
    assert changed["booked"] == 2
    assert [(one["starts_at"][:10], one["reason"]) for one in changed["skipped"]] == [
        ("2026-03-03", "it is in the past"),
        ("2026-03-17", "it is cancelled"),
        ("2026-03-24", "its note is signed"),
    ]
    assert local() == ["03-03 10:00", "03-10 11:00", "03-24 10:00", "03-31 11:00"]


def test_a_sibling_whose_new_time_is_taken_stays_and_is_told(http, series, booked):
    start = datetime.fromisoformat(series[2]["starts_at"]) + timedelta(hours=1)
    booked("fay", THEO, clinician_id=ID["ana"], starts_at=start)
    changed = change(http, series[0], scope="all", **to(TOMORROW + timedelta(hours=1))).json()
    assert changed["booked"] == 4
    assert changed["skipped"] == [
        {"starts_at": "2026-03-17T14:00:00Z", "reason": "the clinician already has an appointment at this time"}
    ]


def test_a_past_occurrence_does_not_carry_the_others(http, series):
    with clock.frozen(NOW + timedelta(days=3)):
        answer = change(http, series[0], scope="all", appointment_notes="New")
    assert refused(answer, 409, "step_not_possible")
    assert answer.json()["detail"] == "Not changed: it is in the past."


def test_otto_cannot_reach_a_series(http, series):
    assert refused(change(http, series[0], "otto", scope="all", **to(LATER)), 404)
    assert refused(cancel(http, series[0], "otto", scope="all"), 404)
    assert refused(cancel(http, series[0], "bea", scope="all"), 403)


# --- Cancelling ------------------------------------------------------------------------------


def test_cancelling_frees_the_time_and_keeps_the_row(http, booked):
    made = booked()
    gone = cancel(http, made, reason="  No Transportation ").json()["appointment"]
    assert (gone["status"], gone["cancellation_reason"]) == ("Cancelled", "No Transportation")
    assert booked("fay", THEO, clinician_id=ID["ana"])["status"] == "Scheduled"
    assert sorted(row.status for row in rows()) == ["Cancelled", "Scheduled"]
    assert next(row for row in rows() if row.status == "Cancelled").cancelled_at == NOW


def test_a_second_click_is_told_what_is_there(http, booked):
    made = booked()
    assert cancel(http, made).status_code == 200
    again = cancel(http, made)
    assert refused(again, 409, "appointment_changed_elsewhere")
    assert again.json()["data"]["appointment"]["status"] == "Cancelled"
    current = again.json()["data"]["appointment"]
    assert refused(cancel(http, current), 409, "step_not_possible")
    assert refused(change(http, current, **to(LATER)), 409, "step_not_possible")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 61])
def test_a_cancellation_says_why(http, booked, reason):
    assert refused(cancel(http, booked(), reason=reason), 422)


@pytest.mark.parametrize(("scope", "chosen", "left"), [("this", 1, 4), ("following", 1, 1), ("all", 1, 0)])
def test_cancelling_part_of_a_series(http, series, scope, chosen, left):
    assert cancel(http, series[chosen], scope=scope).json()["booked"] == 5 - left
    assert len(local()) == left


def test_nothing_left_to_cancel_is_said(http, series):
    assert cancel(http, series[0], scope="all").json()["booked"] == 5
    current = http("ana").read(f"/appointments/{series[0]['id']}")
    assert refused(cancel(http, current, scope="all"), 409, "step_not_possible")


def test_statement_budget(http, booked, django_assert_max_num_queries):
    made = booked()
    ana = http("ana")
    with django_assert_max_num_queries(16):
        body = {"version": 1} | to(LATER)
        assert ana.call("patch", f"/appointments/{made['id']}", body).status_code == 200
