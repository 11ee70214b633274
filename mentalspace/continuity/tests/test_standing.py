"""How backups stand: the alarm, the schedule, and what administrators are shown."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog, SecurityIncident
from mentalspace.continuity import actions, alarm, jobs, queries, watching
from mentalspace.continuity.watching import Standing
from mentalspace.env import EnvironmentRefused, environment
from mentalspace.launch.backup import certificates, replacing, taking
from mentalspace.launch.backup.repository import Repository
from mentalspace.oversight import jobs as oversight
from mentalspace.practices.system import system_actor
from tests.cast import HERE
from tests.drilled import drilled
from tests.http import refused
from tests.mail import delivered

pytestmark = pytest.mark.django_db
OURS = system_actor(HERE)
NOW = datetime.now(UTC)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An installation whose backups nobody else writes."""
    env = replace(environment(), home=tmp_path, backups=tmp_path / "backups")
    (tmp_path / "keys").symlink_to(environment().keys)
    for module in (actions, jobs, queries):
        monkeypatch.setattr(module, "environment", lambda: env)
    return env


def as_ours(ask):
    with acting_as(OURS), transaction.atomic():
        return ask()


@pytest.mark.parametrize(
    ("since", "backup_age", "log_age", "drill_age", "overdue"),
    [
        (100, 3, 0, 5, []),
        (100, 25, 0, 25, []),
        (100, 27, 0, 25, ["backup"]),
        (100, 3, 0, 27, ["drill"]),
        (100, 3, 1, 5, ["log"]),
        (1, None, 0, None, []),
        (27, None, 0, None, ["backup", "drill"]),
        (1, None, None, None, ["log"]),
    ],
)
def test_overdue(since, backup_age, log_age, drill_age, overdue):
    def ago(hours):
        return None if hours is None else NOW - timedelta(hours=hours)

    newest: Any = None if backup_age is None else Taken(ago(backup_age))
    assert Standing(ago(since), newest, ago(log_age), ago(drill_age)).overdue(NOW) == overdue


class Taken:
    def __init__(self, began_at):
        self.began_at = began_at


def test_an_alarm_is_one_incident_a_day_and_reaches_administrators(home, monkeypatch):
    now = datetime.now(UTC)  # however long the tests have been at it
    late = Standing(now - timedelta(hours=27), None, now, None)
    monkeypatch.setattr(watching, "standing", lambda env: late)
    for _ in range(3):
        jobs.watch(OURS)
    found = as_ours(lambda: list(SecurityIncident.objects.filter(resource_type="backup")))
    assert sorted(each.incident_type for each in found) == ["backup_overdue", "restore_drill_overdue"]
    oversight.watch(OURS)
    assert len(delivered("ada@example.org")) == 2
    assert as_ours(lambda: alarm.sound(["drill"], now + timedelta(hours=25))) == 1


@pytest.mark.parametrize("trouble", [EnvironmentRefused("away"), OSError("Input/output error")])
def test_a_disk_that_is_away_is_an_alarm(home, monkeypatch, trouble):
    def away(env):
        raise trouble

    monkeypatch.setattr(watching, "standing", away)
    jobs.watch(OURS)
    assert as_ours(lambda: SecurityIncident.objects.get(resource_type="backup").incident_type) == "backups_away"


def test_a_machine_that_was_off_may_catch_up_with_its_log():
    behind = Standing(NOW, None, NOW - timedelta(hours=9), NOW)
    assert alarm.overdue(behind, NOW, started=NOW - timedelta(minutes=1)) == []
    assert alarm.overdue(behind, NOW, started=NOW - timedelta(minutes=5)) == ["log"]


def test_a_restore_is_written_into_the_trail_at_the_next_start(home):
    (home.home / replacing.NEWS).write_text(json.dumps({"moment": "2026-01-01 00:00:00 UTC"}))
    jobs.tell_of_restore(home)
    jobs.tell_of_restore(home)
    rows = as_ours(lambda: list(AuditLog.objects.filter(practice_id=HERE, event="database.restored")))
    assert [row.action_details["moment"] for row in rows] == ["2026-01-01 00:00:00 UTC"]


