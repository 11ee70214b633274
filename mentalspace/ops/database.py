"""What the database is busy with: the runbook's "Application Running Slowly", "Monthly Tasks" and "System Health".

Figures of the installation, from PostgreSQL's own statistics. What a web process may not see by itself
(statements, connections, the size) is told by functions of `ms_keeper`; statements stand there without the values
they were asked with.
"""

from typing import Any

from django.db import OperationalError, connection, transaction

SLOW_MS = 100
MOST = 10
NOT_LOADED = "55000"

SLOW = "select query, calls, mean_ms, max_ms, total_ms from access.slow_statements(%s, %s)"
CONNECTIONS = "select state, connections, longest_seconds from access.connections()"
SIZE = "select access.database_size()"
TABLES = """
    select s.schemaname || '.' || s.relname, pg_total_relation_size(s.relid), s.n_live_tup,
        case when s.n_live_tup + s.n_dead_tup = 0 then 0
            else s.n_dead_tup::float / (s.n_live_tup + s.n_dead_tup) end,
        greatest(s.last_vacuum, s.last_autovacuum)
    from pg_stat_user_tables s order by 2 desc, 1 limit %s
"""
MISSING = """
    select s.schemaname || '.' || s.relname, s.seq_scan, s.seq_tup_read / greatest(s.seq_scan, 1), s.n_live_tup
    from pg_stat_user_tables s
    where s.n_live_tup > 10000 and s.seq_scan > 100 and s.seq_scan > coalesce(s.idx_scan, 0) / 10
    order by s.seq_tup_read desc limit %s
"""
"""Tables of more than ten thousand rows that are often read from end to end."""

UNUSED = """
    select s.schemaname || '.' || s.indexrelname, s.schemaname || '.' || s.relname, pg_relation_size(s.indexrelid)
    from pg_stat_user_indexes s join pg_index i on i.indexrelid = s.indexrelid
    where s.idx_scan = 0 and not i.indisunique and pg_relation_size(s.indexrelid) > 1048576
    order by 3 desc limit %s
"""
"""Indexes of more than a megabyte that nothing has read since statistics began, and that guard no uniqueness."""


def load() -> dict[str, Any]:
    """The `DatabaseOut`. Six statements."""
    return {
        "size": size(),
        "slow": slow_statements(),
        "connections": connections(),
        "tables": _rows(TABLES, "name", "size", "rows", "dead_share", "vacuumed_at", given=[MOST]),
        "missing_indexes": missing_indexes(),
        "unused_indexes": unused_indexes(),
    }


def size() -> int:
    """Of the database, in bytes."""
    return int(_rows(SIZE, "size")[0]["size"])


def connections() -> list[dict[str, Any]]:
    """`{state, count, longest_seconds}` of the connections of whoever is there, by state."""
    return _rows(CONNECTIONS, "state", "count", "longest_seconds")


def most_connections() -> int:
    """How many the server lets in."""
    return int(_rows("show max_connections", "most")[0]["most"])


def missing_indexes() -> list[dict[str, Any]]:
    """`{name, scans, rows_each, rows}` of large tables that are often read from end to end."""
    return _rows(MISSING, "name", "scans", "rows_each", "rows", given=[MOST])


def unused_indexes() -> list[dict[str, Any]]:
    """`{name, table, size}` of large indexes that nothing has read."""
    return _rows(UNUSED, "name", "table", "size", given=[MOST])


def slow_statements() -> list[dict[str, Any]] | None:
    """`{query, calls, mean_ms, max_ms, total_ms}` of those over `SLOW_MS` on average. None where the
    server was started without `pg_stat_statements`."""
    try:
        with transaction.atomic():
            return _rows(SLOW, "query", "calls", "mean_ms", "max_ms", "total_ms", given=[SLOW_MS, MOST])
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != NOT_LOADED:
            raise
        return None


def _rows(statement: str, *names: str, given: list[Any] | None = None) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
