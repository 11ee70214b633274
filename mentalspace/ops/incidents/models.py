"""The tables of incidents: what happened, its timeline, what it is about, what was learnt, and who is on call.

`security_incidents` (`audit.models`) are what the trail notices; one of these, or an alert, may open an incident here.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, SYSTEM
from mentalspace.access.policy import (
    EVERY_ROW,
    ME,
    Where,
    allow,
    allow_each,
    fence,
    is_unset,
    practice_key,
    same_practice,
)
from mentalspace.audit.models import SecurityIncident
from mentalspace.core.models import Record, RecordQuerySet, Versioned
from mentalspace.ops.alerts.models import SystemAlert
from mentalspace.ops.incidents.rules import OVER, Happened, Severity, Source, Status


def _choices(kind: Any) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in kind]


def is_not_closed() -> Where:
    """The incident can still be worked on."""
    return Where(f"status <> '{Status.CLOSED}'")


class OperationsIncident(Versioned):
    """Something that people have to put right together, from the first call until what was learnt is written down.

    `number` (`INC-2026-0007`) is made by the database, in each practice and year without a gap. `clock_at` is when the
    response clock began, `due_at` when somebody must have taken it on, `calls` how many calls were made, and
    `next_call_at` when the next one is; without it nobody is called any more. `is_automatic` and `opened_by` say who
    opened it: the practice itself is the product. Its `commander` may be named by others; `taken_at` is when somebody
    took it on themselves, and only that ends the calls.
    """

    year = models.PositiveSmallIntegerField(default=0)
    serial = models.PositiveIntegerField(default=0)
    number = models.CharField(max_length=20, default="")
    title = models.CharField(max_length=160)
    severity = models.CharField(max_length=2, choices=_choices(Severity))
    status = models.CharField(max_length=13, choices=_choices(Status), default=Status.TRIAGE)
    source = models.CharField(max_length=17, choices=_choices(Source))
    is_automatic = models.BooleanField(default=False)
    opened_by = models.UUIDField()
    detected_at = models.DateTimeField()
    clock_at = models.DateTimeField()
    due_at = models.DateTimeField()
    calls = models.PositiveSmallIntegerField(default=0)
    next_call_at = models.DateTimeField(null=True)
    commander = models.UUIDField(null=True)
    communications = models.UUIDField(null=True)
    scribe = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    post_mortem_due_at = models.DateTimeField(null=True)
    post_mortem_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["OperationsIncident"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "operations_incidents"
        indexes = [
            models.Index(fields=["practice", "-created_at", "-id"], name="ops_incidents_by_time"),
            models.Index(
                fields=["practice", "next_call_at"],
                condition=models.Q(next_call_at__isnull=False),
                name="ops_incidents_to_call",
            ),
        ]
        constraints = [
            practice_key(),
            models.UniqueConstraint(fields=["practice", "year", "serial"], name="ops_incident_number_once"),
            models.CheckConstraint(condition=models.Q(severity__in=[*Severity]), name="ops_incident_severity"),
            models.CheckConstraint(condition=models.Q(status__in=[*Status]), name="ops_incident_status"),
            models.CheckConstraint(condition=models.Q(source__in=[*Source]), name="ops_incident_source"),
            models.CheckConstraint(
                condition=models.Q(taken_at__isnull=True)
                | models.Q(commander__isnull=False, next_call_at__isnull=True),
                name="ops_incident_taken",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[*OVER])
                | models.Q(resolved_at__isnull=False, next_call_at__isnull=True, commander__isnull=False),
                name="ops_incident_resolved",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.CLOSED) | models.Q(closed_at__isnull=False),
                name="ops_incident_closed",
            ),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            *allow_each((ADMINISTRATOR, SYSTEM), "add", Where(f"opened_by = {ME}")),
            *allow_each((ADMINISTRATOR, SYSTEM), "change", is_not_closed(), becomes=EVERY_ROW),
        ]


class OperationsIncidentLine(Record):
    """A line of the timeline: what happened, who did it, who was told by what. Nobody alters or removes one.

    `before` and `after` are the two severities, statuses or people of a change; `note` is what somebody wrote about it.
    `person` is the practice itself where the product did it.
    """

    incident = models.ForeignKey(OperationsIncident, models.PROTECT, related_name="lines")
    happened = models.CharField(max_length=11, choices=_choices(Happened))
    person = models.UUIDField()
    before = models.CharField(max_length=40, blank=True, default="")
    after = models.CharField(max_length=40, blank=True, default="")
    people: Any = ArrayField(models.UUIDField(), default=list)
    channels: Any = ArrayField(models.CharField(max_length=10), default=list)
    note = models.CharField(max_length=2000, blank=True, default="")

    objects: ClassVar[RecordQuerySet["OperationsIncidentLine"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "operations_incident_lines"
        indexes = [models.Index(fields=["incident", "created_at"], name="ops_incident_lines_of")]
        constraints = [
            same_practice("incident"),
            models.CheckConstraint(condition=models.Q(happened__in=[*Happened]), name="ops_incident_line_happened"),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            *allow_each((ADMINISTRATOR, SYSTEM), "add", Where(f"person = {ME}")),
        ]


class OperationsIncidentLink(Record):
    """An alert or a security incident that an incident is about. One belongs to one incident: that, and not a look
    before, is what keeps a second from being opened for it. `opened_it`: the incident was opened for this."""

    incident = models.ForeignKey(OperationsIncident, models.PROTECT, related_name="links")
    alert = models.ForeignKey(SystemAlert, models.PROTECT, null=True, related_name="incident_links")
    security_incident = models.ForeignKey(SecurityIncident, models.PROTECT, null=True, related_name="incident_links")
    linked_by = models.UUIDField()
    opened_it = models.BooleanField(default=False)

    objects: ClassVar[RecordQuerySet["OperationsIncidentLink"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "operations_incident_links"
        indexes = [models.Index(fields=["incident"], name="ops_incident_links_of")]
        constraints = [
            same_practice("incident"),
            same_practice("alert"),
            same_practice("security_incident"),
            models.UniqueConstraint(fields=["practice", "alert"], name="ops_incident_of_alert_once"),
            models.UniqueConstraint(fields=["practice", "security_incident"], name="ops_incident_of_security_once"),
            models.CheckConstraint(
                condition=models.Q(alert__isnull=False, security_incident__isnull=True)
                | models.Q(alert__isnull=True, security_incident__isnull=False),
                name="ops_incident_link_to_one",
            ),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            *allow_each((ADMINISTRATOR, SYSTEM), "add", Where(f"linked_by = {ME}")),
        ]


class IncidentActionItem(Versioned):
    """What is to be done so that it does not happen again: what, by whom, until which day."""

    incident = models.ForeignKey(OperationsIncident, models.PROTECT, related_name="action_items")
    what = models.CharField(max_length=300)
    assignee = models.UUIDField()
    due_on = models.DateField()
    added_by = models.UUIDField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    objects: ClassVar[RecordQuerySet["IncidentActionItem"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "operations_incident_action_items"
        indexes = [models.Index(fields=["incident", "due_on"], name="ops_incident_items_of")]
        constraints = [
            same_practice("incident"),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True, done_by__isnull=True)
                | models.Q(done_at__isnull=False, done_by__isnull=False),
                name="ops_incident_item_done",
            ),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add", Where(f"added_by = {ME}")),
            allow(ADMINISTRATOR, "change"),
        ]


class PostMortem(Versioned):
    """What was learnt of one incident. Once it is published, a trigger keeps it as it is."""

    incident = models.OneToOneField(OperationsIncident, models.PROTECT, related_name="post_mortem")
    summary = models.TextField(blank=True, default="")
    impact = models.TextField(blank=True, default="")
    root_cause = models.TextField(blank=True, default="")
    went_well = models.TextField(blank=True, default="")
    went_badly = models.TextField(blank=True, default="")
    lessons = models.TextField(blank=True, default="")
    written_by = models.UUIDField()
    published_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)

    objects: ClassVar[RecordQuerySet["PostMortem"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "operations_post_mortems"
        constraints = [
            same_practice("incident"),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True)
                | (models.Q(published_by__isnull=False) & ~models.Q(summary="") & ~models.Q(root_cause="")),
                name="post_mortem_published_with_words",
            ),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(ADMINISTRATOR, "add", is_unset("published_at") & Where(f"written_by = {ME}")),
            allow(ADMINISTRATOR, "change", is_unset("published_at"), becomes=EVERY_ROW),
        ]


class OnCallRotation(Versioned):
    """The practice's order of being on call: a week each, handed over at an hour on its wall."""

    people: Any = ArrayField(models.UUIDField(), default=list)
    starts_on = models.DateField()
    hands_over = models.TimeField()

    objects: ClassVar[RecordQuerySet["OnCallRotation"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "on_call_rotations"
        constraints = [
            models.UniqueConstraint(fields=["practice"], name="on_call_rotation_once"),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add change"),
        ]


class OnCallOverride(Record):
    """Somebody who steps in from one moment until another, unless that was called off."""

    person = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    added_by = models.UUIDField()
    called_off_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["OnCallOverride"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "on_call_overrides"
        indexes = [models.Index(fields=["practice", "ends_at"], name="on_call_overrides_by_end")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="on_call_override_span"),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add", Where(f"added_by = {ME}")),
            allow(ADMINISTRATOR, "change"),
        ]


class IncidentRule(Versioned):
    """Which severity of what opens an incident by itself, and how grave that is. Empty `opens`: none.

    `source` is an alert's or a security incident's, `grade` its severity there, `subject` the check or metric; empty
    is every one that has no rule of its own.
    """

    source = models.CharField(max_length=17, choices=_choices(Source))
    grade = models.CharField(max_length=8)
    subject = models.CharField(max_length=40, blank=True, default="")
    opens = models.CharField(max_length=2, blank=True, default="", choices=[("", ""), *_choices(Severity)])

    objects: ClassVar[RecordQuerySet["IncidentRule"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "operations_incident_rules"
        constraints = [
            models.UniqueConstraint(fields=["practice", "source", "grade", "subject"], name="ops_incident_rule_once"),
            models.CheckConstraint(condition=models.Q(opens__in=["", *Severity]), name="ops_incident_rule_opens"),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            allow(SYSTEM, "add"),
            allow(ADMINISTRATOR, "change"),
        ]
