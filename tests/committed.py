"""A database whose transactions really commit, and several people acting in it at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections, transaction
from psycopg import sql

from mentalspace.launch.testing import ensure_test_cluster
from tests.http import Http
from tests.sessions import session_of


@pytest.fixture
def really_committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the tests' database of this test's own, so that commits leave nothing behind."""
    both = [connections[alias].settings_dict for alias in ("default", "owner")]
    original, copy = both[0]["NAME"], f"race_{uuid4().hex[:8]}"
    with django_db_blocker.unblock(), psycopg.connect(ensure_test_cluster()["superuser_dsn"], autocommit=True) as boss:
        connections.close_all()
        boss.execute(sql.SQL("create database {} template {}").format(sql.Identifier(copy), sql.Identifier(original)))
        for settings in both:
            settings["NAME"] = copy
        try:
            yield
        finally:
            connections.close_all()
            for settings in both:
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
