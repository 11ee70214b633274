"""The benchmark's practice at a size at which the planner cares, and the plans it makes there."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from benchmarks import data
from mentalspace.launch.connection import superuser
from mentalspace.people.setup import found_practice

SCALE = data.Scale(0.2)


@pytest.fixture
def practice_of_size(really_committed: None) -> None:
    """The benchmark's practice, a fifth of its size."""
    found_practice(name="Bench", slug="bench", practice_id=data.PRACTICE)
    with psycopg.connect(superuser(dbname=connections["default"].settings_dict["NAME"]).dsn()) as boss:
        data.load(boss, "!", SCALE)


def plan_of(sql: str, params: Any) -> Any:
    """The plan of a statement for whoever acts."""
    with connection.cursor() as cursor:
        cursor.cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan = cursor.cursor.fetchone()[0]
    return plan if isinstance(plan, list) else json.loads(plan)


def scanned(plan: Any) -> set[str]:
    """The tables that it reads whole."""
    return {node["Relation Name"] for node in _nodes(plan[0]["Plan"]) if node["Node Type"] == "Seq Scan"}


def _nodes(plan: Any) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from _nodes(inner)
