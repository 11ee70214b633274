"""What administrators ask for: a quota, a check, a clearing up with its reason."""

import logging
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import record, records
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed, Refusal
from mentalspace.documents.policies import Status
from mentalspace.people.abilities import can
from mentalspace.storage.models import RunKind, StorageRun, StorageSettings
from mentalspace.upkeep import candidates

CHECKS = (RunKind.CHECK, RunKind.DEEP_CHECK)
BROKEN = "It ended before its time. What was done is done: run it again; the log says why."

logger = logging.getLogger(__name__)


class SettingsChangedElsewhere(Refusal):
    code, status = "settings_changed_elsewhere", 409
    message = "Not saved: somebody changed this in the meantime. Reload to see it."


class AlreadyRuns(Refusal):
    code, status = "already_runs", 409
    message = "This runs already. Wait until it has ended; its progress is on the page."


@records("storage.quota_changed", "{actor} changed how much the practice means to keep", resource_type="storage")
def set_quota(*, quota_bytes: int, version: int, by: Actor) -> StorageSettings:
    """How much the practice means to keep. Below what it keeps already, a warning follows."""
    _may_keep(by)
    row = StorageSettings.objects.select_for_update().first()
    if (row.version if row else 1) != version:
        raise SettingsChangedElsewhere(data={"version": row.version if row else 1})
    if row is None:
        row = StorageSettings(practice_id=by.practice, quota_bytes=quota_bytes, version=2)
        row.save(force_insert=True)
        return row
    return row.write(quota_bytes=quota_bytes, **row.next_version(clock.now()))


@records("storage.run_asked", "{actor} asked for upkeep of the files", resource_type="storage_run", severity="warning")
def ask_for_run(*, kind: str, reason: str, scope: dict[str, Any], by: Actor) -> StorageRun:
    """A check, or a clearing up, to be done by a job. A clearing up needs its reason in words."""
    _may_keep(by)
    if kind not in CHECKS and len(reason) < 10:
        raise BadInput(fields={"reason": ["Write a sentence: it is what will be known of this later."]})
    row = StorageRun(practice_id=by.practice, kind=kind, reason=reason, scope=scope, asked_by=by.person)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # one of a kind at a time: two may ask in the same moment
        raise AlreadyRuns from None
    return row


@records("storage.archived", "{actor} archived old documents", resource_type="storage_run", severity="warning")
def archive(*, run_id: UUID) -> StorageRun:
    """Archive what the run names, as whoever asked for it; each chart has its line in the trail, with the documents."""
    run = StorageRun.objects.for_change(run_id)
    if run.finished_at is not None:
        return run
    try:
        with transaction.atomic():
            return _archive(run)
    except Exception as failure:  # its message could quote a row
        logger.error("run %s of upkeep ended before its time: %s", run.pk, type(failure).__name__)
        return run.write(finished_at=clock.now(), failure=BROKEN)


def _archive(run: StorageRun) -> StorageRun:
    of_client: dict[UUID, list[UUID]] = {}
    for pk, client in candidates.to_archive(**run.scope).values_list("pk", "client_id"):
        of_client.setdefault(client, []).append(pk)
    now, done = clock.now(), 0
    for client, documents in of_client.items():
        rows = candidates.to_archive(**run.scope).filter(pk__in=documents)
        done += rows.update(status=Status.ARCHIVED, archived_at=now, updated_at=now)
        details = {"run": str(run.pk), "documents": [str(pk) for pk in documents]}
        record(
            "document.archived_in_bulk",
            "{actor} archived old documents of a chart",
            resource_type="client_document",
            clients=[client],
            details=details,
        )
    return run.write(started_at=now, finished_at=now, done=done, total=done, found={"clients": len(of_client)})


def _may_keep(by: Actor) -> None:
    if not can(by.audience, "keep_storage"):
        raise NotAllowed
