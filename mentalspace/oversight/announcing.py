"""Telling administrators of incidents: once each, in the transaction that remembers it."""

from uuid import UUID

from django.conf import settings

from mentalspace.audit.incidents import REPORTED
from mentalspace.audit.models import AlertRule, SecurityIncident, Severity
from mentalspace.core import clock
from mentalspace.notify.bell import ring
from mentalspace.notify.outbox import queue
from mentalspace.oversight.messages import INCIDENT
from mentalspace.people.models import Profile

AT_ONCE = 200
"""Incidents announced in one go; the rest follow a minute later."""


def announce(practice: UUID) -> int:
    """Tell of every incident nobody was told of. Low ones only wait on the page. Returns how many messages."""
    waiting = SecurityIncident.objects.select_for_update().filter(practice_id=practice, announced_at__isnull=True)
    told = 0
    for incident in list(waiting.order_by("detected_at", "id")[:AT_ONCE]):
        if is_announced(incident):
            told += _tell_all(incident)
        incident.write(announced_at=clock.now())
    return told


def is_announced(incident: SecurityIncident) -> bool:
    """Whether anybody is told of it."""
    return bool(incident.severity != Severity.LOW)


def _tell_all(incident: SecurityIncident) -> int:
    people = recipients(incident)
    said = {"severity": incident.severity}
    ring(kind=INCIDENT, recipients=[one.pk for one in people], about=incident.pk, values=said)
    return sum(_tell(incident, person) for person in people if person.email)


def recipients(incident: SecurityIncident) -> list[Profile]:
    """Whom the rule names, as far as they still work here; else every administrator."""
    rule = AlertRule.objects.filter(pk=incident.rule_id).first() if incident.rule_id else None
    people = Profile.objects.staff()
    named = list(people.filter(pk__in=rule.recipients)) if rule else []
    return named or list(people.filter(roles__role="administrator"))


def _in_mail(incident: SecurityIncident) -> str:
    """What a person wrote may name a client, and mail is read elsewhere."""
    return "Somebody who works here reported it." if incident.incident_type == REPORTED else incident.description


def _tell(incident: SecurityIncident, person: Profile) -> int:
    queue(
        kind=INCIDENT,
        recipient=person.pk,
        email=person.email,
        values={
            "name": person.full_name,
            "severity": incident.severity,
            "description": _in_mail(incident),
            "address": f"{settings.PUBLIC_URL}/security/incidents/{incident.pk}",
        },
        about=("security_incident", incident.pk),
    )
    return 1
