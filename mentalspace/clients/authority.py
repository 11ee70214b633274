"""Who outside the practice may see a client: the client themself, while the portal is on, and who acts for them.

Authority is dated, narrowed to what it is for, and counts only once somebody has seen the papers. Nothing of it is
removed: it ends.
"""

from typing import ClassVar

from django.db import models

from mentalspace.access.audiences import (
    ADMINISTRATOR,
    ASSOCIATE,
    CLIENT,
    CLINICIAN,
    FRONT_DESK,
    KEEPER,
    SUPERVISOR,
    SYSTEM,
)
from mentalspace.access.policy import allow, allow_each, fence, is_me, practice_key, same_practice
from mentalspace.clients.policies import has_emergency_access, treats, treats_personally
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.people.models import Profile

OFFICE = (ADMINISTRATOR, FRONT_DESK)


class Relationship(models.TextChoices):
    """What makes somebody act for a client. The last two act for adults too."""

    PARENT = "parent"
    FOSTER_PARENT = "foster_parent"
    GRANDPARENT = "custodial_grandparent"
    GUARDIAN = "legal_guardian"
    PROXY = "health_care_proxy"


PERMISSIONS = ("can_view_record", "can_schedule", "can_message", "can_sign", "can_pay")


class ClientPortalAccess(Record):
    """Whether the client's own account sees anything. No row: it does not. What turned off is cut off at once."""

    client = models.OneToOneField("clients.Client", models.PROTECT, related_name="portal_access")
    enabled = models.BooleanField()
    since = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="")

    objects: ClassVar[RecordQuerySet["ClientPortalAccess"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "client_portal_access"
        constraints = [
            same_practice("client"),
            same_practice("changed_by"),
            models.CheckConstraint(
                condition=models.Q(enabled=True) | ~models.Q(reason=""), name="portal_off_for_reason"
            ),
            fence(),
            *allow_each(OFFICE, "read"),
            *allow_each(OFFICE, "add", is_me("changed_by")),
            *allow_each(OFFICE, "change", becomes=is_me("changed_by")),
            *allow_each((SUPERVISOR, CLINICIAN, ASSOCIATE), "read", treats() | has_emergency_access()),
            allow(CLINICIAN, "add", treats_personally() & is_me("changed_by")),
            allow(CLINICIAN, "change", treats_personally(), becomes=is_me("changed_by")),
            allow(CLIENT, "read", is_me("client")),
            allow(SYSTEM, "read"),
        ]


class ClientGuardian(Record):
    """Somebody who acts for a client: what for, from when, until when, on what papers, and who has seen them.

    `person` is their account, once they have one. The database keeps `ages_out_on`, the day the client comes of age
    in their state, from which an authority over a minor no longer counts; and who verified, and when.
    """

    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="guardians")
    person = models.ForeignKey(Profile, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=150)
    phone = models.CharField(max_length=30, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    relationship = models.CharField(max_length=30, choices=Relationship.choices)
    can_view_record = models.BooleanField(default=False)
    can_schedule = models.BooleanField(default=True)
    can_message = models.BooleanField(default=True)
    can_sign = models.BooleanField(default=False)
    can_pay = models.BooleanField(default=True)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)
    ends_at_majority = models.BooleanField(default=True)
    ages_out_on = models.DateField(null=True, blank=True, editable=False)
    court_document = models.CharField(max_length=300, blank=True, default="")
    verified_by = models.ForeignKey(Profile, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_how = models.CharField(max_length=200, blank=True, default="")
    created_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")

    class Meta:
        db_table = "client_guardians"
        constraints = [
            practice_key(),
            same_practice("client"),
            same_practice("person"),
            same_practice("verified_by"),
            same_practice("created_by"),
            models.CheckConstraint(
                condition=models.Q(relationship__in=Relationship.values), name="guardian_relationship"
            ),
            models.CheckConstraint(
                condition=models.Q(*((name, True) for name in PERMISSIONS), _connector=models.Q.OR),
                name="guardian_may_something",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at_majority=True) | ~models.Q(court_document=""),
                name="guardian_of_adult_has_document",
            ),
            models.CheckConstraint(
                condition=models.Q(end_date__isnull=True) | models.Q(end_date__gte=models.F("start_date")),
                name="guardian_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(verified_at__isnull=True, verified_by__isnull=True, verified_how="")
                | (models.Q(verified_at__isnull=False, verified_by__isnull=False) & ~models.Q(verified_how="")),
                name="guardian_verified_by_somebody",
            ),
            fence(),
            *allow_each(OFFICE, "read change"),
            *allow_each(OFFICE, "add", is_me("created_by")),
            *allow_each((SUPERVISOR, CLINICIAN, ASSOCIATE), "read", treats() | has_emergency_access()),
            allow(CLINICIAN, "change", treats_personally()),
            allow(CLINICIAN, "add", treats_personally() & is_me("created_by")),
            allow(CLIENT, "read", is_me("person")),
            allow(SYSTEM, "read"),
            allow(KEEPER, "read change"),
        ]
