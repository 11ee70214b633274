"""What the product looks at by itself, the checklists made of it, and who signed them."""

import ssl
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.incidents import raise_incident
from mentalspace.audit.models import AuditLog
from mentalspace.continuity.watching import Standing
from mentalspace.core import clock
from mentalspace.jobs import signs
from mentalspace.jobs.worker import load_jobs
from mentalspace.launch.backup.repository import Base
from mentalspace.notify.models import Notification
from mentalspace.notify.outbox import queue
from mentalspace.ops import database, errors, probe
from mentalspace.ops.checklists import digest
from mentalspace.ops.checks import machine, running, work
from mentalspace.ops.checks.registry import CHECKS, Finding
from mentalspace.ops.metrics.rules import State
from mentalspace.ops.models import ChecklistSignature, CheckResult
from mentalspace.practices.system import system_actor
from tests.cast import HERE, ID, NOW, actor
from tests.http import refused
from tests.mail import delivered

pytestmark = pytest.mark.django_db
OURS = system_actor(HERE)
WELL = {"database": "healthy", "storage": "healthy"}


@pytest.fixture(autouse=True)
def quiet(monkeypatch, tmp_path):
    """An installation where nothing is wrong."""
    monkeypatch.setattr(probe, "parts", lambda: WELL)
    monkeypatch.setattr(errors, "file", lambda: tmp_path / "errors.jsonl")
    monkeypatch.setattr(signs, "age", lambda name: 1.0)
    monkeypatch.setattr(signs, "noted", lambda name: {"failed": {}, "oldest_seconds": 0})


def made(name, at=None):
    with acting_as(OURS):
        return CHECKS[name].make(OURS, at or clock.now())


def shown(browser, name):
    return next(each for each in browser.read("/operations/checks") if each["name"] == name)


def test_every_check_is_made_and_kept_with_since_when(http, stopped_clock):
    assert {each["state"] for each in http("ada").read("/operations/checks")} == {"unknown"}
    running.run_all(OURS)
    first = shown(http("ada"), "incidents")
    assert (first["state"], first["says"]) == ("good", "None is open.")
    with clock.frozen(NOW + timedelta(minutes=5)):
        running.run_all(OURS)
        again = shown(http("ada"), "incidents")
    assert again["since"] == first["since"]
    assert again["checked_at"] > first["checked_at"]
    assert {each["state"] for each in http("olga").read("/operations/checks")} == {"unknown"}
    for who in ("ana", "sam", "bea", "fay", "otto"):
        assert refused(http(who).call("get", "/operations/checks"), 404)


def test_a_check_that_cannot_be_made_never_counts_as_good(http, monkeypatch, stopped_clock):
    monkeypatch.setattr(probe, "parts", lambda: 1 / 0)
    running.run_all(OURS)
    assert shown(http("ada"), "health")["state"] == "unknown"
    assert shown(http("ada"), "incidents")["state"] == "good", "it keeps no other from being made"
    with clock.frozen(NOW + timedelta(minutes=16)):
        old = shown(http("ada"), "incidents")
    assert (old["state"], old["says"]) == ("unknown", "Not looked at any more. Before: None is open.")


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        (WELL, State.GOOD),
        (WELL | {"storage": "degraded"}, State.ATTENTION),
        (WELL | {"database": "unhealthy"}, State.BAD),
        (None, State.BAD),
    ],
)
def test_health_is_what_users_are_told(monkeypatch, parts, state):
    monkeypatch.setattr(probe, "parts", lambda: parts)
    assert made("health").state is state


def test_a_line_of_the_schedule_that_is_silently_off_is_named(monkeypatch):
    load_jobs()
    assert made("schedule").state is State.GOOD
    monkeypatch.setattr(signs, "age", lambda name: float("inf") if name == "storage.check" else 1.0)
    found = made("schedule", datetime.now().astimezone() + timedelta(days=2))
    assert found.state is State.BAD
    assert found.details == ("storage.check has not gone well at its last time.",)


def test_jobs_that_failed_or_wait(monkeypatch):
    for told, state in (
        ({"failed": {"document.read": 2}, "oldest_seconds": 3}, State.ATTENTION),
        ({"failed": {}, "oldest_seconds": 900}, State.BAD),
        ({}, State.UNKNOWN),
    ):
        monkeypatch.setattr(signs, "noted", lambda name, told=told: told)
        assert made("jobs").state is state
    monkeypatch.setattr(signs, "noted", lambda name: {"failed": {}, "oldest_seconds": 0})
    monkeypatch.setattr(signs, "age", lambda name: 3600.0)
    assert made("jobs").state is State.UNKNOWN, "a dead worker's last word is none"


