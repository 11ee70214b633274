"""Recording what happens. Adapters (middleware, jobs, commands) open a `Trail`; everything below only names events.

A PHI read and its audit row share one transaction: when the row cannot be written, the read fails.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from mentalspace.access.actor import NOBODY, Actor, current
from mentalspace.access.saying import tell_triggers
from mentalspace.audit.models import ADMIN_ACTION, DATA_MODIFICATION, PHI_ACCESS, REFUSED, AuditLog

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Trail:
    """Where a piece of work comes from, and the reads it has made but not yet written down."""

    name: str = "The system"
    ip_address: str | None = None
    user_agent: str = ""
    session_id: str = ""
    reads: list[AuditLog] = field(default_factory=list)


_trail: ContextVar[Trail | None] = ContextVar("trail", default=None)


@contextmanager
def following(trail: Trail) -> Iterator[Trail]:
    """Events inside the block carry this origin."""
    token = _trail.set(trail)
    try:
        yield trail
    finally:
        _trail.reset(token)


def origin() -> Trail:
    """Where the present piece of work comes from."""
    return _trail.get() or Trail()


def saw(resource_type: str, *, clients: Iterable[UUID], resource: UUID | None = None, what: str | None = None) -> None:
    """Note that the acting person is being shown these clients' information. Written when the request ends.

    Nothing is noted when there is nobody: a search that finds no one has shown nothing.
    """
    trail = _trail.get()
    if trail is None:
        raise RuntimeError("health information may only be read where there is a trail")
    shown = sorted(set(clients), key=str)
    if not shown:
        return
    trail.reads.append(
        _row(
            trail,
            action_type=PHI_ACCESS,
            event=f"{resource_type}.read",
            resource_type=resource_type,
            resource_id=resource,
            client_ids=shown,
            action_description=f"{trail.name} {what or 'opened a ' + resource_type.replace('_', ' ')}",
            action_details={"shown": len(shown)},
        )
    )


def viewed(report: str, *, since: datetime | None, until: datetime | None) -> None:
    """Write down that the acting person looked at one of oversight's reports, and of which time."""
    record(
        "report.viewed",
        f"{{actor}} looked at the {report} report",
        resource_type="report",
        action_type=ADMIN_ACTION,
        details={
            "report": report,
            "since": since.isoformat() if since else None,
            "until": until.isoformat() if until else None,
        },
    )


def flush() -> None:
    """Write the reads of this request, in the transaction that made them."""
    trail = _trail.get()
    if trail is not None and trail.reads:
        rows, trail.reads = trail.reads, []
        for row in rows:
            _insert(row)


def record(
    event: str,
    description: str,
    *,
    resource_type: str,
    action_type: str = DATA_MODIFICATION,
    resource: UUID | None = None,
    clients: Iterable[UUID] = (),
    details: dict[str, Any] | None = None,
    severity: str = "info",
    about: Actor | None = None,
) -> None:
    """Write one event now. `description` and `details` hold no health information. `about` names whose event it
    is when nobody is acting yet, as at sign-in."""
    trail = origin()
    row = _row(
        trail,
        about=about,
        action_type=action_type,
        event=event,
        resource_type=resource_type,
        resource_id=resource,
        client_ids=list(clients),
        action_description=description.replace("{actor}", trail.name),
        action_details=details or {},
        severity=severity,
    )
    _insert(row)


COLUMNS = [field.attname for field in AuditLog._meta.concrete_fields]
INSERT = f"insert into audit_logs ({', '.join(COLUMNS)}) values ({', '.join(['%s'] * len(COLUMNS))})"
"""Written out: every request writes at least one row, and building this anew took longer than the insert."""


def _insert(row: AuditLog) -> None:
    values = [getattr(row, name) for name in COLUMNS]
    values[COLUMNS.index("action_details")] = Jsonb(row.action_details)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)


def record_refusal(code: str, path: str) -> None:
    """A request that was turned down. The path holds ids, never content."""
    actor = current.get()
    if actor is not None and actor.practice != NOBODY:
        record(
            "request.refused",
            "{actor} was refused",
            resource_type="request",
            resource=_last_id(path),
            action_type=REFUSED,
            details={"code": code, "path": path},
            severity="warning",
        )


def _last_id(path: str) -> UUID | None:
    """The id of what was asked for, so that a search for it finds who tried."""
    for part in reversed(path.split("/")):
        try:
            return UUID(part)
        except ValueError:
            continue
    return None


def records(
    event: str, sentence: str, *, resource_type: str, severity: str = "info"
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Every public action is named: when it succeeds, the event is written in its transaction.

    The action returns the row it is about; its id, and its `client_id` when it has one, go into the record.
    `{actor}` is the person's name; other braces are not filled, so no health information can slip in.
    """

    def decorate(action: Callable[P, R]) -> Callable[P, R]:
        @wraps(action)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            result = action(*args, **kwargs)
            client = getattr(result, "client_id", None)
            record(
                event,
                sentence,
                resource_type=resource_type,
                resource=getattr(result, "pk", None),
                clients=[client] if client else [],
                severity=severity,
            )
            return result

        run.audit_event = event  # type: ignore[attr-defined]
        return run

    return decorate


def recorded_by_database(event: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """As `records`, where a trigger writes the event: the action only tells it where this piece of work comes from."""

    def decorate(action: Callable[P, R]) -> Callable[P, R]:
        @wraps(action)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            trail = origin()
            came = {"ip": trail.ip_address, "agent": trail.user_agent[:300], "session": trail.session_id}
            tell_triggers("ms.origin", json.dumps(came))
            return action(*args, **kwargs)

        run.audit_event = event  # type: ignore[attr-defined]
        return run

    return decorate


def _row(trail: Trail, *, about: Actor | None = None, **values: Any) -> AuditLog:
    actor = about or current.get()
    if actor is None:
        raise RuntimeError("an event needs somebody who acts")
    return AuditLog(
        practice_id=actor.practice,
        user_id=actor.person,
        ip_address=trail.ip_address,
        user_agent=trail.user_agent[:300],
        session_id=trail.session_id,
        **values,
    )
