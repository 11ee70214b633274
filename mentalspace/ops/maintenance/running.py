"""Doing tasks: on schedule for every practice, and what somebody asked for. As the practice's system."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.core import clock
from mentalspace.ops.maintenance.models import MaintenanceRun
from mentalspace.ops.maintenance.rules import TASKS, Task, is_due
from mentalspace.ops.maintenance.tasks import DO, NotDone, Outcome
from mentalspace.ops.metrics.rules import State
from mentalspace.practices.models import Practice

logger = logging.getLogger(__name__)
BROKEN = "It ended before its time. The worker's log says why."
OF_THE_PRACTICE = ("audit_retention", "disk_usage")
"""What counts, or compares, a practice's own; the rest is done once for the installation."""

LONGEST = timedelta(hours=5)
"""Longer than any task may take."""

LONGEST_SAID = 300


def run_due(actors: list[Actor]) -> None:
    """Do what is due, in every practice; what concerns the installation once, and written down in each.

    One practice that cannot be served keeps no other from it; it is raised at the end.
    """
    done: dict[str, Outcome] = {}
    failures = []
    for actor in actors:
        try:
            _run_due(actor, done)
        except Exception as failure:
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"maintenance failed for {len(failures)} practice(s)", failures)


def _run_due(actor: Actor, done: dict[str, Outcome]) -> None:
    _close_given_up(actor)
    for task in _due(actor):
        row = _begin(actor, task)
        if row is None:
            continue
        outcome = _do(actor, row, done.get(task.key))
        if task.key not in OF_THE_PRACTICE:
            done[task.key] = outcome


def _close_given_up(actor: Actor) -> None:
    """What has not ended after so long belongs to no worker: it failed, and may be done again."""
    now = clock.now()
    with acting_as(actor), transaction.atomic():
        for row in MaintenanceRun.objects.filter(finished_at__isnull=True, created_at__lt=now - LONGEST):
            row.write(started_at=row.started_at or now, finished_at=now, state=State.BAD, says=BROKEN)


def run_asked(actor: Actor, run_id: UUID) -> None:
    """Do what somebody asked for. One that another worker began and left is begun anew."""
    with acting_as(actor), transaction.atomic():
        row = MaintenanceRun.objects.select_for_update().filter(pk=run_id, finished_at__isnull=True).first()
        if row is None:
            return
        row.write(started_at=clock.now())
    _do(actor, row)


def latest() -> dict[str, MaintenanceRun]:
    """The last doing of each task that has ended, by key. One statement."""
    rows = MaintenanceRun.objects.filter(finished_at__isnull=False).order_by("task", "-started_at")
    return {row.task: row for row in rows.distinct("task")}


def founded(practice: UUID) -> datetime:
    return Practice.objects.values_list("created_at", flat=True).get(pk=practice)


def _due(actor: Actor) -> list[Task]:
    with acting_as(actor), transaction.atomic():
        now, since, last = clock.now(), founded(actor.practice), latest()
    return [task for task in TASKS.values() if is_due(task.often, founded=since, now=now, **_standing(last, task))]


def _standing(last: dict[str, MaintenanceRun], task: Task) -> dict[str, Any]:
    row = last.get(task.key)
    return {"done": row.finished_at if row else None, "went_well": row is not None and row.state != State.BAD}


def _begin(actor: Actor, task: Task) -> MaintenanceRun | None:
    """A row of its own; None while it is being done, or somebody has asked for it: that is the same work."""
    row = MaintenanceRun(practice_id=actor.practice, task=task.key, started_at=clock.now())
    try:
        with acting_as(actor), transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row


def _do(actor: Actor, row: MaintenanceRun, shared: Outcome | None = None) -> Outcome:
    """What comes of it stands in its row; whatever goes wrong keeps no other task from being done."""
    try:
        outcome = shared or DO[row.task](actor, _before(actor, row))
    except NotDone as refusal:
        outcome = Outcome(State.BAD, str(refusal))
    except Exception as failure:  # its message could quote a row
        logger.error("the task %s of maintenance ended before its time: %s", row.task, type(failure).__name__)
        outcome = Outcome(State.BAD, BROKEN)
    with acting_as(actor), transaction.atomic():
        MaintenanceRun.objects.filter(pk=row.pk, finished_at__isnull=True).update(
            finished_at=clock.now(),
            state=outcome.state,
            says=outcome.says[:LONGEST_SAID],
            details=list(outcome.details),
            figures=outcome.figures,
        )
    return outcome


def _before(actor: Actor, row: MaintenanceRun) -> dict[str, Any]:
    """The figures of the last doing that went well; none when there is none."""
    with acting_as(actor), transaction.atomic():
        rows = MaintenanceRun.objects.filter(task=row.task, finished_at__isnull=False).exclude(state=State.BAD)
        found = rows.order_by("-started_at").values_list("figures", flat=True).first()
    return found or {}
