"""Repairs by administrators: jobs, statements that do not end, limits; the queue and the server are the real ones."""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import connections, transaction
from procrastinate.contrib.django import app
from psycopg import sql

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.core import clock
from mentalspace.jobs import queue, worker
from mentalspace.launch.connection import connection as reached
from mentalspace.launch.testing import ensure_test_cluster
from mentalspace.ops import errors
from mentalspace.ops import jobs as ops_jobs
from mentalspace.ops.repairs import words
from mentalspace.people import limits
from tests.cast import HERE, ID, NEXT_DOOR, actor
from tests.committed import at_once
from tests.http import Http, refused
from tests.sessions import session_of

REASON = "It has stood since this morning."
WHY = {"reason": REASON}
REPAIRS = "/operations/repairs"


@pytest.fixture(autouse=True)
def own_errors(monkeypatch, tmp_path):
    monkeypatch.setattr(errors, "file", lambda: tmp_path / "errors.jsonl")


def browser(name):
    http = Http(raise_request_exception=False)
    with transaction.atomic():
        http.cookies["session"] = session_of(name)
    return http


def details(event, who="ada"):
    with acting_as(actor(who)), transaction.atomic():
        return [row.action_details for row in AuditLog.objects.filter(event=event)]


# -- jobs


def boss():
    """Somebody above everything, on the test's own database."""
    name = connections["default"].settings_dict["NAME"]
    return psycopg.connect(ensure_test_cluster()["superuser_dsn"], dbname=name, autocommit=True)


def defer(who="ada", practice=HERE):
    """A job of a practice, committed. Its number."""
    with acting_as(actor(who)), transaction.atomic():
        return ops_jobs.look_now.defer(practice=str(practice))


def put(number, status, **more):
    """Bring a job into a state, as a worker would."""
    values = {"status": status, **more}
    sets = sql.SQL(", ").join(sql.SQL("{} = {}").format(sql.Identifier(k), sql.Literal(v)) for k, v in values.items())
    with boss() as up:
        if status == "failed":
            up.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
        up.execute(sql.SQL("UPDATE procrastinate_jobs SET {} WHERE id = {}").format(sets, sql.Literal(number)))


def status_of(number):
    with boss() as up:
        (status,) = up.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [number]).fetchone() or (
            "",
        )
        return status


def job(number, what):
    return f"{REPAIRS}/jobs/{number}/{what}"


def test_jobs_that_failed_or_wait_for_long_are_shown_and_repaired(really_committed):
    failed, late, fresh = defer(), defer(), defer()
    put(failed, "failed", attempts=3)
    put(late, "todo", scheduled_at=clock.now() - timedelta(minutes=10))
    record = logging.LogRecord("procrastinate.worker", logging.ERROR, "", 0, "Cleo", (), None)
    record.exc_info = (ExceptionGroup, ExceptionGroup("Cleo", [OSError("Cleo"), OSError(), KeyError("Cleo")]), None)
    record.job = {"id": failed}
    errors.Errors().emit(record)
    ada = browser("ada")
    shown = {row["id"]: row for row in ada.read(REPAIRS)["jobs"]}
    assert set(shown) == {failed, late}, "one that waits for its turn is none to repair"
    assert shown[failed]["task"] == "Making the checks because somebody asked"
    assert (shown[failed]["status"], shown[failed]["attempts"]) == ("failed", 3)
    assert shown[failed]["error"] == "OSError, KeyError", "of which kind, and nothing that was said"
    assert (shown[late]["status"], shown[late]["error"]) == ("todo", "")
    assert not shown[failed]["of_installation"]

    left = ada.call("post", job(failed, "retry"), WHY)
    assert left.status_code == 200, left.content
    assert [row["id"] for row in left.json()["jobs"]] == [late]
    assert status_of(failed) == "todo"
    assert ada.call("post", job(late, "drop"), WHY).json()["jobs"] == []
    assert status_of(late) == "cancelled"
    assert details("job.retried") == [{"reason": REASON, "number": failed}]
    assert details("job.dropped") == [{"reason": REASON, "number": late}]
    put(fresh, "failed")
    assert ada.call("post", job(fresh, "drop"), WHY).status_code == 200
    assert status_of(fresh) == "cancelled"


