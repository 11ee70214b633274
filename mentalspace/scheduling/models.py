"""Appointments and their series. Scheduled and actual times are different fields; nothing here is ever deleted."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from mentalspace.access.audiences import (
    ADMINISTRATOR,
    ASSOCIATE,
    CLIENT,
    CLINICIAN,
    FRONT_DESK,
    HATS,
    IMPORT,
    SUPERVISOR,
    SYSTEM,
)
from mentalspace.access.policy import allow, allow_each, fence, is_me, practice_key, same_practice
from mentalspace.clients.models import Client
from mentalspace.clients.policies import guardian_of, has_emergency_access, is_self, treats, treats_personally
from mentalspace.core.models import Record, RecordQuerySet, Versioned
from mentalspace.people.models import Profile
from mentalspace.people.policies import supervises
from mentalspace.practices.models import Location, Room
from mentalspace.scheduling import rules
from mentalspace.scheduling.policies import was_answered
from mentalspace.scheduling.reminders.links import ReminderLink as ReminderLink
from mentalspace.scheduling.reminders.models import ContactConsent as ContactConsent
from mentalspace.scheduling.reminders.models import NoticeSettings as NoticeSettings
from mentalspace.scheduling.reminders.models import ReminderLog as ReminderLog
from mentalspace.scheduling.reminders.models import ReminderPreferences as ReminderPreferences
from mentalspace.scheduling.reminders.models import ReminderSettings as ReminderSettings
from mentalspace.scheduling.rules import AppointmentStatus as Status

STATUSES = tuple(status.value for status in Status)
BLOCKING = tuple(status.value for status in Status if status in rules.BLOCKING)
"""Statuses that hold their time: nothing else may be booked over them."""


class AppointmentType(models.TextChoices):
    INITIAL_EVALUATION = "Initial Evaluation"
    INDIVIDUAL = "Individual Therapy"
    COUPLES = "Couples Therapy"
    FAMILY = "Family Therapy"
    MEDICATION = "Medication Management"
    TESTING = "Testing"
    CONSULTATION = "Consultation"
    CRISIS = "Crisis"
    OTHER = "Other"


def _held_time() -> Func:
    """The scheduled time as a half-open range: back-to-back sessions do not overlap."""
    return Func(F("starts_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField())


def never_twice(field: str) -> ExclusionConstraint:
    """One booking at a time for this clinician, client or room; the database decides races.

    Imported history is left out: other systems' records do overlap, and the past cannot be rebooked.
    """
    return ExclusionConstraint(
        name=f"{field}_not_double_booked",
        expressions=[(field, RangeOperators.EQUAL), (_held_time(), RangeOperators.OVERLAPS)],
        condition=Q(status__in=[*BLOCKING], is_imported=False),
    )


class AppointmentSeries(Record):
    """The rule behind repeating appointments: local wall-clock time, so 15:00 stays 15:00 over a clock change."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    clinician = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    interval_weeks = models.PositiveSmallIntegerField(default=1)
    first_date = models.DateField()
    start_time = models.TimeField()
    duration_minutes = models.PositiveSmallIntegerField()
    timezone = models.CharField(max_length=60)
    until_date = models.DateField(null=True, blank=True)
    occurrence_count = models.PositiveSmallIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")

    class Meta:
        db_table = "appointment_series"
        constraints = [
            practice_key(),
            same_practice("client"),
            same_practice("clinician"),
            same_practice("created_by"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=False) ^ Q(occurrence_count__isnull=False),
                name="series_has_one_end",
            ),
            models.CheckConstraint(condition=Q(interval_weeks__gte=1, interval_weeks__lte=12), name="series_interval"),
            fence(),
            *allow_each((ADMINISTRATOR, FRONT_DESK), "read change"),
            *allow_each((ADMINISTRATOR, FRONT_DESK), "add", is_me("created_by")),
            *allow_each((CLINICIAN, ASSOCIATE), "read change", is_me("clinician")),
            *allow_each((CLINICIAN, ASSOCIATE), "add", is_me("clinician") & is_me("created_by") & treats_personally()),
            allow(SUPERVISOR, "read", supervises("clinician") | is_me("clinician")),
            allow(SYSTEM, "read"),
        ]


