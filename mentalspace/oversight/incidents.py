"""Reads of incidents and of what else administrators set, as the API shows them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from mentalspace.audit.models import (
    AlertRule,
    AuditRetention,
    AuditVerification,
    IncidentStatus,
    IncidentStep,
    SavedAuditQuery,
    SecurityIncident,
)
from mentalspace.core.paging import page
from mentalspace.people.models import Profile

KEYS = ("-detected_at", "-id")
LATEST_CHECKS = 10


def listed(
    *, me: UUID, status: str, severity: str, mine: bool, cursor: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    """One page of incidents, the latest first."""
    rows = SecurityIncident.objects.all()
    if status == "unresolved":
        rows = rows.exclude(status=IncidentStatus.RESOLVED)
    elif status:
        rows = rows.filter(status=status)
    if severity:
        rows = rows.filter(severity=severity)
    if mine:
        rows = rows.filter(assigned_to=me)
    found, following = page(rows, keys=KEYS, cursor=cursor)
    names = names_of(person for row in found for person in (row.user_id, row.assigned_to))
    return [_row(row, names) for row in found], following


def shown(incident_id: UUID) -> dict[str, Any]:
    """One incident with its history. 404 when there is none."""
    incident = SecurityIncident.objects.visible(incident_id)
    steps = list(IncidentStep.objects.filter(incident=incident).order_by("created_at", "id"))
    people = [incident.user_id, incident.assigned_to, incident.raised_by]
    people += [person for step in steps for person in (step.taken_by, step.assigned_to)]
    names = names_of(people)
    rule = AlertRule.objects.filter(pk=incident.rule_id).first() if incident.rule_id else None
    return _row(incident, names) | {
        "details": incident.details,
        "raised_by": names.get(incident.raised_by),
        "rule": {"id": rule.pk, "name": rule.name} if rule else None,
        "resource_type": incident.resource_type,
        "resource_id": incident.resource_id,
        "ip_address": incident.ip_address,
        "resolution_notes": incident.resolution_notes,
        "steps": [_step(step, names) for step in steps],
    }


def rules() -> list[AlertRule]:
    """Every alert rule, those at work first."""
    return list(AlertRule.objects.order_by("-is_active", "-severity", "name", "id"))


def retention_rules() -> list[AuditRetention]:
    return list(AuditRetention.objects.order_by("action_type"))


def verifications() -> list[dict[str, Any]]:
    """The latest checks of the chain."""
    rows = list(AuditVerification.objects.order_by("-created_at", "-id")[:LATEST_CHECKS])
    names = names_of(row.asked_by for row in rows)
    return [_verification(row, names) for row in rows]


def verification(row: AuditVerification) -> dict[str, Any]:
    return _verification(row, names_of([row.asked_by]))


def saved_queries(me: UUID) -> list[SavedAuditQuery]:
    return list(SavedAuditQuery.objects.filter(saved_by=me).order_by("name", "id"))


def names_of(people: Iterable[UUID | None]) -> dict[UUID | None, dict[str, Any]]:
    """Those of these ids that are people of the practice, as the API names them."""
    found = Profile.objects.filter(pk__in={person for person in people if person is not None})
    return {person.pk: {"id": person.pk, "name": person.full_name} for person in found}


def _row(row: SecurityIncident, names: dict[UUID | None, dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "incident_type": row.incident_type,
        "severity": row.severity,
        "description": row.description,
        "person": names.get(row.user_id),
        "status": row.status,
        "assigned_to": names.get(row.assigned_to),
        "detected_at": row.detected_at,
        "resolved_at": row.resolved_at,
    }


def _step(step: IncidentStep, names: dict[UUID | None, dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": step.pk,
        "step": step.step,
        "taken_by": names[step.taken_by],
        "assigned_to": names.get(step.assigned_to),
        "note": step.note,
        "created_at": step.created_at,
    }


def _verification(row: AuditVerification, names: dict[UUID | None, dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "asked_by": names[row.asked_by],
        "created_at": row.created_at,
        "finished_at": row.finished_at,
        "rows_checked": row.rows_checked,
        "fault_position": row.fault_position,
        "fault_log_id": row.fault_log_id,
        "fault_reason": row.fault_reason,
    }
