"""What administrators do about the trail: look into incidents, set rules and retention, have the chain checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mentalspace.access.actor import Actor
from mentalspace.audit import chain
from mentalspace.audit.incidents import REPORTED, raise_incident
from mentalspace.audit.models import (
    AlertRule,
    AuditRetention,
    AuditVerification,
    IncidentStatus,
    IncidentStep,
    SavedAuditQuery,
    SecurityIncident,
    Severity,
)
from mentalspace.audit.trail import records
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, Refusal
from mentalspace.people import administration_queries
from mentalspace.people.models import Profile


class IncidentResolved(Refusal):
    code, status = "incident_resolved", 409
    message = "Not saved: this incident is resolved, and stays as it is. If it goes on, report it anew."


class AboutYourself(Refusal):
    code, status = "about_yourself", 409
    message = "Not resolved: this incident is about you. Ask another administrator to look into it."


class NameTaken(Refusal):
    code, status = "name_taken", 409
    message = "Not saved: there is one of this name already. Choose another name."


class ChangedElsewhere(Refusal):
    code, status = "changed_elsewhere", 409
    message = "Not saved: somebody changed this in the meantime. Reload to see it."


@records("incident.reported", "{actor} reported a security incident", resource_type="security_incident")
def report_incident(*, severity: str, description: str, person: UUID | None) -> SecurityIncident:
    """Put something before the administrators that no rule has noticed."""
    if person is not None:
        _known([person], "person")
    return raise_incident(kind=REPORTED, severity=severity, description=description, person=person)


@records(
    "incident.investigated",
    "{actor} began to look into an incident",
    resource_type="security_incident",
    severity="warning",
)
def investigate(*, incident_id: UUID, by: Actor, note: str) -> SecurityIncident:
    """Somebody looks into it from now on; it is theirs, unless it is somebody's already."""
    incident = _unresolved(incident_id)
    _step(incident, by, "investigating", note)
    return _looked_into(incident, by, assigned_to=incident.assigned_to or by.person)


@records("incident.assigned", "{actor} assigned an incident", resource_type="security_incident", severity="warning")
def assign(*, incident_id: UUID, by: Actor, to: UUID, note: str) -> SecurityIncident:
    """Give the incident to an administrator."""
    incident = _unresolved(incident_id)
    if not Profile.objects.staff().filter(pk=to, roles__role="administrator").exists():
        raise BadInput(fields={"assigned_to": ["Only an administrator who works here can look into an incident."]})
    _step(incident, by, "assigned", note, assigned_to=to)
    return incident.write(assigned_to=to)


@records("incident.noted", "{actor} noted something about an incident", resource_type="security_incident")
def add_note(*, incident_id: UUID, by: Actor, note: str) -> SecurityIncident:
    """Keep what was found on the way."""
    incident = _unresolved(incident_id)
    _in_words(note)
    _step(incident, by, "noted", note)
    return incident


@records("incident.resolved", "{actor} resolved an incident", resource_type="security_incident", severity="warning")
def resolve(*, incident_id: UUID, by: Actor, note: str) -> SecurityIncident:
    """Close the incident with what was found and done. Nobody resolves what is about them, unless they are alone."""
    incident = _unresolved(incident_id)
    _in_words(note)
    if incident.user_id == by.person and _others_administer(by):
        raise AboutYourself
    _step(incident, by, "resolved", note)
    _looked_into(incident, by, assigned_to=incident.assigned_to or by.person)
    ended: dict[str, Any] = {"resolved_by": by.person, "resolved_at": clock.now(), "resolution_notes": note}
    return incident.write(status=IncidentStatus.RESOLVED, **ended)


@records("alert_rule.added", "{actor} added an alert rule", resource_type="alert_rule", severity="warning")
def add_rule(*, by: Actor, values: dict[str, Any]) -> AlertRule:
    """Watch for something more."""
    _known(values["recipients"], "recipients")
    rule = AlertRule(practice_id=by.practice, **values)
    with _named_once():
        rule.save(force_insert=True)
    return rule


@records("alert_rule.changed", "{actor} changed an alert rule", resource_type="alert_rule", severity="warning")
def change_rule(*, rule_id: UUID, version: int, values: dict[str, Any]) -> AlertRule:
    """Change what a rule watches for, or switch it off."""
    rule = AlertRule.objects.for_change(rule_id)
    if rule.version != version:
        raise ChangedElsewhere(data={"version": rule.version})
    _known(values["recipients"], "recipients")
    with _named_once():
        return rule.write(**values, version=version + 1)


