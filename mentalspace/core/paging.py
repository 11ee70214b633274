"""Cursor paging. A cursor is the sort key of the last row, so pages stay right while rows are added."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from mentalspace.core.errors import BadInput

PAGE_SIZE = 50
LONGEST = 2000
"""Characters of a cursor. Ours hold a few names and an id."""
NOT_OURS = "This page link is not valid. Start again from the first page."


def encode_cursor(values: Sequence[Any]) -> str:
    """Opaque text for a row's sort key."""
    return base64.urlsafe_b64encode(json.dumps([str(value) for value in values]).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, width: int) -> list[str]:
    """The sort key behind a cursor. Raises BadInput when it was not made by us."""
    try:
        if len(cursor) > LONGEST:
            raise ValueError
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if isinstance(values, list) and len(values) == width and all(isinstance(v, str) for v in values):
            return values
    except (ValueError, RecursionError):
        pass
    raise BadInput(NOT_OURS, fields={"cursor": ["invalid"]})


def position(cursor: str | None, *kinds: Callable[[str], Any]) -> list[Any]:
    """Where a page begins: the sort key behind its cursor, each part read as its kind; all None for the first page."""
    if not cursor:
        return [None] * len(kinds)
    parts = decode_cursor(cursor, len(kinds))
    try:
        return [kind(part) for kind, part in zip(kinds, parts, strict=True)]
    except ValueError:
        raise BadInput(NOT_OURS, fields={"cursor": ["invalid"]}) from None


def _after(keys: Sequence[str], values: Sequence[str]) -> Q:
    """Rows that sort after `values`, keys written as in `order_by` (a leading minus is descending)."""
    condition = Q()
    for depth, key in enumerate(keys):
        name, comparison = key.lstrip("-"), "lt" if key.startswith("-") else "gt"
        step = Q(**{f"{name}__{comparison}": values[depth]})
        for same, value in zip(keys[:depth], values[:depth], strict=True):
            step &= Q(**{same.lstrip("-"): value})
        condition |= step
    return condition


def page(
    rows: "models.QuerySet[Any, Any]", *, keys: Sequence[str], cursor: str | None, size: int = PAGE_SIZE
) -> tuple[list[Any], str | None]:
    """One page in the order of `keys` (which must end in a unique column), and the cursor of the next."""
    if cursor:
        after = _after(keys, decode_cursor(cursor, len(keys)))
        try:
            rows = rows.filter(after)
        except (ValidationError, ValueError):
            raise BadInput(NOT_OURS, fields={"cursor": ["invalid"]}) from None
    found = list(rows.order_by(*keys)[: size + 1])
    if len(found) <= size:
        return found, None
    return found[:size], encode_cursor([_value(found[size - 1], key) for key in keys])


def _value(row: Any, key: str) -> Any:
    name = key.lstrip("-")
    value = row[name] if isinstance(row, dict) else getattr(row, name)
    return value.isoformat() if hasattr(value, "isoformat") else value
