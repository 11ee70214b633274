"""`python -m mentalspace.launch.vacuum DATABASE`: VACUUM ANALYZE of every table of the product.

As the owner, which no process that serves people ever is; so in one of its own. Says as JSON what came of it.
"""

import json
import sys
import time
from typing import Any

import psycopg
from psycopg import sql

from mentalspace.launch.connection import connection

TABLES = """SELECT n.nspname, c.relname FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_stat_all_tables s ON s.relid = c.oid
  WHERE c.relkind IN ('r', 'p', 'm') AND c.relowner = current_user::regrole
  ORDER BY s.last_vacuum NULLS FIRST, 1, 2"""
"""What has waited longest comes first."""

DEAD = "SELECT coalesce(sum(n_dead_tup), 0)::bigint FROM pg_catalog.pg_stat_all_tables WHERE schemaname !~ '^pg_'"

MISSED = """SELECT format('%%I.%%I', s.schemaname, s.relname) FROM pg_catalog.pg_stat_all_tables s
  JOIN pg_catalog.pg_class c ON c.oid = s.relid
  WHERE c.relkind = 'r' AND c.relowner = current_user::regrole AND (s.last_vacuum IS NULL OR s.last_vacuum < %s)
  ORDER BY 1"""


def vacuum(database: psycopg.Connection[Any]) -> dict[str, Any]:
    """`{tables, missed, dead_rows, seconds}`. A table that something holds is left out rather than waited for."""
    began = time.monotonic()
    at = _one(database, "SELECT clock_timestamp()")
    dead = _one(database, DEAD)
    tables = database.execute(TABLES).fetchall()
    for table in tables:
        database.execute(sql.SQL("VACUUM (ANALYZE, SKIP_LOCKED) {}").format(sql.Identifier(*table)))
    missed = [name for (name,) in database.execute(MISSED, [at]).fetchall()]
    seconds = round(time.monotonic() - began, 1)
    return {"tables": len(tables) - len(missed), "missed": missed, "dead_rows": dead, "seconds": seconds}


def _one(database: psycopg.Connection[Any], statement: str) -> Any:
    row = database.execute(statement).fetchone()
    return row[0] if row else None


def main(dbname: str) -> None:
    with psycopg.connect(connection("ms_owner", dbname=dbname).dsn(), autocommit=True) as database:
        print(json.dumps(vacuum(database)))


if __name__ == "__main__":
    main(sys.argv[1])