def test_what_became_of_a_job_meanwhile_is_said_and_left_alone(really_committed):
    ada, number = browser("ada"), defer()
    for status, what, code in (
        ("todo", "retry", "already_waiting"),
        ("doing", "retry", "taken_by_worker"),
        ("doing", "drop", "taken_by_worker"),
        ("succeeded", "retry", "already_done"),
        ("succeeded", "drop", "already_done"),
        ("cancelled", "retry", "already_dropped"),
        ("cancelled", "drop", "already_dropped"),
    ):
        put(number, status)
        assert refused(ada.call("post", job(number, what), WHY), 409, code)
        assert status_of(number) == status
    assert refused(ada.call("post", job(number + 999, "retry"), WHY), 404)
    assert refused(ada.call("post", job(number, "retry"), {"reason": "short"}), 422)
    assert details("job.retried") == details("job.dropped") == []


def test_what_waits_comes_first_and_what_went_well_since_is_left_out(really_committed):
    """Waiting: the oldest first. Failed: the latest first, but for a run after which its line went well."""
    new, old, failed, later, seal, sealed, watch = (defer() for _ in range(7))
    for number, minutes in ((new, 10), (old, 20)):
        put(number, "todo", scheduled_at=clock.now() - timedelta(minutes=minutes))
    for number in (failed, later):
        put(number, "failed")
    for number, line in ((seal, "audit.seal"), (sealed, "audit.seal"), (watch, "oversight.watch")):
        put(number, "todo", task_name=line, args='{"timestamp": 1}')
    put(seal, "failed")
    put(sealed, "succeeded")
    put(watch, "failed")
    assert [row["id"] for row in browser("ada").read(REPAIRS)["jobs"]] == [old, new, watch, later, failed]


def test_work_that_waits_already_is_not_put_there_twice(really_committed):
    ada, failed, waiting = browser("ada"), defer(), defer()
    put(failed, "failed", queueing_lock="same")
    put(waiting, "todo", queueing_lock="same")
    assert refused(ada.call("post", job(failed, "retry"), WHY), 409, "same_work_waits")
    assert (status_of(failed), status_of(waiting)) == ("failed", "todo")


def test_two_administrators_at_the_same_moment_retry_once(really_committed):
    number = defer()
    put(number, "failed")
    answers = at_once(["ada", "mia"], lambda http, _: http.call("post", job(number, "retry"), WHY))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(details("job.retried")) == 1


def test_a_retried_job_is_not_done_beside_one_that_has_its_lock(really_committed):
    ada, failed, doing = browser("ada"), defer(), defer()
    put(doing, "doing", lock="one at a time")
    put(failed, "failed", lock="one at a time")
    assert ada.call("post", job(failed, "retry"), WHY).status_code == 200
    with boss() as up:
        fetched = "SELECT id FROM procrastinate_fetch_job_v2(NULL, NULL)"
        assert up.execute(fetched).fetchone()[0] is None, "it waits for the other to end"
    put(failed, "todo", scheduled_at=clock.now() - timedelta(minutes=10))
    (shown,) = ada.read(REPAIRS)["jobs"]
    assert shown["is_held"]


def test_jobs_of_another_practice_do_not_exist(really_committed):
    theirs, nobodys = defer("olga", NEXT_DOOR), defer()
    put(theirs, "failed")
    with boss() as up:
        up.execute(
            """UPDATE procrastinate_jobs SET task_name = 'audit.seal', args = '{"timestamp": 1}' WHERE id = %s""",
            [nobodys],
        )
    put(nobodys, "failed")
    ada = browser("ada")
    (shown,) = ada.read(REPAIRS)["jobs"]
    assert (shown["id"], shown["task"], shown["of_installation"]) == (nobodys, "Sealing the audit trail", True)
    for what in ("retry", "drop"):
        assert refused(ada.call("post", job(theirs, what), WHY), 404)
    assert status_of(theirs) == "failed"
    assert {row["id"] for row in browser("olga").read(REPAIRS)["jobs"]} == {theirs, nobodys}


# -- statements


