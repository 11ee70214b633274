"""The day, as named people."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.charting.tests.builders import begun, held_session, signed, written
from mentalspace.core import clock
from tests.cast import CLEO, NOOR, NOW, OLEG, actor
from tests.http import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
NOT_YET: dict[str, Any] = {"actual_started_at": None, "actual_ended_at": None}


def days(answer, part):
    return [item["since"][:10] for item in answer[part]]


def test_a_clinicians_day(http):
    ana = http("ana")
    later = held_session(starts_at=NOW + timedelta(hours=3), status="Scheduled", **NOT_YET)
    held = held_session()
    held_session("ash", NOOR)
    today = ana.read("/today")
    assert (today["day"], today["timezone"]) == ("2026-03-02", "America/New_York")
    assert [row["id"] for row in today["appointments"]] == [str(held.pk), str(later.pk)]
    assert [(item["appointment_id"], item["what"]) for item in today["notes_to_write"]] == [
        (str(held.pk), "Individual Therapy")
    ]
    assert (
        today["notes_to_write"][0] | {"client_name": "Cleo Client", "kind": "note_to_write", "note_id": None}
        == (today["notes_to_write"][0])
    )
    assert today["notes_unsigned"] == []
    otto = http("otto").read("/today")
    assert [otto[part] for part in ("appointments", "notes_to_write", "notes_unsigned")] == [[], [], []]


def test_a_note_moves_from_to_write_to_unsigned_to_done(http):
    ana, held = http("ana"), held_session()
    note = begun(ana, held)
    today = ana.read("/today")
    assert today["notes_to_write"] == []
    assert [(item["note_id"], item["what"]) for item in today["notes_unsigned"]] == [
        (note["id"], "Progress note (SOAP)")
    ]
    assert today["appointments"][0]["note_state"] == "draft"
    signed(ana, written(ana, held))
    today = ana.read("/today")
    assert (today["notes_to_write"], today["notes_unsigned"]) == ([], [])
    assert today["appointments"][0]["note_state"] == "signed"
    assert http("otto").read("/today")["notes_unsigned"] == []


@pytest.mark.parametrize(
    ("values", "is_due"),
    [
        ({}, True),
        ({"status": "In Session", "actual_ended_at": None}, True),
        ({"status": "Scheduled", **NOT_YET}, True),  # its time has passed: people forget to click
        ({"status": "Checked In", "starts_at": NOW - timedelta(minutes=5), **NOT_YET}, False),
        ({"status": "Scheduled", "starts_at": NOW + timedelta(hours=1), **NOT_YET}, False),
        ({"status": "Cancelled", **NOT_YET}, False),
        ({"status": "No Show", **NOT_YET}, False),
        ({"status": "Rescheduled", **NOT_YET}, False),
        ({"starts_at": NOW - timedelta(days=59)}, True),
        ({"starts_at": NOW - timedelta(days=61)}, False),
    ],
)
def test_which_sessions_want_a_note(http, values, is_due):
    held = held_session(**values)
    due = http("ana").read("/today")["notes_to_write"]
    assert [item["appointment_id"] for item in due] == ([str(held.pk)] if is_due else [])
    assert http("otto").read("/today")["notes_to_write"] == []


def test_what_waits_longest_comes_first(http):
    ana = http("ana")
    for number in (1, 3, 2):
        held_session(starts_at=NOW - timedelta(days=number))
        written(ana, held_session(starts_at=NOW - timedelta(days=number, hours=3)))
    today = ana.read("/today")
    assert days(today, "notes_to_write") == days(today, "notes_unsigned") == ["2026-02-27", "2026-02-28", "2026-03-01"]
    assert http("otto").read("/today")["notes_unsigned"] == []


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("ana", {CLEO}),
        ("ash", {NOOR}),
        ("sam", {NOOR}),
        ("fay", {CLEO, NOOR}),
        ("ada", {CLEO, NOOR}),
        ("mia", set()),
        ("bea", set()),
        ("otto", {OLEG}),
    ],
)
def test_whose_sessions_make_the_day(http, who, seen):
    for name, client in (("ana", CLEO), ("ash", NOOR), ("otto", OLEG)):
        held_session(name, client)
    today = http(who).read("/today")
    assert {row["client_id"] for row in today["appointments"]} == {str(client) for client in seen}
    if who not in ("ana", "ash", "otto"):
        assert (today["notes_to_write"], today["notes_unsigned"]) == ([], [])
    if who == "fay":
        assert {row["note_state"] for row in today["appointments"]} == {"none"}


def test_the_day_is_the_practices_own_even_when_clocks_change(http):
    ana = http("ana")
    start = datetime(2026, 3, 8, 5, 0, tzinfo=UTC)  # 00:00 EST on the day of 23 hours, which ends at 04:00 UTC
    inside = [held_session(starts_at=at) for at in (start, start + timedelta(hours=22))]
    held_session(starts_at=start - timedelta(minutes=50))
    held_session(starts_at=start + timedelta(hours=23))
    assert [row["id"] for row in ana.read("/today?day=2026-03-08")["appointments"]] == [str(one.pk) for one in inside]
    with clock.frozen(start - timedelta(minutes=1)):
        assert http("ana").read("/today")["day"] == "2026-03-07"
    assert http("otto").read("/today?day=2026-03-08")["appointments"] == []


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "0001-01-01", "9999-12-31"])
def test_days_that_are_none(http, day):
    assert refused(http("ana").call("get", f"/today?day={day}"), 422)
    assert refused(http("otto").call("get", f"/today?day={day}"), 422)


def test_the_look_is_written_down(http):
    held_session()
    http("ana").read("/today")
    with acting_as(actor("ada")):
        (row,) = AuditLog.objects.filter(action_type=PHI_ACCESS)
    assert (row.action_description, row.client_ids) == ("Ana Cast looked at a day", [CLEO])
    assert refused(http(None).call("get", "/today"), 401)
    assert http("otto").read("/today")["appointments"] == []


@pytest.mark.parametrize(("who", "budget"), [("ana", 9), ("fay", 6), ("otto", 8)])
def test_statement_budget(http, django_assert_max_num_queries, who, budget):
    held_session()
    person = http(who)
    with django_assert_max_num_queries(budget):
        person.read("/today")
