"""The practice (tenant), where it works, and its rooms."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, CLIENT, HATS, IDENTITY, IMPORT, SYSTEM
from mentalspace.access.policy import allow, allow_each, fence, practice_key, same_practice, shared_fence
from mentalspace.core import clock
from mentalspace.core.models import Record


class Practice(models.Model):
    """One practice: the wall that nothing crosses.

    `password_max_age_days` is empty unless the practice wants passwords to expire, which NIST advises against.
    `version` counts the changes of its rules.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=60, default="America/New_York")
    phone = models.CharField(max_length=30, blank=True, default="")
    street = models.CharField(max_length=200, blank=True, default="")
    city = models.CharField(max_length=100, blank=True, default="")
    state = models.CharField(max_length=2, blank=True, default="")
    zip_code = models.CharField(max_length=10, blank=True, default="")
    npi_number = models.CharField(max_length=10, blank=True, default="")
    opens_at = models.TimeField(default="08:00")
    closes_at = models.TimeField(default="19:00")
    password_max_age_days = models.PositiveSmallIntegerField(null=True, blank=True)
    sessions_per_person = models.PositiveSmallIntegerField(default=5)
    version = models.PositiveIntegerField(default=1, db_default=1)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        db_table = "practices"
        constraints = [
            models.CheckConstraint(condition=models.Q(sessions_per_person__gte=1), name="practice_lets_people_sign_in"),
            shared_fence("id"),
            *allow_each((*HATS, CLIENT, IDENTITY, SYSTEM, IMPORT), "read"),
            allow(ADMINISTRATOR, "change"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address_lines(self) -> list[str]:
        """As on an envelope, below the name; what is not known is left out."""
        town = " ".join(filter(None, (f"{self.city}," if self.city else "", self.state, self.zip_code)))
        return [line for line in (self.street, town) if line]

    @property
    def one_line_address(self) -> str:
        """The whole address in a sentence. Empty unless street and city are known: half of one leads nowhere."""
        return ", ".join(self.address_lines) if self.street and self.city else ""

    def day_at(self, moment: datetime) -> date:
        """The day on the practice's wall at that moment."""
        return moment.astimezone(ZoneInfo(self.timezone)).date()


class Location(Record):
    """An office, or the practice's video room."""

    name = models.CharField(max_length=120)
    street = models.CharField(max_length=200, blank=True, default="")
    city = models.CharField(max_length=100, blank=True, default="")
    state = models.CharField(max_length=2, blank=True, default="")
    zip_code = models.CharField(max_length=10, blank=True, default="")
    is_telehealth = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "locations"
        ordering = ["name", "id"]
        constraints = [
            practice_key(),
            models.UniqueConstraint(fields=["practice", "name"], name="location_name_once"),
            fence(),
            *allow_each((*HATS, CLIENT, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add change"),
        ]


class Room(Record):
    """A room that one session at a time can use."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "rooms"
        ordering = ["name", "id"]
        constraints = [
            practice_key(),
            same_practice("location"),
            models.UniqueConstraint(fields=["practice", "location", "name"], name="room_name_once"),
            fence(),
            *allow_each((*HATS, CLIENT, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add change"),
        ]
