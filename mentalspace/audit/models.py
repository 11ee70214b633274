"""The audit trail: insert-only for every role, and a keyed chain over it whose key the database never sees."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, IDENTITY, IMPORT, JOBS, KEEPER, PEOPLE, SYSTEM
from mentalspace.access.policy import (
    EVERY_ROW,
    ME,
    NIL,
    Where,
    allow,
    allow_each,
    fence,
    is_unset,
    practice_key,
    same_practice,
    shared_fence,
)
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet

PHI_ACCESS = "PHI_ACCESS"
DATA_MODIFICATION = "DATA_MODIFICATION"
AUTHENTICATION = "AUTHENTICATION"
REFUSED = "REFUSED"
ADMIN_ACTION = "ADMIN_ACTION"

LONGEST_WINDOW = 7 * 24 * 60
"""Minutes over which an alert rule may count."""

LEAST_YEARS, MOST_YEARS = 6, 100
"""How long audit rows are kept at least: 45 CFR 164.316(b)(2)(i)."""


def written_by_me() -> Where:
    """The row names the acting person as its author: nobody can sign for another."""
    return Where(f"user_id = {ME}")


def written_at_sign_in() -> Where:
    """Identity writes about anybody while nobody is known, and about that account once somebody is."""
    return Where(f"{ME} in (user_id, {NIL})")


def is_a_look() -> Where:
    """Somebody was shown clients' information."""
    return Where(f"action_type = '{PHI_ACCESS}'")


class AuditLog(models.Model):
    """One thing that happened. Survives the deletion of people: `user_id` is no foreign key.

    `client_ids` are the clients the event is about: one for a chart, all that were shown for a list.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey("practices.Practice", models.PROTECT, related_name="+", db_index=False)
    user_id = models.UUIDField(null=True)
    action_type = models.CharField(max_length=40)
    event = models.CharField(max_length=80)
    resource_type = models.CharField(max_length=60)
    resource_id = models.UUIDField(null=True)
    client_ids: Any = ArrayField(models.UUIDField(), default=list)
    action_description = models.TextField()
    action_details: Any = models.JSONField(default=dict)
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True, default="")
    session_id = models.CharField(max_length=64, blank=True, default="")
    severity = models.CharField(max_length=10, default="info")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        db_table = "audit_logs"
        indexes = [
            models.Index(fields=["practice", "user_id", "created_at"], name="audit_by_user"),
            models.Index(fields=["practice", "action_type", "created_at"], name="audit_by_action"),
            models.Index(fields=["practice", "-created_at", "-id"], name="audit_by_time"),
            models.Index(fields=["practice", "-created_at"], name="audit_grave", condition=~models.Q(severity="info")),
            GinIndex(fields=["client_ids"], name="audit_by_client"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity__in=["info", "warning", "critical"]), name="audit_severity"
            ),
            shared_fence(),
            *allow_each((*PEOPLE, SYSTEM, IMPORT, JOBS, KEEPER), "add", written_by_me()),
            allow(IDENTITY, "add", written_at_sign_in()),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            allow(KEEPER, "read", is_a_look()),
        ]


class AuditChain(models.Model):
    """The place of one audit row in its practice's chain: `digest` is a MAC over the row, `hash` over place and time.

    With both, the chain can still be checked where a row is gone because its six years are over.
    """

    log_id = models.UUIDField(primary_key=True, editable=False)
    practice = models.ForeignKey("practices.Practice", models.PROTECT, related_name="+", db_index=False)
    position = models.BigIntegerField()
    logged_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_chain"
        constraints = [
            models.UniqueConstraint(fields=["practice", "position"], name="audit_chain_position"),
            fence(),
            allow(SYSTEM, "read add"),
            allow(ADMINISTRATOR, "read"),
        ]


class Severity(models.TextChoices):
    """How bad an incident is, in the order of the database's type: `ORDER BY severity DESC` puts the worst first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class SeverityField(models.CharField):  # type: ignore[type-arg]  # its parent's are given where it is used
    """A column of the ordered type `incident_severity` (made in the migration)."""

    def db_type(self, connection: Any) -> str:
        return "incident_severity"


class IncidentStatus(models.TextChoices):
    OPEN = "open"
    INVESTIGATING = "investigating"
    RESOLVED = "resolved"


def raised_by_me() -> Where:
    """The row names the acting person as who raised it, or nobody where nobody is known yet."""
    return Where(f"raised_by = {ME}")


def taken_by_me() -> Where:
    """The row names the acting person as who took the step."""
    return Where(f"taken_by = {ME}")


def is_unresolved() -> Where:
    """Nobody has closed the incident yet."""
    return Where("status <> 'resolved'")


