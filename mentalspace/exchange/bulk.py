"""Inserts many rows with one JSON parameter: for an import, a third of the processor time of `bulk_create`."""

import json
from collections.abc import Sequence
from functools import cache

from django.db import connection, models

INSERT = "INSERT INTO {table} ({columns}) SELECT {columns} FROM json_to_recordset(%s::json) AS r({typed})"


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model, whose keys and defaults are set in Python.

    Values go in as JSON writes them: texts, numbers, and by their text UUIDs, dates, moments and decimals.
    """
    if rows:
        statement, names = _statement(type(rows[0]))
        values = [{name: row.__dict__[attname] for attname, name in names} for row in rows]
        with connection.cursor() as cursor:
            cursor.execute(statement, [json.dumps(values, default=str)])


@cache
def _statement(model: type[models.Model]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The statement, and each column's attribute and name."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    names = tuple((field.attname, str(field.column)) for field in fields)
    columns = [connection.ops.quote_name(column) for _, column in names]
    # Types without their length: too long a text must fail in the table, not be cut on the way.
    types = [str(field.db_type(connection)).partition("(")[0] for field in fields]
    typed = (f"{column} {kind}" for column, kind in zip(columns, types, strict=True))
    table = connection.ops.quote_name(model._meta.db_table)
    return INSERT.format(table=table, columns=", ".join(columns), typed=", ".join(typed)), names
