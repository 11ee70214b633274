"""Every operation of the API while the practice is read-only: no write changes anything, and every read answers."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from mentalspace.access import downtime
from mentalspace.api import api
from mentalspace.core import clock
from mentalspace.people import closed
from mentalspace.storage.tests.files import upload
from tests.openapi.requests import Good, good
from tests.openapi.world import World, browser

WRITTEN = """SELECT relid::regclass::text, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
  WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"""
"""What this transaction has written so far, by table; what was undone in it counts too."""

OPERATIONS = [
    (operation["operationId"], method, path)
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method, operation in methods.items()
]
WRITES = [each for each in OPERATIONS if each[1] != "get" and not each[2].startswith("/api/operations/downtime")]
READS = [each for each in OPERATIONS if each[1] == "get"]


@pytest.fixture
def read_only(world: World) -> Iterator[None]:
    with transaction.atomic():
        body = {"reason": "The server moves to a larger disk.", "until": clock.now() + timedelta(hours=1)}
        assert browser("ada").call("post", "/operations/downtime", body).status_code == 201
        yield
        transaction.set_rollback(True)


def written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())


def sent(world: World, name: str, method: str, path: str) -> tuple[Any, set[str]]:
    """The answer to a good request, as far as there is one, and the tables it wrote to."""
    first = {key: ids[0] for key, ids in world.ids.items()}
    request = good(world).get(name) or Good("ada", {}, first)
    with transaction.atomic():
        http = browser(request.who)
        before = written()
        url = path.removeprefix("/api").format_map(Ids(first | request.path))
        if request.file is None:
            answer = http.call(method, url, None if method == "get" else request.body)
        else:
            answer = upload(http, url, request.file, request.file_name, **request.body)
        after = written()
        transaction.set_rollback(True)
    return answer, {table for table, count in after.items() if count != before.get(table, 0)}


class Ids(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return {"checklist": "morning", "provider": "resend"}.get(key) or str(uuid4())


@pytest.mark.usefixtures("read_only")
def test_every_write_is_refused_at_the_door(world: World) -> None:
    for name, method, path in WRITES:
        if path.startswith(closed.OPEN) or path.endswith(closed.TO_READ):
            continue
        answer, tables = sent(world, name, method, path)
        assert (answer.status_code, answer.json()["code"]) == (503, "read_only"), (name, answer.content)
        assert int(answer["Retry-After"]) >= 60
        assert tables <= {"sessions", "rate_limits"}, name


@pytest.mark.usefixtures("read_only")
def test_without_the_door_the_database_lets_nothing_be_changed(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(closed, "answer", lambda request: None)
    refused = set()
    for name, method, path in WRITES:
        answer, tables = sent(world, name, method, path)
        assert tables <= downtime.NOT_HELD.keys() | {"notification_logs"}, name  # identity's mails wait in the outbox
        assert answer.status_code < 500 or answer.json()["code"] == "read_only", (name, answer.content)
        if answer.status_code == 503:
            refused.add(name)
    assert len(refused) > 80, "good requests were refused by nothing else"


@pytest.mark.usefixtures("read_only")
def test_every_read_answers_as_before(world: World) -> None:
    for name, method, path in READS:
        answer, tables = sent(world, name, method, path)
        assert answer.status_code < 500, (name, answer.content)
        assert tables <= downtime.NOT_HELD.keys(), name
