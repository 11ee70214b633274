"""The practice's own papers: policies, handouts, blank forms. Nothing in it is about a client."""

from typing import ClassVar, get_args
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, HATS, SYSTEM
from mentalspace.access.policy import allow, allow_each, allow_each_on, fence, is_me, practice_key, same_practice
from mentalspace.core.models import RecordQuerySet, Versioned
from mentalspace.documents.policies import Status, not_quarantined
from mentalspace.documents.rules import LibraryCategory
from mentalspace.people.models import Profile
from mentalspace.storage.models import StoredObject
from mentalspace.storage.policies import brought_by_me, in_bucket, named_by, own_object

BUCKET = "document-library"


class LibraryDocument(Versioned):
    """A paper of the practice in one of its versions. All staff read it; administrators keep it.

    As with a chart's documents, the file and who brought it never change: another version is another row, and `family`
    is the id of the first, the same in all of them.
    """

    object_id: UUID
    uploader_id: UUID
    object = models.OneToOneField(StoredObject, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=500, blank=True, default="")
    category = models.CharField(max_length=20)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    file_name = models.CharField(max_length=200)
    mime_type = models.CharField(max_length=100)
    file_size_bytes = models.PositiveBigIntegerField()
    uploader = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ACTIVE)
    archived_at = models.DateTimeField(null=True)
    family = models.UUIDField()
    version_number = models.PositiveIntegerField(default=1)
    previous_version = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    latest_version = models.BooleanField(default=True)

    objects: ClassVar[RecordQuerySet["LibraryDocument"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "document_library"
        indexes = [
            models.Index(fields=["practice", "title", "id"], name="library_by_title"),
            models.Index(fields=["family", "-version_number"], name="library_of_family"),
        ]
        constraints = [
            practice_key(),
            same_practice("object"),
            same_practice("uploader"),
            same_practice("previous_version"),
            own_object("uploader"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="library_status"),
            models.CheckConstraint(condition=models.Q(category__in=get_args(LibraryCategory)), name="library_category"),
            models.CheckConstraint(
                condition=models.Q(status="archived", archived_at__isnull=False)
                | models.Q(archived_at__isnull=True) & ~models.Q(status="archived"),
                name="library_archived_since",
            ),
            fence(),
            *allow_each((*HATS, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add", is_me("uploader")),
            allow(ADMINISTRATOR, "change", not_quarantined()),
            *allow_each_on(
                StoredObject, HATS, "read", in_bucket(BUCKET) & named_by("document_library"), because="opens"
            ),
            *allow_each_on(
                StoredObject, (ADMINISTRATOR,), "add", in_bucket(BUCKET) & brought_by_me(), because="brings"
            ),
        ]
