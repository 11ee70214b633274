"""Doing what a run asks for, as the practice's system: in transactions of its own, so that its progress is seen."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import record
from mentalspace.core import clock
from mentalspace.storage import checking
from mentalspace.storage.errors import StorageAway, StorageBusy
from mentalspace.storage.keeping import let_go
from mentalspace.storage.models import RunKind, StorageRun, StoredObject
from mentalspace.storage.ports import Place
from mentalspace.upkeep import candidates

FOUND = ("missing", "found_again", "left_over", "without_row")
MOST_NAMED = 50
"""Places that are named of each kind; the others are counted."""

AT_ONCE = 20
AWAY = "The store could not be reached. What was done is done: run it again."


def run(actor: Actor, run_id: UUID) -> None:
    """Do what was asked for. A run that another worker began is taken up again from the start."""
    with acting_as(actor), transaction.atomic():
        row = StorageRun.objects.filter(pk=run_id, finished_at__isnull=True).first()
        if row is None or row.kind == RunKind.ARCHIVE:
            return
        row.write(started_at=row.started_at or clock.now(), done=0)
    try:
        DO[row.kind](actor, row)
    except StorageAway:
        _keep(actor, row, failure=AWAY, finished_at=clock.now())
    except StorageBusy as busy:
        _keep(actor, row, failure=busy.message, finished_at=clock.now())


def check_by_night(actor: Actor) -> None:
    """The nightly check, with its line in the history."""
    with acting_as(actor), transaction.atomic():
        row = StorageRun(practice_id=actor.practice, kind=RunKind.CHECK, asked_by=actor.person)
        row.save(force_insert=True)
    run(actor, row.pk)


def _check(actor: Actor, row: StorageRun) -> None:
    with acting_as(actor), transaction.atomic():
        row.write(total=StoredObject.objects.count())
    deep = row.kind == RunKind.DEEP_CHECK
    report = checking.check(actor, deep=deep, on_progress=lambda done: _keep(actor, row, done=done))
    places = {kind: [_named(place) for place in getattr(report, kind)] for kind in FOUND}
    found = {kind: {"count": len(named), "places": named[:MOST_NAMED]} for kind, named in places.items()}
    _keep(actor, row, done=report.objects, found=found, finished_at=clock.now())


def _named(place: Place) -> str:
    """Bucket and object; whose it is, the folder between them says, and only the command line shows that."""
    return f"{place.bucket}/{place.name.rpartition('/')[2]}"


def _remove_quarantined(actor: Actor, row: StorageRun) -> None:
    with acting_as(actor), transaction.atomic():
        found = list(candidates.quarantined())
    _remove(actor, row, found)


def _remove_superseded(actor: Actor, row: StorageRun) -> None:
    with acting_as(actor), transaction.atomic():
        found = [kept for kept, _ in candidates.superseded(clock.now().date())]
    _remove(actor, row, found)


def _remove(actor: Actor, row: StorageRun, objects: list[StoredObject]) -> None:
    """Let go of each; the trail has a line for each. What the store would not give up goes with the next check."""
    _keep(actor, row, total=len(objects))
    done, size = 0, 0
    for kept in objects:
        let_go(kept, actor)
        done, size = done + 1, size + kept.size
        with acting_as(actor), transaction.atomic():
            record(
                "storage.removed",
                "A file was removed that no longer had to be kept",
                resource_type="stored_object",
                resource=kept.pk,
                action_type=ADMIN_ACTION,
                details={"run": str(row.pk), "bucket": kept.bucket_id, "kind": row.kind},
                severity="warning",
            )
        if done % AT_ONCE == 0:
            _keep(actor, row, done=done, size=size)
    _keep(actor, row, done=done, size=size, finished_at=clock.now())


DO: dict[str, Callable[[Actor, StorageRun], None]] = {
    RunKind.CHECK: _check,
    RunKind.DEEP_CHECK: _check,
    RunKind.REMOVE_QUARANTINED: _remove_quarantined,
    RunKind.REMOVE_SUPERSEDED: _remove_superseded,
}


def _keep(actor: Actor, row: StorageRun, **values: Any) -> None:
    with acting_as(actor), transaction.atomic():
        row.write(**values)
