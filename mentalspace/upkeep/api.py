"""Where files are kept, over HTTP, for administrators."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.core.api import REFUSALS
from mentalspace.people.abilities import only_for
from mentalspace.people.middleware import StaffRequest
from mentalspace.storage.models import GIGABYTE
from mentalspace.upkeep import actions, candidates, jobs, queries
from mentalspace.upkeep.schemas import (
    ClearingFilter,
    ClearingPreview,
    FindingOut,
    LargeOut,
    QuotaIn,
    RunIn,
    RunOut,
    StorageOut,
)

router = Router(tags=["storage"])


@router.get("/storage", response={200: StorageOut, **REFUSALS}, operation_id="get_storage")
def get_storage(request: StaffRequest) -> dict[str, Any]:
    """How much is kept in each bucket, against what the practice means to keep."""
    only_for("keep_storage", request.actor.audience)
    return queries.held()


@router.put("/storage/quota", response={200: StorageOut, **REFUSALS}, operation_id="change_storage_quota")
def change_storage_quota(request: StaffRequest, data: QuotaIn) -> dict[str, Any]:
    actions.set_quota(quota_bytes=data.gigabytes * GIGABYTE, version=data.version, by=request.actor)
    return queries.held()


@router.get("/storage/largest", response={200: list[LargeOut], **REFUSALS}, operation_id="list_largest_files")
def list_largest_files(request: StaffRequest) -> list[dict[str, Any]]:
    """The twenty largest files, with whose they are."""
    only_for("keep_storage", request.actor.audience)
    rows = queries.largest()
    saw("document_list", clients=[row["client_id"] for row in rows if row["client_id"]], what="looked at large files")
    return rows


@router.get("/storage/preview", response={200: ClearingPreview, **REFUSALS}, operation_id="preview_clearing")
def preview_clearing(request: StaffRequest, filters: Query[ClearingFilter]) -> dict[str, Any]:
    """How much a clearing up would touch now. Changes nothing."""
    only_for("keep_storage", request.actor.audience)
    return asdict(candidates.preview(**filters.dict()))


@router.get("/storage/runs", response={200: list[RunOut], **REFUSALS}, operation_id="list_storage_runs")
def list_storage_runs(request: StaffRequest) -> list[dict[str, Any]]:
    """The latest thirty checks and clearings up, the newest first, with how far they are."""
    only_for("keep_storage", request.actor.audience)
    return queries.runs()


@router.post("/storage/runs", response={202: RunOut, **REFUSALS}, operation_id="start_storage_run")
def start_storage_run(request: StaffRequest, data: RunIn) -> Status[dict[str, Any]]:
    """Have the files checked, or cleared up, by a job."""
    is_archive = data.kind == "archive"
    scope = {"older_than_years": data.older_than_years, "only_former": data.only_former} if is_archive else {}
    row = actions.ask_for_run(kind=data.kind, reason=data.reason, scope=scope, by=request.actor)
    if is_archive:
        jobs.archive.defer(run=str(row.pk))
    else:
        jobs.run.defer(practice=str(row.practice_id), run=str(row.pk))
    return Status(202, queries.run(row.pk))


@router.get("/storage/runs/{run_id}", response={200: RunOut, **REFUSALS}, operation_id="get_storage_run")
def get_storage_run(request: StaffRequest, run_id: UUID) -> dict[str, Any]:
    only_for("keep_storage", request.actor.audience)
    return queries.run(run_id)


@router.post("/storage/connection-check", response={200: list[FindingOut], **REFUSALS}, operation_id="check_s3")
def check_s3(request: StaffRequest) -> list[dict[str, Any]]:
    """Ask S3 how its buckets are set up. 404 while files are kept in the home."""
    only_for("keep_storage", request.actor.audience)
    return [asdict(found) for found in queries.findings()]
