"""A place in the log, and how many rows every table had exactly there."""

import time
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from mentalspace.env import Environment
from mentalspace.launch.backup.archiver import Written, read_written
from mentalspace.launch.connection import connection, database_name

Connection = psycopg.Connection[Any]

TABLES = """SELECT c.oid::regclass::text, n.nspname, c.relname
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  ORDER BY 1"""

QUIET = """SELECT pg_snapshot_xmin(s) = pg_snapshot_xmax(s), pg_current_wal_insert_lsn()::text
  FROM (SELECT pg_current_snapshot() AS s OFFSET 0) AS now"""
"""Whether nobody was writing when the snapshot was taken, and where the log is now."""

TRIES, PAUSE = 600, 0.05
"""For half a minute a moment is looked for in which nobody writes; each such moment is a fraction of a millisecond."""


class TooBusy(Exception):
    """There was no moment in which nobody was writing."""


@dataclass(frozen=True)
class Marker:
    """`lsn` is the place; `after` is behind it, so a log that reaches there holds the place itself."""

    lsn: str
    after: Written
    rows: dict[str, int]


def mark(env: Environment) -> Marker:
    """Find a moment, count every table as it was then, and write something behind it. Raises TooBusy.

    The counts are exact: no transaction was under way when the snapshot was taken, and nothing had been written between
    the place and the snapshot.
    """
    how = connection("ms_backup", env, database_name(env)).parameters()
    with psycopg.connect(**how, autocommit=True) as database:
        for _ in range(TRIES):
            lsn = database.execute("SELECT pg_current_wal_insert_lsn()::text").fetchone()
            database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            seen = database.execute(QUIET).fetchone()
            if lsn and seen and seen[0] and seen[1] == lsn[0]:
                return Marker(lsn[0], *_counted(how, database))
            database.execute("ROLLBACK")
            time.sleep(PAUSE)
    raise TooBusy


def _counted(how: dict[str, Any], database: Connection) -> tuple[Written, dict[str, int]]:
    """What lies behind the place is written at once: counting takes a while, and replaying ends at what follows."""
    with psycopg.connect(**how) as other:
        other.execute("SELECT pg_logical_emit_message(true, 'mentalspace', 'restore drill')")
        other.commit()
        after = read_written(other)
    rows = count(database)
    database.execute("ROLLBACK")
    return after, rows


def count(database: Connection) -> dict[str, int]:
    """Rows of every table, by its name."""
    found = {}
    for name, schema, table in database.execute(TABLES).fetchall():
        row = database.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))).fetchone()
        found[name] = row[0] if row else 0
    return found