@contextmanager
def runaway(statement, user="ms_web"):
    """A statement that does not end, on a connection of its own. Yields its number, and what it came to."""
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(reached(user).dsn(), dbname=name, autocommit=True) as other, ThreadPoolExecutor(1) as pool:
        running = pool.submit(other.execute, statement)
        with psycopg.connect(ensure_test_cluster()["superuser_dsn"]) as up:
            active = "SELECT pid FROM pg_stat_activity WHERE pid = %s AND state = 'active' AND query_start <= now()"
            while up.execute(active, [other.info.backend_pid]).fetchone() is None:
                up.rollback()
        try:
            yield other.info.backend_pid, running
        finally:
            other.cancel()


def seen(http, pid):
    return next((row for row in http.read(REPAIRS)["statements"] if row["pid"] == pid), None)


def end(http, row, **more):
    return http.call("post", f"{REPAIRS}/statements/{row['id']}/end", WHY | more)


@pytest.fixture
def at_once_shown(monkeypatch):
    from mentalspace.ops.repairs import queries

    monkeypatch.setattr(queries, "RUNS_LONG", 0)


@pytest.mark.django_db
def test_a_runaway_statement_is_shown_without_values_and_cancelled(http, at_once_shown):
    ada = http("ada")
    with runaway("SELECT pg_sleep(600), 'Cleo' AS t1") as (pid, running):
        row = seen(ada, pid)
        assert row["statement"] == "SELECT pg_sleep(…", "it runs for the first time"
        assert (row["state"], row["application"], row["holds_up"]) == ("active", "ms_web", 0)
        assert row["waits_for"] == "Timeout: PgSleep"
        answer = end(ada, row)
        assert answer.status_code == 200, answer.content
        with pytest.raises(psycopg.errors.QueryCanceled):
            running.result(timeout=30)
        assert refused(end(ada, row), 409, "statement_over")
    assert details("statement.ended") == [{"reason": REASON, "number": pid}]
    with acting_as(actor("ada")):
        line = AuditLog.objects.get(event="statement.ended")
    assert "of this installation" in line.action_description


@pytest.mark.django_db
def test_a_connection_that_keeps_what_it_locked_is_ended(http, at_once_shown):
    ada = http("ada")
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(reached("ms_web").dsn(), dbname=name) as other:
        other.execute("SELECT 1")
        row = seen(ada, other.info.backend_pid)
        assert (row["state"], row["waits_for"]) == ("idle in transaction", "")
        assert refused(end(ada, row), 409, "nothing_to_cancel")
        assert end(ada, row, disconnects=True).status_code == 200
        with pytest.raises(psycopg.OperationalError):
            other.execute("SELECT 1")
        other.close()


@pytest.mark.django_db
def test_another_under_the_same_number_is_left_alone(http, at_once_shown):
    ada = http("ada")
    with runaway("SELECT pg_sleep(600)") as (pid, running):
        row = seen(ada, pid)
        number, began, asked = row["id"].split("-")
        for other in (f"{number}-{int(began) - 1}-{asked}", f"{number}-{began}-{int(asked) + 1}"):
            for disconnects in (False, True):
                assert refused(end(ada, {"id": other}, disconnects=disconnects), 409, "statement_over")
        assert not running.done()


@pytest.mark.django_db
def test_nobody_elses_connections_are_shown_or_ended(http, at_once_shown):
    """Those of the operator and of backups; the server's own processes are no clients at all."""
    ada = http("ada")
    for user in ("ms_operator", "ms_backup", "ms_owner"):
        with runaway("SELECT pg_sleep(600)", user) as (pid, running):
            assert seen(ada, pid) is None
            with boss() as up:
                of = "SELECT access.statement_id(a) FROM pg_stat_activity a WHERE pid = %s"
                row = {"id": up.execute(of, [pid]).fetchone()[0]}
            for disconnects in (False, True):
                assert refused(end(ada, row, disconnects=disconnects), 409, "statement_over")
            assert not running.done()


@pytest.mark.django_db
def test_a_statement_that_ran_before_is_shown_whole(http, at_once_shown):
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(reached("ms_web").dsn(), dbname=name) as other:
        other.execute("SELECT pg_sleep(0), 'Theo', 7")
    with runaway("SELECT pg_sleep(600), 'Cleo', 8") as (pid, _):
        assert seen(http("ada"), pid)["statement"] == "SELECT pg_sleep($1), $2, $3"


# -- limits


def tried(operation, times, **whose):
    from mentalspace.access.actor import IDENTITY

    with acting_as(IDENTITY), transaction.atomic():
        for _ in range(times):
            limits.take(operation, **whose)


