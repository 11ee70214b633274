"""A trail as if the practice had worked with the product for weeks, and a few incidents at every stage.

Rows of other times only the owner of the table may bring (`audit/migrations/0003_stamp.py`); everything else is written
by the people it belongs to.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.access.catalog import owner_rights
from mentalspace.audit import alerts
from mentalspace.audit.incidents import REPORTED
from mentalspace.audit.models import AlertRule, IncidentStep, SecurityIncident
from mentalspace.core import clock
from mentalspace.ops.demo import cast
from mentalspace.people.models import LoginAttempt
from mentalspace.practices.system import system_actor

COLUMNS = """(id, practice_id, user_id, action_type, event, resource_type, resource_id, client_ids, action_description,
    action_details, ip_address, user_agent, session_id, severity, created_at)"""
AGENT = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari"
FROM = "('10.20.4.' || (16 + ascii(p.first_name) %% 40))::inet"

PAST = f"""
INSERT INTO audit_logs {COLUMNS}
SELECT gen_random_uuid(), x.practice_id, x.who, x.action, x.event, x.kind, x.resource, x.clients,
    p.first_name || ' ' || p.last_name || ' ' || x.did, x.details, {FROM}, %(agent)s,
    left(md5(x.who::text || x.at::date::text), 16), 'info', x.at
FROM (
    SELECT practice_id, clinician_id AS who, 'PHI_ACCESS' AS action, 'client_chart.read' AS event,
        'client_chart' AS kind, client_id AS resource, ARRAY[client_id] AS clients, 'opened a chart' AS did,
        '{{"shown": 1}}'::jsonb AS details, starts_at - interval '3 minutes 20 seconds' AS at
      FROM appointments WHERE status IN ('Completed', 'In Session', 'Checked In')
    UNION ALL
    SELECT practice_id, created_by_id, 'DATA_MODIFICATION', 'appointment.booked', 'appointment', id, ARRAY[client_id],
        'booked a session', '{{}}', least(created_at, starts_at - interval '6 days 2 hours') FROM appointments
    UNION ALL
    SELECT practice_id, author_id, 'DATA_MODIFICATION', 'note.signed', 'note', id, ARRAY[client_id], 'signed a note',
        '{{}}', signed_at FROM clinical_notes WHERE signed_at IS NOT NULL
    UNION ALL
    SELECT practice_id, clinician_id, 'AUTHENTICATION', 'sign_in.completed', 'account', clinician_id, '{{}}',
        'signed in', '{{}}', min(starts_at) - interval '14 minutes'
      FROM appointments GROUP BY practice_id, clinician_id, starts_at::date
) x JOIN profiles p ON p.id = x.who
WHERE x.practice_id = ANY (%(houses)s) AND x.at < %(now)s AND x.at > %(now)s::timestamptz - interval '120 days'
"""

SPREE = f"""
INSERT INTO audit_logs {COLUMNS}
SELECT gen_random_uuid(), c.practice_id, p.id, 'PHI_ACCESS', 'client_chart.read', 'client_chart', c.id, ARRAY[c.id],
    p.first_name || ' ' || p.last_name || ' opened a chart', '{{"shown": 1}}', {FROM}, %(agent)s,
    left(md5(p.id::text), 16), 'info', %(from)s::timestamptz + c.n * interval '41 seconds'
FROM (SELECT id, practice_id, row_number() OVER (ORDER BY round, id) AS n
      FROM clients, generate_series(0, 9) round WHERE practice_id = %(practice)s) c
