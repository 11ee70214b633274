"""Two alerts as if the product had been watched for days: one that is over, one that Ada sees to."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.ops.alerts import defaults
from mentalspace.ops.alerts.models import SystemAlert, SystemAlertLine, SystemAlertRule
from mentalspace.ops.alerts.observing import FIX, PERFORMANCE
from mentalspace.ops.alerts.rules import Happened, Kind, Seen, Severity, Stage
from mentalspace.ops.demo import cast
from mentalspace.ops.metrics.rules import State
from mentalspace.practices.system import system_actor

BY = ["in_product", "email"]
BOTH = [cast.ADA.id, cast.MIA.id]
SLOW = "Three of four pages are there within: 3.8 s. Target 3 s, critical 5 s."
NOTE = "The office's connection was slow all afternoon; our provider is on it. I look again in the evening."


def keep(now: datetime) -> None:
    """Rules, one alert of last week, and one of this morning."""
    with acting_as(system_actor(cast.RIVERBEND.id)), transaction.atomic():
        defaults.ensure_rules(cast.RIVERBEND.id)
    _over(now - timedelta(days=6, hours=5))
    _taken(now - timedelta(hours=3, minutes=10))


def _over(at: datetime) -> None:
    late = Seen(Kind.CHECK, "messages", "Reminders and messages", State.BAD, "4 messages are overdue.", at)
    alert = _put("checks_bad", late, Severity.CRITICAL, resolved_at=at + timedelta(minutes=41))
    _line(alert, Happened.OPENED, at, people=BOTH, channels=BY)
    _line(alert, Happened.RESOLVED, at + timedelta(minutes=41), people=BOTH, channels=BY)


def _taken(at: datetime) -> None:
    """Of pages, of which a demo measures none until somebody looks at it: what is not known resolves nothing."""
    slow = Seen(Kind.METRIC, "page_load", "Page load", State.ATTENTION, SLOW, at, FIX, PERFORMANCE)
    alert = _put("metrics_target", slow, Severity.WARNING)
    _line(alert, Happened.OPENED, at, people=BOTH, channels=BY)
    taken_at = at + timedelta(minutes=12)
    with acting_as(cast.ADA.actor), transaction.atomic():
        values = {"stage": Stage.ACKNOWLEDGED, "acknowledged_by": cast.ADA.id, "acknowledged_at": taken_at}
        SystemAlert.objects.get(pk=alert.pk).write(**values, note=NOTE)
    _line(alert, Happened.ACKNOWLEDGED, taken_at, person=cast.ADA.id, note=NOTE)


def _put(key: str, seen: Seen, severity: Severity, resolved_at: datetime | None = None) -> SystemAlert:
    with acting_as(system_actor(cast.RIVERBEND.id)), transaction.atomic():
        row = SystemAlert(
            practice_id=cast.RIVERBEND.id,
            rule=SystemAlertRule.objects.get(default_key=key),
            kind=seen.kind,
            subject=seen.subject,
            severity=severity,
            stage=Stage.RESOLVED if resolved_at else Stage.OPEN,
            title=seen.title,
            says=seen.says,
            fix=seen.fix,
            page=seen.page,
            since=seen.at - timedelta(minutes=6),
            last_at=seen.at + timedelta(minutes=30),
            count=31,
            opened_at=seen.at,
            created_at=seen.at,
            resolved_at=resolved_at,
            step=1,
        )
        row.save(force_insert=True)
    return row


def _line(
    alert: SystemAlert,
    happened: Happened,
    at: datetime,
    *,
    people: list[UUID] | None = None,
    channels: list[str] | None = None,
    person: UUID | None = None,
    note: str = "",
) -> None:
    by = cast.ADA.actor if person else system_actor(alert.practice_id)
    line = SystemAlertLine(practice_id=alert.practice_id, alert=alert, happened=happened, created_at=at, note=note)
    line.people, line.channels, line.person = people or [], channels or [], person
    with acting_as(by), transaction.atomic():
        line.save(force_insert=True)
