"""What the product has to tell people, kept until their provider has accepted it."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, HATS, IDENTITY, SYSTEM
from mentalspace.access.policy import allow, allow_each, is_account, is_unset, shared_fence
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet

EMAIL = "Email"
USER, CLIENT = "User", "Client"


class NotificationQuerySet(RecordQuerySet["Notification"]):
    def waiting(self) -> "NotificationQuerySet":
        """Neither accepted by a provider nor called off."""
        return self.filter(sent_at__isnull=True, cancelled_at__isnull=True)

    def due(self, now: datetime) -> "NotificationQuerySet":
        """What is to be tried now, longest due first. A message that was given up is due no more."""
        return self.waiting().filter(next_attempt_at__lte=now).order_by("next_attempt_at", "id")


class Notification(Record):
    """One message to one person: log and queue in one, as the runbook's query on it expects.

    The row exists if and only if what caused it was committed. `sent_at` is empty until the provider has accepted
    the message. `message_content` is what was sent but for its link, which is made when it is sent and kept nowhere.
    """

    kind = models.CharField(max_length=60)
    notification_type = models.CharField(max_length=20, default=EMAIL)
    recipient_id = models.UUIDField(null=True)
    recipient_type = models.CharField(max_length=10, default=USER)
    recipient_email = models.EmailField()
    message_subject = models.CharField(max_length=200)
    message_content = models.TextField()
    metadata = models.JSONField(default=dict)
    related_entity_type = models.CharField(max_length=60, blank=True, default="")
    related_entity_id = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, default=clock.now)
    sent_at = models.DateTimeField(null=True)
    sent_successfully = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True)
    error_message = models.CharField(max_length=300, blank=True, default="")

    objects: ClassVar[NotificationQuerySet] = NotificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "notification_logs"
        indexes = [
            models.Index(
                fields=["practice", "next_attempt_at"],
                condition=models.Q(sent_at__isnull=True, cancelled_at__isnull=True),
                name="notification_due",
            ),
            models.Index(fields=["practice", "-created_at"], name="notification_by_age"),
            models.Index(fields=["recipient_id", "-created_at"], name="notification_by_recipient"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(notification_type=EMAIL), name="notification_channel"),
            models.CheckConstraint(condition=models.Q(recipient_type__in=[USER, CLIENT]), name="notification_reader"),
            models.CheckConstraint(
                condition=models.Q(sent_successfully=True, sent_at__isnull=False)
                | models.Q(sent_successfully=False, sent_at__isnull=True),
                name="notification_sent_is_sent",
            ),
            shared_fence(),
            *allow_each((*HATS, SYSTEM), "add", is_unset("sent_at")),
            allow(IDENTITY, "add", is_account("recipient_id") & is_unset("sent_at")),
            allow(ADMINISTRATOR, "read"),
            allow(SYSTEM, "read change"),
        ]