class AppointmentQuerySet(RecordQuerySet["Appointment"]):
    def between(self, start: object, end: object) -> "AppointmentQuerySet":
        """Appointments that touch the half-open span from `start` to `end`."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)


class Appointment(Versioned):
    """One session as planned and, beside it, as it happened."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="appointments")
    clinician = models.ForeignKey(Profile, models.PROTECT, related_name="appointments", db_index=False)
    location = models.ForeignKey(Location, models.PROTECT, null=True, blank=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    series = models.ForeignKey(AppointmentSeries, models.PROTECT, null=True, blank=True, related_name="appointments")
    series_date = models.DateField(null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    timezone = models.CharField(max_length=60)
    appointment_type = models.CharField(max_length=40, default=AppointmentType.INDIVIDUAL)
    status = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in Status], default=Status.SCHEDULED.value
    )
    status_updated_at = models.DateTimeField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    actual_started_at = models.DateTimeField(null=True, blank=True)
    actual_ended_at = models.DateTimeField(null=True, blank=True)
    cpt_code = models.CharField(max_length=10, blank=True, default="")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancellation_reason = models.CharField(max_length=60, blank=True, default="")
    appointment_notes = models.CharField(max_length=500, blank=True, default="")
    is_imported = models.BooleanField(default=False)
    created_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")

    objects: ClassVar[AppointmentQuerySet] = AppointmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "appointments"
        indexes = [
            models.Index(fields=["clinician", "starts_at"], name="appointments_of_clinician"),
            models.Index(fields=["client", "-starts_at"], name="appointments_of_client"),
            models.Index(fields=["practice", "starts_at"], name="appointments_of_practice"),
        ]
        constraints = [
            practice_key(),
            same_practice("client"),
            same_practice("clinician"),
            same_practice("location"),
            same_practice("room"),
            same_practice("series"),
            same_practice("created_by"),
            never_twice("clinician"),
            never_twice("client"),
            never_twice("room"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_start"),
            models.CheckConstraint(condition=Q(status__in=[*STATUSES]), name="appointment_status"),
            models.CheckConstraint(
                condition=Q(actual_ended_at__isnull=True) | Q(actual_ended_at__gte=F("actual_started_at")),
                name="appointment_really_ended_after_start",
            ),
            fence(),
            *allow_each((ADMINISTRATOR, FRONT_DESK), "read change"),
            *allow_each((ADMINISTRATOR, FRONT_DESK), "add", is_me("created_by")),
            *allow_each((CLINICIAN, ASSOCIATE), "read", is_me("clinician") | treats() | has_emergency_access()),
            *allow_each((CLINICIAN, ASSOCIATE), "change", is_me("clinician")),
            *allow_each((CLINICIAN, ASSOCIATE), "add", is_me("clinician") & is_me("created_by") & treats_personally()),
            allow(
                SUPERVISOR,
                "read",
                supervises("clinician") | is_me("clinician") | treats() | has_emergency_access(),
            ),
            allow(CLIENT, "read", is_self() | guardian_of("schedule")),
            allow(IMPORT, "read add"),
            allow(SYSTEM, "read"),
            allow(SYSTEM, "change", was_answered()),
        ]


class ClinicianHours(Record):
    """When somebody usually works, in the practice's time zone; 1 is Monday. The calendar shades the rest."""

    person = models.ForeignKey(Profile, models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()

    class Meta:
        db_table = "clinician_hours"
        constraints = [
            same_practice("person"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="hours_weekday"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="hours_end_after_start"),
            fence(),
            *allow_each((*HATS, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add change remove"),
            *allow_each((CLINICIAN, ASSOCIATE), "add change remove", is_me("person")),
        ]
