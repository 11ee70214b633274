"""The runbook's weekly and monthly tasks: when they are due, what comes of them, and who may have one done."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.core import clock
from mentalspace.ops import database
from mentalspace.ops.checks.registry import CHECKS
from mentalspace.ops.maintenance import rules, running, tasks
from mentalspace.ops.maintenance.models import MaintenanceRun
from mentalspace.ops.maintenance.rules import TASKS, Often
from mentalspace.ops.maintenance.tasks import NotDone, Outcome
from mentalspace.ops.metrics.rules import State
from mentalspace.practices.system import system_actor
from tests.cast import HERE, NEXT_DOOR, actor
from tests.http import refused

pytestmark = pytest.mark.django_db
OURS, THEIRS = system_actor(HERE), system_actor(NEXT_DOOR)
SUNDAY = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
PATH = "/operations/maintenance"
WHY = {"reason": "After the large import."}


@pytest.fixture(autouse=True)
def does(monkeypatch):
    """Every task goes well; a test says otherwise. What was done stands in the list that is returned."""
    done = []

    def doing(key):
        def do(by, before):
            done.append((key, by.practice, before))
            return Outcome(State.GOOD, "Done.", figures={"size": len(done)})

        return do

    for key in TASKS:
        monkeypatch.setitem(tasks.DO, key, doing(key))
    return done


@pytest.fixture(autouse=True)
def old_practices(monkeypatch):
    monkeypatch.setattr(running, "founded", lambda practice: LONG_AGO)


def task(http, key, who="ada"):
    return next(each for each in http(who).read(PATH) if each["key"] == key)


def is_due(now, done, went_well=True, founded=LONG_AGO):
    return rules.is_due(Often.WEEKLY, done=done, went_well=went_well, founded=founded, now=now)


def test_a_task_is_due_at_its_time_and_later_where_the_machine_was_off():
    for at, due in ((SUNDAY - timedelta(seconds=1), False), (SUNDAY, True), (SUNDAY + timedelta(days=3), True)):
        assert is_due(at, SUNDAY - timedelta(days=6)) is due
    assert not is_due(SUNDAY + timedelta(days=3), SUNDAY + timedelta(minutes=2))
    assert rules.next_due(Often.MONTHLY, SUNDAY) == datetime(2026, 12, 1, 4, 30, tzinfo=UTC)


def test_one_that_failed_is_tried_again_within_hours_not_minutes():
    began = SUNDAY + timedelta(minutes=2)
    for minutes, due in ((10, False), (61, True)):
        assert is_due(began + timedelta(minutes=minutes), began, went_well=False) is due


def test_what_a_clock_that_was_ahead_wrote_down_does_not_count():
    assert is_due(SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=300))


def test_a_new_practice_owes_nothing_of_before_it_was_founded():
    founded = SUNDAY + timedelta(hours=1)
    assert not is_due(founded + timedelta(days=1), None, went_well=False, founded=founded)
    assert is_due(SUNDAY + timedelta(weeks=1), None, went_well=False, founded=founded)


def test_the_installations_tasks_are_done_once_and_kept_in_every_practice(does, http):
    with clock.frozen(SUNDAY + timedelta(minutes=2)):
        running.run_due([OURS, THEIRS])
        assert [key for key, practice, _ in does if practice == HERE] == list(TASKS)
        assert [key for key, practice, _ in does if practice == NEXT_DOOR] == ["disk_usage", "audit_retention"]
        running.run_due([OURS, THEIRS])
    assert len(does) == len(TASKS) + 2, "once for each time"
    for who in ("ada", "olga"):
        assert len(http(who).read("/operations/maintenance-runs")["items"]) == len(TASKS)


def test_figures_are_compared_with_the_last_that_went_well(does):
    with clock.frozen(SUNDAY):
        running.run_due([OURS])
    with clock.frozen(SUNDAY + timedelta(weeks=1)):
        running.run_due([OURS])
    first, second = (before for key, _, before in does if key == "disk_usage")
    assert first == {}
    assert second["size"] > 0


def test_what_fails_keeps_no_other_from_being_done_and_says_why(monkeypatch, http):
    monkeypatch.setitem(tasks.DO, "vacuum", lambda by, before: 1 / 0)
    monkeypatch.setitem(tasks.DO, "indexes", _refuses)
    with clock.frozen(SUNDAY + timedelta(minutes=2)):
        running.run_due([OURS])
        found = {each["key"]: each["last"] for each in http("ada").read(PATH)}
    assert (found["vacuum"]["state"], found["vacuum"]["says"]) == ("bad", running.BROKEN)
    assert (found["indexes"]["state"], found["indexes"]["says"]) == ("bad", "The statistics are off.")
    assert found["audit_retention"]["state"] == "good"
    with acting_as(OURS):
        check = CHECKS["maintenance"].make(OURS, SUNDAY + timedelta(hours=1))
    assert (check.state, len(check.details)) == (State.BAD, 2)


def _refuses(by, before):
    raise NotDone("The statistics are off.")


def test_a_task_that_is_silently_off_is_overdue():
    with acting_as(OURS):
        assert CHECKS["maintenance"].make(OURS, SUNDAY + timedelta(days=2)).state is State.BAD
    with clock.frozen(SUNDAY + timedelta(minutes=2)):
        running.run_due([OURS])
    with acting_as(OURS):
        assert CHECKS["maintenance"].make(OURS, SUNDAY + timedelta(days=2)).state is State.GOOD


def test_an_administrator_has_one_done_now_with_a_reason(http, does):
    ada = http("ada")
    assert refused(ada.call("post", f"{PATH}/vacuum/runs", {"reason": "Slow"}), 422)
    assert ada.call("post", f"{PATH}/vacuum/runs", WHY).status_code == 202
    assert refused(http("mia").call("post", f"{PATH}/vacuum/runs", WHY), 409, "task_runs"), "a second click"
    waiting = task(http, "vacuum")["waiting"]
    assert (waiting["asked_by"], waiting["started_at"]) == ("Ada Cast", None)
    running.run_asked(OURS, waiting["id"])
    assert task(http, "vacuum")["waiting"] is None
    (kept,) = http("ada").read("/operations/maintenance-runs?task=vacuum")["items"]
    assert (kept["state"], kept["reason"], kept["asked_by"]) == ("good", WHY["reason"], "Ada Cast")
    running.run_asked(OURS, waiting["id"])
    assert len(does) == 1, "a job that comes twice does it once"
    with acting_as(actor("ada")):
        assert AuditLog.objects.filter(event="maintenance.asked").count() == 1
    assert http("olga").read("/operations/maintenance-runs")["items"] == []


def test_one_that_a_killed_worker_left_is_begun_anew(http):
    http("ada").call("post", f"{PATH}/vacuum/runs", WHY)
    with acting_as(OURS), transaction.atomic():
        MaintenanceRun.objects.update(started_at=clock.now())
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        running.run_asked(OURS, task(http, "vacuum")["waiting"]["id"])
        assert task(http, "vacuum")["last"]["state"] == "good"


def test_what_somebody_asked_for_is_not_done_twice_at_once(http, does):
    with clock.frozen(SUNDAY - timedelta(minutes=5)):
        http("ada").call("post", f"{PATH}/vacuum/runs", WHY)
    with clock.frozen(SUNDAY + timedelta(minutes=2)):
        running.run_due([OURS])
    assert "vacuum" not in {key for key, *_ in does}


def test_one_that_never_ended_is_closed_and_done_again(http, does):
    with clock.frozen(SUNDAY - timedelta(minutes=5)):
        http("ada").call("post", f"{PATH}/vacuum/runs", WHY)
    with clock.frozen(SUNDAY + timedelta(hours=5)):
        running.run_due([OURS])
        assert [each["says"] for each in http("ada").read("/operations/maintenance-runs?task=vacuum")["items"]] == [
            running.BROKEN
        ]
    with clock.frozen(SUNDAY + timedelta(hours=6, minutes=10)):
        running.run_due([OURS])
        assert task(http, "vacuum")["last"]["state"] == "good"


@pytest.mark.parametrize("who", ["ana", "sam", "bea", "fay", "otto"])
def test_nobody_else_sees_or_asks(http, who):
    for path in (PATH, "/operations/maintenance-runs"):
        assert refused(http(who).call("get", path), 404)
    assert refused(http(who).call("post", f"{PATH}/vacuum/runs", WHY), 403, "not_allowed")
    assert refused(http("ada").call("post", f"{PATH}/polish/runs", WHY), 422)


def test_what_came_of_a_task_stays(http):
    with clock.frozen(SUNDAY):
        running.run_due([OURS])
    with acting_as(OURS):
        assert MaintenanceRun.objects.update(says="x") == 0, "the policy shows none that may be changed"
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(actor("ada")), transaction.atomic():
        MaintenanceRun.objects.update(says="x")


# -- the tasks themselves


def done(key, before=None):
    return getattr(tasks, key)(OURS, before or {})


def test_vacuum_is_done_by_the_owner_on_every_table():
    found = done("vacuum")
    assert found.figures["tables"] >= 100
    assert found.says.startswith(f"{found.figures['tables']:,} tables were vacuumed and analyzed")
    with connection.cursor() as cursor, acting_as(OURS):
        cursor.execute("SELECT count(*) FROM pg_stat_user_tables WHERE last_vacuum IS NULL AND relname = 'clients'")
        assert cursor.fetchone() == (0,)


def test_a_vacuum_that_postgresql_refuses_says_so(monkeypatch, settings):
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", "nowhere")
    with pytest.raises(NotDone, match="PostgreSQL refused it"):
        done("vacuum")


def test_the_size_is_compared_with_the_last():
    size = done("disk_usage").figures["size"]
    assert done("disk_usage", {"size": size + 1024 * 1024}).says.endswith("1.0 MB less than before.")
    assert "before" not in done("disk_usage").says


def test_limits_and_devices_are_counted():
    for key, what in (("rate_limits", "expired limits"), ("devices", "expired devices")):
        assert done(key).says == f"0 {what} were removed."


def test_slow_statements_and_indexes_are_written_down(monkeypatch):
    slow = {"query": "select $1", "calls": 3, "mean_ms": 140.2, "max_ms": 200.0, "total_ms": 420.6}
    monkeypatch.setattr(database, "slow_statements", lambda: [slow])
    assert done("slow_queries").details == ("140 ms on average, 3 calls: select $1",)
    monkeypatch.setattr(database, "slow_statements", lambda: None)
    assert done("slow_queries").state is State.ATTENTION, "it is nobody's fault, and trying again does not help"
    monkeypatch.setattr(database, "unused_indexes", lambda: [{"name": "i", "table": "t", "size": 2 << 20}])
    found = done("indexes")
    assert (found.state, found.details) == (State.ATTENTION, ("i takes 2.0 MB and was never used.",))


def test_old_audit_lines_are_counted_and_none_is_removed():
    assert done("audit_retention").says == "No line of the audit trail is old enough to be purged."
