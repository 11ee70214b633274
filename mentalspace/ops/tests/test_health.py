"""`/functions/v1/health-check`: each part's state and the worst of them as the whole's; nothing more to strangers."""

import pytest
from django.db import OperationalError

from mentalspace.ops import health

pytestmark = pytest.mark.django_db
PATH = "/functions/v1/health-check"


@pytest.fixture(autouse=True)
def folders(settings):
    for folder in (settings.OBJECTS, settings.SEALS):
        folder.mkdir(parents=True, exist_ok=True)


def test_all_is_well(http):
    answer = http(None).get(PATH)
    body = answer.json()
    assert (answer.status_code, body["status"]) == (200, "healthy")
    assert set(body) == {"timestamp", "status", "checks"}
    assert body["checks"] == dict.fromkeys(("database", "auth", "storage", "audit"), "healthy")
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
