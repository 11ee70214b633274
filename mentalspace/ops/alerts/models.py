"""The tables of alerts: rules, alerts with their history, and the address outside that hears of them.

`alert_rules` are the audit trail's (`audit.models.AlertRule`); these watch the product itself.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, SYSTEM
from mentalspace.access.policy import ME, Where, allow, allow_each, fence, is_unset, practice_key, same_practice
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet, Versioned
from mentalspace.ops.alerts.rules import Condition, Happened, Kind, Severity, Stage

LONGEST_MINUTES = 7 * 24 * 60
STANDING = (Stage.OPEN, Stage.ACKNOWLEDGED)
"""What is not over."""


def is_pending() -> Where:
    """It has not held for long enough to be told."""
    return Where(f"stage = '{Stage.PENDING}'")


def is_open() -> Where:
    """Nobody has said yet that they see to it."""
    return Where(f"stage = '{Stage.OPEN}'")


def acknowledged_by_me() -> Where:
    """The row says that the acting person sees to it."""
    return Where(f"stage = '{Stage.ACKNOWLEDGED}' and acknowledged_by = {ME}")


def noted_by_me() -> Where:
    """A line of history in which the acting person takes the alert on."""
    return Where(f"happened = '{Happened.ACKNOWLEDGED}' and person = {ME}")


class SystemAlertRule(Versioned):
    """When something about the product is an alert, how bad that is, and who is told in which order, by what.

    `subject` is a check's or a metric's key; empty stands for every one of the kind. It must hold for `hold_minutes`,
    and be good for `clear_minutes` to be over. `steps` are `{minutes, roles, people}`: so many minutes after the step
    before, these are told, as far as they run operations: who cannot see an alert is told of none. `default_key` names
    the rule the product comes with; empty for a practice's own.
    """

    name = models.CharField(max_length=120)
    default_key = models.CharField(max_length=40, blank=True, default="")
    kind = models.CharField(max_length=6, choices=[(each.value, each.value) for each in Kind])
    subject = models.CharField(max_length=40, blank=True, default="")
    condition = models.CharField(max_length=9, choices=[(each.value, each.value) for each in Condition])
    severity = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Severity])
    hold_minutes = models.PositiveIntegerField()
    clear_minutes = models.PositiveIntegerField()
    channels: Any = ArrayField(models.CharField(max_length=10))
    steps: Any = models.JSONField()
    is_active = models.BooleanField(default=True)

    objects: ClassVar[RecordQuerySet["SystemAlertRule"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "system_alert_rules"
        constraints = [
            practice_key(),
            models.UniqueConstraint(fields=["practice", "name"], name="system_alert_rule_name_once"),
            models.UniqueConstraint(
                fields=["practice", "default_key"],
                condition=~models.Q(default_key=""),
                name="system_alert_rule_default_once",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=[*Kind]), name="system_alert_rule_kind"),
            models.CheckConstraint(condition=models.Q(condition__in=[*Condition]), name="system_alert_rule_condition"),
            models.CheckConstraint(condition=models.Q(severity__in=[*Severity]), name="system_alert_rule_severity"),
            models.CheckConstraint(
                condition=models.Q(hold_minutes__lte=LONGEST_MINUTES, clear_minutes__lte=LONGEST_MINUTES),
                name="system_alert_rule_minutes",
            ),
            fence(),
            allow(ADMINISTRATOR, "read add change"),
            allow(SYSTEM, "read add"),
        ]


class SystemAlert(Record):
    """One thing that is wrong, by one rule. There is one that is not resolved for each rule and subject.

    `count` is how often it was seen, `since` when it began, `good_since` since when it is good again. `step` is how
    many steps of the rule were told, `next_step_at` when the next is. `says` and `fix` are the check's own words; they
    hold nothing about clients.
    """

    rule = models.ForeignKey(SystemAlertRule, models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=6)
    subject = models.CharField(max_length=40)
    severity = models.CharField(max_length=8)
    stage = models.CharField(max_length=12, default=Stage.PENDING)
    title = models.CharField(max_length=120)
    says = models.CharField(max_length=300)
    fix = models.CharField(max_length=300, blank=True, default="")
    page = models.CharField(max_length=100, blank=True, default="")
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)
    good_since = models.DateTimeField(null=True)
    unknown_since = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    step = models.PositiveSmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.UUIDField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")
    resolved_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["SystemAlert"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "system_alerts"
        indexes = [
            models.Index(fields=["practice", "-opened_at", "-id"], name="system_alerts_by_time"),
            models.Index(fields=["rule"], name="system_alerts_by_rule"),
        ]
        constraints = [
            practice_key(),
            same_practice("rule"),
            models.UniqueConstraint(
                fields=["practice", "rule", "subject"],
                condition=~models.Q(stage=Stage.RESOLVED),
                name="system_alert_once",
            ),
            models.CheckConstraint(condition=models.Q(stage__in=[*Stage]), name="system_alert_stage"),
            models.CheckConstraint(
                condition=models.Q(stage=Stage.PENDING, opened_at__isnull=True)
                | ~models.Q(stage=Stage.PENDING) & models.Q(opened_at__isnull=False),
                name="system_alert_opened",
            ),
            models.CheckConstraint(
                condition=~models.Q(stage=Stage.ACKNOWLEDGED)
                | models.Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="system_alert_acknowledged",
            ),
            models.CheckConstraint(
                condition=~models.Q(stage=Stage.RESOLVED) | models.Q(resolved_at__isnull=False),
                name="system_alert_resolved",
            ),
            fence(),
            allow(SYSTEM, "read add change"),
            allow(SYSTEM, "remove", is_pending()),
            allow(ADMINISTRATOR, "read", ~is_pending()),
            allow(ADMINISTRATOR, "change", is_open(), becomes=acknowledged_by_me()),
        ]


class SystemAlertLine(Record):
    """A line of an alert's history: what happened, who was told by what, what somebody said. Nobody alters one."""

    alert = models.ForeignKey(SystemAlert, models.PROTECT, related_name="lines")
    happened = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Happened])
    person = models.UUIDField(null=True)
    people: Any = ArrayField(models.UUIDField(), default=list)
    channels: Any = ArrayField(models.CharField(max_length=10), default=list)
    note = models.CharField(max_length=500, blank=True, default="")

    objects: ClassVar[RecordQuerySet["SystemAlertLine"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "system_alert_lines"
        indexes = [models.Index(fields=["alert", "created_at"], name="system_alert_lines_of")]
        constraints = [
            same_practice("alert"),
            models.CheckConstraint(condition=models.Q(happened__in=[*Happened]), name="system_alert_line_happened"),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            allow(SYSTEM, "add"),
            allow(ADMINISTRATOR, "add", noted_by_me()),
        ]


class AlertWebhook(Record):
    """Where the practice hears of alerts outside the product. The newest that is not retired is used.

    `sealed` is the secret each delivery is signed with, encrypted with a key outside the database.
    """

    url = models.CharField(max_length=500)
    sealed = models.TextField()
    added_by = models.UUIDField()
    retired_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["AlertWebhook"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "alert_webhooks"
        constraints = [
            practice_key(),
            models.UniqueConstraint(
                fields=["practice"], condition=models.Q(retired_at__isnull=True), name="alert_webhook_once"
            ),
            fence(),
            allow(ADMINISTRATOR, "read change"),
            allow(ADMINISTRATOR, "add", Where(f"added_by = {ME}")),
            allow(SYSTEM, "read"),
        ]


class WebhookDelivery(Record):
    """One thing to be told there, until it was. Its id goes with it: told twice, the receiver knows it."""

    webhook = models.ForeignKey(AlertWebhook, models.PROTECT, related_name="deliveries")
    alert = models.ForeignKey(SystemAlert, models.PROTECT, null=True, related_name="deliveries")
    event = models.CharField(max_length=20)
    payload: Any = models.JSONField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, default=clock.now)
    delivered_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True, default="")

    objects: ClassVar[RecordQuerySet["WebhookDelivery"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "alert_webhook_deliveries"
        indexes = [
            models.Index(fields=["webhook", "-created_at"], name="webhook_deliveries_of"),
            models.Index(
                fields=["practice", "next_attempt_at"],
                condition=models.Q(delivered_at__isnull=True),
                name="webhook_deliveries_due",
            ),
        ]
        constraints = [
            same_practice("webhook"),
            same_practice("alert"),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            *allow_each((ADMINISTRATOR, SYSTEM), "add", is_unset("delivered_at")),
            allow(SYSTEM, "change"),
        ]