def test_messages_that_are_overdue_given_up_or_tried_again():
    with acting_as(actor("ada")):
        row = queue(kind="correspondence.test", values={}, email="a@example.org", recipient=ID["ana"])
    assert made("messages").state is State.GOOD
    assert made("messages", clock.now() + timedelta(minutes=11)).state is State.BAD
    with acting_as(OURS):
        row.write(error_message="Away.", next_attempt_at=clock.now() + timedelta(hours=1))
    assert made("messages").says == "1 message is being tried again."
    with acting_as(OURS):
        row.write(next_attempt_at=None)
    assert made("messages").says == "1 message was given up within a day."


def test_backups_that_are_overdue_or_not_made_yet(monkeypatch):
    base = Base.__new__(Base)
    object.__setattr__(base, "began_at", NOW)
    for standing, state in (
        (Standing(NOW, base, NOW, NOW), State.GOOD),
        (Standing(NOW, None, NOW, None), State.ATTENTION),
        (Standing(NOW - timedelta(hours=27), None, NOW, NOW), State.BAD),
        (Standing(NOW, base, NOW - timedelta(minutes=6), NOW), State.BAD),
    ):
        monkeypatch.setattr("mentalspace.continuity.watching.standing", lambda env, standing=standing: standing)
        assert made("backup", NOW).state is state


def test_incidents_that_nobody_has_resolved():
    with acting_as(actor("ana")):
        raise_incident(kind="odd", severity="medium", description="Something odd")
    assert made("incidents").state is State.ATTENTION
    with acting_as(actor("ana")):
        raise_incident(kind="odd", severity="critical", description="Something odd")
    found = made("incidents")
    assert (found.state, found.details) == (State.BAD, ("1 critical one.", "1 medium one."))


def test_errors_are_counted_by_place_and_kind_and_say_nothing_of_what_was_said(tmp_path, settings):
    import logging

    handler = errors.Errors(level=logging.ERROR)
    logger = logging.Logger("mentalspace.test")
    logger.addHandler(handler)
    assert made("errors").state is State.GOOD
    try:
        raise ValueError("Cleo Client")
    except ValueError:
        logger.exception("it failed for Cleo Client")
    logger.error("plainly")
    logger.warning("not an error")
    found = made("errors")
    assert (found.state, found.says) == (State.ATTENTION, "2 errors since 8 pm yesterday.")
    assert set(found.details) == {"mentalspace.test: ValueError, 1 time.", "mentalspace.test: error, 1 time."}
    assert "Cleo" not in (tmp_path / "errors.jsonl").read_text()
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert made("errors").state is State.GOOD


def test_a_certificate_that_ends_soon(monkeypatch, settings):
    assert made("certificate").state is State.GOOD
    settings.PUBLIC_URL = "https://practice.example"
    for days, state in ((60, State.GOOD), (20, State.ATTENTION), (6, State.BAD), (-1, State.BAD)):
        monkeypatch.setattr(machine, "certificate_end", lambda host, port, days=days: NOW + timedelta(days=days))
        assert made("certificate", NOW).state is state

    def refuses(host, port):
        raise ssl.SSLCertVerificationError("certificate has expired")

    monkeypatch.setattr(machine, "certificate_end", refuses)
    assert made("certificate", NOW).state is State.BAD, "one that has ended is not unknown"


def test_clocks_and_disk(monkeypatch):
    monkeypatch.setattr(machine, "is_kept_right", lambda: True)
    assert made("clock").state is State.GOOD
    monkeypatch.setattr(machine, "is_kept_right", lambda: False)
    assert made("clock").state is State.ATTENTION
    monkeypatch.undo()
    assert machine.is_kept_right() in (True, False)
    assert made("disk").says.endswith("%).")


@pytest.mark.parametrize(
    ("taken", "longest", "state"),
    [(20, 1.0, State.GOOD), (20, 31.0, State.ATTENTION), (80, 1.0, State.ATTENTION), (96, 1.0, State.BAD)],
)
def test_connections_that_run_out_and_a_statement_that_does_not_end(monkeypatch, taken, longest, state):
    rows = [{"state": "idle", "count": taken - 1, "longest_seconds": 900.0}]
    rows += [{"state": "active", "count": 1, "longest_seconds": longest}]
    monkeypatch.setattr(database, "connections", lambda: rows)
    monkeypatch.setattr(database, "most_connections", lambda: 100)
    assert made("connections").state is state


def test_checks_are_made_when_their_minutes_have_passed(stopped_clock):
    running.run_due(OURS)
    with acting_as(OURS):
        first = dict(CheckResult.objects.values_list("check_name", "checked_at"))
    with clock.frozen(NOW + timedelta(seconds=59)):
        running.run_due(OURS)
    with acting_as(OURS):
        again = dict(CheckResult.objects.values_list("check_name", "checked_at"))
    waited = {name for name in CHECKS if again[name] == first[name]}
    assert waited == {"certificate", "anomalies", "maintenance"}


