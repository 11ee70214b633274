"""Extracts of the trail that are kept with an incident, and what was found where it may be a breach."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, SYSTEM
from mentalspace.access.policy import EVERY_ROW, ME, Where, allow, allow_each, fence, practice_key, same_practice
from mentalspace.core.models import Record, RecordQuerySet, Versioned
from mentalspace.ops.incidents.breach.rules import Decision
from mentalspace.ops.incidents.models import OperationsIncident


def is_undecided() -> Where:
    """Nobody has said yet whether it was a breach."""
    return Where(f"decision = '{Decision.OPEN}'")


class IncidentExtract(Record):
    """A search of the trail as it came out at one moment: `content` is its CSV, `sha256` the database's own hash of it.
    Nothing alters or removes it. `client_ids` are those it names: who reads it has seen them."""

    incident = models.ForeignKey(OperationsIncident, models.PROTECT, related_name="extracts")
    taken_by = models.UUIDField()
    search: Any = models.JSONField()
    lines = models.PositiveIntegerField()
    client_ids: Any = ArrayField(models.UUIDField(), default=list)
    content = models.TextField()
    sha256 = models.CharField(max_length=64, default="")

    objects: ClassVar[RecordQuerySet["IncidentExtract"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "operations_incident_extracts"
        indexes = [models.Index(fields=["incident", "created_at"], name="ops_incident_extracts_of")]
        constraints = [
            same_practice("incident"),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(ADMINISTRATOR, "add", Where(f"taken_by = {ME}")),
        ]


class BreachAssessment(Versioned):
    """Whether an incident was a breach: when it was discovered, whose information was touched, the four factors of
    45 CFR 164.402(2), and what was decided. Once it is decided, nothing of it changes.

    `search` is what the list was found by (`persons`, `sessions`, `addresses`, `since`, `until`), `counted_at` when.
    `warned` is the last warning before the deadline that was given, in days.
    """

    incident = models.OneToOneField(OperationsIncident, models.PROTECT, related_name="breach")
    declared_by = models.UUIDField()
    discovered_on = models.DateField()
    due_on = models.DateField()
    search: Any = models.JSONField()
    counted_at = models.DateTimeField()
    affected = models.PositiveIntegerField(default=0)
    nature = models.TextField(blank=True, default="")
    recipient = models.TextField(blank=True, default="")
    viewed = models.TextField(blank=True, default="")
    mitigated = models.TextField(blank=True, default="")
    decision = models.CharField(
        max_length=15, blank=True, default="", choices=[(each.value, each) for each in Decision]
    )
    reasons = models.TextField(blank=True, default="")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    warned = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[RecordQuerySet["BreachAssessment"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "breach_assessments"
        constraints = [
            practice_key(),
            same_practice("incident"),
            models.CheckConstraint(condition=models.Q(decision__in=[*Decision]), name="breach_decision"),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.OPEN)
                | (models.Q(decided_by__isnull=False, decided_at__isnull=False) & ~models.Q(reasons="")),
                name="breach_decided_with_reasons",
            ),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add", is_undecided() & Where(f"declared_by = {ME}")),
            allow(ADMINISTRATOR, "change", is_undecided(), becomes=EVERY_ROW),
            allow(SYSTEM, "change"),
        ]


class BreachAffected(Record):
    """A client whose health information was touched, how often and when; and when and how they were told.

    `dropped_at`: a later count found them no more. `client_id` is no foreign key: it is the trail's.
    """

    assessment = models.ForeignKey(BreachAssessment, models.PROTECT, related_name="people")
    client_id = models.UUIDField()
    times = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    notified_on = models.DateField(null=True)
    notified_how = models.CharField(max_length=200, blank=True, default="")
    notified_by = models.UUIDField(null=True)

    objects: ClassVar[RecordQuerySet["BreachAffected"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "breach_affected_people"
        constraints = [
            same_practice("assessment"),
            models.UniqueConstraint(fields=["assessment", "client_id"], name="breach_affected_once"),
            models.CheckConstraint(
                condition=models.Q(notified_on__isnull=True)
                | (models.Q(notified_by__isnull=False) & ~models.Q(notified_how="")),
                name="breach_notified_how",
            ),
            fence(),
            allow(ADMINISTRATOR, "read add change"),
            allow(SYSTEM, "read"),
        ]
