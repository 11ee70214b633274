"""The table of maintenance: what was done when, why, and what came of it."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, SYSTEM
from mentalspace.access.policy import ME, Where, allow, allow_each, fence, is_unset
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.ops.maintenance.rules import TASKS
from mentalspace.ops.metrics.rules import State


def asked_by_me_and_not_done() -> Where:
    """A request of the acting person that nothing has come of yet."""
    return Where(f"asked_by = {ME} and finished_at is null and state is null and says = ''")


class MaintenanceRun(Record):
    """One doing of a task. `asked_by` is whoever asked for it out of turn, with the reason; unset when it was due.

    Figures of the installation, kept in every practice of it; old audit lines are the practice's own. `figures` are
    numbers to compare the next time with. What has ended stays as it is: a trigger says so.
    """

    task = models.CharField(max_length=20)
    asked_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, null=True, choices=[(each.value, each.value) for each in State])
    says = models.CharField(max_length=300, blank=True, default="")
    details: Any = ArrayField(models.CharField(max_length=2100), default=list)
    figures: Any = models.JSONField(default=dict)

    objects: ClassVar[RecordQuerySet["MaintenanceRun"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "maintenance_runs"
        indexes = [
            models.Index(fields=["practice", "task", "-created_at"], name="maintenance_runs_of"),
            models.Index(fields=["practice", "-created_at", "-id"], name="maintenance_runs_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(task__in=[*TASKS]), name="maintenance_run_task"),
            models.CheckConstraint(
                condition=models.Q(state__isnull=True) | models.Q(state__in=[*State]), name="maintenance_run_state"
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True, state__isnull=True)
                | models.Q(finished_at__isnull=False, started_at__isnull=False, state__isnull=False),
                name="maintenance_run_finished",
            ),
            models.CheckConstraint(
                condition=models.Q(asked_by__isnull=True) | ~models.Q(reason=""), name="maintenance_run_reason"
            ),
            models.UniqueConstraint(
                fields=["practice", "task"],
                condition=models.Q(finished_at__isnull=True),
                name="maintenance_run_one_at_a_time",
            ),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add", asked_by_me_and_not_done()),
            allow(SYSTEM, "add"),
            allow(SYSTEM, "change", is_unset("finished_at"), becomes=Where("true")),
        ]
