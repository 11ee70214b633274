"""The matrix against a database: every difference, one sentence each, as they are found."""

from collections.abc import Iterable, Iterator

import psycopg
from django.db import connection

from mentalspace.access.actor import Actor
from mentalspace.access.audiences import AUDIENCES, combined_roles
from tests.access import asking, matrix
from tests.access.rows import Row, actor
from tests.access.world import World
from tests.cast import NEXT_DOOR

STRANGERS = ("otto", "olga")

NOT_OURS = ("next door", "next door, in the library", "next door, of a form", "of any job", "of every practice")
"""Rows that are Otto's and Olga's too, or nobody's."""

STEPWISE = ("alert_webhook_deliveries", "client_portal_access", "notification_logs", "reminder_logs")
"""Tables of which one may change some rows in one way only: a statement over all of them is refused as a whole."""

Cell = tuple[str, str, str, str]


def differences(w: World, tables: Iterable[str] = matrix.GRIDS, first: str = "") -> Iterator[str]:
    """Each way in which the database does other than the matrix says. `first` is an audience to begin with."""
    for table in tables:
        if table in matrix.CLOSED:
            yield from _closed(table)
            continue
        grid = [cell for cell in matrix.cells() if cell[0] == table]
        grid.sort(key=lambda cell: actor(cell[2]).audience != first)
        yield from _cells(w, grid)
        yield from _strangers(w, table)
        yield from _moves(w, table)
        yield from _next_door(w, grid)
        yield from _seizures(w, table)
        yield from _blind(w, grid)
        yield from _forged(w, grid)


def row_of(w: World, table: str, label: str, who: Actor) -> Row:
    row = w.rows[table][label]
    return row if isinstance(row, Row) else row(who.person)


def _cells(w: World, grid: list[Cell]) -> Iterator[str]:
    for table, label, name, expected in grid:
        who = actor(name)
        found = asking.verbs(who, row_of(w, table, label, who))
        if found != expected:
            yield f"{table} · {label} · {name}: {found or '-'} and not {expected or '-'}"


def _strangers(w: World, table: str) -> Iterator[str]:
    for label in w.rows[table]:
        for name in STRANGERS if label not in NOT_OURS else ():
            who = actor(name)
            if found := asking.verbs(who, row_of(w, table, label, who)):
                yield f"{table} · {label} · {name}: {found} and not -"


def _moves(w: World, table: str) -> Iterator[str]:
    for of, label, name, column, value, expected in matrix.MOVES:
        if of == table:
            who = actor(name)
            row = row_of(w, table, label, who)
            if asking.may_move(who, row, column, value, even_unseen=not expected) != expected:
                yield f"{table} · {label} · {name} may {'' if not expected else 'not '}make {column} {value}"


def _seizures(w: World, table: str) -> Iterator[str]:
    """Nobody makes a row theirs by writing their own name into it: one they see, or all of them unseen."""
    column, names = matrix.SEIZURES.get(table, ("", ""))
    for name in names.split():
        who = actor(name)
        if asking.spreads(who, table, column, who.person):
            yield f"{table} · {name} makes rows theirs through {column}"
        for label in w.rows[table]:
            row = row_of(w, table, label, who)
            theirs = row.values[column] == who.person
            if row.stands and not theirs and asking.may_move(who, row, column, who.person):
                yield f"{table} · {label} · {name} makes it theirs through {column}"


def _next_door(w: World, grid: list[Cell]) -> Iterator[str]:
    """What may be changed cannot be given to another practice."""
    for table, label, name, expected in grid:
        who = actor(name)
        row = row_of(w, table, label, who)
        if "c" in expected and "practice_id" in row.values and asking.may_move(who, row, "practice_id", NEXT_DOOR):
            yield f"{table} · {label} · {name} may move it next door"


def _blind(w: World, grid: list[Cell]) -> Iterator[str]:
    """A write that reads nothing needs no leave to read: it must not reach further for that."""
    table = grid[0][0]
    standing = [row for row in w.rows[table].values() if isinstance(row, Row) and row.stands]
    if not standing:
        return
    for name in dict.fromkeys([*(cell[2] for cell in grid), *STRANGERS]):
        who = actor(name)
        for verb in "cd":
            blind, seeing = asking.count_blind(who, verb, standing[0])
            if blind != seeing:
                yield f"{table} · {name}: {verb} reaches {blind} rows unseen and {seeing} seen"
            theirs = sum(verb in expected for _, _, person, expected in grid if person == name)
            if verb == "c" and table not in STEPWISE and seeing < theirs:
                yield f"{table} · {name}: one statement changes {seeing} rows, and not their {theirs}"


def _forged(w: World, grid: list[Cell]) -> Iterator[str]:
    """Whoever may do something may not do it with a signature that is not the server's."""
    asked = set()
    for table, label, name, expected in grid:
        if expected and name not in asked:
            asked.add(name)
            who = actor(name)
            if not asking.is_forgery_refused(who, expected[0], row_of(w, table, label, who)):
                yield f"{table} · {label} · {name}: a forged signature is believed"


def _closed(table: str) -> Iterator[str]:
    for role in (*AUDIENCES, *combined_roles(), "ms_web"):
        if privileges := privileges_of(role, table):
            yield f"{table} · {role}: {privileges} and not -"


def privileges_of(role: str, table: str) -> str:
    """What a role was granted on a table as a whole or on any column of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(v, ' ') FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) v"
            " WHERE has_any_column_privilege(%s, %s, v)",
            [role, table],
        )
        columns = cursor.fetchone()[0]
        cursor.execute(
            "SELECT string_agg(v, ' ') FROM unnest(ARRAY['DELETE', 'TRUNCATE', 'TRIGGER']) v"
            " WHERE has_table_privilege(%s, %s, v)",
            [role, table],
        )
        return " ".join(filter(None, [columns, cursor.fetchone()[0]]))


def first_difference(w: World, tables: Iterable[str], first: str = "") -> str | None:
    """The first difference, an error included: a statement that breaks is one that does not do what it should."""
    try:
        return next(differences(w, tables, first), None)
    except psycopg.Error as error:
        return f"an error: {str(error).splitlines()[0]}"
