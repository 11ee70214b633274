"""Two incidents as if they had happened: one of last week, looked back on and closed, and one that Ada looks into."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit.models import IncidentStatus, SecurityIncident
from mentalspace.ops.alerts.models import SystemAlert
from mentalspace.ops.alerts.rules import Stage
from mentalspace.ops.demo import cast
from mentalspace.ops.incidents import defaults
from mentalspace.ops.incidents.joining import SECURITY_TOLD
from mentalspace.ops.incidents.models import (
    IncidentActionItem,
    OnCallRotation,
    OperationsIncident,
    OperationsIncidentLine,
    OperationsIncidentLink,
    PostMortem,
)
from mentalspace.ops.incidents.rules import Happened, Role, Severity, Source, Status, post_mortem_due
from mentalspace.practices.models import Practice
from mentalspace.practices.system import system_actor

BOTH = [cast.ADA.id, cast.MIA.id]
TEXTS = {
    "summary": "Reminders for Monday went out 41 minutes late: a mail provider did not answer.",
    "impact": "Four reminders came after the office had opened. Nobody missed a session.",
    "root_cause": "The provider accepted connections and answered nothing; each try waited for its full time.",
    "went_well": "The alert came within six minutes, and said where to look.",
    "went_badly": "Nobody was sure who was on call that day.",
    "lessons": "Who is on call is written down now, and a second provider stands ready.",
}


def keep(now: datetime) -> None:
    """Who is on call, what opens an incident, and the two."""
    with acting_as(system_actor(cast.RIVERBEND.id)), transaction.atomic():
        defaults.ensure_rules(cast.RIVERBEND.id)
    monday = (now - timedelta(days=now.weekday())).date()
    with acting_as(cast.ADA.actor), transaction.atomic():
        row = OnCallRotation(practice_id=cast.RIVERBEND.id, people=BOTH, starts_on=monday)
        row.hands_over = Practice.objects.get(pk=cast.RIVERBEND.id).opens_at
        row.save(force_insert=True)
    _closed(now - timedelta(days=6, hours=5))
    _open(now - timedelta(hours=5, minutes=19))


def _closed(at: datetime) -> None:
    """Opened by the alert of last week."""
    product, ada, mia = system_actor(cast.RIVERBEND.id), cast.ADA.actor, cast.MIA.actor
    title = "Reminders and messages: 4 messages are overdue."
    incident = _put(title, Severity.P1, Source.ALERT, at, by=product, is_automatic=True)
    _line(incident, Happened.OPENED, at - timedelta(seconds=2), product, after="P1")
    _line(
        incident,
        Happened.TOLD,
        at - timedelta(seconds=1),
        product,
        people=[cast.MIA.id],
        note="The alert has told them of it.",
    )
    with acting_as(product), transaction.atomic():
        about = SystemAlert.objects.filter(stage=Stage.RESOLVED).first()
    if about is not None:
        _link(incident, about, at, product)
    taken, resolved = at + timedelta(minutes=9), at + timedelta(minutes=52)
    _take(incident, taken, mia)
    _move(incident, Status.IDENTIFIED, at + timedelta(minutes=23), mia, "The provider takes calls and says nothing.")
    _move(incident, Status.RESOLVED, resolved, mia, "Switched to the second provider; everything that waited has gone.")
    _look_back(incident, resolved + timedelta(hours=20), resolved)
    _items(incident, resolved.date(), ada)
    with acting_as(ada), transaction.atomic():
        incident.write(status=Status.CLOSED, closed_at=resolved + timedelta(hours=21))
    _line(incident, Happened.STATUS, resolved + timedelta(hours=21), ada, before="resolved", after="closed")


def _open(at: datetime) -> None:
    """Opened by itself for the security incident of this morning, and found to be less grave than it looked."""
    product, ada = system_actor(cast.RIVERBEND.id), cast.ADA.actor
    with acting_as(product), transaction.atomic():
        about = (
            SecurityIncident.objects.filter(severity="high", rule_id__isnull=False)
            .exclude(status=IncidentStatus.RESOLVED)
            .first()
        )
    title = about.description if about else "Many reads of charts"
    incident = _put(title, Severity.P1, Source.SECURITY, at, by=product, is_automatic=True)
    _line(incident, Happened.OPENED, at - timedelta(seconds=2), product, after="P1")
    _line(incident, Happened.TOLD, at - timedelta(seconds=1), product, people=[cast.ADA.id], note=SECURITY_TOLD)
    if about is not None:
        _link(incident, about, at, product)
    _take(incident, at + timedelta(minutes=11), ada)
    _move(incident, Status.INVESTIGATING, at + timedelta(minutes=12), ada, "")
    lowered = at + timedelta(minutes=34)
    with acting_as(ada), transaction.atomic():
        incident.write(severity=Severity.P2)
    why = "The front desk called everybody of next week about the new address. I look through the list all the same."
    _line(incident, Happened.SEVERITY, lowered, ada, before="P1", after="P2", note=why)


def _put(title: str, severity: Severity, source: Source, at: datetime, *, by: Actor, **more: Any) -> OperationsIncident:
    moments = {"detected_at": at - timedelta(minutes=6), "created_at": at, "clock_at": at, "calls": 1}
    row = OperationsIncident(practice_id=by.practice, title=title, severity=severity, source=source, **moments, **more)
    row.opened_by, row.due_at = by.person, at + timedelta(hours=1 if severity == Severity.P1 else 4)
    with acting_as(by), transaction.atomic():
        row.save(force_insert=True)
        row.refresh_from_db()
    return row


def _line(incident: OperationsIncident, happened: Happened, at: datetime, by: Actor, **said: Any) -> None:
    line = OperationsIncidentLine(practice_id=by.practice, incident=incident, happened=happened, created_at=at, **said)
    line.person = by.person
    with acting_as(by), transaction.atomic():
        line.save(force_insert=True)


def _link(incident: OperationsIncident, about: SystemAlert | SecurityIncident, at: datetime, by: Actor) -> None:
    row = OperationsIncidentLink(practice_id=by.practice, incident=incident, linked_by=by.person, created_at=at)
    if isinstance(about, SystemAlert):
        row.alert, title = about, about.title
    else:
        row.security_incident, title = about, "Security incident: alert rule"
    with acting_as(by), transaction.atomic():
        row.save(force_insert=True)
    _line(incident, Happened.LINKED, at, by, note=title)


def _take(incident: OperationsIncident, at: datetime, by: Actor) -> None:
    with acting_as(by), transaction.atomic():
        incident.write(commander=by.person, taken_at=at, next_call_at=None)
    _line(incident, Happened.ROLE, at, by, before=Role.COMMANDER, after=str(by.person))


def _move(incident: OperationsIncident, to: Status, at: datetime, by: Actor, said: str) -> None:
    before = incident.status
    values: dict[str, Any] = {"status": to}
    if to is Status.RESOLVED:
        values |= {"resolved_at": at, "post_mortem_due_at": post_mortem_due(Severity(incident.severity), at)}
    with acting_as(by), transaction.atomic():
        incident.write(**values)
    _line(incident, Happened.STATUS, at, by, before=before, after=to, note=said)


def _look_back(incident: OperationsIncident, at: datetime, began: datetime) -> None:
    """Mia writes, and publishes."""
    mia = cast.MIA.actor
    row = PostMortem(practice_id=mia.practice, incident=incident, written_by=mia.person, created_at=began, **TEXTS)
    with acting_as(mia), transaction.atomic():
        row.save(force_insert=True)
        row.write(published_at=at, published_by=mia.person, updated_at=at, version=2)
        incident.write(post_mortem_at=at)
    _line(incident, Happened.POST_MORTEM, at, mia)


def _items(incident: OperationsIncident, day: Any, by: Actor) -> None:
    """One that is done, and one that is not yet."""
    done = {"done_at": incident.resolved_at + timedelta(days=2), "done_by": cast.MIA.id} if incident.resolved_at else {}
    plans: tuple[tuple[str, UUID, int, dict[str, Any]], ...] = (
        ("Connect a second mail provider", cast.MIA.id, 3, done),
        ("Try the switch over once", cast.ADA.id, 21, {}),
    )
    for what, assignee, days, more in plans:
        row = IncidentActionItem(practice_id=by.practice, incident=incident, what=what, assignee=assignee, **more)
        row.due_on, row.added_by = day + timedelta(days=days), by.person
        with acting_as(by), transaction.atomic():
            row.save(force_insert=True)
