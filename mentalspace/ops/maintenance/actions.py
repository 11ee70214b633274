"""What administrators ask for: a task out of turn, with its reason."""

from typing import Literal

from django.db import IntegrityError, transaction

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.core.errors import NotAllowed, Refusal
from mentalspace.ops.maintenance.models import MaintenanceRun
from mentalspace.people.abilities import can

TaskKey = Literal["vacuum", "rate_limits", "devices", "disk_usage", "slow_queries", "indexes", "audit_retention"]


class TaskRuns(Refusal):
    code, status = "task_runs", 409
    message = "This task runs already. What comes of it stands here in a moment."


@records(
    "maintenance.asked", "{actor} asked for a maintenance task", resource_type="maintenance_run", severity="warning"
)
def ask(*, task: TaskKey, reason: str, by: Actor) -> MaintenanceRun:
    """Have a task done now, by the worker. Raises TaskRuns: a second click asks for nothing more."""
    if not can(by.audience, "run_operations"):
        raise NotAllowed
    row = MaintenanceRun(practice_id=by.practice, task=task, asked_by=by.person, reason=reason)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # two may ask in the same moment
        raise TaskRuns from None
    return row