@records(
    "retention.changed",
    "{actor} changed the retention of the trail",
    resource_type="audit_retention",
    severity="critical",
)
def set_retention(
    *, by: Actor, action_type: str, years: int, is_held: bool, reason: str, version: int | None
) -> AuditRetention:
    """Keep a class of lines longer than the law's six years, or hold it for a case. `version` None: there is none."""
    values: dict[str, Any] = {"years": years, "is_held": is_held, "reason": reason}
    rule = AuditRetention.objects.select_for_update().filter(action_type=action_type).first()
    if (rule.version if rule else None) != version:
        raise ChangedElsewhere(data={"version": rule.version if rule else None})
    if rule is not None:
        return rule.write(**values, version=rule.version + 1)
    rule = AuditRetention(practice_id=by.practice, action_type=action_type, **values)
    rule.save(force_insert=True)
    return rule


@records("audit_query.saved", "{actor} saved a search of the trail", resource_type="audit_query")
def save_query(*, by: Actor, name: str, filters: dict[str, Any]) -> SavedAuditQuery:
    """Keep a search under a name, for oneself."""
    query = SavedAuditQuery(practice_id=by.practice, saved_by=by.person, name=name, filters=filters)
    with _named_once():
        query.save(force_insert=True)
    return query


@records("audit_query.removed", "{actor} removed a saved search of the trail", resource_type="audit_query")
def remove_query(*, query_id: UUID) -> SavedAuditQuery:
    query = SavedAuditQuery.objects.visible(query_id)
    SavedAuditQuery.objects.filter(pk=query_id).delete()
    return query


@records("audit.verification_asked", "{actor} asked for a check of the chain", resource_type="audit_verification")
def ask_for_verification(*, by: Actor) -> AuditVerification:
    """A walk over the whole chain, to be done by a job."""
    row = AuditVerification(practice_id=by.practice, asked_by=by.person)
    row.save(force_insert=True)
    return row


@records("audit.verified", "{actor} checked the chain of the trail", resource_type="audit_verification")
def verify(*, verification_id: UUID) -> AuditVerification:
    """Walk the chain and keep what was found; a chain that is broken is an incident."""
    row = AuditVerification.objects.for_change(verification_id)
    verdict = chain.verify(row.practice_id)
    found: dict[str, Any] = {"finished_at": clock.now(), "rows_checked": verdict.rows}
    if fault := verdict.fault:
        found |= {
            "fault_position": fault.position,
            "fault_log_id": fault.log_id,
            "fault_reason": fault.reason[:200],
        }
        raise_incident(
            kind="audit_chain_broken",
            severity=Severity.CRITICAL,
            description="The audit trail was tampered with: its chain is broken",
            details={"position": fault.position, "reason": fault.reason},
            resource_type="audit_verification",
            resource=row.pk,
        )
    return row.write(**found)


def _unresolved(incident_id: UUID) -> SecurityIncident:
    """The incident, locked. Raises IncidentResolved."""
    if SecurityIncident.objects.visible(incident_id).status == IncidentStatus.RESOLVED:
        raise IncidentResolved
    return SecurityIncident.objects.for_change(incident_id)


def _looked_into(incident: SecurityIncident, by: Actor, **values: Any) -> SecurityIncident:
    """Whoever looks into it first is remembered."""
    if incident.status == IncidentStatus.OPEN:
        values |= {"investigated_by": by.person, "investigated_at": clock.now()}
    return incident.write(status=IncidentStatus.INVESTIGATING, **values)


def _step(incident: SecurityIncident, by: Actor, step: str, note: str, **values: Any) -> None:
    taken = {"practice_id": by.practice, "taken_by": by.person, "created_at": clock.now()}
    IncidentStep(incident=incident, step=step, note=note, **taken, **values).save(force_insert=True)


def _in_words(note: str) -> None:
    if len(note) < 10:
        raise BadInput(fields={"note": ["Write a sentence: it is what will be known of this later."]})


def _others_administer(by: Actor) -> bool:
    return bool(administration_queries.administrators() - {by.person})


def _known(people: list[UUID], field: str) -> None:
    if Profile.objects.filter(pk__in=people).count() != len(set(people)):
        raise BadInput(fields={field: ["This person does not work here."]})


@contextmanager
def _named_once() -> Iterator[None]:
    """What breaks a unique name inside is a refusal."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise NameTaken from None
