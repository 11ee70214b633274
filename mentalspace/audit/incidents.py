"""Raising security incidents: from any action, in its transaction, by whoever acts in it.

Neither an incident's description nor its details may hold health information: what it is about is named by
`resource_type` and `resource`. `{actor}` in the description is the acting person's name.
"""

from typing import Any
from uuid import UUID

from mentalspace.access.actor import NOBODY, Actor, current
from mentalspace.access.audiences import SYSTEM
from mentalspace.audit.models import ADMIN_ACTION, SecurityIncident, Severity
from mentalspace.audit.trail import origin, record

REPORTED = "reported"
"""The kind of what a person reports in their own words: these stay in the incident, and go neither into the trail
nor into mail."""

GRAVE = (Severity.HIGH, Severity.CRITICAL)


def raise_incident(
    *,
    kind: str,
    severity: Severity | str,
    description: str,
    person: UUID | None = None,
    practice: UUID | None = None,
    details: dict[str, Any] | None = None,
    resource_type: str = "",
    resource: UUID | None = None,
    rule: UUID | None = None,
) -> SecurityIncident:
    """Put something before the administrators. `person` is whom it is about.

    `kind` is a short word such as `account_locked`; `severity` low, medium, high or critical. At sign-in, where nobody
    is known, `practice` must be given. It stands or falls with the caller's transaction.
    """
    actor, trail = _acting(), origin()
    incident = SecurityIncident(
        practice_id=_home(actor, practice),
        incident_type=kind,
        severity=Severity(severity),
        description=description.replace("{actor}", trail.name),
        details=details or {},
        user_id=person,
        rule_id=rule,
        resource_type=resource_type,
        resource_id=resource,
        ip_address=trail.ip_address,
        raised_by=actor.person,
    )
    incident.save(force_insert=True)
    _record(incident, actor)
    return incident


def _acting() -> Actor:
    actor = current.get()
    if actor is None:
        raise RuntimeError("an incident needs somebody who acts")
    return actor


def _home(actor: Actor, practice: UUID | None) -> UUID:
    home = practice or actor.practice
    if home == NOBODY:
        raise ValueError("before anybody is known, an incident needs its practice")
    return home


def _record(incident: SecurityIncident, actor: Actor) -> None:
    kind = incident.incident_type
    record(
        "incident.raised",
        "{actor} reported something" if kind == REPORTED else incident.description,
        resource_type="security_incident",
        action_type=ADMIN_ACTION,
        resource=incident.pk,
        details={"kind": kind, "severity": str(incident.severity)},
        severity="critical" if incident.severity in GRAVE else "warning",
        about=_author(actor, incident.practice_id, incident.user_id),
    )


def _author(actor: Actor, practice: UUID, person: UUID | None) -> Actor | None:
    """Whose audit line it is: the acting person's; at sign-in the account's, or the practice's own."""
    if actor.practice != NOBODY:
        return None
    known = actor.person if actor.person != NOBODY else person
    return Actor(practice, known or practice, SYSTEM)