JOIN profiles p ON p.id = %(who)s WHERE c.n <= %(times)s
"""


def watch(now: datetime) -> None:
    """The trail of the past weeks, and what was noticed in it."""
    night = now.replace(hour=3, minute=41, second=0) - timedelta(days=1)
    with owner_rights(), transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(PAST, {"agent": AGENT, "houses": [house.id for house in cast.HOUSES], "now": now})
        for who, times, start in ((cast.FAY, 57, now - timedelta(hours=6)), (cast.ASH, 12, night)):
            values: dict[str, Any] = {"agent": AGENT, "practice": who.house.id, "who": who.id}
            cursor.execute(SPREE, values | {"times": times, "from": start})
    _fail_to_sign_in(now)
    practice = cast.RIVERBEND.id
    with acting_as(system_actor(practice)), transaction.atomic():
        alerts.ensure_rules(practice)
        rules: dict[str, UUID] = dict(AlertRule.objects.values_list("name", "id"))
    for number, story in enumerate([*_waiting(now, rules), *_resolved(now, rules)]):
        _tell(number, **story)


def _fail_to_sign_in(now: datetime) -> None:
    with acting_as(IDENTITY), transaction.atomic():
        for number in range(7):
            at = now - timedelta(hours=9, seconds=40 * number)
            LoginAttempt.objects.create(
                user_id=cast.BEA.id,
                email=cast.BEA.email,
                attempted_at=at,
                success=False,
                failure_reason="wrong_password",
            )


def _waiting(now: datetime, rules: dict[str, UUID]) -> Iterator[dict[str, Any]]:
    """What is to be looked into, or is being so."""
    yield {
        "about": cast.FAY,
        "severity": "high",
        "at": now - timedelta(hours=5, minutes=20),
        "description": "Many reads of charts: 51 times within an hour",
        "rule": rules.get("Many reads of charts"),
        "details": {"count": 51, "threshold": 50},
    }
    yield {
        "about": cast.BEA,
        "severity": "medium",
        "at": now - timedelta(hours=8, minutes=50),
        "description": "Failed sign-ins on one account: 7 times within a day",
        "rule": rules.get("Failed sign-ins on one account"),
        "details": {"count": 7, "threshold": 5},
        "steps": [
            (cast.ADA, "investigating", "", now - timedelta(hours=2)),
            (
                cast.ADA,
                "noted",
                "Called Bea: a new phone with the old password in it. She sets it anew.",
                now - timedelta(hours=1),
            ),
        ],
    }
    yield {
        "about": cast.ASH,
        "severity": "low",
        "at": now - timedelta(hours=20),
        "description": "Charts read at night: 12 times within 10 hours",
        "rule": rules.get("Charts read at night"),
        "details": {"count": 12, "threshold": 10},
    }


def _resolved(now: datetime, rules: dict[str, UUID]) -> Iterator[dict[str, Any]]:
    """What was looked into weeks ago."""
    yield {
        "about": None,
        "by": cast.FAY,
        "severity": "medium",
        "at": now - timedelta(days=5, hours=3),
        "description": "A printed session list lay in the waiting room's printer over lunch. Shredded.",
        "rule": None,
        "details": {},
        "steps": [
            (cast.MIA, "investigating", "", now - timedelta(days=5, hours=1)),
            (
                cast.MIA,
                "resolved",
                "Nobody but staff was in. The printer now waits for a code to print.",
                now - timedelta(days=4),
            ),
        ],
    }
    yield {
        "about": cast.ADA,
        "severity": "medium",
        "at": now - timedelta(days=12, hours=5),
        "description": "Somebody's roles were changed: once within 5 minutes",
        "rule": rules.get("Somebody's roles were changed"),
        "details": {"count": 1, "threshold": 0},
        "steps": [
            (cast.MIA, "investigating", "", now - timedelta(days=12, hours=4)),
            (
                cast.MIA,
                "resolved",
                "I asked Ada for it on Ash's first day. All as it should be.",
                now - timedelta(days=12, hours=4),
            ),
        ],
    }


def _tell(
    number: int,
    *,
    about: cast.Member | None,
    severity: str,
    at: datetime,
    description: str,
    rule: UUID | None,
    details: dict[str, Any],
    by: cast.Member | None = None,
    steps: list[tuple[cast.Member, str, str, datetime]] | None = None,
) -> None:
    practice = cast.RIVERBEND.id
    raiser = by.actor if by else system_actor(practice)
    incident = SecurityIncident(
        id=cast.named(f"incident {number}"),
        practice_id=practice,
        incident_type=REPORTED if by else "alert_rule",
        severity=severity,
        description=description,
        details=details,
        user_id=about.id if about else None,
        rule_id=rule,
        raised_by=raiser.person,
        detected_at=at,
        created_at=at,
        announced_at=at,
    )
    with acting_as(raiser), transaction.atomic():
        incident.save(force_insert=True)
    for who, step, note, taken_at in steps or []:
        with acting_as(who.actor), transaction.atomic():
            _step(incident, who, step, note, taken_at)


def _step(incident: SecurityIncident, who: cast.Member, step: str, note: str, at: datetime) -> None:
    with clock.frozen(at):
        taken = {"practice_id": incident.practice_id, "taken_by": who.id, "created_at": at}
        IncidentStep(incident=incident, step=step, note=note, **taken).save(force_insert=True)
        looked: dict[str, Any] = {"investigated_by": who.id, "investigated_at": at, "assigned_to": who.id}
        if step == "investigating":
            incident.write(status="investigating", **looked)
        elif step == "resolved":
            incident.write(status="resolved", resolved_by=who.id, resolved_at=at, resolution_notes=note)
