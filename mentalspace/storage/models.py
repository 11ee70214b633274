"""Six private buckets and what lies in them. Who may have an object is said by the room that put it there.

The tables stand in a schema of their own, as the runbook names them: `storage.buckets`, `storage.objects`.
"""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mentalspace.access.audiences import HATS, SYSTEM
from mentalspace.access.policy import allow, allow_each, fence, practice_key, signed_fence
from mentalspace.core.models import Record, RecordQuerySet

MEGABYTE = 1024 * 1024


class State(models.TextChoices):
    KEPT = "kept"
    QUARANTINED = "quarantined"
    MISSING = "missing"


class Store(models.TextChoices):
    LOCAL = "local"
    S3 = "s3"


class Bucket(models.Model):
    """A kind of file that is kept, and under which rules. The same for every practice of an installation."""

    id = models.CharField(max_length=40, primary_key=True)
    purpose = models.CharField(max_length=200)
    allowed_types = ArrayField(models.CharField(max_length=100))
    most_bytes = models.PositiveIntegerField(default=20 * MEGABYTE)
    retention_years = models.PositiveSmallIntegerField(default=7)
    who = models.CharField(max_length=200)

    class Meta:
        db_table = 'storage"."buckets'
        constraints = [
            models.CheckConstraint(condition=models.Q(most_bytes__gt=0), name="bucket_takes_something"),
            signed_fence(),
            *allow_each((*HATS, SYSTEM), "read"),
        ]


class StoredObject(Record):
    """One file in a bucket: where its bytes are, and how to know that they are still the same.

    `name` is its path in the bucket. `key_id` names the key that wraps the key of its bytes; `scanner` what has
    looked at it for malware, empty while none was connected. Its bytes never change: another version is another object.
    """

    bucket_id: str
    practice_id: UUID
    bucket = models.ForeignKey(Bucket, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=200)
    owner_id = models.UUIDField()
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    store = models.CharField(max_length=10, choices=Store.choices)
    key_id = models.CharField(max_length=100)
    state = models.CharField(max_length=12, choices=State.choices, default=State.KEPT)
    scanner = models.CharField(max_length=60, blank=True, default="")
    finding = models.CharField(max_length=200, blank=True, default="")
    checked_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["StoredObject"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = 'storage"."objects'
        constraints = [
            practice_key(),
            models.UniqueConstraint(fields=["bucket", "practice", "name"], name="object_named_once"),
            models.UniqueConstraint(fields=["practice", "id", "owner_id"], name="object_of_owner"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="object_state"),
            models.CheckConstraint(condition=models.Q(store__in=Store.values), name="object_store"),
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="object_hash"),
            fence(),
            allow(SYSTEM, "read change"),
        ]
