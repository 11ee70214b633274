"""`/functions/v1/health-check`: each part's state and the worst of them as the whole's; nothing more to strangers."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from mentalspace.continuity import watching
from mentalspace.env import EnvironmentRefused, environment
from mentalspace.jobs import signs
from mentalspace.ops import health
from mentalspace.storage import stores
from mentalspace.storage.tests.conftest import failing_s3, moto_port, s3, s3_at

__all__ = ["moto_port", "s3"]

pytestmark = pytest.mark.django_db
PATH = "/functions/v1/health-check"


def standing(**ago):
    """How backups stand now, whenever that is: the times are so long ago."""
    now = datetime.now(UTC)
    since, until = (now - ago.get(name, timedelta()) for name in ("since", "until"))
    return watching.Standing(since, None, until, None)


@pytest.fixture(autouse=True)
def backed_up(monkeypatch):
    """Tests run for days on one cluster that nobody backs up."""
    monkeypatch.setattr(watching, "lately", standing)


@pytest.fixture(autouse=True)
def folders(settings):
    for folder in (settings.OBJECTS, settings.SEALS):
        folder.mkdir(parents=True, exist_ok=True)


def test_all_is_well(http, monkeypatch):
    monkeypatch.setattr(health, "STARTED", time.monotonic())  # however long the tests have been at it
    answer = http(None).get(PATH)
    body = answer.json()
    assert (answer.status_code, body["status"]) == (200, "healthy")
    assert set(body) == {"timestamp", "status", "checks"}
    assert body["checks"] == dict.fromkeys(
        ("database", "auth", "storage", "audit", "worker", "alerts", "backup"), "healthy"
    )
    assert answer["Cache-Control"] == "no-store"


def broken() -> str:
    raise OperationalError("the server at 10.0.0.7 is gone: password rejected")


@pytest.mark.parametrize(
    ("part", "check", "status", "whole"),
    [
        ("storage", lambda: health.DEGRADED, 207, "degraded"),
        ("database", broken, 503, "unhealthy"),
        ("storage", lambda: health.UNHEALTHY, 503, "unhealthy"),
    ],
)
def test_the_worst_part_is_the_whole(http, monkeypatch, part, check, status, whole):
    monkeypatch.setitem(health.CHECKS, part, check)
    answer = http(None).get(PATH)
    assert (answer.status_code, answer.json()["status"], answer.json()["checks"][part]) == (status, whole, whole)
    assert b"10.0.0.7" not in answer.content


def test_a_missing_folder_is_unhealthy(http, settings, tmp_path):
    settings.OBJECTS = tmp_path / "nowhere"
    assert http(None).get(PATH).status_code == 503


@pytest.fixture
def logs(monkeypatch, tmp_path):
    """A web process that has run for long, and a home of its own to look for signs in."""
    monkeypatch.setattr(health, "STARTED", time.monotonic() - health.GRACE_SECONDS - 1)
    monkeypatch.setattr(type(environment()), "logs", tmp_path / "logs")
    return tmp_path / "logs"


def leave(logs, sign: str, seconds_ago: float) -> None:
    signs.leave(sign)
    then = time.time() - seconds_ago
    os.utime(logs / f"{sign}.alive", (then, then))


@pytest.mark.parametrize(
    ("part", "sign"), [("worker", signs.WORKER), ("audit", signs.SEALED), ("alerts", signs.ALERTS)]
)
def test_a_part_that_gives_no_sign_of_life_is_degraded(http, logs, part, sign):
    for other in health.OLDEST_SIGN.keys() - {sign}:
        leave(logs, other, 0)
    assert http(None).get(PATH).json()["checks"][part] == "degraded"
    leave(logs, sign, health.OLDEST_SIGN[sign] + 5)
    answer = http(None).get(PATH)
    assert (answer.status_code, answer.json()["checks"][part]) == (207, "degraded")
    leave(logs, sign, health.OLDEST_SIGN[sign] - 5)
    assert http(None).get(PATH).status_code == 200


def test_who_has_just_started_does_not_judge_the_worker(http, logs, monkeypatch):
    monkeypatch.setattr(health, "STARTED", time.monotonic())
    assert http(None).get(PATH).status_code == 200


@pytest.fixture
def fresh_answers():
    """No answer of the store is remembered, before or after."""
    health._store_answers.cache_clear()
    yield
    health._store_answers.cache_clear()


@pytest.mark.usefixtures("fresh_answers")
def test_a_store_that_does_not_answer_is_degraded_and_asked_once_a_while(settings, monkeypatch):
    asked: list[float] = []
    probe = stores.probe

    def noticed(seconds: float) -> None:
        asked.append(seconds)
        probe(seconds)

    monkeypatch.setattr(stores, "probe", noticed)
    monkeypatch.setattr(health, "ASKED_EVERY", 1e9)
    with failing_s3(503) as port:
        settings.S3 = s3_at(port)
        assert [health.check_storage() for _ in range(3)] == [health.DEGRADED] * 3
    assert asked == [health.PATIENCE], "however often we are asked"


@pytest.mark.usefixtures("fresh_answers")
def test_a_store_that_answers_is_healthy_and_its_silence_is_not_waited_for(settings, s3, monkeypatch):
    settings.S3 = s3.how
    assert health.check_storage() == health.HEALTHY
    health._store_answers.cache_clear()
    monkeypatch.setattr(health, "PATIENCE", 0.2)
    with failing_s3(None) as port:
        settings.S3 = s3_at(port)
        assert health.check_storage() == health.DEGRADED


def away():
    raise EnvironmentRefused("the disk is away")


def unreadable():
    raise OSError("Input/output error")


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (lambda: standing(since=timedelta(days=2)), "degraded"),
        (lambda: standing(until=timedelta(minutes=6)), "degraded"),
        (lambda: standing(until=timedelta(minutes=2)), "healthy"),
        (away, "degraded"),
        (unreadable, "degraded"),
    ],
)
def test_backups_that_stand_still_are_degraded(http, logs, monkeypatch, found, state):
    monkeypatch.setattr(watching, "lately", found)
    assert http(None).get(PATH).json()["checks"]["backup"] == state
