"""What an administrator asks the trail is answered from its indexes: no scan of the rows, at two hundred thousand."""

import json
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from benchmarks import data
from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import ADMINISTRATOR
from mentalspace.launch.connection import superuser
from mentalspace.oversight import trail
from mentalspace.people.setup import found_practice
from tests.plans.test_hot_reads import SCALE, nodes

WHO = data.staff_id(0)
SINCE, UNTIL = "2025-06-01T00:00:00Z", "2025-06-08T00:00:00Z"

# Not among them: a client. `@>` is not leakproof, so behind the fence its index is the operator's alone, and the
# product looks through the practice's own lines.
ASKED: dict[str, dict[str, Any]] = {
    "everything": {},
    "somebody": {"person": WHO},
    "a kind": {"action": "PHI_ACCESS"},
    "what is grave": {"severity": "critical"},
    "a week": {"since": SINCE, "until": UNTIL},
}


@pytest.fixture
def a_long_trail(really_committed: None) -> None:
    """The benchmark's practice, a fifth of its size."""
    found_practice(name="Bench", slug="bench", practice_id=data.PRACTICE)
    with psycopg.connect(superuser(dbname=connections["default"].settings_dict["NAME"]).dsn()) as boss:
        data.load(boss, "!", SCALE)


def scanned(ask: Any) -> list[str]:
    """The tables that a read scans whole, as an administrator."""
    found: list[str] = []

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
            plan = cursor.cursor.fetchone()[0]
        plan = plan if isinstance(plan, list) else json.loads(plan)
        found.extend(n["Relation Name"] for n in nodes(plan[0]["Plan"]) if n["Node Type"] == "Seq Scan")
        return execute(sql, params, many, context)

    from django.db import transaction

    with acting_as(Actor(data.PRACTICE, WHO, ADMINISTRATOR)), transaction.atomic():
        connection.cursor().execute("select 1")
        with connection.execute_wrapper(explain):
            ask()
    return found


def test_the_trail_is_read_from_its_indexes(a_long_trail):
    for name, chosen in ASKED.items():
        found = scanned(lambda chosen=chosen: trail.listed(practice=data.PRACTICE, cursor=None, **chosen))
        assert "audit_logs" not in found, name
    span = {"person": WHO, "since": SINCE, "until": UNTIL}
    found = scanned(lambda: trail.seen(practice=data.PRACTICE, cursor=None, **span))
    assert "audit_logs" not in found
