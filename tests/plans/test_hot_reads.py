"""The plans of the hot reads, on enough rows for the planner to care. Counts and plans do not drift; times do."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from benchmarks import data
from benchmarks.scenarios import Person, open_chart, search, timeline, week
from mentalspace.access.actor import current
from mentalspace.launch.connection import superuser
from mentalspace.people.setup import found_practice
from tests.http import Http
from tests.sessions import session_for

SCALE = data.Scale(0.2)
LARGE = {"clients", "appointments", "clinical_notes", "audit_logs", "client_access", "care_team"}
FRONT_DESK = data.STAFF - 1


@pytest.fixture
def practice_of_size(really_committed: None) -> None:
    """The benchmark's practice, a fifth of its size."""
    found_practice(name="Bench", slug="bench", practice_id=data.PRACTICE)
    with psycopg.connect(superuser(dbname=connections["default"].settings_dict["NAME"]).dsn()) as boss:
        data.load(boss, "!", SCALE)


def plans_of(staff: int, make: Any) -> list[tuple[str, Any]]:
    """Each statement that a request sends as the person, and its plan for that person."""
    http, found = Http(), []
    http.cookies["session"] = session_for(data.staff_id(staff))

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        acting = current.get()
        if acting and acting.person == data.staff_id(staff) and sql.lstrip().lower().startswith(("select", "with")):
            with connection.cursor() as cursor:
                cursor.cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                plan = cursor.cursor.fetchone()[0]
            found.append((sql, plan if isinstance(plan, list) else json.loads(plan)))
        return execute(sql, params, many, context)

    request = make(Person(staff, SCALE))
    with connection.execute_wrapper(explain):
        answer = http.get(request.path)
    assert answer.status_code == 200, answer.content
    return found


def nodes(plan: Any) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


def test_hot_reads_scan_no_large_table(practice_of_size):
    cases = [(0, open_chart), (0, timeline), (0, search), (0, week), (FRONT_DESK, open_chart)]
    for staff, make in cases:
        found = plans_of(staff, make)
        assert found, make.__name__
        for sql, plan in found:
            scanned = {n["Relation Name"] for n in nodes(plan[0]["Plan"]) if n["Node Type"] == "Seq Scan"}
            assert not scanned & LARGE, (make.__name__, staff, scanned & LARGE, sql, json.dumps(plan, indent=1))
