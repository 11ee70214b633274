"""Reminders are planned with the appointment, for exactly the times that are wanted, and follow it wherever it goes."""

from datetime import UTC, datetime, timedelta

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.scheduling.reminders.models import ReminderLog
from tests.cast import CLEO, NOW, actor

from .conftest import HOUR, TOMORROW, asked
from .reminding import agree, planned, remind

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _on(stopped_clock):
    remind()
    agree()


def test_a_reminder_for_each_hour_and_channel(booked):
    remind(sms_enabled=True, sms_timing=[48])
    agree("sms", "+12125550100")
    booked(starts_at=NOW + 3 * DAY)
    start = NOW + 3 * DAY
    assert planned() == {
        ("email", 24): start - DAY,
        ("email", 1): start - timedelta(hours=1),
        ("sms", 48): start - 2 * DAY,
    }


def test_an_hour_that_has_passed_is_not_planned(booked):
    booked(starts_at=NOW + timedelta(hours=5))
    assert set(planned()) == {("email", 1)}


def test_nobody_is_reminded_without_settings_or_without_consent(booked):
    remind(enabled=False)
    booked()
    assert planned() == {}


def test_nobody_is_reminded_at_an_address_they_did_not_agree_to(booked):
    agree("email", "another@example.org", only=True)
    booked()
    assert planned() == {}


def test_a_confirmed_appointment_is_reminded_of(booked, http):
    """The original left confirmed clients without a reminder."""
    row = booked(starts_at=NOW + 3 * DAY)
    assert http("ana").call("post", f"/appointments/{row['id']}/confirmation", {"version": 1}).status_code == 200
    assert set(planned()) == {("email", 24), ("email", 1)}


@pytest.mark.parametrize(
    ("step", "back"), [("check-in", "check-in"), ("no-show", "no-show")], ids=["check-in", "no-show"]
)
def test_what_comes_and_goes_takes_its_reminders_along(booked, http, step, back):
    row = booked(starts_at=NOW + 3 * DAY)
    first = planned()
    assert http("ana").call("post", f"/appointments/{row['id']}/{step}", {"version": 1}).status_code == 200
    assert planned() == {}
    assert http("ana").call("delete", f"/appointments/{row['id']}/{back}", {"version": 2}).status_code == 200
    assert planned() == first


def test_cancelling_calls_off(booked, http):
    row = booked(starts_at=NOW + 3 * DAY)
    body = {"version": 1, "reason": "Ill"}
    assert http("ana").call("post", f"/appointments/{row['id']}/cancellation", body).status_code == 200
    assert planned() == {}
    assert {one.status for one in rows()} == {"cancelled"}


def test_moving_plans_anew_and_back_again_plans_the_same(booked, http):
    row = booked(starts_at=NOW + 3 * DAY)
    first = planned()
    move(http, row, NOW + 4 * DAY, 1)
    assert planned() == {key: at + DAY for key, at in first.items()}
    move(http, row, NOW + 3 * DAY, 2)
    assert planned() == first
    assert len(rows()) == 4


def test_a_series_is_planned_whole_and_its_rest_called_off(booked, http):
    first = booked(starts_at=NOW + 3 * DAY, repeat={"occurrence_count": 4})
    assert len(rows()) == 8
    listed = http("ana").read(f"/appointments?start={NOW.isoformat()[:19]}Z&end=2026-04-20T00:00:00Z")["appointments"]
    third = next(one for one in listed if one["id"] != first["id"] and one["starts_at"] > "2026-03-15")
    body = {"version": 1, "scope": "following", "reason": "Ill"}
    assert http("ana").call("post", f"/appointments/{third['id']}/cancellation", body).status_code == 200
    assert len([one for one in rows() if one.status == "pending"]) == 4


def test_the_front_desk_moves_what_ana_booked(booked, http):
    row = booked(starts_at=NOW + 3 * DAY)
    move(http, row, NOW + 4 * DAY, 1, who="fay")
    assert set(planned().values()) == {NOW + 3 * DAY, NOW + 4 * DAY - timedelta(hours=1)}


def test_one_who_books_without_being_in_the_care_team_plans_too(booked, http):
    row = booked("fay", starts_at=NOW + 3 * DAY, clinician_id=str(actor("ash").person))
    with acting_as(actor("ada")):
        from mentalspace.clients.models import CareTeamMember

        CareTeamMember.objects.filter(client_id=CLEO, person_id=actor("ash").person).update(end_date=NOW.date())
    move(http, row, NOW + 4 * DAY, 1, who="ash")
    assert set(planned()) == {("email", 24), ("email", 1)}


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # The clocks go forward on 8 March 2026 at 02:00 in New York, and back on 1 November.
        (datetime(2026, 3, 8, 19, tzinfo=UTC), datetime(2026, 3, 7, 19, tzinfo=UTC)),
        (datetime(2026, 11, 1, 20, tzinfo=UTC), datetime(2026, 10, 31, 20, tzinfo=UTC)),
    ],
    ids=["forward", "back"],
)
def test_a_day_before_is_24_hours_over_a_clock_change(booked, start, due):
    booked(starts_at=start)
    assert planned()["email", 24] == due


