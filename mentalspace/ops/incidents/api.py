"""Incidents over HTTP, for administrators: parse → one action or query → return."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, Page
from mentalspace.ops.incidents import actions, on_call_actions, queries
from mentalspace.ops.incidents.rules import Severity
from mentalspace.ops.incidents.rules import Status as IncidentStatus
from mentalspace.ops.incidents.schemas import (
    ActionItemChange,
    ActionItemIn,
    IncidentLinkIn,
    IncidentRolesIn,
    IncidentRuleChange,
    IncidentRuleOut,
    IncidentSeverityIn,
    IncidentStatusIn,
    IncidentSummaryOut,
    LinkablesOut,
    OnCallIn,
    OnCallOut,
    OperationsIncidentFilter,
    OperationsIncidentIn,
    OperationsIncidentOut,
    OperationsIncidentRow,
    OverrideIn,
    PostMortemIn,
    PostMortemPublicationIn,
    TimelineNoteIn,
)
from mentalspace.people.abilities import only_for
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["operations"])
ONE = "/operations/incidents/{operations_incident_id}"
SHOWN: dict[int, Any] = {200: OperationsIncidentOut, **REFUSALS}
MADE: dict[int, Any] = {201: OperationsIncidentOut, **REFUSALS}


@router.get(
    "/operations/incidents",
    response={200: Page[OperationsIncidentRow], **REFUSALS},
    operation_id="list_operations_incidents",
)
def list_operations_incidents(request: StaffRequest, filters: Query[OperationsIncidentFilter]) -> dict[str, Any]:
    """Incidents, the latest first, a page at a time."""
    only_for("run_operations", request.actor.audience)
    items, following = queries.listed(**filters.dict())
    return {"items": items, "next": following}


@router.post("/operations/incidents", response=MADE, operation_id="open_operations_incident")
def open_operations_incident(request: StaffRequest, data: OperationsIncidentIn) -> Status[dict[str, Any]]:
    """Open one, and call whoever is on call."""
    only_for("run_operations", request.actor.audience)
    row = actions.open_by_person(
        by=request.actor,
        incident_id=data.id,
        title=data.title,
        severity=Severity(data.severity),
        detected_at=data.detected_at,
        note=data.note,
        alert=data.alert_id,
        security_incident=data.security_incident_id,
    )
    return Status(201, queries.shown(row.pk))


@router.get(
    "/operations/incidents/summary",
    response={200: IncidentSummaryOut, **REFUSALS},
    operation_id="get_incident_summary",
)
def get_incident_summary(request: StaffRequest) -> dict[str, Any]:
    """How many stand, what is late, and who is on call."""
    only_for("run_operations", request.actor.audience)
    return queries.summary(request.actor.person)


@router.get(
    "/operations/incidents/linkable", response={200: LinkablesOut, **REFUSALS}, operation_id="list_incident_linkables"
)
def list_incident_linkables(request: StaffRequest) -> dict[str, Any]:
    """What an incident can be opened from, or linked to. Not paged: the latest fifty of each."""
    only_for("run_operations", request.actor.audience)
    return queries.linkable()


@router.get(ONE, response=SHOWN, operation_id="get_operations_incident")
def get_operations_incident(request: StaffRequest, operations_incident_id: UUID) -> dict[str, Any]:
    """One with its timeline, what it is about, and what was learnt."""
    only_for("run_operations", request.actor.audience)
    return queries.shown(operations_incident_id)


@router.post(f"{ONE}/command", response=SHOWN, operation_id="take_operations_incident")
def take_operations_incident(request: StaffRequest, operations_incident_id: UUID) -> dict[str, Any]:
    """Take it on: nobody further is called."""
    only_for("run_operations", request.actor.audience)
    actions.take(incident_id=operations_incident_id, by=request.actor)
    return queries.shown(operations_incident_id)


@router.post(f"{ONE}/notes", response=MADE, operation_id="note_operations_incident")
def note_operations_incident(
    request: StaffRequest, operations_incident_id: UUID, data: TimelineNoteIn
) -> Status[dict[str, Any]]:
    """Write a line into the timeline."""
    only_for("run_operations", request.actor.audience)
    actions.add_note(incident_id=operations_incident_id, by=request.actor, line_id=data.id, text=data.note)
    return Status(201, queries.shown(operations_incident_id))


@router.put(f"{ONE}/severity", response=SHOWN, operation_id="set_operations_incident_severity")
def set_operations_incident_severity(
    request: StaffRequest, operations_incident_id: UUID, data: IncidentSeverityIn
) -> dict[str, Any]:
    """Graver or less so, with the reason."""
    only_for("run_operations", request.actor.audience)
    to = Severity(data.severity)
    actions.change_severity(
        incident_id=operations_incident_id, by=request.actor, version=data.version, to=to, why=data.reason
    )
    return queries.shown(operations_incident_id)


@router.put(f"{ONE}/status", response=SHOWN, operation_id="set_operations_incident_status")
def set_operations_incident_status(
    request: StaffRequest, operations_incident_id: UUID, data: IncidentStatusIn
) -> dict[str, Any]:
    """Move it on. Resolving and closing are people's to do."""
    only_for("run_operations", request.actor.audience)
    to = IncidentStatus(data.status)
    actions.move(incident_id=operations_incident_id, by=request.actor, version=data.version, to=to, text=data.note)
    return queries.shown(operations_incident_id)


