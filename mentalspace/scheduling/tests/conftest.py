"""Appointments to work on, and a database whose transactions really commit."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from psycopg import sql

from conftest import session_of
from mentalspace.access.actor import acting_as
from mentalspace.launch.testing import ensure_test_cluster
from tests.cast import CLEO, HERE, ID, NOW, actor
from tests.http import Http

TOMORROW = NOW + timedelta(days=1)
HOUR = timedelta(minutes=50)


def asked(client: UUID = CLEO, starts_at: datetime = TOMORROW, **more: Any) -> dict[str, Any]:
    """The body of a booking."""
    times = {"starts_at": starts_at, "ends_at": more.get("ends_at") or starts_at + HOUR}
    return {"client_id": client} | times | more


@pytest.fixture
def booked(http: Callable[[str], Http], stopped_clock: datetime) -> Callable[..., dict[str, Any]]:
    """`booked("ana")` is an appointment of hers with Cleo tomorrow at 10:00, as the API shows it."""

    def book(who: str = "ana", client: UUID = CLEO, **more: Any) -> dict[str, Any]:
        answer = http(who).call("post", "/appointments", asked(client, **more))
        assert answer.status_code == 201, answer.content
        appointment: dict[str, Any] = answer.json()["appointment"]
        return appointment

    return book


def write_note(appointment_id: str) -> str:
    """Ana begins a note about Cleo for this appointment; its id. By table, for notes are above this room."""
    note = apps.get_model("charting", "ClinicalNote")(
        practice_id=HERE,
        client_id=CLEO,
        author_id=ID["ana"],
        appointment_id=appointment_id,
        service_date=TOMORROW.date(),
    )
    with acting_as(actor("ana")):
        note.save(force_insert=True)
    return str(note.pk)


@pytest.fixture
def really_committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the tests' database of this test's own, so that commits leave nothing behind."""
    settings = connections["default"].settings_dict
    original, copy = settings["NAME"], f"race_{uuid4().hex[:8]}"
    with django_db_blocker.unblock(), psycopg.connect(ensure_test_cluster()["superuser_dsn"], autocommit=True) as boss:
        connections.close_all()
        boss.execute(sql.SQL("create database {} template {}").format(sql.Identifier(copy), sql.Identifier(original)))
        settings["NAME"] = copy
        try:
            yield
        finally:
            connections.close_all()
            settings["NAME"] = original
            boss.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(copy)))


def at_once(who: list[str], send: Callable[[Http, int], Any]) -> list[Any]:
    """Everybody's browser sends at the same moment, each from its own thread and connection; the answers in order."""
    browsers = [Http(raise_request_exception=False) for _ in who]
    for browser, name in zip(browsers, who, strict=True):
        with transaction.atomic():
            browser.cookies["session"] = session_of(name)
    ready = Barrier(len(who))

    def run(number: int) -> Any:
        try:
            ready.wait(timeout=30)
            return send(browsers[number], number)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(who)) as pool:  # the stopped clock stands in the context, so each takes a copy along
        return [sent.result() for sent in [pool.submit(copy_context().run, run, n) for n in range(len(who))]]
