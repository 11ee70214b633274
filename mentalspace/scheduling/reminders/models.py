"""What a practice has clients reminded of, who agreed to it, and each reminder from its plan to its answer."""

from datetime import datetime, time
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mentalspace.access.audiences import (
    ADMINISTRATOR,
    ASSOCIATE,
    CLINICIAN,
    FRONT_DESK,
    HATS,
    KEEPER,
    SUPERVISOR,
    SYSTEM,
)
from mentalspace.access.policy import allow, allow_each, fence, is_me, is_unset, practice_key, same_practice
from mentalspace.clients.models import Client
from mentalspace.clients.policies import treats, treats_personally
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet, Versioned
from mentalspace.people.models import Profile
from mentalspace.people.policies import supervises
from mentalspace.scheduling.policies import has_session_with, is_planned, is_planned_or_off
from mentalspace.scheduling.reminders import rules, wording

OFFICE = (ADMINISTRATOR, FRONT_DESK)
TREATING = (SUPERVISOR, CLINICIAN, ASSOCIATE)
OF_OWN_CLIENTS = is_me("clinician") | treats_personally()
"""Whoever records a client's consent plans all their appointments anew, also those with somebody else."""


class Status(models.TextChoices):
    """Where a reminder stands. `failed` is given up, and waits for somebody to send it again."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class About(models.TextChoices):
    """What a message says of the appointment."""

    REMINDER = "reminder"
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"


class Reader(models.TextChoices):
    CLIENT = "client"
    CLINICIAN = "clinician"


def default_hours() -> list[int]:
    return [24, 1]


def only_the_client() -> list[str]:
    return [Reader.CLIENT.value]


def _hours(**more: Any) -> Any:
    return ArrayField(models.PositiveSmallIntegerField(), **more)


class ReminderSettings(Versioned):
    """How the practice reminds its clients. Without a row nobody is reminded of anything.

    `timing_by_type` holds other hours for some types of appointment: `{"Testing": {"email": [72], "sms": []}}`.
    """

    enabled = models.BooleanField(default=True)
    email_enabled = models.BooleanField(default=True)
    email_timing = _hours(default=default_hours)
    email_template = models.TextField(default=wording.REMINDER)
    sms_enabled = models.BooleanField(default=False)
    sms_timing = _hours(default=default_hours)
    sms_template = models.TextField(default=wording.TEXT)
    timing_by_type = models.JSONField(default=dict)
    require_confirmation = models.BooleanField(default=False)
    include_reschedule_link = models.BooleanField(default=True)
    include_cancel_link = models.BooleanField(default=True)
    quiet_from = models.TimeField(default=time(20))
    quiet_until = models.TimeField(default=time(9))
    allow_weekends = models.BooleanField(default=True)

    class Meta:
        db_table = "reminder_settings"
        constraints = [
            models.UniqueConstraint(fields=["practice"], name="reminder_settings_once"),
            fence(),
            *allow_each((*HATS, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add change"),
        ]

    @property
    def quiet(self) -> rules.Quiet:
        return rules.Quiet(self.quiet_from, self.quiet_until, self.allow_weekends)

    def sends_by(self, channel: str) -> bool:
        """Whether anything goes by this channel."""
        return self.enabled and (self.email_enabled if channel == rules.EMAIL else self.sms_enabled)

    def hours(self, channel: str, appointment_type: str) -> list[int]:
        """When reminders of this type of appointment go by this channel; none when the channel is off."""
        if not self.sends_by(channel):
            return []
        usual = self.email_timing if channel == rules.EMAIL else self.sms_timing
        own: list[int] | None = self.timing_by_type.get(appointment_type, {}).get(channel)
        return usual if own is None else own


class NoticeSettings(Versioned):
    """Which changes of an appointment are told at once, to whom, and in which words."""

    send_on_create = models.BooleanField(default=False)
    create_template = models.TextField(default=wording.BOOKED)
    send_on_update = models.BooleanField(default=False)
    update_template = models.TextField(default=wording.MOVED)
    send_on_cancel = models.BooleanField(default=False)
    cancel_template = models.TextField(default=wording.CANCELLED)
    notify_recipients = models.JSONField(default=only_the_client)

    class Meta:
        db_table = "appointment_notification_settings"
        constraints = [
            models.UniqueConstraint(fields=["practice"], name="notice_settings_once"),
            fence(),
            *allow_each((*HATS, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add change"),
        ]


class ReminderPreferences(Record):
    """One client's own hours and time zone for reminders; what is empty is as the practice has it."""

    client = models.OneToOneField(Client, models.PROTECT, related_name="+")
    email_timing = _hours(null=True, blank=True)
    sms_timing = _hours(null=True, blank=True)
    timezone = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        db_table = "client_reminder_preferences"
        constraints = [
            same_practice("client"),
            fence(),
            *allow_each(OFFICE, "read add change"),
            *allow_each(TREATING, "read", treats() | has_session_with()),
            allow(CLINICIAN, "add change", treats_personally()),
            allow(SYSTEM, "read"),
        ]


