"""`mentalspace data-map`: every table and column, with its class, how long it is kept, and who reads it.

Generated for people to read, from the catalogue, the sentences, and what `data_classes` says by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from django.apps import apps
from django.db import connection

from mentalspace.access import matrix
from mentalspace.access.audiences import AUDIENCES
from mentalspace.access.catalog import HIDDEN_FROM_OPERATOR, SCHEMAS, table_name
from mentalspace.access.data_classes import CLASSES, CREDENTIAL, PHI, TABLES, Held

TARGET = Path(__file__).parents[2] / "docs" / "data-map.md"

COLUMNS = f"""SELECT c.oid::regclass::text, a.attname::text,
    t.typname IN ('text', 'varchar', 'bpchar', 'json', 'jsonb', 'xml', 'bytea', 'inet', 'cidr', 'macaddr', 'hstore')
      OR t.typcategory = 'A',
    (SELECT array_agg(k.confrelid::regclass::text) FROM pg_constraint k
     WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey))
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace IN {SCHEMAS}
    AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, a.attnum"""


@dataclass(frozen=True)
class Column:
    """One column of the catalogue. `is_open`: what it holds is not limited by its type."""

    table: str
    name: str
    is_open: bool
    points_to: tuple[str, ...]


def columns() -> list[Column]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        return [Column(table, name, is_open, tuple(to or ())) for table, name, is_open, to in cursor.fetchall()]


def class_of(column: Column, tables: Mapping[str, Held] = TABLES) -> str | None:
    """A column's class; none where nobody has said, and its table's cannot speak for it."""
    held = tables.get(column.table)
    if held is None:
        return None
    named = [kind for kind, names in held.columns.items() if column.name in names.split()]
    if named:
        return named[0] if len(named) == 1 else None
    tells_of_clients = column.is_open or any(tables[to].kind == PHI for to in column.points_to if to in tables)
    return None if tells_of_clients and held.kind not in (PHI, CREDENTIAL) else held.kind


def unclassified(found: list[Column], tables: Mapping[str, Held] = TABLES) -> list[str]:
    """Columns without a class or with two, and classes of what does not exist."""
    open_ends = [f"{column.table}.{column.name}" for column in found if class_of(column, tables) is None]
    there = {(column.table, column.name) for column in found}
    named = {
        (table, name) for table, held in tables.items() for names in held.columns.values() for name in names.split()
    }
    gone = [f"{table}.{name} does not exist" for table, name in sorted(named - there)]
    no_tables = tables.keys() - {table for table, _ in there}
    return open_ends + gone + sorted(f"{table} does not exist" for table in no_tables)


def render() -> str:
    """The whole page."""
    found = columns()
    sections = [part for kind in CLASSES for part in _section(kind, found)]
    return "\n".join(
        [
            "# Data map",
            "",
            "Written by `mentalspace data-map --write`; do not edit. What it says of classes and retention stands in",
            "`mentalspace/access/data_classes.py`; who reads, in the sentences ([access matrix](access-matrix.md)).",
            "",
            "Every column has one class: what a leak of it is, how long it is kept, whether an export carries it. A",
            "table stands under its own class; columns of another are named. Readers see rows of their own practice",
            "only. Besides them the backup reads everything, and the operator every table that does not say otherwise.",
            "",
            f"{len({column.table for column in found})} tables, {len(found)} columns: {_counted(found)}.",
            "",
            *sections,
        ]
    )


def _counted(found: list[Column]) -> str:
    kinds = [class_of(column) for column in found]
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in CLASSES)


def _section(kind: str, found: list[Column]) -> Iterator[str]:
    yield from (f"## {kind}", "", CLASSES[kind], "")
    abouts, readers = _abouts(), _readers()
    for table in sorted(name for name, held in TABLES.items() if held.kind == kind):
        mine = [column for column in found if column.table == table]
        yield from (f"### {table}", "", TABLES[table].about or abouts[table], "")
        for each in CLASSES:
            if names := [f"`{column.name}`" for column in mine if class_of(column) == each]:
                yield f"- {each}: {', '.join(names)}"
        yield f"- kept: {TABLES[table].kept}"
        yield f"- read by: {readers.get(table, 'nobody who signs in')}"
        if table in HIDDEN_FROM_OPERATOR:
            yield "- hidden from the operator"
        yield ""


def _abouts() -> dict[str, str]:
    return {table_name(model): (model.__doc__ or "").split("\n")[0] for model in apps.get_models()}


def _readers() -> dict[str, str]:
    """Per table, who reads which of its rows."""
    said = matrix.sentences()
    found: dict[str, dict[str, str]] = {}
    for line in matrix.lines():
        if line.is_permission and "r" in matrix.LETTERS[line.verb] and line.where != "false":
            for audience in line.to:
                found.setdefault(line.table, {})[audience.removeprefix("ms_")] = (
                    "every row" if line.is_whole else "some"
                )
    return {table: "; ".join(_in_sentences(who, said.get(table, {}))) for table, who in found.items()}


def _in_sentences(who: dict[str, str], said: dict[tuple[str, str], list[str]]) -> Iterator[str]:
    """Readers with the same rows together, in the order of the matrix."""
    together: dict[str, list[str]] = {}
    for audience in (each.removeprefix("ms_") for each in AUDIENCES):
        if audience in who:
            rows = [where for (verbs, where), to in said.items() if "read" in verbs.split() and audience in to]
            what = who[audience] if who[audience] == "every row" or not rows else f"where `{' or '.join(rows)}`"
            together.setdefault(what, []).append(audience.replace("_", " "))
    for what, names in together.items():
        yield f"{', '.join(names)} ({what})" if what != "some" else f"{', '.join(names)} (their own rows)"


def main(*, write: bool = False) -> None:
    """Print the page, or write it to docs/data-map.md."""
    page = render().rstrip() + "\n"
    if not write:
        click.echo(page)
        return
    TARGET.write_text(page)
    click.echo(f"Wrote {TARGET.name}.")
