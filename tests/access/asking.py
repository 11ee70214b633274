"""Trying things as somebody, to see whether the database lets them. Nothing tried is kept."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import psycopg
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import Actor, acting_as
from tests.access.rows import Row

VERBS = "racd"
"""Read, add, change, remove: as the product's own sentences name them."""

REFUSED = "42501"
FORGED = "28000"
ENTER = "SAVEPOINT asking; SELECT set_config('role', %s, true), set_config('ms.actor', %s, true)"
LEAVE = "ROLLBACK TO SAVEPOINT asking; RELEASE SAVEPOINT asking"


def may(who: Actor, verb: str, row: Row) -> bool:
    """The database lets this person do this to this row. A key or check that objects comes after leave was given."""
    if verb != "a" and not row.stands:
        return False
    return bool(attempt(who, *_statement(verb, row)))


def verbs(who: Actor, row: Row) -> str:
    """Everything this person may do to this row, e.g. `rc`."""
    return "".join(verb for verb in VERBS if may(who, verb, row))


def attempt(who: Actor, sql: str, params: list[Any]) -> int:
    """Rows that the statement found or wrote; 0 when it was refused, -1 when it failed only after leave was given.

    One round trip, past Django, because there are thousands of these.
    """
    cursor = psycopg.ClientCursor(connection.connection)
    connection._sent = None  # type: ignore[attr-defined]  # what the backend knows of the actor no longer holds
    try:
        cursor.execute(f"{ENTER}; {sql}; {LEAVE}", [who.audience, _signed(who, int(time.time()) // 60), *params])
    except psycopg.Error as error:
        cursor.execute(LEAVE)
        state = error.sqlstate or ""
        if state == REFUSED:
            return 0
        if state.startswith("23"):
            return -1
        raise
    cursor.nextset()
    cursor.nextset()
    return cursor.rowcount


@lru_cache(maxsize=64)
def _signed(who: Actor, minute: int) -> str:
    return who.signed()


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


def may_move(who: Actor, row: Row, column: str, value: Any, *, even_unseen: bool = False) -> bool:
    """The database lets this person write this value into this row.

    `even_unseen`: or into others, by a statement that reads nothing and so needs no leave to see row or result.
    """
    if even_unseen and spreads(who, row.table, column, value):
        return True
    where, key = _key(row)
    return bool(attempt(who, f'UPDATE "{row.table}" SET "{column}" = %s WHERE {where}', [value, *key]))


def spreads(who: Actor, table: str, column: str, value: Any) -> bool:
    """Written into every row, this value gets further when nothing is read than it does into what one sees."""
    write = f'UPDATE "{table}" SET "{column}" = %s'
    seeing = attempt(who, f'{write} WHERE "{column}" IS NULL OR "{column}" IS NOT NULL', [value])
    return attempt(who, write, [value]) not in (0, seeing)


def count_blind(who: Actor, verb: str, row: Row) -> tuple[int, int]:
    """Rows hit by a statement that reads no column, and by one that does.

    PostgreSQL asks only for leave to write when nothing is read, so the first must not reach further.
    """
    if verb == "d":
        blind, values = f'DELETE FROM "{row.table}"', []
    else:
        blind, values = f'UPDATE "{row.table}" SET "{row.touch}" = %s', [row.values[row.touch]]
    return attempt(who, blind, values), attempt(who, f'{blind} WHERE "{row.key[0]}" IS NOT NULL', values)


def is_forgery_refused(who: Actor, verb: str, row: Row) -> bool:
    """The same request, with the last digit of the signature changed, fails."""
    signed = who.signed()
    forged = signed[:-1] + ("0" if signed[-1] != "0" else "1")
    try:
        with passing(who), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('ms.actor', %s, true)", [forged])
            cursor.execute(*_statement(verb, row))
    except DatabaseError as error:
        return getattr(error.__cause__, "sqlstate", "") == FORGED
    return False
