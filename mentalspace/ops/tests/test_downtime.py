"""Read-only for a while: who turns the switch, what is refused and what goes on, what waits and is then done once."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, InternalError, connection, connections, transaction
from procrastinate.contrib.django import app

from mentalspace.access import boot, downtime
from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.access.catalog import SCHEMAS
from mentalspace.audit.models import PHI_ACCESS, AuditLog, SecurityIncident
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.jobs import queue, worker
from mentalspace.launch.testing import ensure_test_cluster
from mentalspace.notify.models import Notification
from mentalspace.ops.checks.registry import CHECKS
from mentalspace.ops.downtime import commands
from mentalspace.ops.metrics.rules import State
from mentalspace.ops.models import CheckResult
from mentalspace.people import notices
from mentalspace.people.models import User
from mentalspace.people.tests.browser import ask, enrol, give_password, sign_in
from mentalspace.people.tests.test_set_up_first import commits, with_app
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.tests.conftest import asked, booked
from mentalspace.scheduling.tests.reminding import EMAIL, agree, remind
from tests.cast import CLEO, HERE, ID, NOW, PASSWORD, actor
from tests.http import Http, refused
from tests.mail import delivered
from tests.sessions import session_of

__all__ = ["booked", "commits"]

REASON = "The server moves to a larger disk."
SWITCH = "/operations/downtime"
OURS, ANA = system_actor(HERE), actor("ana")
BREAK_GLASS = "SELECT access.break_glass('MS000001', '1990-05-17', 'Cleo is in danger.', '5 minutes')"


def wanted(hours=1):
    return {"reason": REASON, "until": clock.now() + timedelta(hours=hours)}


@pytest.fixture
def ada(http):
    return http("ada")


@pytest.fixture
def read_only(ada):
    assert ada.call("post", SWITCH, wanted()).status_code == 201


def lines(event):
    with acting_as(actor("ada")):
        return list(AuditLog.objects.filter(event=event))


# -- the switch


@pytest.mark.django_db
def test_everybody_sees_that_it_stands_and_why(http, ada, read_only):
    for who in ("ada", "ana", "bea", "fay", "sam"):
        standing = http(who).read("/downtime")["standing"]
        assert (standing["reason"], standing["by_name"], standing["is_overdue"]) == (REASON, "Ada Cast", False)
    assert http("otto").read("/downtime") == {"standing": None}, "another practice works"
    assert ada.call("delete", SWITCH).json() == {"standing": None}
    assert http("ana").read("/downtime") == {"standing": None}
    (begun,), (ended,) = lines("downtime.begun"), lines("downtime.ended")
    assert (begun.user_id, begun.severity, begun.action_details["reason"]) == (ID["ada"], "critical", REASON)
    assert ended.user_id == ID["ada"]


@pytest.mark.django_db
def test_two_administrators_turn_it(http, ada, read_only):
    mia = http("mia")
    assert refused(mia.call("post", SWITCH, wanted()), 409, "already_read_only")
    assert mia.call("delete", SWITCH).status_code == 200
    assert refused(ada.call("delete", SWITCH), 409, "not_read_only")


@pytest.mark.django_db
@pytest.mark.parametrize("body", [{}, {"reason": "short"}, {"until": "2026-01-05T00:00:00"}, {"until": "x"}])
def test_it_wants_a_reason_and_an_end(ada, body):
    assert refused(ada.call("post", SWITCH, wanted() | body if body else {}), 422)
    for hours in (-1, 73):
        assert refused(ada.call("post", SWITCH, wanted(hours)), 422, "bad_input")


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ana", "sam", "ash", "bea", "fay", "otto"])
def test_nobody_else_turns_it(http, who):
    assert refused(http(who).call("post", SWITCH, wanted()), 404)
    assert refused(http(who).call("delete", SWITCH), 404)
    with acting_as(actor(who)), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        downtime.begin(REASON, clock.now(), who)


@pytest.mark.django_db
def test_it_does_not_end_by_itself(http, read_only):
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert http("ana").read("/downtime")["standing"]["is_overdue"]
        assert refused(http("ana").call("put", f"/clients/{CLEO}/favorite"), 503, "read_only")


@pytest.mark.django_db
def test_the_check(ada):
    def state(hours=0):
        with acting_as(OURS), transaction.atomic():
            return CHECKS["downtime"].make(OURS, clock.now() + timedelta(hours=hours)).state

    assert state() is State.GOOD
    ada.call("post", SWITCH, wanted())
    assert (state(), state(2)) == (State.ATTENTION, State.BAD)


# -- what is refused, and what goes on


@pytest.mark.django_db
def test_a_write_is_refused_with_when_to_try_again(http, read_only):
    answer = http("ana").call("post", "/appointments", asked())
    assert refused(answer, 503, "read_only")
    assert answer.json()["data"]["reason"] == REASON
    assert 60 <= int(answer["Retry-After"]) <= 3600
    assert http("ana").read(f"/clients/{CLEO}")["id"] == str(CLEO), "reading goes on"
    with acting_as(actor("ada")):
        assert AuditLog.objects.filter(action_type=PHI_ACCESS, user_id=ID["ana"], client_ids=[CLEO]).exists(), (
            "and is still audited"
        )


@pytest.mark.django_db
def test_the_database_refuses_whoever_writes(read_only):
    """Past every door: as anybody, the system too, and through functions of the keeper's."""
    for who in (actor("ada"), actor("fay"), actor("ana")):
        with acting_as(who), pytest.raises(InternalError, match="read-only"), transaction.atomic():
            Client.objects.filter(pk=CLEO).update(first_name="X")
    with acting_as(actor("ana")), pytest.raises(InternalError, match="read-only"), transaction.atomic():
        connection.cursor().execute(
            "SELECT access.break_glass('MS000001', '1990-05-17', 'Cleo is in danger.', '5 minutes')"
        )


