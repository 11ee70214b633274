"""Doing what a run asks for, as the practice's system: in transactions of its own, so that its progress is seen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import record
from mentalspace.core import clock
from mentalspace.documents.models import DocumentText
from mentalspace.storage import checking
from mentalspace.storage.errors import StorageAway, StorageBusy
from mentalspace.storage.keeping import marked_removed, remove_bytes
from mentalspace.storage.models import RunKind, StorageRun, StoredObject
from mentalspace.storage.ports import Place
from mentalspace.upkeep import candidates
from mentalspace.upkeep.actions import BROKEN

FOUND = ("missing", "found_again", "left_over", "without_row")
MOST_NAMED = 50
"""Places that are named of each kind; the others are counted."""

AT_ONCE = 20
LONGEST = timedelta(hours=24)
"""After that a run that has not ended belongs to no worker: it, or its job, was lost."""

AWAY = "The store could not be reached. What was done is done: run it again."


class NotDone(Exception):
    """The scheduled check could not be done. The message says why, in words."""


def run(actor: Actor, run_id: UUID) -> str:
    """Do what was asked for. A run that another worker began is taken up again from the start.

    Whatever comes of it, its row says so. Returns why it was not done; empty when it was, or when there is nothing to
    do. What nobody foresaw is raised as well, so that the job shows as failed.
    """
    with acting_as(actor), transaction.atomic():
        row = StorageRun.objects.filter(pk=run_id, finished_at__isnull=True).first()
        if row is None or row.kind == RunKind.ARCHIVE:
            return ""
        row.write(started_at=row.started_at or clock.now(), done=0)
    try:
        DO[row.kind](actor, row)
    except StorageAway:
        return _failed(actor, row, AWAY)
    except StorageBusy as busy:
        return _failed(actor, row, busy.message)
    except Exception:
        _failed(actor, row, BROKEN)
        raise
    return ""


def check_by_night(actor: Actor) -> None:
    """The nightly check, with its line in the history; its own of a night before, if that did not end, is gone on with.

    Raises NotDone, so that the schedule does not say that it went well. While somebody else's check waits or runs there
    is nothing to do: it looks at the same files.
    """
    close_given_up(actor)
    with acting_as(actor), transaction.atomic():
        row = StorageRun.objects.filter(kind=RunKind.CHECK, finished_at__isnull=True).first()
        if row is None:
            row = StorageRun(practice_id=actor.practice, kind=RunKind.CHECK, asked_by=actor.person)
            row.save(force_insert=True)
    if row.asked_by == actor.person and (why := run(actor, row.pk)):
        raise NotDone(why)


def close_given_up(actor: Actor) -> int:
    """Close runs that nobody goes on with any more, so that another of their kind can begin. Returns how many."""
    with acting_as(actor), transaction.atomic():
        rows = StorageRun.objects.filter(finished_at__isnull=True, created_at__lte=clock.now() - LONGEST)
        return rows.update(finished_at=clock.now(), failure=BROKEN)


def _failed(actor: Actor, row: StorageRun, why: str) -> str:
    """The row says why. One that was closed meanwhile stays as it is."""
    with acting_as(actor), transaction.atomic():
        rows = StorageRun.objects.filter(pk=row.pk, finished_at__isnull=True)
        rows.update(failure=why, finished_at=clock.now())
    return why


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
    _remove(actor, row, found, lambda kept: candidates.quarantined().filter(pk=kept.pk).exists())


def _remove_superseded(actor: Actor, row: StorageRun) -> None:
    with acting_as(actor), transaction.atomic():
        found = [kept for kept, _ in candidates.superseded()]
    _remove(actor, row, found, lambda kept: any(candidates.superseded(only=kept.pk)))


def _remove(
    actor: Actor, row: StorageRun, objects: list[StoredObject], is_candidate: Callable[[StoredObject], bool]
) -> None:
    """Let go of each. What the store would not give up goes with the next check."""
    _keep(actor, row, total=len(objects))
    done, size = 0, 0
    for kept in objects:
        if _let_go(actor, row, kept, is_candidate):
            remove_bytes(kept)
            done, size = done + 1, size + kept.size
            if done % AT_ONCE == 0:
                _keep(actor, row, done=done, size=size)
    _keep(actor, row, done=done, size=size, finished_at=clock.now())


def _let_go(actor: Actor, row: StorageRun, kept: StoredObject, is_candidate: Callable[[StoredObject], bool]) -> bool:
    """Say that it is removed, with its line in the trail, before the bytes go; with its words, which go at once.

    False when it has ceased to be one that may go since the run began: a client was admitted again, say.
    """
    with acting_as(actor), transaction.atomic():
        if not is_candidate(kept):
            return False
        marked_removed(kept)
        DocumentText.objects.filter(document__object=kept).delete()
        record(
            "storage.removed",
            "A file was removed that no longer had to be kept",
            resource_type="stored_object",
            resource=kept.pk,
            action_type=ADMIN_ACTION,
            details={"run": str(row.pk), "bucket": kept.bucket_id, "kind": row.kind},
            severity="warning",
        )
    return True


DO: dict[str, Callable[[Actor, StorageRun], None]] = {
    RunKind.CHECK: _check,
    RunKind.DEEP_CHECK: _check,
    RunKind.REMOVE_QUARANTINED: _remove_quarantined,
    RunKind.REMOVE_SUPERSEDED: _remove_superseded,
}


def _keep(actor: Actor, row: StorageRun, **values: Any) -> None:
    with acting_as(actor), transaction.atomic():
        row.write(**values)
