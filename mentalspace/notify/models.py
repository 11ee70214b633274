"""What the product has to tell people, kept until their provider has accepted it."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Func
from django.db.models.lookups import LessThanOrEqual

from mentalspace.access.audiences import ADMINISTRATOR, FRONT_DESK, HATS, IDENTITY, SYSTEM
from mentalspace.access.policy import (
    ME,
    Where,
    allow,
    allow_each,
    fence,
    is_account,
    is_me,
    is_unset,
    practice_key,
    same_practice,
    shared_fence,
)
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet, Versioned
from mentalspace.notify.colors import COLOR

EMAIL, SMS = "Email", "SMS"
USER, CLIENT = "User", "Client"

DELIVERED, DELAYED, BOUNCED, COMPLAINED, UNDELIVERED = "delivered", "delayed", "bounced", "complained", "undelivered"
DELIVERY = ("", DELAYED, DELIVERED, UNDELIVERED, BOUNCED, COMPLAINED)
"""What the provider told of an accepted message, each further along than those before it."""


OUT_OF_DATE = "Called off: out of date."
"""What a message says that was no longer so when its time came. By these words the database knows it may go after all
(`access.keep_notification`)."""

STOPPED = "stopped"
"""Why an address gets nothing more, besides what providers tell: its reader wrote STOP."""

LEASE = timedelta(minutes=5)
"""How long a worker holds a message. Longer than the longest attempt: connecting, the greeting and each answer may take
`EMAIL_TIMEOUT`."""


def is_bounce() -> Where:
    """Nobody but the reader takes back a STOP or a complaint."""
    return Where("reason = 'bounced'")


class NotificationQuerySet(RecordQuerySet["Notification"]):
    def waiting(self) -> "NotificationQuerySet":
        """Neither accepted by a provider nor called off."""
        return self.filter(sent_at__isnull=True, cancelled_at__isnull=True)

    def out_of_date(self) -> "NotificationQuerySet":
        """What the outbox called off because it was no longer so; what people called off is not among it."""
        return self.filter(sent_at__isnull=True, cancelled_at__isnull=False, error_message=OUT_OF_DATE)

    def due(self, now: datetime) -> "NotificationQuerySet":
        """What is to be tried now, longest due first. A message that was given up is due no more."""
        return self.waiting().filter(next_attempt_at__lte=now).order_by("next_attempt_at", "id")


class Notification(Record):
    """One message to one person: log and queue in one, as the runbook's query on it expects.

    The row exists if and only if what caused it was committed. It is tried from `next_attempt_at` on; `sent_at` is
    empty until the provider has accepted it. One that waits without a next attempt was given up. `message_content` is
    what was sent but for its links, which are made when it is sent and kept nowhere. `delivery_status` and the two
    pairs after it are what the provider told afterwards. `rule_id` is the notification rule that caused it.
    """

    kind = models.CharField(max_length=60)
    notification_type = models.CharField(max_length=20, default=EMAIL)
    recipient_id = models.UUIDField(null=True)
    recipient_type = models.CharField(max_length=10, default=USER)
    recipient_email = models.EmailField(blank=True, default="")
    recipient_phone = models.CharField(max_length=20, blank=True, default="")
    message_subject = models.CharField(max_length=200)
    message_content = models.TextField()
    metadata = models.JSONField(default=dict)
    related_entity_type = models.CharField(max_length=60, blank=True, default="")
    related_entity_id = models.UUIDField(null=True)
    rule_id = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, default=clock.now)
    sent_at = models.DateTimeField(null=True)
    sent_successfully = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True)
    error_message = models.CharField(max_length=300, blank=True, default="")
    provider = models.CharField(max_length=20, blank=True, default="")
    external_id = models.CharField(max_length=120, blank=True, default="")
    delivery_status = models.CharField(max_length=20, blank=True, default="")
    delivery_status_at = models.DateTimeField(null=True)
    opened = models.BooleanField(default=False)
    opened_date = models.DateTimeField(null=True)
    clicked = models.BooleanField(default=False)
    clicked_date = models.DateTimeField(null=True)

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
            models.Index(fields=["related_entity_id"], name="notification_by_entity"),
            models.Index(fields=["recipient_phone", "sent_at"], name="notification_by_phone"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(notification_type=EMAIL, recipient_phone="") & ~models.Q(recipient_email="")
                | models.Q(notification_type=SMS, recipient_email="") & ~models.Q(recipient_phone=""),
                name="notification_channel",
            ),
            models.CheckConstraint(
                condition=models.Q(delivery_status__in=DELIVERY), name="notification_delivery_status"
            ),
            models.CheckConstraint(condition=models.Q(recipient_type__in=[USER, CLIENT]), name="notification_reader"),
            models.CheckConstraint(
                condition=models.Q(sent_successfully=True, sent_at__isnull=False)
                | models.Q(sent_successfully=False, sent_at__isnull=True),
                name="notification_sent_is_sent",
            ),
            shared_fence(),
            *allow_each((*HATS, SYSTEM), "add", is_unset("sent_at")),
            allow(IDENTITY, "add", is_account("recipient_id") & is_unset("sent_at")),
            allow(ADMINISTRATOR, "read change"),
            allow(SYSTEM, "read change"),
        ]

    @property
    def address(self) -> str:
        """Where it goes."""
        return self.recipient_email or self.recipient_phone

    @property
    def state(self) -> str:
        """What there is to say of it in one word: sent, called_off, waiting (for its time or another try), failed."""
        if self.sent_at:
            return "sent"
        if self.cancelled_at:
            return "called_off"
        return "waiting" if self.next_attempt_at else "failed"

    def is_being_sent(self, now: datetime) -> bool:
        """Whether a worker holds it: claimed, and nothing written down yet of how that went."""
        at = self.next_attempt_at
        is_claimed = self.sent_at is None and self.attempts > 0 and not self.error_message
        return is_claimed and at is not None and now < at <= now + LEASE


class StaffNotification(Record):
    """Something one person of the staff is told inside the product. It is read once, by them.

    It holds no client's name: where one belongs, `text` has a mark (`bell.MARK`) that the reader's own sight of
    `client_id` fills in. `about_type` and `about_id` are the thing it leads to.
    """

    recipient_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=1000, blank=True, default="")
    client_id = models.UUIDField(null=True)
    about_type = models.CharField(max_length=60)
    about_id = models.UUIDField()
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["StaffNotification"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "staff_notifications"
        indexes = [
            models.Index(fields=["recipient_id", "-created_at", "-id"], name="bell_of_person"),
            models.Index(fields=["recipient_id"], condition=models.Q(read_at__isnull=True), name="bell_unread"),
        ]
        constraints = [
            fence(),
            *allow_each(HATS, "read", is_me("recipient")),
            *allow_each(HATS, "change", is_me("recipient") & is_unset("read_at"), becomes=is_me("recipient")),
            *allow_each((*HATS, SYSTEM), "add", is_unset("read_at")),
        ]


class MessageWording(Versioned):
    """How a practice words one of the product's messages by one channel. An empty text stands for the product's own.

    Rows stay when the practice goes back to the product's words, so that versions never begin anew. `told_at` is when
    administrators were told that this wording cannot be used any more.
    """

    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    subject = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField(blank=True, default="")
    updated_by = models.UUIDField()
    told_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["MessageWording"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "message_wordings"
        constraints = [
            models.UniqueConstraint(fields=["practice", "kind", "channel"], name="message_wording_once"),
            models.CheckConstraint(condition=models.Q(channel__in=[EMAIL, SMS]), name="message_wording_channel"),
            shared_fence(),
            *allow_each((*HATS, SYSTEM, IDENTITY), "read"),
            allow(ADMINISTRATOR, "add", Where(f"updated_by = {ME}")),
            allow(ADMINISTRATOR, "change", becomes=Where(f"updated_by = {ME}")),
            allow(SYSTEM, "change"),
        ]


MOST_OF_A_LOGO = 100 * 1024
"""Bytes. It goes along with every mail."""


class MailLogo(Record):
    """A practice's logo for its mails, as it goes along with them. Another one is another row."""

    content = models.BinaryField()
    content_type = models.CharField(max_length=20)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_by = models.UUIDField()

    objects: ClassVar[RecordQuerySet["MailLogo"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "mail_logos"
        constraints = [
            practice_key(),
            models.CheckConstraint(
                condition=models.Q(content_type__in=["image/png", "image/jpeg"]), name="mail_logo_type"
            ),
            models.CheckConstraint(
                condition=models.Q(width__range=(1, 512), height__range=(1, 512)), name="mail_logo_points"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(models.F("content"), function="octet_length", output_field=models.IntegerField()),
                    MOST_OF_A_LOGO,
                ),
                name="mail_logo_small",
            ),
            fence(),
            allow(ADMINISTRATOR, "read remove"),
            allow(ADMINISTRATOR, "add", Where(f"added_by = {ME}")),
            allow(SYSTEM, "read"),
        ]


class MailSettings(Versioned):
    """What stands around a practice's mails: who they seem to come from, where answers go, how they look and end.

    `accent_color` is `#` and six lower-case digits that white words can be read on, or empty for the product's own.
    """

    logo_id: UUID | None
    sender_name = models.CharField(max_length=100, blank=True, default="")
    reply_to = models.EmailField(blank=True, default="")
    footer = models.CharField(max_length=500, blank=True, default="")
    accent_color = models.CharField(max_length=7, blank=True, default="")
    logo = models.ForeignKey(MailLogo, models.PROTECT, null=True, related_name="+", db_index=False)
    updated_by = models.UUIDField()

    objects: ClassVar[RecordQuerySet["MailSettings"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "mail_settings"
        constraints = [
            models.UniqueConstraint(fields=["practice"], name="mail_settings_once"),
            models.CheckConstraint(
                condition=models.Q(accent_color="") | models.Q(accent_color__regex=COLOR), name="mail_settings_color"
            ),
            same_practice("logo"),
            shared_fence(),
            *allow_each((*HATS, SYSTEM, IDENTITY), "read"),
            allow(ADMINISTRATOR, "add", Where(f"updated_by = {ME}")),
            allow(ADMINISTRATOR, "change", becomes=Where(f"updated_by = {ME}")),
        ]


class SuppressedAddress(Record):
    """An address that nothing is sent to: it bounced, or whoever reads there wants no more.

    `address` is a lower-case e-mail address or a telephone number in E.164 form. A bounce is lifted by whoever has put
    the address right; a STOP by the reader's own START, never by the practice.
    """

    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254)
    reason = models.CharField(max_length=20)
    detail = models.CharField(max_length=300, blank=True, default="")
    lifted_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["SuppressedAddress"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "suppressed_addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "channel", "address"],
                condition=models.Q(lifted_at__isnull=True),
                name="suppressed_once",
            ),
            models.CheckConstraint(condition=models.Q(channel__in=[EMAIL, SMS]), name="suppressed_channel"),
            models.CheckConstraint(
                condition=models.Q(reason__in=[BOUNCED, COMPLAINED, STOPPED]), name="suppressed_reason"
            ),
            fence(),
            *allow_each((*HATS, SYSTEM), "read"),
            *allow_each((ADMINISTRATOR, FRONT_DESK), "change", is_bounce()),
            allow(SYSTEM, "add change"),
        ]


class ProviderAccount(Record):
    """The practice's account with a company that carries its messages. The newest that is not retired is used.

    `sealed` holds its secrets, encrypted with a key outside the database; nothing shows them again. A retired one's
    signatures on what the provider tells are taken for a day longer, since it may still be on its way.
    """

    provider = models.CharField(max_length=20)
    sender = models.CharField(max_length=254)
    sealed = models.TextField()
    retired_at = models.DateTimeField(null=True)
    added_by = models.UUIDField()

    class Meta:
        db_table = "provider_accounts"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "provider"],
                condition=models.Q(retired_at__isnull=True),
                name="provider_account_once",
            ),
            models.CheckConstraint(condition=models.Q(provider__in=["resend", "twilio"]), name="provider_known"),
            fence(),
            allow(ADMINISTRATOR, "read change"),
            allow(ADMINISTRATOR, "add", Where(f"added_by = {ME}")),
            allow(SYSTEM, "read"),
        ]


class ProviderEvent(Record):
    """Something a provider told, by its own number: told again, it is known already."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    notification_id = models.UUIDField(null=True)
    happened_at = models.DateTimeField()

    class Meta:
        db_table = "provider_events"
        constraints = [
            models.UniqueConstraint(fields=["practice", "provider", "event_id"], name="provider_event_once"),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(SYSTEM, "read add"),
        ]
