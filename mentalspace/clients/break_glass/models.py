"""Emergency access: one person's look into one chart that is not theirs. With a reason, short, and reviewed."""

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN, IMPORT, KEEPER, SUPERVISOR, SYSTEM
from mentalspace.access.policy import allow, allow_each, fence, is_me, same_practice
from mentalspace.clients.policies import is_over
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.people.models import Profile
from mentalspace.people.policies import supervises

LONGEST = timedelta(minutes=60)
SHORTEST_REASON = 10


class Outcome(models.TextChoices):
    """What a reviewer found."""

    APPROPRIATE = "appropriate"
    CONCERN = "concern"


class BreakGlassAccess(Record):
    """Reading rights that end by themselves. Made by `access.break_glass` alone, which finds the client.

    Three run at once at most; the database writes each into the trail itself. When it began, ended and was reviewed,
    and by whom, is written by the database; nothing else of it changes. An import brings only what is over. HIPAA 45
    CFR 164.312(a)(2)(ii).
    """

    client_id: UUID
    staff_id: UUID
    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="+")
    staff = models.ForeignKey(Profile, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=500)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Profile, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Profile, models.PROTECT, null=True, blank=True, related_name="+")
    review_outcome = models.CharField(max_length=20, blank=True, default="")
    review_note = models.CharField(max_length=1000, blank=True, default="")

    objects: ClassVar[RecordQuerySet["BreakGlassAccess"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "break_glass_access"
        indexes = [
            models.Index(fields=["staff", "expires_at"], name="break_glass_of_staff"),
            models.Index(fields=["practice", "-started_at", "id"], name="break_glass_by_time"),
        ]
        constraints = [
            same_practice("client"),
            same_practice("staff"),
            same_practice("ended_by"),
            same_practice("reviewed_by"),
            models.CheckConstraint(condition=Q(reason__regex=r"^.{10,}$"), name="break_glass_has_reason"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("started_at"), expires_at__lte=F("started_at") + LONGEST),
                name="break_glass_is_short",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at"), ended_at__lte=F("expires_at")),
                name="break_glass_ended_within",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, review_outcome="", review_note="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, review_outcome__in=Outcome.values),
                name="break_glass_reviewed_whole",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("staff")), name="break_glass_reviewed_by_other"
            ),
            fence(),
            *allow_each((CLINICIAN, ASSOCIATE), "read change", is_me("staff")),
            allow(SUPERVISOR, "read change", is_me("staff") | supervises("staff")),
            allow(ADMINISTRATOR, "read change"),
            allow(IMPORT, "add", is_over()),
            allow(SYSTEM, "read"),
            allow(KEEPER, "read add"),
        ]