class ContactConsent(Record):
    """A client agreed to messages at this address for this purpose. Revoked ones stay; another address asks anew."""

    is_current = False
    """Whether it runs and is for the address in the chart; `queries` tells."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    purpose = models.CharField(max_length=20, default="appointments")
    address = models.CharField(max_length=254)
    given_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Profile, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[RecordQuerySet["ContactConsent"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "contact_consents"
        constraints = [
            same_practice("client"),
            same_practice("recorded_by"),
            same_practice("revoked_by"),
            models.UniqueConstraint(
                fields=["client", "channel", "purpose", "address"],
                condition=Q(revoked_at__isnull=True),
                name="consent_once",
            ),
            models.CheckConstraint(condition=Q(channel__in=rules.CHANNELS), name="consent_channel"),
            models.CheckConstraint(condition=Q(purpose="appointments"), name="consent_purpose"),
            fence(),
            *allow_each(OFFICE, "read"),
            *allow_each(OFFICE, "change", is_unset("revoked_at"), becomes=is_me("revoked_by")),
            *allow_each(OFFICE, "add", is_me("recorded_by") & is_unset("revoked_at")),
            *allow_each(TREATING, "read", treats() | has_session_with()),
            allow(
                CLINICIAN,
                "change",
                treats_personally() & is_unset("revoked_at"),
                becomes=treats_personally() & is_me("revoked_by"),
            ),
            allow(CLINICIAN, "add", treats_personally() & is_me("recorded_by") & is_unset("revoked_at")),
            allow(SYSTEM, "read"),
        ]


class ReminderLogQuerySet(RecordQuerySet["ReminderLog"]):
    def due(self, now: datetime) -> "ReminderLogQuerySet":
        """What is to be handed to the outbox now, longest due first."""
        waiting = self.filter(status=Status.PENDING, notification_id__isnull=True, due_at__lte=now)
        return waiting.order_by("due_at", "id")


class ReminderLog(Record):
    """One message about one appointment at one time, planned with it: a reminder, or a notice of what was done.

    `starts_at` is the time it speaks of: an appointment that moves gets others. `occasion` is the appointment's version
    for notices, of which there may be several, and 0 for reminders, of which there is one. `sessions` is how many
    appointments the notice stands for. What was sent to whom is written by the database as the outbox goes on.
    """

    appointment_id: UUID
    client_id: UUID
    clinician_id: UUID
    appointment = models.ForeignKey("scheduling.Appointment", models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    clinician = models.ForeignKey(Profile, models.PROTECT, related_name="+", db_index=False)
    reminder_type = models.CharField(max_length=10)
    about = models.CharField(max_length=10, choices=About.choices, default=About.REMINDER)
    reader = models.CharField(max_length=10, choices=Reader.choices, default=Reader.CLIENT)
    hours_before = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField()
    occasion = models.PositiveIntegerField(default=0)
    sessions = models.PositiveSmallIntegerField(default=1)
    due_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    recipient = models.CharField(max_length=254, blank=True, default="")
    error_message = models.CharField(max_length=300, blank=True, default="")
    notification_id = models.UUIDField(null=True)
    delivery_status = models.CharField(max_length=20, blank=True, default="")
    sent_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    objects: ClassVar[ReminderLogQuerySet] = ReminderLogQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "reminder_logs"
        indexes = [
            models.Index(
                fields=["practice", "due_at"],
                condition=Q(status="pending", notification_id__isnull=True),
                name="reminder_due",
            ),
            models.Index(fields=["practice", "-due_at", "id"], name="reminder_by_time"),
            models.Index(fields=["clinician", "-due_at"], name="reminder_of_clinician"),
            models.Index(fields=["notification_id"], name="reminder_of_notification"),
        ]
        constraints = [
            practice_key(),
            same_practice("appointment"),
            same_practice("client"),
            same_practice("clinician"),
            models.UniqueConstraint(
                fields=["appointment", "reminder_type", "hours_before", "starts_at", "about", "reader", "occasion"],
                name="reminder_once",
            ),
            models.CheckConstraint(condition=Q(reminder_type__in=rules.CHANNELS), name="reminder_type"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="reminder_status"),
            models.CheckConstraint(condition=Q(about__in=About.values), name="reminder_about"),
            models.CheckConstraint(condition=Q(reader__in=Reader.values), name="reminder_reader"),
            fence(),
            *allow_each(OFFICE, "read"),
            *allow_each(OFFICE, "add", is_planned()),
            *allow_each(OFFICE, "change", becomes=is_planned_or_off()),
            *allow_each((CLINICIAN, ASSOCIATE), "read", is_me("clinician") | treats()),
            allow(CLINICIAN, "add", OF_OWN_CLIENTS & is_planned()),
            allow(CLINICIAN, "change", OF_OWN_CLIENTS, becomes=OF_OWN_CLIENTS & is_planned_or_off()),
            allow(ASSOCIATE, "add", is_me("clinician") & is_planned()),
            allow(ASSOCIATE, "change", is_me("clinician"), becomes=is_me("clinician") & is_planned_or_off()),
            allow(SUPERVISOR, "read", supervises("clinician") | is_me("clinician") | treats()),
            allow(SYSTEM, "read add change"),
            allow(KEEPER, "read change"),
        ]
