"""Read-only for a while: who turned the switch, until when, and what goes on meanwhile.

A practice's administrators turn it for their practice, the operator for the whole installation. The database is the
guard: every table refuses what the product writes, but for those named here (`catalog.guard_downtime`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, connections

from mentalspace.access.actor import NOBODY
from mentalspace.access.audiences import IDENTITY, SYSTEM

NOT_HELD: dict[str, str] = {
    "audit_logs": "reads are still audited",
    "audit_chain": "and the trail is sealed",
    "sessions": "people sign in and out",
    "users": "when somebody signed in, the hash of their password made anew, and a password whose change is due",
    "password_history": "as users",
    "login_attempts": "tries to sign in are counted",
    "rate_limits": "as login_attempts",
    "trusted_devices": "when a browser stood for the second factor",
    "mfa_authenticator": "a code that was used is used, and without a second factor nobody reads",
    "client_views": "which charts somebody opened last: a read's own mark",
    "procrastinate_jobs": "the queue: what is put there waits",
    "procrastinate_events": "as procrastinate_jobs",
    "procrastinate_workers": "as procrastinate_jobs",
    "procrastinate_periodic_defers": "as procrastinate_jobs",
}
"""Tables that are written as ever, and why."""

HELD_BUT_FOR: dict[str, tuple[str, ...]] = {
    "notification_logs": (SYSTEM, IDENTITY),
    "check_results": (SYSTEM,),
    "metric_points": (SYSTEM,),
    "system_alerts": (SYSTEM,),
    "system_alert_lines": (SYSTEM,),
    "system_alert_rules": (SYSTEM,),
    "alert_webhook_deliveries": (SYSTEM,),
    "operations_incidents": (SYSTEM,),
    "operations_incident_lines": (SYSTEM,),
    "operations_incident_links": (SYSTEM,),
    "operations_incident_rules": (SYSTEM,),
    "breach_assessments": (SYSTEM,),
    "staff_notifications": (SYSTEM,),
    "alert_rules": (SYSTEM,),
    "security_incidents": (SYSTEM, IDENTITY),
}
"""Tables in which some audience's own writes go on: the product watches itself and its people and tells administrators,
a message that was handed over when it began is written down as sent, and what sign-in has to tell somebody waits in the
outbox."""

OF = "SELECT of_installation, reason, until, since, by_name FROM access.downtime_of(%s)"


@dataclass(frozen=True)
class Downtime:
    """That it is read-only: for one practice or the whole installation, why, and until when it is expected to be."""

    of_installation: bool
    reason: str
    until: datetime
    since: datetime
    by_name: str


def standing(practice: UUID) -> Downtime | None:
    """What holds for a practice now, of the installation for `NOBODY`. In the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(OF, [practice])
        row = cursor.fetchone()
    return Downtime(*row) if row else None


def begin(reason: str, until: datetime, name: str) -> bool:
    """Make the acting administrator's practice read-only from now on. False when it is already."""
    return _said("SELECT access.begin_downtime(%s, %s, %s)", [reason, until, name])


def end() -> bool:
    """Let the acting administrator's practice work again. False when it does already."""
    return _said("SELECT access.end_downtime()", [])


def _said(statement: str, given: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return bool(cursor.fetchone()[0])


def begin_for_all(reason: str, until: datetime, name: str) -> bool:
    """Make the whole installation read-only, as the operator. False when it is already."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO access.downtime (practice_id, reason, until, by_name) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [NOBODY, reason, until, name],
        )
        return bool(cursor.rowcount)


def end_for_all(*, practices_too: bool = False) -> list[UUID]:
    """End the installation's switch, as the operator, or every one, whoever turned it. Returns whose ended, `NOBODY`
    for the installation's."""
    with connections["owner"].cursor() as cursor:
        ended = "DELETE FROM access.downtime WHERE %s OR practice_id = %s RETURNING practice_id"
        cursor.execute(ended, [practices_too, NOBODY])
        return [practice for (practice,) in cursor.fetchall()]


def all_standing() -> list[tuple[UUID, Downtime]]:
    """Every switch that is turned, as the operator, with its practice; `NOBODY` is the installation."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT practice_id, reason, until, since, by_name FROM access.downtime ORDER BY practice_id")
        return [(row[0], Downtime(row[0] == NOBODY, *row[1:])) for row in cursor.fetchall()]
