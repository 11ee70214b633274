"""The repairs: each says why, names its event with that reason, and changes nothing that is another than was seen.

What runs in the database decides what became of it, so that two administrators, or one and the worker, never both
believe that they did it.
"""

from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404

from mentalspace.access.actor import Actor
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import record
from mentalspace.core import clock
from mentalspace.core.errors import NotAllowed, Refusal
from mentalspace.ops.repairs.errors import (
    AlreadyDone,
    AlreadyDropped,
    AlreadyWaiting,
    LimitOver,
    NothingToCancel,
    SameWorkWaits,
    StatementOver,
    TakenByWorker,
)
from mentalspace.people.abilities import can

DONE, GONE = "done", "gone"

OF_A_JOB: dict[str, type[Refusal]] = {
    "doing": TakenByWorker,
    "succeeded": AlreadyDone,
    "cancelled": AlreadyDropped,
    "aborted": AlreadyDropped,
    "todo": AlreadyWaiting,
    "twin": SameWorkWaits,
}
"""Why a job is left as it is, by the word the database says."""

OF_A_STATEMENT: dict[str, type[Refusal]] = {"over": StatementOver, "idle": NothingToCancel}


def retry_job(*, job_id: int, by: Actor, reason: str) -> None:
    """Put a job that failed back into the queue, to be done once. Raises Http404 and what is in `OF_A_JOB`."""
    _mend_job("access.retry_job", job_id, by)
    _note("job.retried", "{actor} had a job done again", "job", reason, by_number=job_id)


def drop_job(*, job_id: int, by: Actor, reason: str) -> None:
    """Give up a job that failed or waits. Raises Http404 and what is in `OF_A_JOB`."""
    _mend_job("access.drop_job", job_id, by)
    _note("job.dropped", "{actor} dropped a job", "job", reason, by_number=job_id)


def _mend_job(function: str, job_id: int, by: Actor) -> None:
    _check_may(by)
    said = _said(f"select {function}(%s)", [job_id])
    if said == GONE:
        raise Http404
    if said != DONE:
        raise OF_A_JOB[said]


def end_statement(*, statement_id: str, disconnects: bool, by: Actor, reason: str) -> None:
    """Cancel a statement, or end its connection when that does not help; what it had begun is undone.

    The id tells it from another that has begun meanwhile under the same number. Raises StatementOver and
    NothingToCancel.
    """
    _check_may(by)
    said = _said("select access.end_statement(%s, %s)", [statement_id, disconnects])
    if said != DONE:
        raise OF_A_STATEMENT[said]
    what = "ended a connection to the database" if disconnects else "cancelled a statement"
    what = f"{{actor}} {what} of this installation, whichever practice's it was"
    _note("statement.ended", what, "statement", reason, by_number=int(statement_id.partition("-")[0]))


def lift_limit(*, limit_id: UUID, by: Actor, reason: str) -> None:
    """Let somebody try again who tried too often. Raises LimitOver."""
    _check_may(by)
    if not _said("select access.lift_rate_limit(%s, %s)", [limit_id, clock.now()]):
        raise LimitOver
    _note("rate_limit.lifted", "{actor} lifted a limit of tries", "rate_limit", reason, resource=limit_id)


def _check_may(by: Actor) -> None:
    if not can(by.audience, "run_operations"):
        raise NotAllowed


def _said(statement: str, given: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()[0]


def _note(
    event: str, sentence: str, kind: str, reason: str, *, resource: UUID | None = None, by_number: int | None = None
) -> None:
    """Repairs are critical, and say why. Jobs and connections have numbers, not ids."""
    details = {"reason": reason} | ({"number": by_number} if by_number is not None else {})
    record(
        event,
        sentence,
        resource_type=kind,
        action_type=ADMIN_ACTION,
        resource=resource,
        details=details,
        severity="critical",
    )