@router.put(f"{ONE}/roles", response=SHOWN, operation_id="set_operations_incident_roles")
def set_operations_incident_roles(
    request: StaffRequest, operations_incident_id: UUID, data: IncidentRolesIn
) -> dict[str, Any]:
    """Who commands, who speaks, who writes."""
    only_for("run_operations", request.actor.audience)
    actions.set_roles(incident_id=operations_incident_id, by=request.actor, **data.dict())
    return queries.shown(operations_incident_id)


@router.post(f"{ONE}/links", response=MADE, operation_id="link_operations_incident")
def link_operations_incident(
    request: StaffRequest, operations_incident_id: UUID, data: IncidentLinkIn
) -> Status[dict[str, Any]]:
    """Say that it is about this too."""
    only_for("run_operations", request.actor.audience)
    about = {"alert": data.alert_id, "security_incident": data.security_incident_id}
    actions.add_link(incident_id=operations_incident_id, by=request.actor, **about)
    return Status(201, queries.shown(operations_incident_id))


@router.post(f"{ONE}/action-items", response=MADE, operation_id="add_incident_action_item")
def add_incident_action_item(
    request: StaffRequest, operations_incident_id: UUID, data: ActionItemIn
) -> Status[dict[str, Any]]:
    """What is to be done, by whom, until when."""
    only_for("run_operations", request.actor.audience)
    values = data.dict(exclude={"id"})
    actions.add_action_item(incident_id=operations_incident_id, by=request.actor, item_id=data.id, **values)
    return Status(201, queries.shown(operations_incident_id))


@router.put(
    "/operations/incident-action-items/{action_item_id}", response=SHOWN, operation_id="change_incident_action_item"
)
def change_incident_action_item(request: StaffRequest, action_item_id: UUID, data: ActionItemChange) -> dict[str, Any]:
    """Change one, or say that it is done."""
    only_for("run_operations", request.actor.audience)
    item = actions.change_action_item(item_id=action_item_id, by=request.actor, **data.dict())
    return queries.shown(item.incident_id)


@router.put(f"{ONE}/post-mortem", response=SHOWN, operation_id="save_post_mortem")
def save_post_mortem(request: StaffRequest, operations_incident_id: UUID, data: PostMortemIn) -> dict[str, Any]:
    """Keep the post-mortem as far as it is written."""
    only_for("run_operations", request.actor.audience)
    texts = data.dict(exclude={"version"})
    actions.save_post_mortem(incident_id=operations_incident_id, by=request.actor, version=data.version, texts=texts)
    return queries.shown(operations_incident_id)


@router.post(f"{ONE}/post-mortem/publication", response=MADE, operation_id="publish_post_mortem")
def publish_post_mortem(
    request: StaffRequest, operations_incident_id: UUID, data: PostMortemPublicationIn
) -> Status[dict[str, Any]]:
    """Publish it: nothing changes it any more."""
    only_for("run_operations", request.actor.audience)
    actions.publish_post_mortem(incident_id=operations_incident_id, by=request.actor, version=data.version)
    return Status(201, queries.shown(operations_incident_id))


@router.get(
    "/operations/incident-rules", response={200: list[IncidentRuleOut], **REFUSALS}, operation_id="list_incident_rules"
)
def list_incident_rules(request: StaffRequest) -> list[Any]:
    """What opens an incident by itself. Not paged: one for each severity of what is noticed."""
    only_for("run_operations", request.actor.audience)
    return queries.rules()


@router.put(
    "/operations/incident-rules/{incident_rule_id}",
    response={200: IncidentRuleOut, **REFUSALS},
    operation_id="change_incident_rule",
)
def change_incident_rule(request: StaffRequest, incident_rule_id: UUID, data: IncidentRuleChange) -> Any:
    """Have this open an incident of another severity, or none."""
    only_for("run_operations", request.actor.audience)
    return actions.change_rule(rule_id=incident_rule_id, by=request.actor, version=data.version, opens=data.opens)


@router.get("/operations/on-call", response={200: OnCallOut, **REFUSALS}, operation_id="get_on_call")
def get_on_call(request: StaffRequest) -> dict[str, Any]:
    """Who is on call when."""
    only_for("run_operations", request.actor.audience)
    return queries.duty(clock.now())


@router.put("/operations/on-call", response={200: OnCallOut, **REFUSALS}, operation_id="set_on_call")
def set_on_call(request: StaffRequest, data: OnCallIn) -> dict[str, Any]:
    """The order in which people are on call, a week each."""
    only_for("run_operations", request.actor.audience)
    on_call_actions.set_rotation(by=request.actor, **data.dict())
    return queries.duty(clock.now())


@router.post(
    "/operations/on-call/overrides", response={201: OnCallOut, **REFUSALS}, operation_id="add_on_call_override"
)
def add_on_call_override(request: StaffRequest, data: OverrideIn) -> Status[dict[str, Any]]:
    """Have somebody step in."""
    only_for("run_operations", request.actor.audience)
    on_call_actions.step_in(by=request.actor, override_id=data.id, **data.dict(exclude={"id"}))
    return Status(201, queries.duty(clock.now()))


@router.delete(
    "/operations/on-call/overrides/{override_id}",
    response={200: OnCallOut, **REFUSALS},
    operation_id="remove_on_call_override",
)
def remove_on_call_override(request: StaffRequest, override_id: UUID) -> dict[str, Any]:
    """Nobody steps in there any more."""
    only_for("run_operations", request.actor.audience)
    on_call_actions.call_off(by=request.actor, override_id=override_id)
    return queries.duty(clock.now())