def test_no_backup_before_the_log_flows_and_none_too_soon_after_a_failure(home):
    repository = Repository.of(home)
    assert not jobs.needs_backup(repository, NOW)
    said = {"until": NOW.isoformat(), "lsn": "0/3000028", "segment": "000000010000000000000003"}
    repository.sign(repository.wal("7-00000001") / "coverage.json", said)
    assert jobs.needs_backup(repository, NOW)
    repository.write_state(failure="there is too little room", attempted_at=NOW.isoformat())
    assert not jobs.needs_backup(repository, NOW + timedelta(minutes=14))
    assert jobs.needs_backup(repository, NOW + timedelta(minutes=16))


@pytest.mark.parametrize(
    ("born_days_ago", "backed_up", "tried", "is_due"),
    [
        (0.05, True, None, False),  # set up this morning: tonight
        (3, True, None, True),
        (3, False, None, False),  # last night's backup first
        (3, True, ("before", True), True),
        (3, True, ("since", True), False),
        (3, True, ("since", False), False),  # a moment ago
        (3, True, ("an hour since", False), True),
    ],
)
def test_a_drill_once_a_night_and_again_until_one_passes(home, monkeypatch, born_days_ago, backed_up, tried, is_due):
    now = datetime(2026, 11, 23, 5, tzinfo=UTC)
    repository = Repository.of(home)
    monkeypatch.setattr(watching, "born", lambda env: now - timedelta(days=born_days_ago))
    monkeypatch.setattr(taking, "due", lambda bases, now: not backed_up)
    if tried:
        began = {"before": -2, "since": -0.5, "an hour since": -1.1}[tried[0]]
        at = now + timedelta(hours=began)
        done = certificates.Certificate(certificates.named(at), at, at, "", tried[1], ())
        certificates.keep(home, repository, done)
    assert jobs.needs_drill(home, repository, now) is is_due


def test_administrators_see_how_backups_stand(home, http):
    shown = http("ada").read("/backups")
    assert (shown["state"], shown["backups"], shown["drills"]) == ("here", [], [])
    assert http("mia").read("/backups")["state"] == "here"
    for name in ("ana", "sam", "fay", "bea", "otto"):
        for method, path in (("get", "/backups"), ("get", "/backups/drills/x")):
            assert http(name).call(method, path).status_code == 404
        for path in ("/backups", "/backups/drills"):
            assert http(name).call("post", path).status_code == 403


@pytest.mark.parametrize(("path", "lock"), [("/backups", "backups"), ("/backups/drills", "drill")])
def test_a_second_click_does_nothing_twice(home, http, path, lock, django_capture_on_commit_callbacks):
    ada = http("ada")
    with django_capture_on_commit_callbacks(execute=True):
        assert ada.call("post", path).status_code == 202
    assert ada.read("/backups")["backup_runs" if lock == "backups" else "drill_runs"]
    assert refused(ada.call("post", path), 409, "backup_runs")


def test_while_one_runs_no_other_is_asked_for(home, http):
    with Repository.of(home).lock("backups"):
        assert refused(http("ada").call("post", "/backups"), 409, "backup_runs")
        assert http("ada").read("/backups")["backup_runs"]


def test_backups_elsewhere_and_away(home, http, monkeypatch):
    elsewhere = replace(home, database_url="postgresql://a@b/c")
    monkeypatch.setattr(actions, "environment", lambda: elsewhere)
    monkeypatch.setattr(queries, "environment", lambda: elsewhere)
    assert http("ada").read("/backups")["state"] == "elsewhere"
    assert refused(http("ada").call("post", "/backups"), 409, "backups_elsewhere")
    away = replace(home, backups=home.home / "usb")
    monkeypatch.setattr(actions, "environment", lambda: away)
    monkeypatch.setattr(queries, "environment", lambda: away)
    assert http("ada").read("/backups")["state"] == "away"
    assert refused(http("ada").call("post", "/backups/drills"), 409, "backups_away")


def test_a_certificate_is_handed_out_only_as_it_was_signed(http):
    name = drilled()
    answer = http("ada").call("get", f"/backups/drills/{name}")
    assert certificates.verify(answer.content.decode(), certificates.public_key(environment())).id == name
    assert "attachment" in answer["Content-Disposition"]
    path = Repository.of(environment()).drills / f"{name}.json"
    path.write_text(path.read_text().replace("false", "true"))
    assert http("ada").call("get", f"/backups/drills/{name}").status_code == 404
    assert http("ada").call("get", "/backups/drills/..%2F..%2Fstate").status_code == 404
    path.unlink()
