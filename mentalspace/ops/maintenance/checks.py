"""Whether maintenance goes on."""

from datetime import datetime

from mentalspace.access.actor import Actor
from mentalspace.ops.checks.registry import Finding, check, numbered
from mentalspace.ops.maintenance.rules import TASKS, is_overdue
from mentalspace.ops.maintenance.running import founded, latest
from mentalspace.ops.metrics.rules import State


@check(
    "maintenance",
    title="Maintenance",
    fix="Open Operations, Maintenance: it says what went wrong, and does a task anew.",
    page="/operations?tab=maintenance",
    minutes=5,
)
def check_maintenance(actor: Actor, now: datetime) -> Finding:
    """Every weekly and monthly task was done at its last time, and went well."""
    since, last = founded(actor.practice), latest()
    details = []
    for task in TASKS.values():
        row = last.get(task.key)
        if is_overdue(task.often, done=row.finished_at if row else None, founded=since, now=now):
            details.append(f"{task.title}: overdue.")
        elif row and row.state == State.BAD:
            details.append(f"{task.title}: {row.says}")
    if details:
        return Finding(State.BAD, f"{numbered(len(details), 'task needs', 'tasks need')} somebody.", tuple(details))
    return Finding(State.GOOD, "Every weekly and monthly task was done at its time.")
