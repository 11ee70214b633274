"""What could be repaired, as it stands now: told by functions of `ms_keeper`, which ask first who calls."""

from typing import Any

from django.db import connection

from mentalspace.core import clock
from mentalspace.ops import errors
from mentalspace.ops.repairs import words
from mentalspace.people import limits
from mentalspace.people.models import Profile

WAITS_LONG = 300
"""Seconds that a due job waits before it is shown: as long as the check of jobs allows."""

RUNS_LONG = 10
"""Seconds after which a statement is shown, or a transaction in which nothing happens."""

MOST = 100

JOBS = "select id, task, status, attempts, since, of_installation, is_held from access.stuck_jobs(%s, %s)"
STATEMENTS = """
    select id, pid, application, state, waits_for, seconds, holds_up, statement
    from access.running_statements(%s)
"""
LIMITS = "select id, operation, person, address, attempts, began, until from access.open_rate_limits(%s)"


def jobs() -> list[dict[str, Any]]:
    """Jobs that are due for five minutes, and then those that failed, a hundred at most. One statement."""
    kinds = errors.of_jobs()
    return [
        row | {"task": words.of_task(row["task"]), "name": row["task"], "error": kinds.get(row["id"], "")}
        for row in _rows(JOBS, [WAITS_LONG, MOST])
    ]


def statements() -> list[dict[str, Any]]:
    """What the product has been at for ten seconds, the longest first. One statement."""
    return _rows(STATEMENTS, [RUNS_LONG])


def reached_limits() -> list[dict[str, Any]]:
    """Limits that keep somebody out now: of people of the practice, and of network addresses. Two statements."""
    rows = [row for row in _rows(LIMITS, [clock.now()]) if row["attempts"] >= _limit(row).most]
    people = Profile.objects.in_bulk([row["person"] for row in rows if row["person"]])
    return [
        row
        | {
            "operation": words.OPERATIONS.get(row["operation"], row["operation"]),
            "person": people[row["person"]].full_name if row["person"] in people else None,
            "most": _limit(row).most,
        }
        for row in rows
    ]


def _limit(row: dict[str, Any]) -> limits.Limit:
    by_address = row["address"] is not None or row["operation"] == limits.LOGIN_BY_DEVICE
    return (limits.BY_ADDRESS if by_address else limits.LIMITS).get(row["operation"], limits.DEFAULT)


def _rows(statement: str, given: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
