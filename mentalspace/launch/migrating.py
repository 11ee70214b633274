"""What holds for whoever migrates: `up`, `migrate` and `upgrade`. Django is set up."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from mentalspace.env import EnvironmentRefused
from mentalspace.launch.connection import connection

NOTE = "upgrade.json"
"""In the home, from the backup of an upgrade to its end: what it is about."""

LOCK = 4_202_311
"""An advisory lock of the database, so that machines that share one see each other."""

PATIENCE = 900.0

UNFINISHED = """SELECT n.nspname, c.relname FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relowner = current_user::regrole AND n.nspname !~ '^pg_'"""


@contextmanager
def alone() -> Iterator[None]:
    """One at a time migrates a database. Asked for again and again: whoever waits in a statement would hold up indexes
    that are made concurrently. Raises EnvironmentRefused after a quarter of an hour."""
    with psycopg.connect(connection("ms_owner", dbname=_name()).dsn(), autocommit=True) as database:
        deadline = time.monotonic() + PATIENCE
        while not _asked(database):
            if time.monotonic() > deadline:
                raise EnvironmentRefused("Somebody else has been migrating this database for a quarter of an hour.")
            time.sleep(0.5)
        yield


def _asked(database: psycopg.Connection[tuple[bool]]) -> bool:
    row = database.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
    return bool(row and row[0])


def drop_unfinished_indexes() -> None:
    """What a killed or impatient CREATE INDEX CONCURRENTLY left, which nothing uses and everything keeps up to date."""
    with psycopg.connect(connection("ms_owner", dbname=_name()).dsn(), autocommit=True) as database:
        for name in database.execute(UNFINISHED).fetchall():
            database.execute(sql.SQL("DROP INDEX IF EXISTS {}").format(sql.Identifier(*name)))


def _name() -> str:
    from django.db import connections

    return str(connections["owner"].settings_dict["NAME"])