def test_settings_that_change_plan_every_coming_appointment_anew(booked, http):
    booked(starts_at=NOW + 3 * DAY)
    ada = http("ada")
    body = ada.read("/reminder-settings") | {"email_timing": [48]}
    assert ada.call("put", "/reminder-settings", body).status_code == 200
    assert set(planned()) == {("email", 48)}
    body = ada.read("/reminder-settings") | {"enabled": False}
    assert ada.call("put", "/reminder-settings", body).status_code == 200
    assert planned() == {}


def test_a_type_may_have_hours_of_its_own(booked, http):
    ada = http("ada")
    body = ada.read("/reminder-settings") | {"timing_by_type": {"Testing": {"email": [72], "sms": []}}}
    assert ada.call("put", "/reminder-settings", body).status_code == 200
    booked(starts_at=NOW + 5 * DAY, appointment_type="Testing")
    assert set(planned()) == {("email", 72)}


def test_a_client_may_have_hours_and_a_zone_of_their_own(booked, http):
    booked(starts_at=NOW + 3 * DAY)
    body = {"email_timing": [6], "sms_timing": None, "timezone": "America/Los_Angeles"}
    assert http("ana").call("put", f"/clients/{CLEO}/reminder-preferences", body).status_code == 200
    assert set(planned()) == {("email", 6)}  # 04:00 there, so the evening before
    assert planned()["email", 6] == datetime(2026, 3, 5, 3, 55, tzinfo=UTC)


def test_a_consent_that_is_given_or_taken_back_plans_anew(booked, http):
    booked(starts_at=NOW + 3 * DAY)
    fay = http("fay")
    (given,) = fay.read(f"/clients/{CLEO}/contact-consents")["consents"]
    assert fay.call("post", f"/contact-consents/{given['id']}/revocation").status_code == 200
    assert planned() == {}
    assert fay.call("post", f"/clients/{CLEO}/contact-consents", {"channel": "email"}).status_code == 201
    assert set(planned()) == {("email", 24), ("email", 1)}


def test_booking_with_reminders_takes_few_statements(http, django_assert_max_num_queries):
    ana = http("ana")
    with django_assert_max_num_queries(60):
        answer = ana.call("post", "/appointments", asked(starts_at=NOW + 3 * DAY, repeat={"occurrence_count": 52}))
    assert answer.status_code == 201


def move(http, row, to, version, who="ana"):
    body = {"version": version, "starts_at": to, "ends_at": to + HOUR}
    answer = http(who).call("patch", f"/appointments/{row['id']}", body)
    assert answer.status_code == 200, answer.content


def rows():
    with acting_as(actor("ada")):
        return list(ReminderLog.objects.order_by("starts_at", "due_at"))


def test_tomorrow_is_used(booked):
    booked(starts_at=TOMORROW)
    assert planned()["email", 24] == NOW


def test_a_clinician_records_consent_of_a_client_who_also_sees_somebody_else(booked, http):
    """Ana is in Cleo's care team; the session is with Ash."""
    booked("fay", starts_at=NOW + 3 * DAY, clinician_id=str(actor("ash").person))
    ana = http("ana")
    (given,) = ana.read(f"/clients/{CLEO}/contact-consents")["consents"]
    assert ana.call("post", f"/contact-consents/{given['id']}/revocation").status_code == 200
    assert planned() == {}
    assert ana.call("post", f"/clients/{CLEO}/contact-consents", {"channel": "email"}).status_code == 201
    assert set(planned()) == {("email", 24), ("email", 1)}
    body = {"email_timing": [48], "sms_timing": None, "timezone": ""}
    assert ana.call("put", f"/clients/{CLEO}/reminder-preferences", body).status_code == 200
    assert set(planned()) == {("email", 48)}


def test_turning_reminders_off_and_on_takes_few_statements(booked, http, django_assert_max_num_queries):
    """All booking waits for it."""
    booked(starts_at=NOW + 3 * DAY, repeat={"occurrence_count": 40})
    ada = http("ada")
    for is_on in (False, True):
        body = ada.read("/reminder-settings") | {"enabled": is_on}
        with django_assert_max_num_queries(60):
            assert ada.call("put", "/reminder-settings", body).status_code == 200
        assert len([one for one in rows() if one.status == "pending"]) == 80 * is_on
    body = ada.read("/reminder-settings") | {"quiet_from": "09:30", "quiet_until": "10:30"}
    with django_assert_max_num_queries(60):
        assert ada.call("put", "/reminder-settings", body).status_code == 200
    assert {one.due_at.minute for one in rows() if one.hours_before == 24} == {25}
