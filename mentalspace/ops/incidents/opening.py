"""Opening an incident, in the caller's transaction: by a person, or as the practice's system by what it noticed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import connection

from mentalspace.access.actor import Actor
from mentalspace.audit.models import ADMIN_ACTION, SecurityIncident
from mentalspace.audit.trail import record
from mentalspace.core import clock
from mentalspace.ops.alerts.models import SystemAlert
from mentalspace.ops.incidents import on_call, telling
from mentalspace.ops.incidents.models import OperationsIncident, OperationsIncidentLine, OperationsIncidentLink
from mentalspace.ops.incidents.rules import CALLS, GRAVE, Happened, Severity, Source, call_at, response_due
from mentalspace.ops.incidents.telling import NOBODY_HEARD, Heard

LONGEST_TITLE = 160


@dataclass(frozen=True)
class Opening:
    """What is known when an incident is opened, and who has `heard` of the same thing a moment ago."""

    title: str
    severity: Severity
    source: Source
    detected_at: datetime
    is_automatic: bool = False
    id: UUID | None = None
    note: str = ""
    heard: Heard = NOBODY_HEARD


def open_incident(what: Opening, *, by: Actor) -> OperationsIncident:
    """Open it and make the first call. The clock begins now, also for what was detected earlier."""
    now = clock.now()
    row = OperationsIncident(
        id=what.id or uuid4(),
        practice_id=by.practice,
        title=what.title[:LONGEST_TITLE],
        severity=what.severity,
        source=what.source,
        is_automatic=what.is_automatic,
        opened_by=by.person,
        detected_at=min(what.detected_at, now),
        created_at=now,
        **clock_from(now, what.severity, on_call.zone_here()),
    )
    row.save(force_insert=True)
    row.refresh_from_db(fields=["year", "serial", "number"])
    note(row, Happened.OPENED, by=by, after=what.severity, note=what.note)
    telling.call(row, telling.OPENED, CALLS[what.severity][0].whom, by=by.person, heard=what.heard)
    if what.is_automatic:
        _record(row)
    return row


def take_turns(practice: UUID) -> None:
    """Wait for whoever opens one just now, until the transaction ends; numbers are given by the same turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"operations-incident:{practice}"])


def clock_from(since: datetime, severity: Severity, zone: ZoneInfo) -> dict[str, Any]:
    """The columns of a response clock that begins now, its first call being made."""
    due, then = response_due(severity, since, zone), call_at(severity, 1, since, zone)
    return {"clock_at": since, "due_at": due, "calls": 1, "next_call_at": then}


def note(incident: OperationsIncident, happened: Happened, *, by: Actor, **said: str) -> OperationsIncidentLine:
    """A line of the timeline: `before`, `after`, `note`."""
    line = OperationsIncidentLine(practice_id=incident.practice_id, incident=incident, happened=happened, **said)
    line.person, line.created_at = by.person, clock.now()
    line.save(force_insert=True)
    return line


def link(
    incident: OperationsIncident, about: SystemAlert | SecurityIncident, *, by: Actor, opened_it: bool = False
) -> bool:
    """Say what the incident is about, and whether it was opened for it. False where another incident is about it
    already."""
    row = OperationsIncidentLink(practice_id=incident.practice_id, incident=incident, linked_by=by.person)
    row.opened_it = opened_it
    if isinstance(about, SystemAlert):
        row.alert, title = about, about.title
    else:
        row.security_incident, title = about, f"Security incident: {about.incident_type.replace('_', ' ')}"
    OperationsIncidentLink.objects.bulk_create([row], ignore_conflicts=True)
    is_linked = OperationsIncidentLink.objects.filter(pk=row.pk).exists()
    if is_linked:
        note(incident, Happened.LINKED, by=by, note=title)
    return is_linked


def _record(row: OperationsIncident) -> None:
    record(
        "operations_incident.opened",
        "An incident was opened by itself",
        resource_type="operations_incident",
        action_type=ADMIN_ACTION,
        resource=row.pk,
        details={"number": row.number, "severity": str(row.severity), "source": str(row.source)},
        severity="critical" if row.severity in GRAVE else "warning",
    )
