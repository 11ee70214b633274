"""One table out of a backup: what was different then, and putting it back.

The database is restored beside the running one, the two tables are compared by primary key, and nothing is changed
until that is asked for. Then rows that are gone are put back and rows that differ are set to what they were; rows that
came later stay. It is one transaction under the product's own rules: what a trigger or a foreign key refuses changes
nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch.backup import restoring
from mentalspace.launch.backup.repository import Repository
from mentalspace.launch.backup.restoring import Target
from mentalspace.launch.connection import database_name, superuser

Connection = psycopg.Connection[Any]
SCHEMA = "restored"
"""Rows of the restored table in the live database, for as long as the comparison takes."""

KEY = """SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
  WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int2[], a.attnum)"""

COLUMNS = """SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
  AND attgenerated = '' ORDER BY attnum"""

NEVER = ("audit_logs", "audit_chain")
"""Evidence is not put back piece by piece: a chain that was patched proves nothing."""


@dataclass(frozen=True)
class Difference:
    """How a table then differs from the table now: rows that are gone, rows that differ, rows that came later."""

    table: str
    gone: int
    changed: int
    later: int


def compare(env: Environment, moment: datetime | None, table: str, *, apply: bool) -> Difference:
    """The difference between a table at a moment and now; with `apply`, undone as far as rows went or changed.

    The database of `env` runs. Raises EnvironmentRefused, among others when the database refuses a row.
    """
    repository = Repository.of(env)
    base = restoring.choose(repository, moment)
    with psycopg.connect(**superuser(env, database_name(env)).parameters()) as live:
        _refuse_unknown(live, table)
        with (
            restoring.beside(env, repository, base, Target(moment), env.home / "comparing") as (side, _),
            psycopg.connect(**superuser(side).parameters()) as then,
        ):
            columns = _columns_of_both(then, live, table)
            _carry(then, live, table, columns)
        found = _difference(live, table, columns)
        if apply:
            _put_back(live, table, columns)
            live.commit()
        else:
            live.rollback()
    return found


def _refuse_unknown(live: Connection, table: str) -> None:
    row = live.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone()
    if not row or not row[0]:
        raise EnvironmentRefused(f"There is no table {table}.")
    if table.rpartition(".")[2] in NEVER:
        raise EnvironmentRefused(f"{table} is evidence: it comes back with a full restore only.")
    if not live.execute(KEY, [table]).fetchall():
        raise EnvironmentRefused(f"{table} has no primary key to compare its rows by.")


def _columns_of_both(then: Connection, live: Connection, table: str) -> list[str]:
    """Columns that the table had then and has now; the table may have been made or changed in between."""
    row = then.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone()
    if not row or not row[0]:
        raise EnvironmentRefused(f"There was no table {table} at that moment.")
    had = {name for (name,) in then.execute(COLUMNS, [table]).fetchall()}
    return [name for (name,) in live.execute(COLUMNS, [table]).fetchall() if name in had]


def _carry(then: Connection, live: Connection, table: str, columns: list[str]) -> None:
    """Copy the rows into a temporary table of the live session: nobody else can see it, and it goes with it."""
    live.execute(
        sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
            sql.Identifier(SCHEMA), _listed(columns), _named(table)
        )
    )
    out = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT (FORMAT binary)").format(_listed(columns), _named(table))
    into = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(SCHEMA))
    with then.cursor().copy(out) as source, live.cursor().copy(into) as target:
        for piece in source:
            target.write(piece)


def _difference(live: Connection, table: str, columns: list[str]) -> Difference:
    parts = _parts(live, table, columns)
    counts = [
        "SELECT count(*) FROM {old} o WHERE NOT EXISTS (SELECT FROM {now} n WHERE {same})",
        "SELECT count(*) FROM {old} o JOIN {now} n ON {same} WHERE {differ}",
        "SELECT count(*) FROM {now} n WHERE NOT EXISTS (SELECT FROM {old} o WHERE {same})",
    ]
    numbers = [live.execute(sql.SQL(text).format(**parts)).fetchone() for text in counts]
    return Difference(table, *(int(row[0]) for row in numbers if row))


def _put_back(live: Connection, table: str, columns: list[str]) -> None:
    parts = _parts(live, table, columns)
    statements = [
        "UPDATE {now} n SET {set} FROM {old} o WHERE {same} AND {differ}",
        "INSERT INTO {now} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {old} o"
        " WHERE NOT EXISTS (SELECT FROM {now} n WHERE {same})",
    ]
    try:
        for text in statements:
            live.execute(sql.SQL(text).format(**parts))
        live.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.Error as refusal:
        raise EnvironmentRefused(
            f"Nothing was changed: the database refuses these rows of {table}: {refusal.diag.message_primary}"
        ) from None


def _parts(live: Connection, table: str, columns: list[str]) -> dict[str, sql.Composable]:
    key = [name for (name,) in live.execute(KEY, [table]).fetchall()]
    rest = [name for name in columns if name not in key] or key
    return {
        "old": sql.Identifier(SCHEMA),
        "now": _named(table),
        "columns": _listed(columns),
        "same": sql.SQL(" AND ").join(_pairs(key, "{n} = {o}")),
        "differ": sql.SQL("({})").format(sql.SQL(" OR ").join(_pairs(rest, "{n}::text IS DISTINCT FROM {o}::text"))),
        "set": sql.SQL(", ").join(
            sql.SQL("{} = {}").format(sql.Identifier(name), sql.Identifier("o", name)) for name in rest
        ),
    }


def _pairs(names: list[str], pattern: str) -> Iterator[sql.Composable]:
    return (sql.SQL(pattern).format(n=sql.Identifier("n", name), o=sql.Identifier("o", name)) for name in names)


def _listed(columns: list[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _named(table: str) -> sql.Composable:
    return sql.Identifier(*table.split("."))