def came_from(name, address):
    """Somebody tried to sign in from there, and did not succeed."""
    from mentalspace.access.actor import IDENTITY
    from mentalspace.people.models import LoginAttempt

    with acting_as(IDENTITY), transaction.atomic():
        LoginAttempt(user_id=ID[name], email=f"{name}@example.org", success=False, ip_address=address).save()


@pytest.mark.django_db
def test_limits_that_are_reached_are_shown_and_lifted(http):
    tried("login", 10, user=ID["ana"])
    tried("login", 9, user=ID["bea"])
    tried("login", 100, address="203.0.113.7")
    tried("login", 100, address="2001:db8::7")
    tried("login", 100, address="198.51.100.9")
    came_from("ana", "203.0.113.7")
    came_from("olga", "2001:db8::99")
    tried("login", 10, user=ID["olga"])
    tried("login", 10, email="nobody@example.org")
    ada = http("ada")
    found = {row["person"] or row["address"]: row for row in ada.read(REPAIRS)["limits"]}
    assert set(found) == {"Ana Cast", "203.0.113.7"}, "not yet reached, next door, and addresses nobody has"
    theirs = {row["person"] or row["address"]: row["id"] for row in http("olga").read(REPAIRS)["limits"]}
    assert set(theirs) == {"Olga Cast", "2001:db8::/64"}, "from where nobody of theirs came"
    answer = ada.call("post", f"{REPAIRS}/limits/{theirs['2001:db8::/64']}/lift", WHY)
    assert refused(answer, 409, "limit_over")
    assert (found["Ana Cast"]["operation"], found["Ana Cast"]["most"]) == ("Signing in", 10)
    lift = f"{REPAIRS}/limits/{found['Ana Cast']['id']}/lift"
    assert len(ada.call("post", lift, WHY).json()["limits"]) == 1
    assert refused(ada.call("post", lift, WHY), 409, "limit_over")
    with acting_as(actor("ada")):
        assert details("rate_limit.lifted") == [{"reason": REASON}]
    from mentalspace.access.actor import IDENTITY

    with acting_as(IDENTITY):
        assert limits.take("login", user=ID["ana"]).attempt_count == 1


@pytest.mark.django_db
def test_a_limit_next_door_cannot_be_lifted(http):
    tried("login", 10, user=ID["olga"])
    (theirs,) = http("olga").read(REPAIRS)["limits"]
    answer = http("ada").call("post", f"{REPAIRS}/limits/{theirs['id']}/lift", WHY)
    assert refused(answer, 409, "limit_over"), "as one that does not exist"
    assert http("olga").read(REPAIRS)["limits"] == [theirs]


# -- who


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ana", "sam", "ash", "bea", "fay", "otto"])
def test_nobody_but_administrators_finds_any_of_it(http, who):
    somebody = http(who)
    assert refused(somebody.call("get", REPAIRS), 404)
    for path in (job(1, "retry"), job(1, "drop"), f"{REPAIRS}/limits/{HERE}/lift"):
        assert refused(somebody.call("post", path, WHY), 404)
    assert refused(end(somebody, {"id": "1-1-1"}), 404)


@pytest.mark.django_db
def test_the_database_itself_asks_who_calls():
    from django.db import DatabaseError

    for who in ("ana", "sys", "id", "job"):
        for call in (
            "access.stuck_jobs(0, 1)",
            "access.retry_job(1)",
            "access.drop_job(1)",
            "access.running_statements(0)",
            "access.end_statement('1-1-1', true)",
            "access.open_rate_limits(now())",
            f"access.lift_rate_limit('{HERE}', now())",
        ):
            with acting_as(somebody(who)), pytest.raises(DatabaseError), transaction.atomic():
                connections["default"].cursor().execute(f"SELECT * FROM {call}")


def somebody(who):
    from tests.access.rows import actor as of_the_matrix

    return of_the_matrix(who)


def test_every_task_and_every_limit_has_words():
    worker.load_jobs()
    known = {line.name for line in queue.SCHEDULE} | {
        name for name in app.tasks if not name.startswith(("builtin", "procrastinate", "tests."))
    }
    assert known == words.TASKS.keys()
    assert {*limits.LIMITS, *limits.BY_ADDRESS} == words.OPERATIONS.keys()