@pytest.mark.django_db
def test_another_practice_works_meanwhile(http, read_only):
    with acting_as(actor("otto")), transaction.atomic():
        Client.objects.update(pronouns="they/them")


@pytest.mark.django_db
def test_people_sign_in_and_out(read_only):
    app = enrol("ana")
    ana = sign_in("ana", app)
    assert ana.read("/me")["name"] == "Ana Cast"
    assert ana.call("post", "/session").status_code == 200
    assert refused(ask(ana, "post", "account/password/change", {"current_password": "x", "new_password": "y"}), 503)
    assert ask(ana, "delete", "auth/session").status_code == 401
    assert refused(ana.get("/api/me"), 401)


CHANGE = {"current_password": PASSWORD, "new_password": "zebra kiosk tundra quartz"}


@pytest.mark.django_db
def test_an_administrator_whose_password_is_due_ends_it(read_only):
    with acting_as(IDENTITY):
        User.objects.filter(pk=ID["ada"]).update(must_change_password=True)
    ada = sign_in("ada", enrol("ada"))
    assert refused(ada.call("delete", SWITCH), 403, "password_change_due")
    answer = ask(ada, "post", "account/password/change", CHANGE)
    assert answer.status_code == 200, answer.content
    again = CHANGE | {"current_password": CHANGE["new_password"], "new_password": PASSWORD}
    assert refused(ask(ada, "post", "account/password/change", again), 503, "read_only"), "it is due no more"
    assert ada.call("delete", SWITCH).status_code == 200


@pytest.mark.django_db
def test_who_has_no_second_factor_sets_one_up_and_reads(read_only, commits):
    ana = Http(raise_request_exception=False)
    assert give_password(ana).status_code == 200
    assert ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    with_app(ana)
    assert ana.read(f"/clients/{CLEO}")["id"] == str(CLEO)
    assert refused(ask(ana, "post", "account/authenticators/recovery-codes", {}), 503, "read_only")


@pytest.mark.django_db
def test_every_table_has_its_guard_or_a_reason(db):
    guarded = (
        "SELECT c.relname::text FROM pg_class c JOIN pg_trigger g ON g.tgrelid = c.oid"
        " WHERE g.tgname = 'refuse_in_downtime' AND g.tgenabled = 'O'"
    )
    every = f"SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace IN {SCHEMAS}"
    with connection.cursor() as cursor:
        held, all_ = (_names(cursor, statement) for statement in (guarded, every))
    assert all_ - held == downtime.NOT_HELD.keys()
    assert downtime.HELD_BUT_FOR.keys() <= held
    assert boot.problems() == []


def _names(cursor, statement):
    cursor.execute(statement)
    return {name for (name,) in cursor.fetchall()}


# -- what waits


def line_of(name):
    worker.load_jobs()
    return next(line for line in queue.SCHEDULE if line.name == name)


