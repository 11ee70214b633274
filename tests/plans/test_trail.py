"""What an administrator asks the trail is answered from its indexes: no scan of the rows, at two hundred thousand."""

from typing import Any

from django.db import connection, transaction

from benchmarks import data
from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import ADMINISTRATOR
from mentalspace.oversight import trail
from tests.plans.conftest import plan_of, scanned

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


def scanned_by(ask: Any) -> set[str]:
    """The tables that a read scans whole, as an administrator."""
    found: set[str] = set()

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.update(scanned(plan_of(sql, params)))
        return execute(sql, params, many, context)

    with acting_as(Actor(data.PRACTICE, WHO, ADMINISTRATOR)), transaction.atomic():
        connection.cursor().execute("select 1")
        with connection.execute_wrapper(explain):
            ask()
    return found


def test_the_trail_is_read_from_its_indexes(practice_of_size):
    for name, chosen in ASKED.items():
        found = scanned_by(lambda chosen=chosen: trail.listed(practice=data.PRACTICE, cursor=None, **chosen))
        assert "audit_logs" not in found, name
    span = {"person": WHO, "since": SINCE, "until": UNTIL}
    found = scanned_by(lambda: trail.seen(practice=data.PRACTICE, cursor=None, **span))
    assert "audit_logs" not in found
