"""The plans of the hot reads, on enough rows for the planner to care. Counts and plans do not drift; times do."""

import json
from typing import Any

from django.db import connection

from benchmarks import data
from benchmarks.scenarios import Person, open_chart, search, timeline, week
from mentalspace.access.actor import current
from tests.http import Http
from tests.plans.conftest import SCALE, plan_of, scanned
from tests.sessions import session_for

LARGE = {"clients", "appointments", "clinical_notes", "audit_logs", "client_access", "care_team"}
FRONT_DESK = data.STAFF - 1


def plans_of(staff: int, make: Any) -> list[tuple[str, Any]]:
    """Each statement that a request sends as the person, and its plan for that person."""
    http, found = Http(), []
    http.cookies["session"] = session_for(data.staff_id(staff))

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        acting = current.get()
        if acting and acting.person == data.staff_id(staff) and sql.lstrip().lower().startswith(("select", "with")):
            found.append((sql, plan_of(sql, params)))
        return execute(sql, params, many, context)

    request = make(Person(staff, SCALE))
    with connection.execute_wrapper(explain):
        answer = http.get(request.path)
    assert answer.status_code == 200, answer.content
    return found


def test_hot_reads_scan_no_large_table(practice_of_size):
    cases = [(0, open_chart), (0, timeline), (0, search), (0, week), (FRONT_DESK, open_chart)]
    for staff, make in cases:
        found = plans_of(staff, make)
        assert found, make.__name__
        for sql, plan in found:
            whole = scanned(plan) & LARGE
            assert not whole, (make.__name__, staff, whole, sql, json.dumps(plan, indent=1))