@pytest.mark.django_db
def test_reminders_wait_and_then_go_once(booked):
    remind()
    agree()
    booked(starts_at=NOW + timedelta(days=3))
    with clock.frozen(NOW + timedelta(days=2)):
        with acting_as(actor("ada")), transaction.atomic():
            assert downtime.begin(REASON, clock.now(), "Ada Cast")
        for name in ("scheduling.send_reminders", "notify.deliver_due"):
            line_of(name).run(0)
        assert delivered(EMAIL) == []
        with acting_as(actor("ada")), transaction.atomic():
            assert downtime.end()
        for _ in range(2):
            line_of("scheduling.send_reminders").run(0)
        assert len(delivered(EMAIL)) == 1
        assert len(delivered(EMAIL)) == 1


@pytest.mark.django_db
def test_a_message_that_waits_in_the_outbox_is_sent_afterwards(ada):
    with acting_as(IDENTITY):
        notices.tell(
            User.objects.select_related("profile__practice").get(pk=ID["ana"]), "account.sessions_ended", browser="x"
        )
    ada.call("post", SWITCH, wanted())
    assert delivered("ana@example.org") == []
    with acting_as(OURS):
        assert Notification.objects.filter(attempts=0, sent_at__isnull=True).count() == 1, "nothing was tried"
    ada.call("delete", SWITCH)
    assert len(delivered("ana@example.org")) == 1


def test_a_job_waits_as_a_new_one_in_a_minute(really_committed):
    worker.load_jobs()
    turn(begins=True)
    for version in (CLEO, HERE):  # neither stands for the other
        app.tasks["documents.read_words"].func(actor=str(actor("ana")), practice=str(HERE), version=str(version))
    assert waiting() == [
        ("documents.read_words", {"actor": str(actor("ana")), "practice": str(HERE), "version": str(version)}, 60)
        for version in (CLEO, HERE)
    ]


def begins_meanwhile(actor=None):
    """What a job does during which the downtime begins."""
    Client.objects.filter(pk=CLEO).update(pronouns="first")
    turn(begins=True)
    Client.objects.filter(pk=CLEO).update(pronouns="second")


def begins_meanwhile_for_the_system(actor):
    """As a person, who may write what the system may not."""
    assert actor == OURS
    with acting_as(ANA), transaction.atomic():
        begins_meanwhile()


@pytest.mark.parametrize(
    ("make", "action", "args"),
    [
        (queue.job, begins_meanwhile, {}),
        (queue.system_job, begins_meanwhile_for_the_system, {"practice": str(HERE)}),
    ],
)
def test_a_job_during_which_it_begins_is_put_off_and_has_not_failed(really_committed, make, action, args):
    name = f"tests.{action.__name__}"
    make(name)(action)
    app.tasks[name].func(actor=str(actor("ana")), **args)
    assert waiting() == [(name, {"actor": str(actor("ana")), **args}, 60)]
    with acting_as(actor("ana")), transaction.atomic():
        assert Client.objects.get(pk=CLEO).pronouns not in ("first", "second"), "nothing of it is half done"


def test_a_job_that_fails_otherwise_fails(really_committed):
    def fail() -> None:
        connection.cursor().execute("SELECT 1 / 0")

    queue.job("tests.fails_otherwise")(fail)
    with pytest.raises(DatabaseError, match="division by zero"):
        app.tasks["tests.fails_otherwise"].func(actor=str(actor("ana")))
    assert waiting() == []


def boss():
    """Somebody above everything, on the test's own database."""
    name = connections["default"].settings_dict["NAME"]
    return psycopg.connect(ensure_test_cluster()["superuser_dsn"], dbname=name, autocommit=True)


def turn(*, begins):
    """Turn the switch from outside, committed."""
    switch = "INSERT INTO access.downtime (practice_id, reason, until, by_name) VALUES (%s, 'x', now(), 'x')"
    with boss() as up:
        up.execute(switch if begins else "DELETE FROM access.downtime WHERE practice_id = %s", [HERE])


def waiting():
    """What waits in the queue: which task, with what, and in how many seconds it was to be looked at again."""
    rows = (
        "SELECT j.task_name, j.args, round(extract(epoch FROM j.scheduled_at - min(e.at)))::int"
        " FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id"
        " WHERE j.status = 'todo' GROUP BY j.id ORDER BY j.id"
    )
    with boss() as up:
        return up.execute(rows).fetchall()


@pytest.mark.django_db
def test_the_product_goes_on_watching_itself(ada, read_only):
    for name in ("audit.seal", "operations.check", "operations.roll_up"):
        line_of(name).run(0)
    with acting_as(actor("ada")):
        assert CheckResult.objects.get(check_name="downtime").state == "attention"


