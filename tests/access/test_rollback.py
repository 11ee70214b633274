"""A handled error never commits: whatever a view wrote before it failed is gone, its job too, in any kind of view."""

import pytest
from django.db import connection

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit.models import REFUSED, AuditLog
from mentalspace.clients.models import ClientFavorite
from tests.cast import HERE, ID, actor

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.urls")]


def left_behind():
    """(favorites, jobs) of Ana's."""
    with acting_as(actor("ana")):
        favorites = ClientFavorite.objects.count()
    with acting_as(Actor(HERE, ID["ana"], "ms_jobs")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args->>'actor' = %s", [str(actor("ana"))])
        return favorites, cursor.fetchone()[0]


@pytest.mark.parametrize("kind", ["write", "plain"])
@pytest.mark.parametrize(("how", "status"), [("404", 404), ("403", 403), ("500", 500)])
def test_a_failure_takes_back_what_was_written(http, kind, how, status):
    ana = http("ana")
    assert ana.post(f"/probe/{kind}/{how}").status_code == status
    assert left_behind() == (0, 0)
    assert ana.read("/me")["id"] == str(ID["ana"])


@pytest.mark.parametrize("kind", ["write", "plain"])
def test_a_job_exists_if_and_only_if_its_transaction_commits(http, kind):
    assert http("ana").post(f"/probe/{kind}/fine").status_code == 200
    assert left_behind() == (1, 1)


def test_what_must_survive_a_refusal_does(http):
    assert http("ana").post("/probe/write/409").status_code == 409
    assert left_behind() == (0, 0)
    with acting_as(actor("ada")):
        assert [row.action_details["code"] for row in AuditLog.objects.filter(action_type=REFUSED)] == ["refused"]


def failing_later(get_response):
    def middleware(request):
        get_response(request)
        raise ValueError("an inner middleware, after the view wrote")

    return middleware


def test_a_failure_after_the_view_takes_it_back_too(http, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.access.test_rollback.failing_later"]
    ana = http("ana")
    assert ana.post("/probe/plain/fine").status_code == 500
    assert left_behind() == (0, 0)


@pytest.mark.parametrize(
    ("attack", "error"),
    [
        ("ROLLBACK TO SAVEPOINT s", "does not exist"),
        ("SET LOCAL ROLE ms_identity; SELECT * FROM users", "actor is not"),
        ("RESET ROLE; SELECT * FROM clinical_notes", "permission denied"),
        ("INSERT INTO procrastinate_jobs (task_name, args) VALUES ('x', '{}')", "permission denied"),
        ("SELECT * FROM sessions", "permission denied"),
        ("SELECT * FROM access.keys", "permission denied"),
    ],
)
def test_injection_through_a_hole_in_a_view(http, attack, error, caplog):
    ana = http("ana")
    answer = ana.post("/probe/sql", data={"sql": attack}, content_type="application/json")
    assert answer.status_code in (403, 500)
    assert b"Cleo" not in answer.content
    assert error in caplog.text or answer.status_code == 403
    assert [item["name"] for item in ana.read("/clients")["items"]] == ["Cleo Client"]
