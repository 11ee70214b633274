"""Reminders go when they are due, once, and not when what they say is no longer so."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.notify import delivery
from mentalspace.notify.models import LEASE, Notification
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.reminders import sending
from mentalspace.scheduling.reminders.models import ContactConsent, ReminderLog
from tests.cast import CLEO, HERE, ID, NEXT_DOOR, NOW, OFFICE, ROOM, actor
from tests.http import refused

from .reminding import EMAIL, agree, remind, sent, tell
from .test_reminders_plan import move

DAY = timedelta(days=1)
START = NOW + 3 * DAY


@pytest.fixture
def on(stopped_clock, db):
    remind()
    agree()


def at(moment):
    return clock.frozen(moment)


def states():
    with acting_as(actor("ada")):
        return {row.hours_before: row.status for row in ReminderLog.objects.filter(about="reminder", starts_at=START)}


@pytest.mark.usefixtures("on")
def test_to_the_minute_and_not_a_day_early(booked):
    """The original compared dates, and reminded up to a day early."""
    booked(starts_at=START)
    for early in (timedelta(hours=25), timedelta(hours=24, seconds=1)):
        with at(START - early):
            assert sent() == []
    with at(START - DAY):
        (letter,) = sent()
    assert letter.subject == "A reminder of your appointment"
    assert "Thursday, March 5, 10:00 am EST" in letter.body
    assert states() == {24: "sent", 1: "pending"}


@pytest.mark.usefixtures("on")
def test_once_however_often_it_is_looked(booked):
    """The original sent it again at every run of the hour."""
    booked(starts_at=START)
    for minutes in (0, 1, 30, 60):
        with at(START - DAY + timedelta(minutes=minutes)):
            assert len(sent()) == 1
    with at(START - timedelta(hours=1)):
        assert len(sent()) == 2


@pytest.mark.usefixtures("on")
def test_nothing_of_the_client_but_their_first_name(booked):
    booked(starts_at=START, appointment_notes="Bring forms", appointment_type="Crisis")
    with at(START - DAY):
        (letter,) = sent()
    said = f"{letter.subject} {letter.body}"
    assert "Hello Cleo," in said
    for secret in ("Cleo Client", "Crisis", "Bring forms", "MS0000"):
        assert secret not in said


@pytest.mark.usefixtures("on")
def test_after_a_standstill_one_goes_and_not_both(booked):
    booked(starts_at=START)
    with at(START - timedelta(minutes=30)):
        assert len(sent()) == 1
    assert states() == {24: "cancelled", 1: "sent"}


@pytest.mark.usefixtures("on")
def test_none_goes_once_the_appointment_has_begun(booked):
    booked(starts_at=START)
    with at(START):
        assert sent() == []


CHANGES = ["cancelled", "moved", "consent", "address", "no-show", "switched off"]


def change(what, http, row):
    if what == "cancelled":
        http("ana").call("post", f"/appointments/{row['id']}/cancellation", {"version": 1, "reason": "Ill"})
    elif what == "moved":
        move(http, row, START + 7 * DAY, 1)
    elif what == "consent":
        with acting_as(actor("fay")):
            ContactConsent.objects.update(revoked_at=NOW, revoked_by=ID["fay"])
    elif what == "address":
        agree("sms", "+12125550100")
        with acting_as(actor("ada")):
            from mentalspace.clients.models import Client

            Client.objects.filter(pk=CLEO).update(email="new@home.example")
    elif what == "no-show":
        http("ana").call("post", f"/appointments/{row['id']}/no-show", {"version": 1})
    else:
        ada = http("ada")
        ada.call("put", "/reminder-settings", ada.read("/reminder-settings") | {"enabled": False})


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("is_queued", [False, True], ids=["planned", "queued"])
def test_nothing_goes_after_a_change(booked, http, what, is_queued):
    row = booked(starts_at=START)
    with at(START - DAY):
        if is_queued:
            sending.send_due(system_actor(HERE))
        change(what, http, row)
        assert sent() == []
    with acting_as(actor("ada")):
        assert not Notification.objects.waiting().exists()
        assert not ReminderLog.objects.filter(starts_at=START, status__in=["sent", "failed"]).exists()


@pytest.mark.usefixtures("on")
def test_moved_twice_and_back_goes_once(booked, http):
    row = booked(starts_at=START)
    move(http, row, START + DAY, 1)
    move(http, row, START, 2)
    with at(START - DAY):
        assert len(sent()) == 1
        move(http, row, START + DAY, 3)
        move(http, row, START, 4)
        assert len(sent()) == 1


@pytest.mark.usefixtures("on")
def test_queued_then_moved_away_and_back_goes_once(booked, http):
    row = booked(starts_at=START)
    with at(START - DAY):
        sending.send_due(system_actor(HERE))
        move(http, row, START + DAY, 1)
        move(http, row, START, 2)
        assert len(sent()) == 1
    assert states()[24] == "sent"


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("was_tried", [False, True], ids=["never tried", "its answer was lost"])
def test_called_off_on_its_way_and_back_again_goes_once(booked, http, monkeypatch, was_tried):
    """Under its own key: the provider may have it from the attempt before."""
    row = booked(starts_at=START)
    with at(START - DAY):
        sending.send_due(system_actor(HERE))
    if was_tried:
        with at(START - DAY), monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", lost)
            assert sent() == []
    with at(START - DAY + timedelta(minutes=5)):
        move(http, row, START + DAY, 1)
        assert sent() == []
        (called_off,) = messages()
        assert called_off.cancelled_at is not None
    with at(START - DAY + timedelta(minutes=9)):
        move(http, row, START, 2)
        (letter,) = sent()
        assert len(sent()) == 1
    assert letter.extra_headers["Message-ID"].startswith(f"<{called_off.pk}@")
    assert states()[24] == "sent"
    assert len(messages()) == 1


@pytest.mark.usefixtures("on")
def test_what_somebody_called_off_stays_so(booked, http):
    row = booked(starts_at=START)
    with at(START - DAY):
        sending.send_due(system_actor(HERE))
        (waiting,) = messages()
        assert http("ada").call("delete", f"/messages/{waiting.pk}").status_code == 200
        assert http("ana").call("post", f"/appointments/{row['id']}/confirmation", {"version": 1}).status_code == 200
        assert sent() == []
    with acting_as(system_actor(HERE)), pytest.raises(DatabaseError, match="stays so"), transaction.atomic():
        waiting.write(cancelled_at=None)


def lost(self, messages):
    raise TimeoutError("no answer")


def messages():
    with acting_as(actor("ada")):
        return list(Notification.objects.filter(related_entity_type="reminder"))


@pytest.mark.usefixtures("on")
def test_what_fails_is_shown_and_sent_again_by_hand(booked, http, monkeypatch):
    def fail(self, messages):
        raise smtplib.SMTPRecipientsRefused({"x": (550, b"unknown")})

    booked(starts_at=START)
    with at(START - DAY):
        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", fail)
            assert sent() == []
        (row,) = http("fay").read("/reminders?status=failed")["items"]
        assert (row["client_name"], row["recipient"]) == ("Cleo Client", EMAIL)
        assert "knows no such reader" in row["error_message"]
        assert refused(http("otto").call("post", f"/reminders/{row['id']}/resend"), 404)
        assert refused(http("bea").call("post", f"/reminders/{row['id']}/resend"), 403)
        again = http("fay").call("post", f"/reminders/{row['id']}/resend")
        assert (again.status_code, again.json()["status"]) == (200, "pending")
        assert len(sent()) == 1
        assert refused(http("fay").call("post", f"/reminders/{pending(http)}/resend"), 409, "not_to_be_sent_again")
    assert states() == {24: "sent", 1: "pending"}


def pending(http):
    return http("fay").read("/reminders?status=pending")["items"][0]["id"]


@pytest.mark.usefixtures("on")
def test_a_worker_that_died_between_leaves_one_message(booked, monkeypatch):
    booked(starts_at=START)

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with at(START - DAY):
        with monkeypatch.context() as dying:
            dying.setattr(ReminderLog, "write", die)
            with pytest.raises(KeyboardInterrupt):
                sending.send_due(system_actor(HERE))
        with acting_as(actor("ada")):
            assert Notification.objects.count() == 0
        with monkeypatch.context() as dying:
            dying.setattr(delivery, "_finish", die)
            with pytest.raises(KeyboardInterrupt):
                sent()
        assert len(mail.outbox) == 1
    with at(START - DAY + LEASE):
        letters = sent()
    assert len({letter.extra_headers["Message-ID"] for letter in letters}) == 1
    assert states()[24] == "sent"


@pytest.mark.usefixtures("on")
def test_quiet_hours_and_weekends(booked, http):
    """23:30 is quiet: it goes at 19:55 before; and on Friday when weekends are."""
    remind(email_timing=[10], allow_weekends=False)
    monday = NOW + 7 * DAY - timedelta(hours=1)  # Monday 9 March, 10:00 after the clocks went forward
    booked(starts_at=monday - timedelta(minutes=30))
    with acting_as(actor("ada")):
        (row,) = ReminderLog.objects.all()
    assert row.due_at.isoformat() == "2026-03-07T00:55:00+00:00"  # Friday 6 March, 19:55


@pytest.mark.usefixtures("on")
def test_changes_are_told_to_whom_the_practice_wants(booked, http):
    tell("client", "clinician")
    row = booked("fay", starts_at=START, clinician_id=str(ID["ana"]))
    assert [letter.subject for letter in sent()] == ["Your appointment is booked"]
    assert [letter.subject for letter in mail.outbox if letter.to == ["ana@example.org"]] == [
        "Your calendar has changed"
    ]
    move(http, row, START + DAY, 1)
    assert sent()[-1].subject == "Your appointment has changed"
    http("ana").call("post", f"/appointments/{row['id']}/cancellation", {"version": 2, "reason": "Ill"})
    assert sent()[-1].subject == "Your appointment is cancelled"
    to_ana = [letter for letter in mail.outbox if letter.to == ["ana@example.org"]]
    assert len(to_ana) == 1  # the rest she did herself
    assert "Cleo" not in to_ana[0].body


@pytest.mark.usefixtures("on")
def test_a_notice_waits_for_the_morning(booked):
    tell("client")
    with at(NOW + timedelta(hours=12)):  # 22:00 in New York
        booked(starts_at=START)
        assert sent() == []
    with at(NOW + timedelta(hours=23)):
        assert len(sent()) == 1


@pytest.mark.usefixtures("on")
def test_of_a_series_one_notice_goes(booked):
    tell("client")
    booked(starts_at=START, repeat={"occurrence_count": 6})
    (letter,) = sent()
    assert "6 appointments" in letter.body


@pytest.mark.usefixtures("on")
def test_next_door_sends_its_own(booked):
    booked(starts_at=START)
    with at(START - DAY):
        assert sending.send_due(system_actor(NEXT_DOOR)).queued == 0
        assert len(sent()) == 1


@pytest.mark.usefixtures("on")
def test_the_runbooks_function_sends_what_is_due(booked, http):
    booked(starts_at=START)
    path = "/functions/v1/send-appointment-reminder"
    with at(START - DAY):
        for who, status in ((None, 401), ("fay", 403), ("ana", 403)):
            assert http(who).post(path).status_code == status
        assert http("olga").post(path).json() == {"queued": 0, "called_off": 0, "failed": 0}
        assert http("ada").post(path).json() == {"queued": 1, "called_off": 0, "failed": 0}
        assert http("ada").get(path).status_code == 405


def test_two_workers_send_each_once(really_committed, stopped_clock):
    from mentalspace.scheduling.actions import book

    with transaction.atomic():
        remind()
        agree()
    with acting_as(actor("ana")):
        for day in range(3, 9):
            with transaction.atomic():
                book(by=actor("ana"), now=NOW, values=values(NOW + day * DAY))

    def work():
        try:
            return sending.send_due(system_actor(HERE)).queued
        finally:
            connection.close()

    with at(NOW + 8 * DAY - timedelta(minutes=1)), ThreadPoolExecutor(4) as pool:
        done = [each.result() for each in [pool.submit(copy_context().run, work) for _ in range(4)]]
        assert sum(done) == 1
    with acting_as(actor("ada")), transaction.atomic():
        assert Notification.objects.count() == 1


def values(starts_at):
    return {
        "client_id": CLEO,
        "clinician_id": None,
        "location_id": None,
        "room_id": None,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=50),
        "timezone": None,
        "appointment_type": "Individual Therapy",
        "appointment_notes": "",
    }


EVENING, MORNING = START - timedelta(hours=12), START - timedelta(hours=1)
"""22:00 the day before, and 09:00: the beginning and end of what is quiet are 20:00 and 09:00."""


@pytest.mark.usefixtures("on")
def test_after_a_standstill_nothing_goes_in_quiet_hours(booked, http):
    remind(email_timing=[24])
    row = booked(starts_at=START)
    with at(EVENING):
        assert sent() == []
        answer = http("ana").call("post", f"/appointments/{row['id']}/confirmation", {"version": 1})
        assert answer.status_code == 200  # which plans anew, and leaves what waits
        assert sent() == []
    with at(MORNING - timedelta(minutes=1)):
        assert sent() == []
    with at(MORNING):
        assert len(sent()) == 1


@pytest.mark.usefixtures("on")
def test_what_could_only_go_in_quiet_hours_does_not_go(booked):
    remind(email_timing=[24])
    start = START - timedelta(hours=2)  # 08:00
    booked(starts_at=start)
    with at(EVENING):
        assert sent() == []
    with acting_as(actor("ada")):
        assert ReminderLog.objects.get().error_message == sending.QUIET


@pytest.mark.usefixtures("on")
def test_what_failed_before_quiet_hours_is_tried_again_after_them(booked, monkeypatch):
    def fail(self, messages):
        raise OSError("no route")

    remind(email_timing=[14])
    booked(starts_at=START)
    before = START - timedelta(hours=14, minutes=1)  # 19:59
    with at(before), monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", fail)
        assert sent() == []
    with at(before + timedelta(minutes=5)):
        assert sent() == []
    with acting_as(actor("ada")):
        (message,) = Notification.objects.all()
        assert (message.attempts, message.next_attempt_at) == (1, MORNING)
    with at(MORNING):
        assert len(sent()) == 1


@pytest.mark.usefixtures("on")
def test_what_is_sent_again_by_hand_waits_for_the_morning_too(booked, http):
    remind(email_timing=[24])
    booked(starts_at=START)
    booked(starts_at=START - timedelta(hours=2))
    with at(START - DAY):
        assert len(sent()) == 2
    with at(EVENING):
        soon, later = sorted(http("fay").read("/reminders?status=sent")["items"], key=lambda row: row["starts_at"])
        again = http("fay").call("post", f"/reminders/{later['id']}/resend")
        assert again.json()["due_at"] == MORNING.isoformat().replace("+00:00", "Z")
        assert refused(http("fay").call("post", f"/reminders/{soon['id']}/resend"), 409, "not_to_be_sent_again")
        assert len(sent()) == 2
    with at(MORNING):
        assert len(sent()) == 3


@pytest.mark.usefixtures("on")
def test_another_room_of_the_same_house_is_told_to_nobody_and_another_house_is(booked, http):
    tell("client", send_on_create=False)
    row = booked(starts_at=START, location_id=OFFICE)
    path = f"/appointments/{row['id']}"
    assert http("ana").call("patch", path, {"version": 1, "room_id": ROOM}).status_code == 200
    assert sent() == []
    assert http("ana").call("patch", path, {"version": 2, "location_id": None}).status_code == 200
    (letter,) = sent()
    assert letter.subject == "Your appointment has changed"


def later_in(first, http, weeks):
    """The session of the series so many weeks after the first."""
    found = http("ana").read("/appointments?start=2026-03-02T00:00:00Z&end=2026-04-30T00:00:00Z")["appointments"]
    return sorted((one for one in found if one["series_id"] == first["series_id"]), key=lambda one: one["starts_at"])[
        weeks
    ]


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("begun", [False, True], ids=["from the middle", "from one that is past"])
def test_of_a_series_that_is_cancelled_the_first_is_named(booked, http, begun):
    tell("client", send_on_create=False)
    first = booked(starts_at=START, repeat={"occurrence_count": 4})
    chosen = first if begun else later_in(first, http, 2)
    with at(START + timedelta(hours=1) if begun else NOW):
        body = {"version": 1, "scope": "all", "reason": "Ill"}
        assert http("ana").call("post", f"/appointments/{chosen['id']}/cancellation", body).status_code == 200
        letter = sent()[-1]
    assert ("March 12" if begun else "March 5") in letter.body
    assert f"first of {3 if begun else 4} appointments" in letter.body


@pytest.mark.usefixtures("on")
def test_of_a_series_that_is_moved_the_first_is_named(booked, http):
    tell("client", send_on_create=False)
    first = booked(starts_at=START, repeat={"occurrence_count": 4})
    chosen = later_in(first, http, 2)
    start = START + 14 * DAY
    body = {"version": 1, "scope": "all", "starts_at": start, "ends_at": start + timedelta(minutes=50)}
    assert http("ana").call("patch", f"/appointments/{chosen['id']}", body).status_code == 200
    letter = sent()[-1]
    assert "March 5" in letter.body
    assert "first of 4 appointments" in letter.body
