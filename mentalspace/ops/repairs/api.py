"""Repairs over HTTP, for administrators: each with a reason, each in the trail."""

from typing import Any
from uuid import UUID

from ninja import Router

from mentalspace.core.api import REFUSALS
from mentalspace.ops.repairs import mending, queries
from mentalspace.ops.repairs.schemas import JobNumber, RepairIn, RepairsOut, StatementEndIn, StatementId
from mentalspace.people.abilities import only_for
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["operations"])
ANSWERS = {200: RepairsOut, **REFUSALS}
"""Every repair answers with what is left to repair."""


@router.get("/operations/repairs", response=ANSWERS, operation_id="get_repairs")
def get_repairs(request: StaffRequest) -> dict[str, Any]:
    """What could be repaired now. Not paged: the latest hundred jobs, and statements and limits are few."""
    only_for("run_operations", request.actor.audience)
    return _now()


@router.post("/operations/repairs/jobs/{job_number}/retry", response=ANSWERS, operation_id="retry_job")
def retry_job(request: StaffRequest, job_number: JobNumber, data: RepairIn) -> dict[str, Any]:
    """Have a job that failed done again."""
    only_for("run_operations", request.actor.audience)
    mending.retry_job(job_id=job_number, by=request.actor, reason=data.reason)
    return _now()


@router.post("/operations/repairs/jobs/{job_number}/drop", response=ANSWERS, operation_id="drop_job")
def drop_job(request: StaffRequest, job_number: JobNumber, data: RepairIn) -> dict[str, Any]:
    """Give up a job that failed or waits."""
    only_for("run_operations", request.actor.audience)
    mending.drop_job(job_id=job_number, by=request.actor, reason=data.reason)
    return _now()


@router.post("/operations/repairs/statements/{statement_id}/end", response=ANSWERS, operation_id="end_statement")
def end_statement(request: StaffRequest, statement_id: StatementId, data: StatementEndIn) -> dict[str, Any]:
    """Cancel a statement that does not end, or end its connection."""
    only_for("run_operations", request.actor.audience)
    mending.end_statement(statement_id=statement_id, disconnects=data.disconnects, by=request.actor, reason=data.reason)
    return _now()


@router.post("/operations/repairs/limits/{limit_id}/lift", response=ANSWERS, operation_id="lift_limit")
def lift_limit(request: StaffRequest, limit_id: UUID, data: RepairIn) -> dict[str, Any]:
    """Let somebody try again who tried too often."""
    only_for("run_operations", request.actor.audience)
    mending.lift_limit(limit_id=limit_id, by=request.actor, reason=data.reason)
    return _now()


def _now() -> dict[str, Any]:
    return {"jobs": queries.jobs(), "statements": queries.statements(), "limits": queries.reached_limits()}
