"""Alert rules at work: counting the trail's latest rows, and raising an incident where there are too many."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from mentalspace.audit.incidents import raise_incident
from mentalspace.audit.models import PHI_ACCESS, REFUSED, AlertRule, SecurityIncident, Severity
from mentalspace.practices.models import Practice

NIGHT = ("20:00", "06:00")
"""From when until when it is after hours, on the practice's wall."""

AFTER_HOURS = """((l.created_at at time zone %(timezone)s::text)::time >= %(evening)s::time
    or (l.created_at at time zone %(timezone)s::text)::time < %(morning)s::time)"""

PERSONS = "(l.user_id is distinct from l.practice_id or l.action_type is distinct from %(reading)s::text)"
"""Left out of what one person may do: reads by the practice's system, in which all who sign by a link are one."""

EXCEEDED = """
select found.who, found.n, found.first_at, found.last_at from (
    select {who} as who, count(*) as n, min(l.created_at) as first_at, max(l.created_at) as last_at
    from audit_logs l
    where l.practice_id = %(practice)s and l.created_at > %(since)s and {conditions}
    group by 1) found
where found.n > %(threshold)s and not exists (
    select from security_incidents i where i.practice_id = %(practice)s and i.rule_id = %(rule)s
        and i.user_id is not distinct from found.who and i.detected_at > %(since)s)
order by found.n desc, found.who
"""

HOUR, DAY = 60, 24 * 60

DEFAULTS: tuple[dict[str, Any], ...] = (
    {
        "name": "Many reads of charts",
        "action_type": PHI_ACCESS,
        "threshold": 50,
        "window_minutes": HOUR,
        "severity": Severity.HIGH,
    },
    {
        "name": "Charts opened one after the other",
        "action_type": PHI_ACCESS,
        "event": "client_chart.read",
        "threshold": 20,
        "window_minutes": 5,
        "severity": Severity.MEDIUM,
    },
    {
        "name": "Charts read at night",
        "action_type": PHI_ACCESS,
        "is_after_hours": True,
        "threshold": 10,
        "window_minutes": 10 * HOUR,
        "severity": Severity.LOW,
    },
    {
        "name": "Failed sign-ins on one account",
        "event": "sign_in.failed",
        "threshold": 5,
        "window_minutes": DAY,
        "severity": Severity.MEDIUM,
    },
    {
        "name": "Somebody's roles were changed",
        "event": "user.roles_changed",
        "threshold": 0,
        "window_minutes": 5,
        "severity": Severity.MEDIUM,
    },
    {
        "name": "Many requests refused",
        "action_type": REFUSED,
        "threshold": 30,
        "window_minutes": 10,
        "severity": Severity.MEDIUM,
    },
    {
        "name": "Lines of the audit trail were removed",
        "event": "audit.purged",
        "is_per_person": False,
        "threshold": 0,
        "window_minutes": HOUR,
        "severity": Severity.HIGH,
    },
)
"""What every practice watches for from the beginning. The first four are the original product's, and the
runbook's daily checks."""


@dataclass(frozen=True)
class Excess:
    """Who did more of something than a rule allows; nobody in particular where it counts the whole practice."""

    person: UUID | None
    count: int
    first_at: datetime
    last_at: datetime


def ensure_rules(practice: UUID) -> None:
    """Give a practice that has no rules the ones everybody begins with. They can be switched off, not removed."""
    if not AlertRule.objects.filter(practice_id=practice).exists():
        for rule in DEFAULTS:
            AlertRule(practice_id=practice, **rule).save(force_insert=True)


def watch(practice: UUID, now: datetime) -> list[SecurityIncident]:
    """Hold every active rule of the practice against the trail; returns the incidents raised.

    A rule does not speak again of the same person within its own window.
    """
    timezone = Practice.objects.values_list("timezone", flat=True).get(pk=practice)
    raised = []
    for rule in AlertRule.objects.filter(practice_id=practice, is_active=True).order_by("created_at", "id"):
        raised += [_raise(rule, excess) for excess in exceeded(rule, now, timezone)]
    return raised


def exceeded(rule: AlertRule, now: datetime, timezone: str) -> list[Excess]:
    """Who is over the rule's threshold just now, and has not been spoken of."""
    since = now - timedelta(minutes=rule.window_minutes)
    named = {"action_type": rule.action_type, "event": rule.event, "resource_type": rule.resource_type}
    conditions = [f"l.{column} = %({column})s" for column, value in named.items() if value]
    if rule.is_after_hours:
        conditions.append(AFTER_HOURS)
    if rule.is_per_person:
        conditions.append(PERSONS)
    who = "l.user_id" if rule.is_per_person else "null::uuid"
    values: dict[str, Any] = named | {
        "practice": rule.practice_id,
        "since": since,
        "timezone": timezone,
        "evening": NIGHT[0],
        "morning": NIGHT[1],
        "threshold": rule.threshold,
        "rule": rule.pk,
        "reading": PHI_ACCESS,
    }
    with connection.cursor() as cursor:
        cursor.execute(EXCEEDED.format(who=who, conditions=" and ".join(conditions) or "true"), values)
        return [Excess(*row) for row in cursor.fetchall()]


def _raise(rule: AlertRule, excess: Excess) -> SecurityIncident:
    return raise_incident(
        kind="alert_rule",
        severity=rule.severity,
        description=f"{rule.name}: {times(excess.count)} within {span(rule.window_minutes)}",
        person=excess.person,
        details={
            "count": excess.count,
            "threshold": rule.threshold,
            "first_at": excess.first_at.isoformat(),
            "last_at": excess.last_at.isoformat(),
        },
        rule=rule.pk,
    )


def times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def span(minutes: int) -> str:
    """90 is "90 minutes", 120 "2 hours", 1440 "a day"."""
    for unit, size in (("day", DAY), ("hour", HOUR)):
        if minutes % size == 0:
            count = minutes // size
            return f"{'an' if unit == 'hour' else 'a'} {unit}" if count == 1 else f"{count} {unit}s"
    return "a minute" if minutes == 1 else f"{minutes} minutes"
