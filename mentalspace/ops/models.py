"""What the product notices of itself: measurements, checks, and checklists that somebody signed."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, SYSTEM
from mentalspace.access.policy import ME, Where, allow, allow_each, fence
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.ops.alerts.models import AlertWebhook as AlertWebhook
from mentalspace.ops.alerts.models import SystemAlert as SystemAlert
from mentalspace.ops.alerts.models import SystemAlertLine as SystemAlertLine
from mentalspace.ops.alerts.models import SystemAlertRule as SystemAlertRule
from mentalspace.ops.alerts.models import WebhookDelivery as WebhookDelivery
from mentalspace.ops.incidents.breach.models import BreachAffected as BreachAffected
from mentalspace.ops.incidents.breach.models import BreachAssessment as BreachAssessment
from mentalspace.ops.incidents.breach.models import IncidentExtract as IncidentExtract
from mentalspace.ops.incidents.models import IncidentActionItem as IncidentActionItem
from mentalspace.ops.incidents.models import IncidentRule as IncidentRule
from mentalspace.ops.incidents.models import OnCallOverride as OnCallOverride
from mentalspace.ops.incidents.models import OnCallRotation as OnCallRotation
from mentalspace.ops.incidents.models import OperationsIncident as OperationsIncident
from mentalspace.ops.incidents.models import OperationsIncidentLine as OperationsIncidentLine
from mentalspace.ops.incidents.models import OperationsIncidentLink as OperationsIncidentLink
from mentalspace.ops.incidents.models import PostMortem as PostMortem
from mentalspace.ops.maintenance.models import MaintenanceRun as MaintenanceRun
from mentalspace.ops.metrics.rules import Reading, State


class Span(models.TextChoices):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


class Source(models.TextChoices):
    """What is stored of the metrics: errors are those of the API."""

    PAGE = "page"
    API = "api"
    QUERY = "query"
    UPTIME = "uptime"
    USERS = "users"


class MetricPoint(Record):
    """What was measured of one thing within a minute, hour or day that begins `at`: see `metrics.rules.Reading`.

    Figures of the whole installation, kept in every practice of it; `users` are the practice's own.
    """

    metric = models.CharField(max_length=20, choices=Source.choices)
    span = models.CharField(max_length=10, choices=Span.choices)
    at = models.DateTimeField()
    count = models.PositiveBigIntegerField()
    bad = models.PositiveBigIntegerField(default=0)
    total = models.FloatField(default=0)
    buckets: Any = ArrayField(models.BigIntegerField())

    objects: ClassVar[RecordQuerySet["MetricPoint"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "metric_points"
        constraints = [
            models.UniqueConstraint(fields=["practice", "metric", "span", "at"], name="metric_point_once"),
            models.CheckConstraint(condition=models.Q(metric__in=Source.values), name="metric_point_source"),
            models.CheckConstraint(condition=models.Q(span__in=Span.values), name="metric_point_span"),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(SYSTEM, "read add change remove"),
        ]

    @property
    def reading(self) -> Reading:
        return Reading(self.count, self.bad, self.total, tuple(self.buckets))


class CheckResult(Record):
    """How one check came out when it was last made, and since when it stands so.

    `details` are sentences for whoever has to act: counts, names of parts and tables, never of clients.
    """

    check_name = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in State])
    says = models.CharField(max_length=300)
    details: Any = models.JSONField(default=list)
    checked_at = models.DateTimeField()
    since = models.DateTimeField()

    objects: ClassVar[RecordQuerySet["CheckResult"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "check_results"
        constraints = [
            models.UniqueConstraint(fields=["practice", "check_name"], name="check_result_once"),
            models.CheckConstraint(condition=models.Q(state__in=[*State]), name="check_result_state"),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(SYSTEM, "read add change remove"),
        ]


class ChecklistKind(models.TextChoices):
    MORNING = "morning"
    END_OF_DAY = "end_of_day"


class ChecklistSignature(Record):
    """A checklist of a day as it stood when somebody signed it. Never changed, never removed: a trigger says so.

    `day` is the practice's; `lines` hold each line's state and words at that moment.
    """

    kind = models.CharField(max_length=12, choices=ChecklistKind.choices)
    day = models.DateField()
    signed_by = models.UUIDField()
    remark = models.CharField(max_length=500, blank=True, default="")
    lines: Any = models.JSONField()

    objects: ClassVar[RecordQuerySet["ChecklistSignature"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "checklist_signatures"
        indexes = [models.Index(fields=["practice", "-created_at", "-id"], name="checklist_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["practice", "kind", "day"], name="checklist_once_a_day"),
            models.CheckConstraint(condition=models.Q(kind__in=ChecklistKind.values), name="checklist_kind"),
            fence(),
            *allow_each((ADMINISTRATOR,), "read"),
            allow(ADMINISTRATOR, "add", Where(f"signed_by = {ME}")),
        ]