class SecurityIncident(Record):
    """Something that somebody must look into: raised by a rule, a lockout, a break-glass, or by hand.

    What was raised is never altered (a trigger sees to it); looking into it moves `status` forward until it is
    resolved, and then nothing changes any more. `user_id` is whom it is about and, like every person here, no foreign
    key. `description` and `details` hold no health information.
    """

    incident_type = models.CharField(max_length=60)
    severity = SeverityField(max_length=8, choices=Severity.choices)
    description = models.TextField()
    details: Any = models.JSONField(default=dict)
    user_id = models.UUIDField(null=True)
    rule_id = models.UUIDField(null=True)
    resource_type = models.CharField(max_length=60, blank=True, default="")
    resource_id = models.UUIDField(null=True)
    ip_address = models.GenericIPAddressField(null=True)
    raised_by = models.UUIDField()
    detected_at = models.DateTimeField(default=clock.now, editable=False)
    status = models.CharField(max_length=13, choices=IncidentStatus.choices, default=IncidentStatus.OPEN)
    assigned_to = models.UUIDField(null=True)
    investigated_by = models.UUIDField(null=True)
    investigated_at = models.DateTimeField(null=True)
    resolved_by = models.UUIDField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolution_notes = models.TextField(blank=True, default="")
    announced_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["SecurityIncident"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "security_incidents"
        indexes = [
            models.Index(fields=["practice", "-detected_at", "-id"], name="incidents_by_time"),
            models.Index(fields=["practice", "rule_id", "user_id", "-detected_at"], name="incidents_by_rule"),
        ]
        constraints = [
            practice_key(),
            models.CheckConstraint(condition=models.Q(status__in=IncidentStatus.values), name="incident_status"),
            models.CheckConstraint(
                condition=models.Q(status="open")
                | models.Q(investigated_by__isnull=False, investigated_at__isnull=False),
                name="incident_looked_into",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="resolved")
                | models.Q(resolved_by__isnull=False, resolved_at__isnull=False) & ~models.Q(resolution_notes=""),
                name="incident_resolved_with_words",
            ),
            shared_fence(),
            *allow_each((*PEOPLE, SYSTEM, IDENTITY), "add", raised_by_me() & Where("status = 'open'")),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            allow(ADMINISTRATOR, "change", is_unresolved(), becomes=EVERY_ROW),
            allow(SYSTEM, "change", is_unset("announced_at"), becomes=EVERY_ROW),
        ]


class IncidentStep(Record):
    """One line of an incident's history: who did what about it, and why. Nobody alters or removes it."""

    incident = models.ForeignKey(SecurityIncident, models.PROTECT, related_name="steps")
    taken_by = models.UUIDField()
    step = models.CharField(max_length=13)
    assigned_to = models.UUIDField(null=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        db_table = "security_incident_steps"
        constraints = [
            same_practice("incident"),
            models.CheckConstraint(
                condition=models.Q(step__in=["investigating", "assigned", "noted", "resolved"]), name="incident_step"
            ),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(ADMINISTRATOR, "add", taken_by_me()),
        ]


class AlertRule(Record):
    """More than `threshold` audit rows of a kind within `window_minutes` raise an incident.

    Empty `action_type`, `event` and `resource_type` stand for any. Counted for each person, or for the whole practice.
    `is_after_hours` counts only what happened from 20:00 to 06:00 on the practice's wall. `recipients` are profiles;
    none stands for every administrator.
    """

    name = models.CharField(max_length=120)
    action_type = models.CharField(max_length=40, blank=True, default="")
    event = models.CharField(max_length=80, blank=True, default="")
    resource_type = models.CharField(max_length=60, blank=True, default="")
    is_after_hours = models.BooleanField(default=False)
    is_per_person = models.BooleanField(default=True)
    threshold = models.PositiveIntegerField()
    window_minutes = models.PositiveIntegerField()
    severity = SeverityField(max_length=8, choices=Severity.choices)
    recipients: Any = ArrayField(models.UUIDField(), default=list)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[RecordQuerySet["AlertRule"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "alert_rules"
        constraints = [
            models.UniqueConstraint(fields=["practice", "name"], name="alert_rule_name_once"),
            models.CheckConstraint(
                condition=models.Q(window_minutes__gte=1, window_minutes__lte=LONGEST_WINDOW), name="alert_rule_window"
            ),
            fence(),
            allow(ADMINISTRATOR, "read add change"),
            allow(SYSTEM, "read add"),
        ]


class AuditRetention(Record):
    """How long a class of audit rows is kept beyond the law's six years, and whether it is held for a case.

    The longest that fits a row wins; an empty `action_type` fits every row. Nothing here can shorten the six years:
    a trigger of the trail reads this table, and knows them by itself.
    """

    action_type = models.CharField(max_length=40, blank=True, default="")
    years = models.PositiveSmallIntegerField()
    is_held = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[RecordQuerySet["AuditRetention"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "audit_retention"
        constraints = [
            models.UniqueConstraint(fields=["practice", "action_type"], name="audit_retention_once"),
            models.CheckConstraint(
                condition=models.Q(years__gte=LEAST_YEARS, years__lte=MOST_YEARS), name="audit_retention_years"
            ),
            fence(),
            allow(ADMINISTRATOR, "read add change"),
            allow(SYSTEM, "read"),
        ]


def asked_by_me() -> Where:
    """The row names the acting person as who asked for it."""
    return Where(f"asked_by = {ME}")


class AuditVerification(Record):
    """One walk over the whole chain: asked for by an administrator, or nightly by the practice itself."""

    asked_by = models.UUIDField()
    finished_at = models.DateTimeField(null=True)
    rows_checked = models.PositiveBigIntegerField(null=True)
    fault_position = models.PositiveBigIntegerField(null=True)
    fault_log_id = models.UUIDField(null=True)
    fault_reason = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[RecordQuerySet["AuditVerification"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "audit_verifications"
        indexes = [models.Index(fields=["practice", "-created_at", "-id"], name="verifications_by_time")]
        constraints = [
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            *allow_each((ADMINISTRATOR, SYSTEM), "add", asked_by_me()),
            *allow_each(
                (ADMINISTRATOR, SYSTEM), "change", asked_by_me() & is_unset("finished_at"), becomes=asked_by_me()
            ),
        ]


class SavedAuditQuery(Record):
    """A search of the trail that somebody wants to find again. Their own."""

    saved_by = models.UUIDField()
    name = models.CharField(max_length=80)
    filters: Any = models.JSONField(default=dict)

    objects: ClassVar[RecordQuerySet["SavedAuditQuery"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "saved_audit_queries"
        indexes = [models.Index(fields=["saved_by"], name="saved_queries_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["practice", "saved_by", "name"], name="saved_query_name_once"),
            fence(),
            allow(ADMINISTRATOR, "read add remove", Where(f"saved_by = {ME}")),
        ]
