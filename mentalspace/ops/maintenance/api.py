"""Maintenance over HTTP, for administrators."""

from typing import Any

from ninja import Query, Router, Status

from mentalspace.core.api import REFUSALS, Page
from mentalspace.ops import jobs
from mentalspace.ops.maintenance import actions, queries
from mentalspace.ops.maintenance.schemas import (
    MaintenanceRunFilter,
    MaintenanceRunIn,
    MaintenanceRunOut,
    MaintenanceTaskOut,
)
from mentalspace.people.abilities import only_for
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["operations"])


@router.get(
    "/operations/maintenance",
    response={200: list[MaintenanceTaskOut], **REFUSALS},
    operation_id="list_maintenance_tasks",
)
def list_maintenance_tasks(request: StaffRequest) -> list[dict[str, Any]]:
    """Every task with how it went last. Not paged: they are written in the code."""
    only_for("run_operations", request.actor.audience)
    return queries.tasks()


@router.post(
    "/operations/maintenance/{maintenance_task}/runs",
    response={202: None, **REFUSALS},
    operation_id="run_maintenance_task",
)
def run_maintenance_task(
    request: StaffRequest, maintenance_task: actions.TaskKey, data: MaintenanceRunIn
) -> Status[None]:
    """Have a task done now, by the worker."""
    run = actions.ask(task=maintenance_task, reason=data.reason, by=request.actor)
    jobs.maintain_now.defer(practice=str(request.actor.practice), run=str(run.pk))
    return Status(202, None)


@router.get(
    "/operations/maintenance-runs",
    response={200: Page[MaintenanceRunOut], **REFUSALS},
    operation_id="list_maintenance_runs",
)
def list_maintenance_runs(request: StaffRequest, filters: Query[MaintenanceRunFilter]) -> dict[str, Any]:
    """What was done and what came of it, the latest first, a page at a time."""
    only_for("run_operations", request.actor.audience)
    rows, following = queries.runs(**filters.dict())
    return {"items": rows, "next": following}
