"""Maintenance as if the product had run for a month: what came of the last Sundays and of the first of the month."""

from datetime import datetime, timedelta

from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.ops.demo import cast
from mentalspace.ops.maintenance.models import MaintenanceRun
from mentalspace.ops.maintenance.rules import Often, last_due
from mentalspace.ops.metrics.rules import State
from mentalspace.practices.system import system_actor

WEEKS = 3
WEEKLY = {
    "vacuum": "143 tables were vacuumed and analyzed in 2.4 s; 1,208 dead rows were waiting for it.",
    "rate_limits": "0 expired limits were removed.",
    "devices": "1 expired device was removed.",
    "disk_usage": "The database takes 46.1 MB, 1.3 MB more than before.",
}
MONTHLY = {
    "slow_queries": "0 statements take more than 100 ms on average.",
    "indexes": "No large table is often read from end to end, and no large index lies idle.",
    "audit_retention": "No line of the audit trail is old enough to be purged.",
}


def keep(now: datetime) -> None:
    """Three Sundays, and the first of this month."""
    with acting_as(system_actor(cast.RIVERBEND.id)), transaction.atomic():
        for week in reversed(range(WEEKS)):
            _put(WEEKLY, last_due(Often.WEEKLY, now) - timedelta(weeks=week))
        _put(MONTHLY, last_due(Often.MONTHLY, now))


def _put(said: dict[str, str], at: datetime) -> None:
    for seconds, (task, says) in enumerate(said.items()):
        began = at + timedelta(minutes=2, seconds=3 * seconds)
        ended = {"state": State.GOOD, "says": says, "finished_at": began + timedelta(seconds=2)}
        row = MaintenanceRun(practice_id=cast.RIVERBEND.id, task=task, created_at=began, started_at=began, **ended)
        row.save(force_insert=True)
