"""Django's connection as a superuser who passes for `ms_web`: faults can be put in, and everything is rolled back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from mentalspace.launch.testing import ensure_test_cluster


class Masked:
    """One transaction. Privileges and policies are those of `ms_web`, but inside `changed`, before it yields."""

    def __init__(self, dsn: str) -> None:
        connection.close()
        parameters = connection.get_connection_params() | conninfo_to_dict(dsn)
        connection.connection = connection.get_new_connection(parameters)
        connection.init_connection_state()
        connection.set_autocommit(True)
        self._cursor = connection.connection.cursor()
        self._cursor.execute("SET SESSION AUTHORIZATION ms_web")
        self._frame = transaction.atomic()
        self._frame.__enter__()

    def close(self) -> None:
        """Forget everything; the next query connects as `ms_web` again."""
        transaction.set_rollback(True)
        self._frame.__exit__(None, None, None)
        connection.close()

    @contextmanager
    def changed(self, statements: Iterable[str | tuple[str, list[Any]]]) -> Iterator[None]:
        """The database with these statements applied by a superuser, for as long as the block takes."""
        sid = transaction.savepoint()
        try:
            self.change(statements)
            yield
        finally:
            transaction.savepoint_rollback(sid)

    def change(self, statements: Iterable[str | tuple[str, list[Any]]]) -> None:
        """Apply statements as a superuser, for the rest of the transaction."""
        self._cursor.execute("RESET SESSION AUTHORIZATION; SET CONSTRAINTS ALL IMMEDIATE; RESET ROLE")
        for statement in statements:
            text, values = statement if isinstance(statement, tuple) else (statement, None)
            self._cursor.execute(sql.SQL(text), values)
        self._cursor.execute("SET CONSTRAINTS ALL DEFERRED; SET SESSION AUTHORIZATION ms_web")
        connection._sent = object()  # type: ignore[attr-defined]


@pytest.fixture
def masked(django_db_setup: None, django_db_blocker: Any) -> Iterator[Masked]:
    """For tests in which somebody with every right has been at work."""
    with django_db_blocker.unblock():
        made = Masked(f"{ensure_test_cluster()['superuser_dsn']} dbname={connection.settings_dict['NAME']}")
        yield made
        made.close()