def test_performance_is_unknown_until_something_was_measured(monkeypatch):
    assert made("performance").state is State.UNKNOWN
    monkeypatch.setattr(work, "figures", lambda now, within: {"api_response": 0.1, "uptime": 1.0})
    assert made("performance").state is State.GOOD
    monkeypatch.setattr(work, "figures", lambda now, within: {"api_response": 2.5, "uptime": 1.0, "page_load": None})
    found = made("performance")
    assert (found.state, found.details) == (State.BAD, ("API response misses its target.",))


@pytest.fixture
def all_good(monkeypatch):
    for name, each in CHECKS.items():
        good = type(each)(each.name, each.title, each.fix, each.page, lambda by, now: Finding(State.GOOD, "Fine."))
        monkeypatch.setitem(CHECKS, name, good)


PATH = "/operations/checklists/morning"


def test_a_checklist_is_signed_once_a_day_as_it_stood(http, all_good, stopped_clock):
    running.run_all(OURS)
    ada = http("ada")
    assert [line["title"] for line in ada.read(PATH)["lines"]][3] == "Check storage usage (should be < 80%)"
    without = [line for line in ada.read(PATH)["lines"] if line["state"] != "good"]
    remark = "" if not without else "The backup is looked at by hand."
    signed = ada.call("post", f"{PATH}/signed", {"remark": remark})
    assert signed.status_code == 201, signed.content
    assert signed.json()["signature"]["signed_by"] == "Ada Cast"
    assert refused(http("mia").call("post", f"{PATH}/signed", {"remark": "x"}), 409, "already_signed")
    assert len(http("mia").read("/operations/signed-checklists")["items"]) == 1
    with clock.frozen(NOW + timedelta(days=1)):
        assert http("ada").read(PATH)["signature"] is None
    with acting_as(actor("ada")):
        assert AuditLog.objects.filter(event="checklist.signed").count() == 1
    assert http("olga").read("/operations/signed-checklists")["items"] == []
    for who in ("ana", "otto"):
        assert refused(http(who).call("get", PATH), 404)
        assert refused(http(who).call("post", f"{PATH}/signed", {"remark": "x"}), 403, "not_allowed")


def test_what_is_not_good_is_signed_with_words_only(http, stopped_clock):
    assert refused(http("ada").call("post", f"{PATH}/signed", {}), 422)
    assert http("ada").call("post", f"{PATH}/signed", {"remark": "Robin looks into it."}).status_code == 201
    (kept,) = http("ada").read("/operations/signed-checklists")["items"]
    assert kept["remark"] == "Robin looks into it."
    assert {line["state"] for line in kept["lines"]} == {"unknown"}
    assert http("otto").call("get", "/operations/signed-checklists").status_code == 404


@pytest.mark.parametrize("change", ["UPDATE checklist_signatures SET remark = 'x'", "DELETE FROM checklist_signatures"])
def test_a_signed_checklist_stays_as_it_is_whoever_asks(http, stopped_clock, change):
    http("ada").call("post", f"{PATH}/signed", {"remark": "x"})
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        acting_as(actor("ada")),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    with acting_as(actor("ada")):
        assert ChecklistSignature.objects.get().remark == "x"


def test_administrators_are_told_each_morning_once(http, all_good):
    seven = NOW.replace(hour=12, minute=5)  # 7:05 in New York
    with clock.frozen(seven - timedelta(minutes=10)):
        assert digest.send_when_due(OURS) == 0
    with clock.frozen(seven):
        running.run_all(OURS)
        assert digest.send_when_due(OURS) == 2
        assert digest.send_when_due(OURS) == 0
        (letter,) = delivered("ada@example.org")
    assert "checks of Here are good" in letter.body
    assert "Nothing needs you." in letter.body
    assert letter.subject == "How things stand this morning"
    with clock.frozen(seven + timedelta(hours=2)):
        assert digest.send_when_due(OURS) == 0
    with acting_as(OURS):
        assert Notification.objects.filter(kind=digest.KIND).count() == 2
    assert delivered("olga@example.org") == []


def test_checks_that_are_gone_are_forgotten(http, stopped_clock):
    with acting_as(OURS):
        values = {"state": "good", "says": "x", "checked_at": NOW, "since": NOW}
        CheckResult(practice_id=HERE, check_name="gone", **values).save(force_insert=True)
    running.run_all(OURS)
    with acting_as(OURS):
        assert not CheckResult.objects.filter(check_name="gone").exists()


def test_somebody_asks_for_the_checks_now(http):
    assert http("ada").call("post", "/operations/checks").status_code == 202
    for who in ("ana", "otto"):
        assert refused(http(who).call("post", "/operations/checks"), 404)
