"""A practice's notification rules, and each message one has caused, from its plan to its end."""

from datetime import time
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mentalspace.access.audiences import ADMINISTRATOR, SYSTEM
from mentalspace.access.policy import allow, fence, is_me, is_unset, practice_key, same_practice
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet, Versioned
from mentalspace.correspondence.rules.timing import When
from mentalspace.correspondence.rules.vocabulary import Channel, Recipient, Timing, Trigger, Unit
from mentalspace.notify.models import CLIENT, USER
from mentalspace.people.models import Profile


class RuleQuerySet(RecordQuerySet["NotificationRule"]):
    def kept(self) -> "RuleQuerySet":
        """Those that nobody has removed."""
        return self.filter(removed_at__isnull=True)

    def active(self) -> "RuleQuerySet":
        """Those that speak."""
        return self.kept().filter(is_active=True)


class NotificationRule(Versioned):
    """When something happens to which conditions apply, these people are told, then and in these words.

    `recipients` are profile ids for "Specific User" and hats for "Role". With `send_once` a thing is told of once for
    ever, else once for each of its occasions. Repeats come every `repeat_interval` hours, `max_repeats` times after the
    first, while it is still so. Nothing is told of what lay before `active_since`. A removed rule stays for the log.
    `default_key` names a rule every practice begins with.
    """

    created_by_id: UUID
    rule_name = models.CharField(max_length=120)
    rule_type = models.CharField(max_length=20, choices=Channel.choices, default=Channel.DASHBOARD)
    is_active = models.BooleanField(default=True)
    active_since = models.DateTimeField(default=clock.now)
    trigger_event = models.CharField(max_length=40, choices=Trigger.choices)
    conditions: Any = models.JSONField(default=list)
    recipient_type = models.CharField(max_length=20, choices=Recipient.choices)
    recipients = ArrayField(models.CharField(max_length=60), default=list)
    timing_type = models.CharField(max_length=20, choices=Timing.choices, default=Timing.IMMEDIATE)
    timing_offset = models.PositiveIntegerField(default=0)
    timing_unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.HOURS)
    timing_at: time | None = models.TimeField(null=True)  # type: ignore[assignment]
    message_subject = models.CharField(max_length=120)
    message_template = models.TextField()
    send_once = models.BooleanField(default=True)
    send_repeatedly = models.BooleanField(default=False)
    repeat_interval = models.PositiveSmallIntegerField(default=0)
    max_repeats = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    updated_by = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")
    last_executed_at = models.DateTimeField(null=True)
    execution_count = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)
    default_key = models.CharField(max_length=40, blank=True, default="")

    objects: ClassVar[RuleQuerySet] = RuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "notification_rules"
        constraints = [
            practice_key(),
            same_practice("created_by"),
            same_practice("updated_by"),
            models.UniqueConstraint(
                fields=["practice", "default_key"], condition=~Q(default_key=""), name="notification_rule_default_once"
            ),
            models.CheckConstraint(condition=Q(rule_type__in=Channel.values), name="notification_rule_type"),
            models.CheckConstraint(condition=Q(trigger_event__in=Trigger.values), name="notification_rule_trigger"),
            models.CheckConstraint(
                condition=Q(recipient_type__in=Recipient.values), name="notification_rule_recipient"
            ),
            models.CheckConstraint(
                condition=Q(timing_type__in=Timing.values, timing_unit__in=Unit.values), name="notification_rule_timing"
            ),
            models.CheckConstraint(
                condition=Q(send_repeatedly=False, repeat_interval=0, max_repeats=0)
                | Q(send_repeatedly=True, repeat_interval__gte=1, max_repeats__gte=1),
                name="notification_rule_repeats",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(is_active=False), name="notification_rule_removed_is_silent"
            ),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(ADMINISTRATOR, "add", is_me("created_by")),
            allow(ADMINISTRATOR, "change", is_unset("removed_at"), becomes=is_me("updated_by")),
            allow(SYSTEM, "read change"),
            allow(SYSTEM, "add", is_me("created_by")),
        ]

    @property
    def trigger(self) -> Trigger:
        return Trigger(self.trigger_event)

    @property
    def when(self) -> When:
        """Its timing."""
        return When(Timing(self.timing_type), self.timing_offset, Unit(self.timing_unit), self.timing_at)

    @property
    def channels(self) -> list[Channel]:
        """How it tells people."""
        every = [Channel.DASHBOARD, Channel.EMAIL, Channel.SMS]
        return every if self.rule_type == Channel.ALL else [Channel(self.rule_type)]


class DispatchStatus(models.TextChoices):
    PENDING = "pending"
    SENT = "sent"
    CALLED_OFF = "called_off"


class DispatchQuerySet(RecordQuerySet["RuleDispatch"]):
    def due(self, now: Any) -> "DispatchQuerySet":
        """What is to be handed over now, longest due first."""
        return self.filter(status=DispatchStatus.PENDING, due_at__lte=now).order_by("due_at", "id")


class RuleDispatch(Record):
    """One message of one rule about one thing to one person by one channel: there is never a second.

    `turn` is 0 for the first time and counts repeats. `notification_id` is its row of the outbox, or under the bell.
    """

    rule_id: UUID
    rule = models.ForeignKey(NotificationRule, models.PROTECT, related_name="dispatches", db_index=False)
    entity_id = models.UUIDField()
    occasion = models.CharField(max_length=80, blank=True, default="")
    turn = models.PositiveSmallIntegerField(default=0)
    recipient_type = models.CharField(max_length=10, default=USER)
    recipient_id = models.UUIDField()
    channel = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=DispatchStatus.choices, default=DispatchStatus.PENDING)
    reason = models.CharField(max_length=200, blank=True, default="")
    sent_at = models.DateTimeField(null=True)
    notification_id = models.UUIDField(null=True)

    objects: ClassVar[DispatchQuerySet] = DispatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "notification_rule_dispatches"
        indexes = [
            models.Index(fields=["practice", "due_at"], condition=Q(status="pending"), name="rule_dispatch_due"),
            models.Index(fields=["notification_id"], name="rule_dispatch_of_notification"),
        ]
        constraints = [
            same_practice("rule"),
            models.UniqueConstraint(
                fields=["rule", "entity_id", "occasion", "turn", "recipient_id", "channel"], name="rule_dispatch_once"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values) & ~Q(channel="All"), name="rule_dispatch_by"
            ),
            models.CheckConstraint(condition=Q(status__in=DispatchStatus.values), name="rule_dispatch_status"),
            models.CheckConstraint(condition=Q(recipient_type__in=[USER, CLIENT]), name="rule_dispatch_reader"),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) | ~Q(status="sent") & Q(sent_at__isnull=True),
                name="rule_dispatch_sent_is_sent",
            ),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(SYSTEM, "read add change"),
        ]
