"""The audit trail over HTTP, for administrators: the database gives it to nobody else. Looking at it is audited."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from mentalspace.audit.models import PHI_ACCESS, AuditVerification
from mentalspace.audit.trail import record, saw, viewed
from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, Page, as_made, page_as_made
from mentalspace.core.errors import Refusal
from mentalspace.core.spreadsheets import csv_text
from mentalspace.oversight import actions, incidents, jobs, trail
from mentalspace.oversight.reports import Checks
from mentalspace.oversight.schemas import (
    CountOut,
    ExportIn,
    LineDetail,
    LineOut,
    RetentionIn,
    RetentionOut,
    SavedQueryIn,
    SavedQueryOut,
    SeenFilter,
    SeenOut,
    TrailFilter,
    TrailQuery,
    VerificationOut,
)
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["audit"])
CSV = {"responses": {200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}}}}
MANY = 50
"""Lines from which an export must be confirmed: the original's own line between a look and a bulk export."""


class ExportUnconfirmed(Refusal):
    code, status = "export_unconfirmed", 409
    message = "Nothing was exported: these are many lines. Confirm that they may leave the product."


@router.get("/audit", response={200: Page[LineOut], **REFUSALS}, operation_id="list_audit")
def list_audit(request: StaffRequest, filters: Query[TrailFilter]) -> HttpResponse:
    """The trail, newest first, a page at a time."""
    made, clients, following = trail.listed(practice=request.actor.practice, **filters.dict())
    _looked("looked at the audit trail", clients, filters)
    return page_as_made(made, following)


@router.get("/audit/count", response={200: CountOut, **REFUSALS}, operation_id="count_audit")
def count_audit(request: StaffRequest, filters: Query[TrailQuery]) -> dict[str, Any]:
    """How many lines, about how many clients, an export of this search would carry."""
    rows, clients = trail.count(request.actor.practice, **filters.dict())
    most = trail.MOST_EXPORTED
    return {"rows": min(rows, most), "clients": clients, "is_more": rows > most}


@router.get("/audit/seen", response={200: Page[SeenOut], **REFUSALS}, operation_id="list_seen")
def list_seen(request: StaffRequest, filters: Query[SeenFilter]) -> HttpResponse:
    """Which clients' information an account was shown in a span of time: the scope of a breach."""
    made, clients, following = trail.seen(practice=request.actor.practice, **filters.dict())
    _looked("looked at what somebody had seen", clients, filters)
    return page_as_made(made, following)


@router.post("/audit/exports", operation_id="export_audit", response=REFUSALS, openapi_extra=CSV)
def export_audit(request: StaffRequest, data: ExportIn) -> HttpResponse:
    """A search of the trail as CSV, at most 50,000 lines. More than 50 must be confirmed."""
    chosen = data.dict(exclude={"confirmed"})
    rows = trail.exported(request.actor.practice, request.me.practice.timezone, **chosen)
    if len(rows) > MANY and not data.confirmed:
        raise ExportUnconfirmed(data={"rows": len(rows)})
    clients = {client for row in rows for client in row[-1]}
    record(
        "audit.exported",
        f"{{actor}} exported {len(rows)} lines of the audit trail",
        resource_type="audit_trail",
        action_type=PHI_ACCESS,
        clients=sorted(clients, key=str),
        details={"rows": len(rows), "search": _search(data)},
        severity="warning" if len(rows) <= MANY else "critical",
    )
    answer = HttpResponse(
        csv_text(trail.EXPORT_COLUMNS, (row[:-1] for row in rows)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="audit-{clock.now():%Y%m%d-%H%M%S}.csv"'
    return answer


@router.get("/audit/queries", response={200: list[SavedQueryOut], **REFUSALS}, operation_id="list_audit_queries")
def list_audit_queries(request: StaffRequest) -> list[Any]:
    """One's own saved searches, by name. Not paged: a person's own handful."""
    return list(incidents.saved_queries(request.actor.person))


@router.post("/audit/queries", response={201: SavedQueryOut, **REFUSALS}, operation_id="save_audit_query")
def save_audit_query(request: StaffRequest, data: SavedQueryIn) -> Status[Any]:
    filters = data.filters.model_dump(mode="json", exclude_defaults=True)
    return Status(201, actions.save_query(by=request.actor, name=data.name, filters=filters))


@router.delete("/audit/queries/{query_id}", response={204: None, **REFUSALS}, operation_id="remove_audit_query")
def remove_audit_query(request: StaffRequest, query_id: UUID) -> Status[None]:
    actions.remove_query(query_id=query_id)
    return Status(204, None)


@router.get(
    "/audit/verifications", response={200: list[VerificationOut], **REFUSALS}, operation_id="list_verifications"
)
def list_verifications(request: StaffRequest) -> list[dict[str, Any]]:
    """The latest checks of the chain, newest first."""
    return incidents.verifications()


@router.post("/audit/verifications", response={202: VerificationOut, **REFUSALS}, operation_id="verify_audit")
def verify_audit(request: StaffRequest) -> Status[dict[str, Any]]:
    """Have the whole chain checked; it takes about a minute for a million lines. Ask again for the result."""
    row: AuditVerification = actions.ask_for_verification(by=request.actor)
    jobs.verify.defer(verification=str(row.pk))
    return Status(202, incidents.verification(row))


@router.get("/audit/retention", response={200: RetentionOut, **REFUSALS}, operation_id="get_audit_retention")
def get_audit_retention(request: StaffRequest) -> dict[str, Any]:
    """How far the trail goes back, what is kept beyond the six years, and how much may go now. Written down."""
    found = Checks(request.actor.practice, request.me.practice.timezone, clock.now()).retention()
    viewed("retention", since=found["oldest_log"], until=found["newest_log"])
    return found | {"rules": incidents.retention_rules()}


@router.put("/audit/retention", response={204: None, **REFUSALS}, operation_id="set_audit_retention")
def set_audit_retention(request: StaffRequest, data: RetentionIn) -> Status[None]:
    actions.set_retention(by=request.actor, **data.dict())
    return Status(204, None)


@router.get("/audit/{line_id}", response={200: LineDetail, **REFUSALS}, operation_id="get_audit_line")
def get_audit_line(request: StaffRequest, line_id: UUID) -> HttpResponse:
    """Everything kept about one line, and its place in the chain."""
    made, clients = trail.line(request.actor.practice, line_id)
    _looked("looked at a line of the audit trail", clients)
    return as_made(made)


def _looked(what: str, clients: list[UUID], filters: TrailQuery | SeenFilter | None = None) -> None:
    """Looking at the trail is a read of the clients it names, and an event of its own where it names none."""
    saw("audit_trail", clients=clients, what=what)
    if not clients:
        record(
            "audit_trail.viewed",
            f"{{actor}} {what}",
            resource_type="audit_trail",
            action_type=PHI_ACCESS,
            details={"search": _search(filters)} if filters else {},
        )


def _search(filters: Any) -> dict[str, Any]:
    """What was looked for, by ids and kinds."""
    chosen: dict[str, Any] = filters.model_dump(mode="json", exclude_defaults=True)
    return {name: value for name, value in chosen.items() if name not in ("cursor", "confirmed")}
