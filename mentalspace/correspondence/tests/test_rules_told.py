"""Each trigger caused for real, and told once: by the API, the jobs and the bell, as people would meet it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import OperationalError, connection

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import IMPORT
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.correspondence.rules import planning, sending
from mentalspace.correspondence.rules.models import NotificationRule, RuleDispatch
from mentalspace.notify import happenings
from mentalspace.notify.models import Notification
from mentalspace.outcomes.models import MeasureResult
from mentalspace.people.models import Profile, SupervisionRelationship
from mentalspace.practices.models import Practice
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.tests.reminding import EMAIL, agree
from mentalspace.storage.tests.files import pdf, upload
from tests.cast import CLEO, HERE, ID, NEXT_DOOR, NOOR, NOW, actor
from tests.mail import delivered

from .ruling import SYSTEM, add, dispatches, happen, rule, run, sign, silence, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ONCE = [("Dashboard Alert", "sent", 0)]


def later(delta: timedelta):
    return clock.frozen(NOW + delta)


def book(http, starts_at: datetime, client=CLEO, who: str = "ana"):
    body = {"client_id": client, "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=50)}
    answer = http(who).call("post", "/appointments", body)
    assert answer.status_code == 201, answer.content
    return answer.json()["appointment"]


def move(http, row, starts_at: datetime) -> None:
    body = {"version": row["version"], "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=50)}
    answer = http("ana").call("patch", f"/appointments/{row['id']}", body)
    assert answer.status_code == 200, answer.content


def put_document(http, name: str = "Intake.pdf") -> str:
    answer = upload(http("ana"), f"/clients/{CLEO}/documents", pdf(), name)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


# --- Each trigger ------------------------------------------------------------------------------


def treated_by_ana() -> None:
    with acting_as(actor("ada")):
        Client.objects.filter(pk=CLEO).update(primary_therapist_id=ID["ana"])


def test_a_document_is_told_once_however_often_its_job_runs(http):
    add(http, message_template="{uploader_name} added a paper ({category}) for {client_name}.")
    put_document(http)
    assert happen() == ["Document Uploaded"]
    (one,) = told("ana")
    assert one == ("Look at this", "Ana Cast added a paper (other) for \ufffc.", "document")
    assert http("ana").read("/notifications")["items"][0]["text"] == "Ana Cast added a paper (other) for Cleo Client."
    happen()
    run()
    assert dispatches() == ONCE
    assert told("otto") == []


def test_a_document_that_is_refused_leaves_nothing_to_tell(http):
    add(http)
    assert upload(http("ana"), f"/clients/{CLEO}/documents", b"MZ\x90", "x.pdf").status_code >= 400
    assert happen() == []


def test_a_client_is_registered(http):
    add(http, "Client Registered", recipient_type="Role", recipients=["front_desk"], message_subject="New: {practice}")
    new = {"first_name": "Nell", "last_name": "Moss", "date_of_birth": "1980-02-03"}
    assert http("ada").call("post", "/clients", new).status_code == 201
    happen()
    assert told("fay") == [("New: Here", "Something at Here.", "client")]
    assert told("ana") == []


@pytest.mark.parametrize("who", ["Clinician", "Administrator"])
def test_a_note_is_overdue_after_three_days_and_not_before(http, who):
    add(http, "Note Overdue", recipient_type=who, message_template="{session_date}, due {due_date}, day {days_since}")
    book(http, NOW + HOUR)
    for before in (3 * HOUR, 3 * DAY):
        with later(before):
            run()
            assert dispatches() == []
    with later(4 * DAY - 9 * HOUR):  # 1 am on the fourth day
        run()
        run()
    reader = {"Clinician": "ana", "Administrator": "ada"}[who]
    said = "Monday, March 2, due Thursday, March 5, day 4"
    assert told(reader) == [("Look at this", said, "appointment")]


def test_a_note_that_is_signed_is_neither_due_nor_overdue(http):
    add(http, "Note Overdue")
    row = book(http, NOW + HOUR)
    with later(3 * HOUR):
        sign(row["id"])
    with later(5 * DAY):
        run()
    assert dispatches() == []


def test_a_note_is_due_the_day_before(http):
    add(http, "Note Due", timing_type="Before Event", timing_offset=1, timing_unit="days")
    book(http, NOW + HOUR)
    with later(2 * DAY):
        run()
        assert dispatches() == []
    with later(3 * DAY):
        run()
    assert [title for title, _, _ in told("ana")] == ["Look at this"]


def test_a_session_that_was_cancelled_asks_for_no_note(http):
    add(http, "Note Due")
    row = book(http, NOW + HOUR)
    body = {"version": row["version"], "scope": "this", "reason": "Ill"}
    assert http("ana").call("post", f"/appointments/{row['id']}/cancellation", body).status_code == 200
    with later(DAY):
        run()
    assert dispatches() == []


def test_a_supervisor_is_told_of_a_review_that_waits(http):
    add(http, "Supervisor Review Needed", recipient_type="Supervisor", message_subject="{person_name} waits")
    with acting_as(Actor(HERE, HERE, "ms_administrator")):
        SupervisionRelationship.objects.create(
            practice_id=HERE, supervisor_id=ID["sam"], supervisee_id=ID["ana"], start_date=date(2025, 1, 6)
        )
    with clock.frozen(datetime.now(UTC)):  # emergency access goes by the database's own clock
        body = {"medical_record_number": "MS000003", "date_of_birth": "1990-05-17", "reason": "Theo may be in danger."}
        pk = http("ana").call("post", "/emergency-access", body | {"minutes": 15}).json()["id"]
        run()
        assert told("sam") == []
    with clock.frozen(datetime.now(UTC) + HOUR):
        run()
        assert told("sam") == [("Ana Cast waits", "Something at Here.", "emergency_access")]
        (row,) = [one for one in http("sam").read("/notifications")["items"] if one["kind"][0].isupper()]
        assert (row["about_id"], row["client_id"]) == (pk, None)


def test_an_appointment_is_told_of_a_wall_clock_day_before_over_the_change_of_the_clocks(http):
    add(http, "Appointment Reminder", timing_type="Before Event", timing_offset=1, timing_unit="days")
    sunday = datetime(2026, 3, 8, 19, tzinfo=UTC)  # 15:00, after the clocks went forward that morning
    book(http, sunday)
    with clock.frozen(datetime(2026, 3, 7, 19, 59, tzinfo=UTC)):
        run()
        assert dispatches() == []
    with clock.frozen(datetime(2026, 3, 7, 20, 0, tzinfo=UTC)):
        run()
    assert dispatches() == ONCE


def test_what_is_booked_too_late_for_its_notice_gets_none(http):
    add(http, "Appointment Reminder", timing_type="Before Event", timing_offset=1, timing_unit="days")
    book(http, NOW + 2 * HOUR)
    run()
    assert dispatches() == []


def test_a_license_is_told_sixty_days_before_also_when_the_rule_is_newer(http):
    add(http, "License Expiring", timing_type="Before Event", timing_offset=60, timing_unit="days", send_once=False,
        recipient_type="Administrator", message_subject="{person_name}: {days_left} days")  # fmt: skip
    expires(NOW.date() + timedelta(days=70))
    run()
    assert told("ada") == []
    expires(NOW.date() + timedelta(days=30))
    run()
    run()
    assert told("ada") == [("Ash Cast: 30 days", "Something at Here.", "person")]
    expires(NOW.date() + timedelta(days=395))
    with later(340 * DAY):
        run()
    assert len(told("ada")) == 2, "the renewed licence expires another time"


def expires(day: date) -> None:
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ash"]).update(license_expiration_date=day)


def test_a_critical_score_is_told_and_an_old_or_mild_one_is_not(http):
    treated_by_ana()
    add(http, "Critical Assessment Score", conditions=[{"field": "instrument", "operator": "equals", "value": "phq-9"}])
    for score, taken_at in ((22, NOW - DAY), (9, NOW - DAY), (25, NOW - 90 * DAY)):
        measured(score, taken_at)
    measured(21, NOW, "GAD-7")
    with later(HOUR):
        run()
        run()
    assert told("ana") == [("Look at this", "Something at Here.", "measure")]


def measured(score: int, taken_at: datetime, instrument: str = "PHQ-9") -> None:
    of = {"practice_id": HERE, "client_id": CLEO, "instrument": instrument, "loinc_code": "x", "source": "import"}
    with acting_as(Actor(HERE, HERE, IMPORT)):
        MeasureResult.objects.bulk_create([MeasureResult(score=Decimal(score), taken_at=taken_at, **of)])


# --- Whom, and how often -----------------------------------------------------------------------


def test_conditions_decide(http):
    add(http, conditions=[{"field": "category", "operator": "equals", "value": "consent"}])
    put_document(http)
    happen()
    assert dispatches() == []


def test_repeats_come_while_it_is_so_and_end(http):
    add(http, "Note Overdue", send_repeatedly=True, repeat_interval=24, max_repeats=2)
    row = book(http, NOW + HOUR)
    counts = []
    for days in (4, 4.5, 5, 6, 7, 8):
        with later(timedelta(days=days)):
            run()
            run()
            counts.append(len(told("ana")))
    assert counts == [1, 1, 2, 3, 3, 3]
    with later(9 * DAY):
        sign(row["id"])


def test_a_repeat_is_called_off_when_the_note_is_signed(http):
    add(http, "Note Overdue", send_repeatedly=True, repeat_interval=24, max_repeats=5)
    row = book(http, NOW + HOUR)
    with later(4 * DAY):
        run()
        sign(row["id"])
    with later(6 * DAY):
        run()
    assert dispatches() == [*ONCE, ("Dashboard Alert", "called_off", 1)]


def test_after_and_scheduled_wait_for_their_time(http):
    add(http, timing_type="After Event", timing_offset=90, timing_unit="minutes")
    add(http, timing_type="Scheduled", timing_at="18:30", rule_name="Evening", message_subject="Evening")
    put_document(http)
    happen()
    assert told("ana") == []
    with later(2 * HOUR):
        run()
        assert [title for title, _, _ in told("ana")] == ["Look at this"]
    with later(8 * HOUR + timedelta(minutes=31)):  # 18:31
        run()
    assert [title for title, _, _ in told("ana")] == ["Look at this", "Evening"]


@pytest.mark.parametrize("how", ["switched off", "removed", "gone", "changed"])
def test_what_waits_is_called_off_when(http, how):
    made = add(http, timing_type="After Event", timing_offset=2)
    document = put_document(http)
    happen()
    path, ada = f"/notification-rules/{made['id']}", http("ada")
    if how == "switched off":
        assert ada.call("put", f"{path}/switch", {"version": 1, "is_active": False}).status_code == 200
    elif how == "removed":
        assert ada.call("delete", path).status_code == 204
    elif how == "gone":
        assert http("ana").call("put", f"/documents/{document}/archive").status_code == 200
    else:
        asked = [{"field": "category", "operator": "equals", "value": "consent"}]
        assert ada.call("put", path, made | {"conditions": asked}).status_code == 200
    with later(3 * HOUR):
        run()
    assert dispatches() == [("Dashboard Alert", "called_off", 0)]
    assert told("ana") == []


def test_what_was_called_off_is_told_when_it_is_so_again(http):
    add(http, timing_type="After Event", timing_offset=2)
    document = put_document(http)
    happen()
    path = f"/documents/{document}/archive"
    assert http("ana").call("put", path).status_code == 200
    with later(3 * HOUR):
        run()
        assert dispatches() == [("Dashboard Alert", "called_off", 0)]
        assert http("ana").call("delete", path).status_code == 200
        happenings.tell_listeners(SYSTEM, what="Document Uploaded", entity=document)  # type: ignore[call-arg]
        run()
        run()
    assert (dispatches(), len(told("ana"))) == (ONCE, 1)


def test_a_mail_that_was_called_off_on_its_way_goes_once_when_it_is_so_again(http):
    add(http, "Appointment Reminder", rule_type="Email", timing_type="Before Event", timing_offset=24)
    row = book(http, NOW + 2 * DAY)
    path = f"/appointments/{row['id']}/no-show"
    with later(DAY):
        run()
        assert http("ana").call("post", path, {"version": 1}).status_code == 200
        assert [one for one in delivered("ana@example.org") if one.subject == "Look at this"] == []
        assert http("ana").call("delete", path, {"version": 2}).status_code == 200
        for _ in range(2):
            run()
            assert len([one for one in delivered("ana@example.org") if one.subject == "Look at this"]) == 1
    with acting_as(SYSTEM):
        assert Notification.objects.filter(kind=sending.TO_STAFF).count() == 1


def test_whoever_left_meanwhile_is_not_told(http):
    add(http, recipient_type="Specific User", recipients=[str(ID["ash"])], timing_type="After Event", timing_offset=2)
    put_document(http)
    happen()
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ash"]).update(is_active=False)
    with later(3 * HOUR):
        run()
    assert dispatches() == [("Dashboard Alert", "called_off", 0)]


def test_nothing_that_lay_before_the_rule_is_told(http):
    silence()
    book(http, NOW + HOUR)
    with later(5 * DAY):
        add(http, "Note Overdue")
        run()
    assert dispatches() == []


# --- By mail and text ---------------------------------------------------------------------------


def test_all_channels_reach_somebody_and_mail_names_no_client(http):
    made = add(
        http,
        rule_type="All",
        message_subject="From {uploader_name}",
        message_template="{client_name} {{x}} has a paper.",
    )
    put_document(http)
    happen()
    with acting_as(actor("ada")):
        (row,) = Notification.objects.filter(kind=sending.TO_STAFF)
        assert str(row.rule_id) == made["id"]
    (letter,) = [one for one in delivered("ana@example.org") if one.subject == "From Ana Cast"]
    assert "a client {x} has a paper." in letter.body
    assert f"/clients/{CLEO}?tab=documents" in letter.body
    assert "Cleo" not in letter.body
    assert dispatches() == [
        ("Dashboard Alert", "sent", 0),
        ("Email", "sent", 0),
        ("SMS", "called_off", 0),  # Ana's profile has no number
    ]
    delivered()
    assert len([one for one in delivered("ana@example.org") if one.subject == "From Ana Cast"]) == 1


def test_the_outbox_asks_again_before_it_sends(http):
    made = add(http, rule_type="Email")
    put_document(http)
    happen()
    assert http("ada").call("delete", f"/notification-rules/{made['id']}").status_code == 204
    assert [one for one in delivered("ana@example.org") if one.subject == "Look at this"] == []


def test_values_cannot_break_out(http):
    treated_by_ana()
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ana"]).update(first_name="A\r\nBcc: x@example.org\n{client_name}")
    add(http, rule_type="Email", message_subject="{uploader_name}", message_template="{uploader_name}")
    put_document(http)
    happen()
    (letter,) = [one for one in delivered("ana@example.org") if "Bcc" in one.subject]
    assert "\n" not in letter.subject
    assert letter.body.splitlines()[0] == "A Bcc: x@example.org {client_name} Cast"


def remind_client(http, **more):
    usual = {"rule_type": "All", "recipient_type": "Client", "timing_type": "Before Event", "timing_offset": 24}
    return add(http, "Appointment Reminder", message_template="Hello {client_name}: {date} {time}", **usual | more)


def test_a_client_is_told_by_what_they_agreed_to_and_by_nothing_else(http):
    remind_client(http)
    book(http, NOW + 2 * DAY)
    with later(DAY):
        run()
    assert {status for _, status, _ in dispatches()} == {"called_off"}
    assert delivered(EMAIL) == []


def test_a_client_who_agreed_is_told_once_and_not_in_quiet_hours(http):
    agree()
    remind_client(http)
    book(http, datetime(2026, 3, 6, 2, 30, tzinfo=UTC))  # 21:30 in New York
    with clock.frozen(datetime(2026, 3, 5, 2, 30, tzinfo=UTC)):
        run()
        assert delivered(EMAIL) == []
    with clock.frozen(datetime(2026, 3, 5, 14, 0, tzinfo=UTC)):  # 9:00
        run()
        run()
        (letter,) = delivered(EMAIL)
    assert letter.body.strip() == "Hello Cleo: Thursday, March 5 9:30 pm EST"
    assert told("ana") == []


def test_a_client_is_told_before_the_quiet_evening_and_not_after_the_session(http):
    agree()
    remind_client(http)
    book(http, datetime(2026, 3, 5, 1, 0, tzinfo=UTC))  # 20:00 in New York
    with clock.frozen(datetime(2026, 3, 4, 0, 30, tzinfo=UTC)):  # 19:30 the evening before
        run()
        assert delivered(EMAIL) == []
    with clock.frozen(datetime(2026, 3, 4, 0, 56, tzinfo=UTC)):
        run()
        assert len(delivered(EMAIL)) == 1


def test_what_is_put_off_for_the_night_waits_for_the_morning_also_between_attempts(http):
    agree()
    remind_client(http)
    book(http, NOW + 2 * DAY)
    with later(DAY):
        planning.look(SYSTEM)
        sending.send_due(SYSTEM)
    with acting_as(SYSTEM):
        message = Notification.objects.get(recipient_email=EMAIL)
    night = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)  # 22:00
    with clock.frozen(night), acting_as(SYSTEM):
        assert sending.wanted(message) == datetime(2026, 3, 4, 14, 0, tzinfo=UTC)


def test_an_appointment_that_moved_meanwhile_is_told_of_at_its_time(http):
    """Also when the rule tells of each thing once: the message waits, and is not spent."""
    agree()
    remind_client(http, rule_type="Email", send_once=True)
    row = book(http, NOW + 2 * DAY)
    with later(DAY):
        planning.look(SYSTEM)
        move(http, row, NOW + 9 * DAY)
        sending.send_due(SYSTEM)
        assert [status for _, status, _ in dispatches()] == ["pending"]
    with later(8 * DAY):
        run()
        assert len(delivered(EMAIL)) == 1


def test_a_consent_taken_back_calls_off_what_is_queued(http):
    agree()
    remind_client(http)
    book(http, NOW + 2 * DAY)
    with later(DAY):
        run()
        agree(address="other@example.org", only=True)
        assert delivered(EMAIL) == []


# --- A practice of its own -----------------------------------------------------------------------


def test_every_practice_begins_with_rules_once_and_removed_ones_stay_removed(http):
    run()
    run()
    first = {row["rule_name"]: row for row in http("ada").read("/notification-rules")}
    assert len(first) == 5
    gone = first["Notes that are overdue"]
    assert http("ada").call("delete", f"/notification-rules/{gone['id']}").status_code == 204
    run()
    assert len(http("ada").read("/notification-rules")) == 4
    with acting_as(SYSTEM):
        assert NotificationRule.objects.count() == 5
        assert Practice.objects.filter(pk=HERE).exists()


def test_next_doors_rules_hear_nothing_of_it(http):
    made = http("olga").call("post", "/notification-rules", rule(recipient_type="Administrator"))
    assert made.status_code == 201
    add(http)
    document = put_document(http)
    happen()
    planning.take(system_actor(NEXT_DOOR), "Document Uploaded", UUID(document))
    assert told("ana") != []
    assert told("olga") == []


def test_where_nobody_supervises_or_treats_the_administrators_are_told(http):
    add(http, recipient_type="Supervisor")  # of Ana, whom nobody supervises
    put_document(http)
    happen()
    assert len(told("ada")) == 1


def test_telling_once_does_not_tell_again_whoever_was_told_before(http):
    made = add(http, "Appointment Reminder", timing_type="Before Event", timing_offset=24, send_once=False)
    book(http, NOW + 2 * DAY)
    with later(DAY):
        run()
        once = http("ada").call("put", f"/notification-rules/{made['id']}", made | {"send_once": True})
        assert once.status_code == 200
        run()
    assert len(told("ana")) == 1


def test_a_database_that_is_away_calls_nothing_off(http, monkeypatch):
    add(http)
    put_document(http)
    away = OperationalError()
    monkeypatch.setattr(sending, "_hand_over", lambda *_: (_ for _ in ()).throw(away))
    with pytest.raises(OperationalError):
        happen()
    monkeypatch.undo()
    run()
    assert [status for _, status, _ in dispatches()] == ["sent"]


def test_what_went_wrong_is_told_without_its_text(http, monkeypatch, caplog):
    add(http)
    put_document(http)
    monkeypatch.setattr(sending, "_hand_over", lambda *_: (_ for _ in ()).throw(ValueError("cleo@example.org")))
    happen()
    assert [status for _, status, _ in dispatches()] == ["called_off"]
    assert "ValueError" in caplog.text
    assert "cleo" not in caplog.text


def test_planned_twice_it_is_one(http):
    """What a second worker would have planned meanwhile is not planned, and a row that is sent is not due."""
    add(http)
    put_document(http)
    happen()
    with acting_as(SYSTEM):
        (row,) = RuleDispatch.objects.all()
        copy = RuleDispatch(practice_id=HERE, rule_id=row.rule_id, entity_id=row.entity_id, channel=row.channel,
                            recipient_id=row.recipient_id, due_at=NOW)  # fmt: skip
        RuleDispatch.objects.bulk_create([copy], ignore_conflicts=True)
        assert RuleDispatch.objects.count() == 1
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from notification_rule_dispatches where status = 'pending'")
            assert cursor.fetchone() == (0,)


def test_a_worker_that_dies_in_between_leaves_it_to_the_next(http, monkeypatch):
    add(http)
    put_document(http)

    class Killed(BaseException):
        """As SIGKILL: nothing catches it."""

    def die(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_plan_next", die)
        with pytest.raises(Killed):
            happen()
    assert told("ana") == []
    run()
    assert len(told("ana")) == 1
    assert str(NOOR) not in str(told("ana"))
