"""Where incidents join in: an alert that opens, ends or is taken on, and a security incident that is raised.

Called by `alerts.lifecycle`, `alerts.actions` and the job of every minute, in their transactions. Whoever opens by
itself takes turns with everybody else of the practice, so that two at the same moment see each other.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from mentalspace.access.actor import Actor, current
from mentalspace.audit.incidents import REPORTED
from mentalspace.audit.models import IncidentStatus, SecurityIncident
from mentalspace.core import clock
from mentalspace.ops.alerts.models import SystemAlert
from mentalspace.ops.alerts.rules import SAME_MOMENT, TOLD_ELSEWHERE
from mentalspace.ops.incidents import defaults, severities, taking
from mentalspace.ops.incidents.models import OperationsIncident
from mentalspace.ops.incidents.opening import Opening, link, note, open_incident, take_turns
from mentalspace.ops.incidents.rules import AT_WORK, OVER, STORM, Happened, Severity, Source, Status
from mentalspace.ops.incidents.telling import Heard
from mentalspace.oversight import announcing

ALERT_TOLD = "The alert has told them of it."
SECURITY_TOLD = "The security incident tells its people itself."
REPORTED_BY_SOMEBODY = "Somebody reported a security incident"
RECENT = timedelta(days=1)
"""A security incident that has waited for longer opens nothing by itself: the page shows it anyway."""

LOOKED_INTO_ELSEWHERE = ("emergency_access", "emergency_access_concern")
"""Security incidents that open nothing by themselves: every emergency access is reviewed on a page of its own."""

AT_ONCE = 20


def alert_opened(alert: SystemAlert, people: Collection[UUID], texted: Collection[UUID]) -> OperationsIncident | None:
    """An alert was opened and told these, some by text: join the incident it belongs to, or open one if a rule says
    so."""
    by, heard = _me(), Heard(people, texted, ALERT_TOLD)
    defaults.ensure_rules(by.practice)
    if alert.subject in TOLD_ELSEWHERE:
        open_for_security_incidents(by)
    severity = defaults.opens(Source.ALERT, alert.severity, alert.subject)
    if severity is None:
        return None
    take_turns(by.practice)
    if (incident := _belongs_to(alert)) is not None:
        if link(incident, alert, by=by):
            severities.raise_to(incident, severity, by=by, why=f"An alert: {alert.title}.", heard=heard)
        return incident
    if OperationsIncident.objects.filter(links__alert=alert).exists():
        return None
    title = f"{alert.title}: {alert.says}"
    what = Opening(title, severity, Source.ALERT, alert.since, is_automatic=True, heard=heard)
    incident = open_incident(what, by=by)
    link(incident, alert, by=by, opened_it=True)
    return incident


def _belongs_to(alert: SystemAlert) -> OperationsIncident | None:
    """The incident that a storm of alerts has opened a moment ago, or that of the same fact told elsewhere."""
    now, mine = clock.now(), OperationsIncident.objects.filter(status__in=AT_WORK).order_by("-created_at", "-id")
    storm = mine.filter(source=Source.ALERT, is_automatic=True, created_at__gte=now - STORM).first()
    if storm is not None or (elsewhere := TOLD_ELSEWHERE.get(alert.subject)) is None:
        return storm
    kinds = elsewhere.incidents
    return mine.filter(links__security_incident__incident_type__in=kinds, created_at__gte=now - SAME_MOMENT).first()


def alert_back(alert: SystemAlert) -> None:
    _say(alert, "It came back")


def alert_over(alert: SystemAlert) -> None:
    """Whether the incident is over is for people to say."""
    _say(alert, "It is over")


def _say(alert: SystemAlert, what: str) -> None:
    incident = OperationsIncident.objects.exclude(status=Status.CLOSED).filter(links__alert=alert).first()
    if incident is not None:
        note(incident, Happened.ALERT, by=_me(), note=f"{alert.title}. {what}.")


def alert_taken(alert: SystemAlert, by: Actor) -> None:
    """Who takes the alert on that has opened an incident takes that on too, unless somebody has. What a storm or
    somebody's hand joined to it is one of several things to see to, and says nothing about the rest."""
    incident = (
        OperationsIncident.objects.select_for_update(of=("self",), no_key=True)
        .filter(links__alert=alert, links__opened_it=True, is_automatic=True, taken_at__isnull=True, status__in=AT_WORK)
        .first()
    )
    if incident is not None:
        taking.take(incident, by=by)


def open_for_security_incidents(by: Actor) -> list[OperationsIncident]:
    """Open an incident for each security incident that is grave enough, and has none."""
    defaults.ensure_rules(by.practice)
    take_turns(by.practice)
    waiting = SecurityIncident.objects.filter(
        detected_at__gte=clock.now() - RECENT, incident_links__isnull=True
    ).exclude(Q(status=IncidentStatus.RESOLVED) | Q(incident_type__in=LOOKED_INTO_ELSEWHERE))
    found = [(each, defaults.opens(Source.SECURITY, each.severity)) for each in waiting.order_by("detected_at", "id")]
    return [_open_for(each, severity, by) for each, severity in [one for one in found if one[1]][:AT_ONCE] if severity]


def _open_for(about: SecurityIncident, severity: Severity, by: Actor) -> OperationsIncident:
    incident = _told_by_alert(about)
    is_new = incident is None
    if incident is None:
        told = announcing.recipients(about) if announcing.is_announced(about) else []
        heard = Heard([one.pk for one in told], why=SECURITY_TOLD)
        title = REPORTED_BY_SOMEBODY if about.incident_type == REPORTED else about.description
        what = Opening(title, severity, Source.SECURITY, about.detected_at, is_automatic=True, heard=heard)
        incident = open_incident(what, by=by)
    link(incident, about, by=by, opened_it=is_new)
    return incident


def _told_by_alert(about: SecurityIncident) -> OperationsIncident | None:
    """The incident that an alert about the same fact has opened."""
    subjects: Sequence[str] = [
        name for name, elsewhere in TOLD_ELSEWHERE.items() if about.incident_type in elsewhere.incidents
    ]
    mine = OperationsIncident.objects.exclude(status__in=OVER).filter(links__alert__subject__in=subjects)
    return mine.filter(created_at__gte=clock.now() - SAME_MOMENT).order_by("-created_at").first()


def _me() -> Actor:
    actor = current.get()
    if actor is None:
        raise RuntimeError("an incident needs somebody who acts")
    return actor
