"""Links in reminders: looking changes nothing, the button acts once, until the appointment begins."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.core import clock
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.reminders.links import ReminderLink, token_of
from tests.cast import CLEO, NOW, actor
from tests.downtime import read_only
from tests.http import Http, refused

from .reminding import agree, remind, sent, tell
from .test_reminders_plan import move

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
START = NOW + 3 * DAY


@pytest.fixture
def links(booked, stopped_clock):
    """The appointment, and the addresses in its first reminder by action."""
    remind(require_confirmation=True)
    agree()
    row = booked(starts_at=START)
    with clock.frozen(START - DAY):
        (letter,) = sent()
    found = re.findall(r"https?://[^/]+(/r/\S+)", letter.body)
    return row, dict(zip(("confirm", "reschedule", "cancel"), found, strict=True))


def appointment(row):
    with acting_as(actor("ada")):
        return Appointment.objects.get(pk=row["id"])


def look(path):
    return Http().get(path)


def press(path):
    with clock.frozen(START - DAY):
        answer = Http().post(path)
        assert (answer.status_code, answer["Location"]) == (302, path)
        return look(path)


def test_looking_changes_nothing(links):
    row, paths = links
    with clock.frozen(START - DAY):
        for path in paths.values():
            for _ in range(2):
                page = look(path)
                assert page.status_code == 200
                for said in (b"Here", b"Thursday, March 5, 10:00 am EST", b"Ana Cast", b"<button"):
                    assert said in page.content
                assert b"Cleo" not in page.content
                assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")
    assert (appointment(row).status, appointment(row).version) == ("Scheduled", 1)


def test_downtime_is_said_and_the_link_stays_good(links):
    _, paths = links
    with read_only(), clock.frozen(START - DAY):
        page = Http(raise_request_exception=False).post(paths["confirm"])
        assert (page.status_code, page["Retry-After"]) == (503, "60")
        assert b"It is being worked on" in page.content
        assert look(paths["confirm"]).status_code == 200
    assert b"Your appointment is confirmed" in press(paths["confirm"]).content


def test_confirming(links):
    row, paths = links
    assert b"Your appointment is confirmed" in press(paths["confirm"]).content
    assert appointment(row).status == "Confirmed"
    with acting_as(actor("ada")):
        (line,) = AuditLog.objects.filter(event="appointment.confirmed_by_link")
        assert line.client_ids == [CLEO]
        assert line.action_description == "The client confirmed an appointment by a link"
    assert b"<button" not in press(paths["confirm"]).content


def test_cancelling_frees_the_hour_and_tells_the_clinician(links, http, mailoutbox):
    row, paths = links
    tell("client", "clinician")
    assert b"is cancelled" in press(paths["cancel"]).content
    found = appointment(row)
    assert (found.status, found.cancellation_reason) == ("Cancelled", "Client cancelled by link")
    with clock.frozen(START - DAY):
        assert len(sent()) == 1
    assert [letter.subject for letter in mailoutbox if letter.to == ["ana@example.org"]] == [
        "Your calendar has changed"
    ]
    with clock.frozen(START - timedelta(hours=1)):
        assert len(sent()) == 1
    assert b"has changed" in press(paths["confirm"]).content


def test_asking_for_another_time_is_seen_and_seen_to(links, http):
    row, paths = links
    assert b"passed on" in press(paths["reschedule"]).content
    assert appointment(row).status == "Scheduled"
    with clock.frozen(START - DAY):
        for who in ("fay", "ana"):
            (asked,) = http(who).read("/link-answers")["items"]
            assert (asked["client_name"], asked["appointment_id"]) == ("Cleo Client", row["id"])
        assert http("otto").read("/link-answers")["items"] == []
        told = http("ana").read(f"/appointments/{row['id']}/reminders")
        assert told["request_id"] == asked["id"]
        assert refused(http("otto").call("delete", f"/link-answers/{asked['id']}"), 404)
        assert http("ana").call("delete", f"/link-answers/{asked['id']}").status_code == 200
        assert http("fay").read("/link-answers")["items"] == []
    assert b"confirmed" in press(paths["confirm"]).content  # the others stay good


def test_moving_answers_the_request(links, http):
    row, paths = links
    press(paths["reschedule"])
    with clock.frozen(START - DAY):
        move(http, row, START + DAY, 1)
        assert http("fay").read("/link-answers")["items"] == []
    assert b"has changed" in press(paths["cancel"]).content
    assert appointment(row).status == "Scheduled"


def test_over_when_the_appointment_begins(links):
    row, paths = links
    with clock.frozen(START):
        assert b"This link is over" in look(paths["cancel"]).content
        Http().post(paths["cancel"])
    assert appointment(row).status == "Scheduled"


def test_a_wrong_link_says_so_and_nothing_else(links):
    for path in ("/r/x", "/r/" + "A" * 24, "/r/%00"):
        for answer in (look(path), Http().post(path)):
            assert answer.status_code == 404
            assert b"This link does not work" in answer.content


def test_a_form_of_another_page_is_refused(links):
    row, paths = links
    browser = Http(enforce_csrf_checks=True)
    with clock.frozen(START - DAY):
        assert browser.post(paths["cancel"]).status_code == 403
        (token,) = re.findall(rb'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(paths["cancel"]).content)
        assert browser.post(paths["cancel"], {"csrfmiddlewaretoken": token.decode()}).status_code == 302
    assert appointment(row).status == "Cancelled"


def test_only_the_digest_of_a_token_is_kept(links):
    _, paths = links
    with acting_as(actor("ada")):
        assert not ReminderLink.objects.exists()  # an administrator sees requests, and there is none
    with acting_as(IDENTITY), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ReminderLink.objects.count()
    tokens = {path.removeprefix("/r/") for path in paths.values()}
    assert {len(token) for token in tokens} == {24}
    assert len(tokens) == 3


def test_a_token_comes_out_the_same_each_time(links):
    row = actor("ana").person
    assert token_of(row, "confirm") == token_of(row, "confirm")
    assert token_of(row, "confirm") != token_of(row, "cancel")


@pytest.mark.parametrize(("action", "title"), [("reschedule", "A client asks"), ("cancel", "An appointment of yours")])
def test_the_clinician_finds_it_under_the_bell(links, http, action, title):
    row, paths = links
    press(paths[action])
    (told,) = http("ana").read("/notifications")["items"]
    assert told["title"].startswith(title)
    assert (told["about_type"], told["about_id"]) == ("appointment", row["id"])
    assert http("otto").read("/notifications")["items"] == []


def test_who_cancelled_by_a_link_is_told_and_seen_to_also_after_the_hour(links, http, mailoutbox):
    """Nobody is told of changes here; of this one the clinician is, and it stays where the front desk looks."""
    row, paths = links
    press(paths["cancel"])
    with clock.frozen(START - DAY):
        sent()
    assert [letter.subject for letter in mailoutbox if letter.to == ["ana@example.org"]] == [
        "Your calendar has changed"
    ]
    with clock.frozen(START + timedelta(hours=2)):
        for who in ("fay", "ana"):
            (answer,) = http(who).read("/link-answers")["items"]
            assert (answer["answer"], answer["appointment_id"]) == ("cancel", row["id"])
        for who in ("otto", "ash"):
            assert http(who).read("/link-answers")["items"] == []
            assert refused(http(who).call("delete", f"/link-answers/{answer['id']}"), 404)
        assert http("ana").read(f"/appointments/{row['id']}/reminders")["request_id"] is None
        assert http("fay").call("delete", f"/link-answers/{answer['id']}").status_code == 200
        assert http("ana").read("/link-answers")["items"] == []


def test_a_cancellation_nobody_saw_to_goes_out_of_sight_after_a_week(links, http):
    _, paths = links
    press(paths["cancel"])
    for days, seen in ((6, 1), (7, 0)):
        with clock.frozen(START + days * DAY):
            assert len(http("fay").read("/link-answers")["items"]) == seen


def test_the_page_names_the_time_that_the_message_names(links, http):
    _, paths = links
    body = {"email_timing": [2], "sms_timing": None, "timezone": "America/Los_Angeles"}
    assert http("ana").call("put", f"/clients/{CLEO}/reminder-preferences", body).status_code == 200
    with clock.frozen(START - timedelta(hours=2)):
        assert b"7:00 am PST" in look(paths["cancel"]).content


def test_a_wish_of_before_is_not_said_to_hold_once_the_practice_has_changed_the_appointment(links, http):
    row, paths = links
    press(paths["confirm"])
    press(paths["reschedule"])
    with clock.frozen(START - DAY):
        assert http("ana").call("post", f"/appointments/{row['id']}/check-in", {"version": 2}).status_code == 200
        assert b"Your appointment is confirmed" in look(paths["confirm"]).content  # they have come
        assert b"has begun" in look(paths["cancel"]).content
        assert http("ana").call("delete", f"/appointments/{row['id']}/check-in", {"version": 3}).status_code == 200
        move(http, row, START + DAY, 4)
        for action in ("confirm", "reschedule"):
            assert b"Your appointment has changed" in look(paths[action]).content
    with clock.frozen(START):
        assert b"This link is over" in look(paths["confirm"]).content


def test_what_was_cancelled_by_the_link_goes_on_being_cancelled(links):
    _, paths = links
    press(paths["cancel"])
    with clock.frozen(START):
        assert b"Your appointment is cancelled" in look(paths["cancel"]).content


def test_a_wish_by_two_messages_is_one(links, http):
    row, paths = links
    press(paths["reschedule"])
    with clock.frozen(START - timedelta(hours=1)):
        again = re.findall(r"https?://[^/]+(/r/\S+)", sent()[-1].body)[1]
        assert again != paths["reschedule"]
        assert b"passed on" in Http().post(again, follow=True).content
        (asked,) = http("fay").read("/link-answers")["items"]
        assert asked["answered_at"].startswith("2026-03-04")  # since when they have waited
        assert http("ana").call("delete", f"/link-answers/{asked['id']}").status_code == 200
        assert http("fay").read("/link-answers")["items"] == []
        assert http("ana").read(f"/appointments/{row['id']}/reminders")["request_id"] is None
