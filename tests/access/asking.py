"""Trying things as somebody, to see whether the database lets them. Nothing tried is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import Actor, acting_as
from tests.access.world import Row

VERBS = "racd"
"""Read, add, change, remove: as the product's own sentences name them."""

REFUSED = "42501"
FORGED = "28000"


def may(who: Actor, verb: str, row: Row) -> bool:
    """The database lets this person do this to this row. A key or check that objects comes after leave was given."""
    if verb != "a" and not row.stands:
        return False
    return bool(attempt(who, *_statement(verb, row)))


def verbs(who: Actor, row: Row) -> str:
    """Everything this person may do to this row, e.g. `rc`."""
    return "".join(verb for verb in VERBS if may(who, verb, row))


def attempt(who: Actor, sql: str, params: list[Any]) -> int:
    """Rows that the statement found or wrote; 0 when it was refused, -1 when it failed only after leave was given."""
    try:
        with passing(who), connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.rowcount
    except DatabaseError as error:
        state = getattr(error.__cause__, "sqlstate", "")
        if state == REFUSED:
            return 0
        if state.startswith("23"):
            return -1
        raise


@contextmanager
def passing(who: Actor) -> Iterator[None]:
    """Inside, statements are this person's; afterwards it is as if they had never been."""
    sid = transaction.savepoint()
    try:
        with acting_as(who):
            yield
    finally:
        transaction.savepoint_rollback(sid)


def _statement(verb: str, row: Row) -> tuple[str, list[Any]]:
    match verb:
        case "r":
            where, key = _key(row)
            return f'SELECT 1 FROM "{row.table}" WHERE {where}', key
        case "a":
            columns = ", ".join(f'"{name}"' for name in row.values)
            marks = ", ".join(["%s"] * len(row.values))
            return f'INSERT INTO "{row.table}" ({columns}) VALUES ({marks})', list(row.values.values())
        case "c":
            where, key = _key(row)
            return f'UPDATE "{row.table}" SET "{row.touch}" = "{row.touch}" WHERE {where}', key
        case _:
            where, key = _key(row)
            return f'DELETE FROM "{row.table}" WHERE {where}', key


def _key(row: Row) -> tuple[str, list[Any]]:
    return " AND ".join(f'"{name}" = %s' for name in row.key), [row.values[name] for name in row.key]


def may_move(who: Actor, row: Row, column: str, value: Any) -> bool:
    """The database lets this person write this value into this row."""
    where, key = _key(row)
    return bool(attempt(who, f'UPDATE "{row.table}" SET "{column}" = %s WHERE {where}', [value, *key]))


def count_blind(who: Actor, verb: str, row: Row) -> tuple[int, int]:
    """Rows hit by a statement that reads no column, and by one that does.

    PostgreSQL asks only for leave to write when nothing is read, so the first must not reach further.
    """
    if verb == "d":
        blind, seeing = f'DELETE FROM "{row.table}"', f'DELETE FROM "{row.table}" t WHERE t IS NOT NULL OR t IS NULL'
        return attempt(who, blind, []), attempt(who, seeing, [])
    setting = f'UPDATE "{row.table}" SET "{row.touch}" ='
    value = row.values[row.touch]
    return attempt(who, f"{setting} %s", [value]), attempt(who, f'{setting} %s WHERE "{row.key[0]}" IS NOT NULL', [value])
