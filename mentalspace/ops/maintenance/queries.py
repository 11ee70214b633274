"""Reads of maintenance, as the API shows them."""

from collections.abc import Iterable
from typing import Any

from mentalspace.core import clock
from mentalspace.core.paging import page
from mentalspace.ops.maintenance.models import MaintenanceRun
from mentalspace.ops.maintenance.rules import TASKS, Task, next_due
from mentalspace.ops.maintenance.running import latest
from mentalspace.people.models import Profile

SHOWN = ("id", "task", "reason", "created_at", "started_at", "finished_at", "state", "says", "details")


def tasks() -> list[dict[str, Any]]:
    """Every task, how it went last, and whether it is being done. Three statements."""
    last = latest()
    waiting = {row.task: row for row in MaintenanceRun.objects.filter(finished_at__isnull=True)}
    shown = {row["id"]: row for row in _shown([*last.values(), *waiting.values()])}
    return [_task(task, last.get(task.key), waiting.get(task.key), shown) for task in TASKS.values()]


def _task(task: Task, last: MaintenanceRun | None, waiting: MaintenanceRun | None, shown: Any) -> dict[str, Any]:
    return {
        "key": task.key,
        "often": task.often,
        "title": task.title,
        "runbook": task.runbook,
        "does": task.does,
        "next_at": next_due(task.often, clock.now()),
        "last": shown[last.pk] if last else None,
        "waiting": shown[waiting.pk] if waiting else None,
    }


def runs(*, task: str, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """What was done, the latest first, a page at a time."""
    rows = MaintenanceRun.objects.filter(finished_at__isnull=False)
    found, following = page(rows.filter(task=task) if task else rows, keys=("-created_at", "-id"), cursor=cursor)
    return _shown(found), following


def _shown(rows: Iterable[MaintenanceRun]) -> list[dict[str, Any]]:
    """With the names of who asked. One statement."""
    found = list(rows)
    people = Profile.objects.in_bulk({row.asked_by for row in found if row.asked_by})
    return [
        {name: getattr(row, name) for name in SHOWN} | {"title": TASKS[row.task].title, "asked_by": _name(row, people)}
        for row in found
    ]


def _name(row: MaintenanceRun, people: dict[Any, Profile]) -> str | None:
    if row.asked_by is None:
        return None
    return people[row.asked_by].full_name if row.asked_by in people else "Somebody who left"
