"""Extracts and breaches over HTTP, for administrators. What names clients is a read of each of them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import record, saw
from mentalspace.core.api import REFUSALS, Page
from mentalspace.core.spreadsheets import csv_text
from mentalspace.ops.incidents.breach import actions, queries
from mentalspace.ops.incidents.breach.models import IncidentExtract
from mentalspace.ops.incidents.breach.rules import Decision
from mentalspace.ops.incidents.breach.schemas import (
    AffectedFilter,
    AffectedOut,
    BreachDecisionIn,
    BreachFactorsIn,
    BreachIn,
    BreachOut,
    IncidentExtractIn,
    IncidentExtractOut,
    PeopleToldIn,
)
from mentalspace.people.abilities import only_for
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["operations"])
ONE = "/operations/incidents/{operations_incident_id}"
CSV = {"responses": {200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}}}}


@router.get(
    f"{ONE}/extracts", response={200: list[IncidentExtractOut], **REFUSALS}, operation_id="list_incident_extracts"
)
def list_incident_extracts(request: StaffRequest, operations_incident_id: UUID) -> list[Any]:
    """Extracts kept with an incident, without their content. Not paged: those of one incident."""
    only_for("run_operations", request.actor.audience)
    return queries.extracts(operations_incident_id)


@router.post(f"{ONE}/extracts", response={201: IncidentExtractOut, **REFUSALS}, operation_id="take_incident_extract")
def take_incident_extract(
    request: StaffRequest, operations_incident_id: UUID, data: IncidentExtractIn
) -> Status[dict[str, Any]]:
    """Keep what the trail says of this now, with its hash."""
    only_for("run_operations", request.actor.audience)
    row = actions.take_extract(
        incident_id=operations_incident_id, by=request.actor, search=data.search(), kept=data.kept()
    )
    return Status(201, queries.extract(row))


@router.get(
    "/operations/incident-extracts/{incident_extract_id}",
    operation_id="read_incident_extract",
    response=REFUSALS,
    openapi_extra=CSV,
)
def read_incident_extract(request: StaffRequest, incident_extract_id: UUID) -> HttpResponse:
    """An extract as CSV, as it was kept."""
    only_for("run_operations", request.actor.audience)
    row = IncidentExtract.objects.visible(incident_extract_id)
    what = f"downloaded {row.lines} lines of the trail that are kept with an incident"
    record(  # also where it names no client
        "incident_extract.downloaded",
        "{actor} downloaded an extract that is kept with an incident",
        resource_type="incident_extract",
        action_type=ADMIN_ACTION,
        resource=row.pk,
        details={"lines": row.lines, "sha256": row.sha256},
        severity="warning",
    )
    saw("incident_extract", clients=row.client_ids, resource=row.pk, what=what)
    return _csv(row.content, f"extract-{row.created_at:%Y%m%d-%H%M%S}.csv")


@router.get(f"{ONE}/breach", response={200: BreachOut, **REFUSALS}, operation_id="get_breach")
def get_breach(request: StaffRequest, operations_incident_id: UUID) -> dict[str, Any]:
    """What is known of it as a breach, without the people."""
    only_for("run_operations", request.actor.audience)
    return queries.breach(operations_incident_id)


@router.put(f"{ONE}/breach", response={200: BreachOut, **REFUSALS}, operation_id="set_breach")
def set_breach(request: StaffRequest, operations_incident_id: UUID, data: BreachIn) -> dict[str, Any]:
    """Say that it may be a breach, or look anew for who is affected."""
    only_for("run_operations", request.actor.audience)
    what: dict[str, Any] = {"incident_id": operations_incident_id, "by": request.actor}
    what |= {"discovered_on": data.discovered_on, "search": data.search.search(), "kept": data.search.kept()}
    if data.version is None:
        actions.declare(**what)
    else:
        actions.count_anew(version=data.version, reason=data.reason, **what)
    return queries.breach(operations_incident_id)


@router.put(f"{ONE}/breach/factors", response={200: BreachOut, **REFUSALS}, operation_id="set_breach_factors")
def set_breach_factors(request: StaffRequest, operations_incident_id: UUID, data: BreachFactorsIn) -> dict[str, Any]:
    """The four factors, as far as they are known."""
    only_for("run_operations", request.actor.audience)
    factors = data.dict(exclude={"version"})
    actions.assess(incident_id=operations_incident_id, by=request.actor, version=data.version, factors=factors)
    return queries.breach(operations_incident_id)


@router.post(f"{ONE}/breach/decision", response={201: BreachOut, **REFUSALS}, operation_id="decide_breach")
def decide_breach(
    request: StaffRequest, operations_incident_id: UUID, data: BreachDecisionIn
) -> Status[dict[str, Any]]:
    """A breach or not, with the reasons. Final."""
    only_for("run_operations", request.actor.audience)
    decided: dict[str, Any] = {"decision": Decision(data.decision), "reasons": data.reasons, "version": data.version}
    actions.decide(incident_id=operations_incident_id, by=request.actor, **decided)
    return Status(201, queries.breach(operations_incident_id))


@router.get(f"{ONE}/breach/people", response={200: Page[AffectedOut], **REFUSALS}, operation_id="list_affected")
def list_affected(
    request: StaffRequest, operations_incident_id: UUID, filters: Query[AffectedFilter]
) -> dict[str, Any]:
    """Who is affected, a page at a time."""
    only_for("run_operations", request.actor.audience)
    items, clients, following = queries.affected(operations_incident_id, cursor=filters.cursor)
    saw("breach_list", clients=clients, resource=operations_incident_id, what="looked at who is affected by a breach")
    return {"items": items, "next": following}


@router.post(f"{ONE}/breach/notices", response={201: BreachOut, **REFUSALS}, operation_id="mark_people_told")
def mark_people_told(request: StaffRequest, operations_incident_id: UUID, data: PeopleToldIn) -> Status[dict[str, Any]]:
    """Note when and how people of the list were told."""
    only_for("run_operations", request.actor.audience)
    actions.mark_told(incident_id=operations_incident_id, by=request.actor, **data.dict())
    return Status(201, queries.breach(operations_incident_id))


@router.get(f"{ONE}/breach/list", operation_id="read_breach_list", response=REFUSALS, openapi_extra=CSV)
def read_breach_list(request: StaffRequest, operations_incident_id: UUID) -> HttpResponse:
    """The whole list as CSV, with addresses to write to."""
    only_for("run_operations", request.actor.audience)
    rows, clients = queries.exported(operations_incident_id)
    what = f"downloaded the list of {len(clients)} people affected by a breach"
    saw("breach_list", clients=clients, resource=operations_incident_id, what=what)
    return _csv(csv_text(queries.HEADER, rows), "affected-people.csv")


def _csv(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
