"""Questions to PostgreSQL's catalogue that several guards ask."""

from typing import Any

from django.db import connection

from mentalspace.access.catalog import SCHEMAS

OURS = f"relkind IN ('r', 'p') AND relnamespace IN {SCHEMAS}"


def rows(sql: str, *params: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def names(sql: str, *params: str) -> set[str]:
    return {name for (name,) in rows(sql, *params)}
