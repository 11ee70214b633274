"""Documents shown to the client, or to who acts for them, by a link that can be taken back."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN, FRONT_DESK, SYSTEM
from mentalspace.access.policy import allow, allow_each, fence, is_me, is_unset, same_practice
from mentalspace.clients.models import SEES_ALL, TREATING, Client, ClientGuardian
from mentalspace.clients.policies import has_emergency_access, treats, treats_personally
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.notify.models import EMAIL, SMS
from mentalspace.people.models import Profile

OFFICE = (ADMINISTRATOR, FRONT_DESK)
AUTHORS = (CLINICIAN, ASSOCIATE)

NEW = is_me("created_by") & is_unset("revoked_at") & is_unset("opened_at")


class DocumentShare(Record):
    """One version of a document, shared with one reader until `expires_at` or until it is taken back (`revoked_at`).

    `reader` is the name of whom it was sent to, the client unless there is a `guardian`, and `address` where to.
    Reading is told by its first and latest time and by how often: each of them stands in the trail too. A key over
    document and client keeps both the same chart's.
    """

    client_id: UUID
    document_id: UUID
    guardian_id: UUID | None
    created_by_id: UUID
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.ClientDocument", models.PROTECT, related_name="shares")
    guardian = models.ForeignKey(ClientGuardian, models.PROTECT, null=True, related_name="+")
    reader = models.CharField(max_length=210)
    channel = models.CharField(max_length=5)
    address = models.CharField(max_length=254)
    message = models.CharField(max_length=500, blank=True, default="")
    expires_at = models.DateTimeField()
    created_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    last_opened_at = models.DateTimeField(null=True)
    times_opened = models.PositiveIntegerField(default=0)

    objects: ClassVar[RecordQuerySet["DocumentShare"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "document_shares"
        constraints = [
            same_practice("client"),
            same_practice("document"),
            same_practice("guardian"),
            same_practice("created_by"),
            same_practice("revoked_by"),
            models.CheckConstraint(condition=Q(channel__in=(EMAIL, SMS)), name="document_share_channel"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_by__isnull=False),
                name="document_share_revoked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, last_opened_at__isnull=True, times_opened=0)
                | Q(opened_at__isnull=False, last_opened_at__gte=models.F("opened_at"), times_opened__gt=0),
                name="document_share_opened",
            ),
            fence(),
            *allow_each(SEES_ALL, "read"),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            *allow_each(OFFICE, "add", NEW),
            *allow_each(AUTHORS, "add", treats_personally() & NEW),
            *allow_each(OFFICE, "change", becomes=is_me("revoked_by")),
            *allow_each(AUTHORS, "change", treats_personally(), becomes=treats_personally() & is_me("revoked_by")),
            allow(SYSTEM, "read change"),
        ]

    def is_over(self, now: datetime) -> bool:
        """It shows nothing any more, whatever became of its document and its reader."""
        return self.revoked_at is not None or now >= self.expires_at
