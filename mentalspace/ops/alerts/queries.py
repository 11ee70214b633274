"""Alerts as the page shows them: with their history and the names of who was told."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from mentalspace.core.paging import page
from mentalspace.ops.alerts import silence, webhooks
from mentalspace.ops.alerts.models import (
    STANDING,
    SystemAlert,
    SystemAlertLine,
    SystemAlertRule,
    WebhookDelivery,
)
from mentalspace.ops.alerts.rules import UNWATCHED, Severity, Stage
from mentalspace.ops.checks.registry import CHECKS
from mentalspace.ops.incidents.models import OperationsIncidentLink
from mentalspace.ops.metrics.rules import METRICS
from mentalspace.people.models import Profile

KEYS = ("-opened_at", "-id")
LEFT = "Somebody who left"
LATEST_DELIVERIES = 10


def listed(*, stage: str, severity: str, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """A page of alerts, the latest first. Five statements."""
    rows = SystemAlert.objects.exclude(stage=Stage.PENDING).select_related("rule")
    if stage:
        rows = rows.filter(stage__in=STANDING) if stage == "standing" else rows.filter(stage=Stage.RESOLVED)
    if severity:
        rows = rows.filter(severity=severity)
    found, following = page(rows, keys=KEYS, cursor=cursor)
    return shown(found), following


def shown(rows: list[SystemAlert]) -> list[dict[str, Any]]:
    lines: dict[UUID, list[SystemAlertLine]] = {row.pk: [] for row in rows}
    for line in SystemAlertLine.objects.filter(alert__in=rows).order_by("created_at", "id"):
        lines[line.alert_id].append(line)
    every = [line for of in lines.values() for line in of]
    named = _names([person for line in every for person in (*line.people, line.person) if person])
    links = OperationsIncidentLink.objects.filter(alert__in=rows).values_list("alert", "incident", "incident__number")
    of = {alert: {"id": incident, "number": number} for alert, incident, number in links}
    return [_shown(row, lines[row.pk], named) | {"incident": of.get(row.pk)} for row in rows]


def _shown(row: SystemAlert, lines: list[SystemAlertLine], named: dict[UUID, str]) -> dict[str, Any]:
    same = (
        "id", "severity", "stage", "title", "says", "fix", "page", "since", "last_at", "count", "good_since",
        "unknown_since", "opened_at", "next_step_at", "acknowledged_at", "note", "resolved_at",
    )  # fmt: skip
    return {name: getattr(row, name) for name in same} | {
        "rule": row.rule.name,
        "acknowledged_by": named.get(row.acknowledged_by, LEFT) if row.acknowledged_by else None,
        "history": [
            {
                "at": line.created_at,
                "happened": line.happened,
                "person": named.get(line.person, LEFT) if line.person else None,
                "people": [named.get(person, LEFT) for person in line.people],
                "channels": line.channels,
                "note": line.note,
            }
            for line in lines
        ],
    }


def _names(people: Iterable[UUID]) -> dict[UUID, str]:
    return {pk: person.full_name for pk, person in Profile.objects.in_bulk(set(people)).items()}


def summary() -> dict[str, Any]:
    """What the frame has to know: what is open, and whether anybody looks. One statement."""
    found = list(SystemAlert.objects.filter(stage__in=STANDING).values_list("severity", "stage"))
    return {
        "open": len(found),
        "untaken": sum(severity == Severity.CRITICAL and stage == Stage.OPEN for severity, stage in found),
        "is_silent": silence.is_silent(),
        "silent_seconds": silence.silent_seconds(),
    }


def rules() -> list[SystemAlertRule]:
    """Every rule, the grave ones first."""
    return list(SystemAlertRule.objects.order_by("-is_active", "severity", "name", "id"))


def watchable() -> dict[str, list[dict[str, str]]]:
    """What a rule can be about."""
    return {
        "checks": [{"key": each.name, "title": each.title} for each in CHECKS.values() if each.name not in UNWATCHED],
        "metrics": [{"key": each.key, "title": each.title} for each in METRICS.values() if each.target is not None],
    }


def webhook() -> dict[str, Any]:
    """The webhook as it is, without its secret, and how the latest deliveries went."""
    row = webhooks.in_use()
    if row is None:
        return {"url": None, "since": None, "set_by": None, "deliveries": []}
    latest = WebhookDelivery.objects.filter(webhook=row).order_by("-created_at", "-id")[:LATEST_DELIVERIES]
    names = _names([row.added_by])
    same = ("id", "event", "created_at", "attempts", "next_attempt_at", "delivered_at", "last_error")
    deliveries = [{name: getattr(each, name) for name in same} for each in latest]
    set_by = names.get(row.added_by, LEFT)
    return {"url": row.url, "since": row.created_at, "set_by": set_by, "deliveries": deliveries}
