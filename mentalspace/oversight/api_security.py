"""Security monitoring over HTTP: the runbook's checks, alert rules, incidents. For administrators; anybody reports."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.audit.trail import viewed
from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, Page
from mentalspace.core.errors import BadInput
from mentalspace.oversight import actions, incidents
from mentalspace.oversight.reports import LONGEST, Checks
from mentalspace.oversight.schemas import (
    IncidentFilter,
    IncidentIn,
    IncidentOut,
    IncidentRow,
    IncidentStepIn,
    RuleChange,
    RuleIn,
    RuleOut,
    SecurityReport,
)
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["security"])


@router.get("/security/report", response={200: SecurityReport, **REFUSALS}, operation_id="get_security_report")
def get_security_report(request: StaffRequest) -> dict[str, Any]:
    """The runbook's daily and weekly checks, as they stand now. Looking at them is written down."""
    now = clock.now()
    checks = Checks(request.actor.practice, request.me.practice.timezone, now)
    found = {
        "made_at": now,
        "phi_access": checks.phi_access(),
        "failed_sign_ins": checks.failed_sign_ins(),
        "incidents": checks.incidents(),
        "active_users": checks.active_users(),
        "top_users": checks.top_users(),
        "phi_by_person": checks.phi_by_person(),
        "after_hours": checks.after_hours(),
        "role_changes": checks.role_changes(),
        "refusals": checks.refusals(),
        "second_factor": checks.second_factor(),
        "by_day": checks.by_day(),
    }
    viewed("security", since=now - LONGEST, until=now)
    return found


@router.get("/security/rules", response={200: list[RuleOut], **REFUSALS}, operation_id="list_alert_rules")
def list_alert_rules(request: StaffRequest) -> list[Any]:
    """Every alert rule, those at work first. Not paged: a practice's rules fit a screen."""
    return list(incidents.rules())


@router.post("/security/rules", response={201: RuleOut, **REFUSALS}, operation_id="add_alert_rule")
def add_alert_rule(request: StaffRequest, data: RuleIn) -> Status[Any]:
    return Status(201, actions.add_rule(by=request.actor, values=data.dict()))


@router.put("/security/rules/{rule_id}", response={200: RuleOut, **REFUSALS}, operation_id="change_alert_rule")
def change_alert_rule(request: StaffRequest, rule_id: UUID, data: RuleChange) -> Any:
    values = data.dict(exclude={"version"})
    return actions.change_rule(rule_id=rule_id, version=data.version, values=values)


@router.get("/security/incidents", response={200: Page[IncidentRow], **REFUSALS}, operation_id="list_incidents")
def list_incidents(request: StaffRequest, filters: Query[IncidentFilter]) -> dict[str, Any]:
    """Incidents, the latest first, a page at a time."""
    items, following = incidents.listed(me=request.actor.person, **filters.dict())
    return {"items": items, "next": following}


@router.post("/security/incidents", response={204: None, **REFUSALS}, operation_id="report_incident")
def report_incident(request: StaffRequest, data: IncidentIn) -> Status[None]:
    """Tell the administrators of something. Everybody who works here may; only administrators see it."""
    actions.report_incident(**data.dict())
    return Status(204, None)


@router.get("/security/incidents/{incident_id}", response={200: IncidentOut, **REFUSALS}, operation_id="get_incident")
def get_incident(request: StaffRequest, incident_id: UUID) -> dict[str, Any]:
    """One incident with its history."""
    return incidents.shown(incident_id)


@router.post(
    "/security/incidents/{incident_id}/steps", response={201: IncidentOut, **REFUSALS}, operation_id="take_step"
)
def take_step(request: StaffRequest, incident_id: UUID, data: IncidentStepIn) -> Status[dict[str, Any]]:
    """Look into it, assign it, note something, or resolve it."""
    what: dict[str, Any] = {"incident_id": incident_id, "by": request.actor, "note": data.note}
    match data.step:
        case "investigating":
            actions.investigate(**what)
        case "assigned" if data.assigned_to is not None:
            actions.assign(to=data.assigned_to, **what)
        case "assigned":
            raise BadInput(fields={"assigned_to": ["Choose who looks into it."]})
        case "noted":
            actions.add_note(**what)
        case "resolved":
            actions.resolve(**what)
    return Status(201, incidents.shown(incident_id))