@pytest.mark.django_db
def test_reading_in_the_mass_is_noticed_meanwhile(http, ada, read_only):
    ana = http("ana")
    for _ in range(51):
        ana.read(f"/clients/{CLEO}")
    line_of("oversight.watch").run(0)
    with acting_as(actor("ada")):
        raised = SecurityIncident.objects.filter(user_id=ID["ana"])
        assert [row.severity for row in raised.filter(description__startswith="Many reads")] == ["high"]
        assert all(row.announced_at for row in raised)


# -- the operator's


def test_the_operator_makes_the_installation_read_only(really_committed, capsys):
    assert commands.on("short", 1) == 1
    assert commands.on(REASON, 1) == 0
    assert commands.on(REASON, 1) == 1
    commands.status()
    assert "the whole installation: read-only since" in capsys.readouterr().out
    for who in ("ana", "otto"):
        assert refused(_browser(who).call("put", f"/clients/{CLEO}/favorite"), 503, "read_only")
    ada = _browser("ada")
    assert ada.read("/downtime")["standing"]["by_name"] == "The operator"
    assert refused(ada.call("delete", SWITCH), 409, "operators_switch")
    assert refused(ada.call("post", SWITCH, wanted()), 409, "already_read_only")
    assert refused(Http(raise_request_exception=False).call("post", "/setup", {}), 503, "read_only"), "nobody, too"
    assert commands.off() == 0
    assert commands.off() == 1
    assert _browser("ana").call("put", f"/clients/{CLEO}/favorite").status_code < 300
    for who in ("ada", "olga"):
        with acting_as(actor(who)), transaction.atomic():
            kept = AuditLog.objects.filter(event__startswith="downtime.").order_by("created_at")
            assert [row.event for row in kept] == ["downtime.begun", "downtime.ended"]


def test_the_operator_ends_a_practices_own_only_when_told_to(really_committed, capsys):
    turn(begins=True)
    assert commands.off() == 1
    assert "The installation is not read-only." in capsys.readouterr().err
    assert commands.on(REASON, 1) == 0
    assert commands.off() == 0
    assert f"practice {HERE}: read-only since" in capsys.readouterr().out
    assert refused(_browser("ana").call("put", f"/clients/{CLEO}/favorite"), 503, "read_only")
    assert commands.off(practices_too=True) == 0
    assert commands.off(practices_too=True) == 1
    assert _browser("ana").call("put", f"/clients/{CLEO}/favorite").status_code < 300
    for who, times in (("ada", 2), ("olga", 1)):
        with acting_as(actor(who)), transaction.atomic():
            assert AuditLog.objects.filter(event="downtime.ended").count() == times, "where one stood"


def test_what_had_begun_before_is_whole_or_not_at_all(really_committed):
    """A transaction that has written commits; one that goes on writing is undone as a whole."""

    def half() -> None:
        Client.objects.filter(pk=CLEO).update(pronouns="first")
        turn(begins=True)
        Client.objects.filter(pk=CLEO).update(pronouns="second")

    with acting_as(actor("ana")), pytest.raises(InternalError), transaction.atomic():
        half()
    with acting_as(actor("ana")), transaction.atomic():
        assert Client.objects.get(pk=CLEO).pronouns not in ("first", "second")


def _browser(name):
    http = Http(raise_request_exception=False)
    with transaction.atomic():
        http.cookies["session"] = session_of(name)
    return http


# -- on paper


@pytest.mark.django_db
def test_the_day_on_paper_is_what_the_role_sees(booked, http, read_only_later):
    booked(starts_at=NOW + timedelta(hours=3))
    fay = http("fay")
    fay.call("post", f"/clients/{CLEO}/contacts", {"name": "Rob", "phone": "555-0199", "relationship": "brother"})
    read_only_later()
    for who in ("fay", "ana", "ada"):
        (session,) = http(who).read("/downtime/paper")["sessions"]
        assert session["client"].startswith("Cleo")
        assert [contact["phone"] for contact in session["contacts"]] == ["555-0199"]
        with acting_as(actor("ada")):
            assert AuditLog.objects.filter(event="downtime_paper.read", user_id=ID[who], client_ids=[CLEO]).exists()
    assert refused(http("bea").call("get", "/downtime/paper"), 404), "billing sees no schedule"
    for who in ("otto", "ash"):
        assert http(who).read("/downtime/paper")["sessions"] == []
    assert refused(fay.call("get", "/downtime/paper?day=0001-01-01"), 422)


@pytest.fixture
def read_only_later(ada):
    return lambda: ada.call("post", SWITCH, wanted())
