"""Six private buckets and what lies in them. Who may have an object is said by the room that put it there.

The tables stand in a schema of their own, as the runbook names them: `storage.buckets`, `storage.objects`.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN, FRONT_DESK, HATS, KEEPER, SYSTEM
from mentalspace.access.policy import (
    ME,
    Where,
    allow,
    allow_each,
    fence,
    is_unset,
    practice_key,
    same_practice,
    signed_fence,
)
from mentalspace.core.models import Record, RecordQuerySet, Versioned
from mentalspace.storage.policies import brought_by_me, of_seen_upload

MEGABYTE = 1024 * 1024


class State(models.TextChoices):
    KEPT = "kept"
    QUARANTINED = "quarantined"
    MISSING = "missing"
    REMOVED = "removed"


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
    REMOVED: the bytes were let go of, past their retention or out of quarantine; what is said of them here stays.
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
            allow(KEEPER, "read"),
        ]


GIGABYTE = 1024 * MEGABYTE


class StorageSettings(Versioned):
    """How much a practice means to keep. `warned_at`: since when its administrators know that it is nearly full.

    A level for warnings only: a file is never refused because there are many.
    """

    quota_bytes = models.PositiveBigIntegerField(default=50 * GIGABYTE)
    warned_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["StorageSettings"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "storage_settings"
        constraints = [
            models.UniqueConstraint(fields=["practice"], name="storage_settings_once"),
            models.CheckConstraint(condition=models.Q(quota_bytes__gt=0), name="storage_quota_of_something"),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read add change"),
        ]


class RunKind(models.TextChoices):
    CHECK = "check"
    DEEP_CHECK = "deep_check"
    ARCHIVE = "archive"
    REMOVE_QUARANTINED = "remove_quarantined"
    REMOVE_SUPERSEDED = "remove_superseded"


def asked_by_me() -> Where:
    """The row names the acting person as who asked for it."""
    return Where(f"asked_by = {ME}")


class StorageRun(Record):
    """One piece of upkeep: a check, or a clearing up, with who asked for it and why, how far it is and what it found.

    `scope` says what was chosen, in numbers; `found` what came of it: counts, and places, which are ids.
    """

    kind = models.CharField(max_length=20, choices=RunKind.choices)
    asked_by = models.UUIDField()
    reason = models.CharField(max_length=300, blank=True, default="")
    scope: Any = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    found: Any = models.JSONField(default=dict)
    failure = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[RecordQuerySet["StorageRun"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "storage_runs"
        indexes = [models.Index(fields=["practice", "-created_at", "-id"], name="storage_runs_by_time")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=RunKind.values), name="storage_run_kind"),
            models.UniqueConstraint(
                fields=["practice", "kind"],
                condition=models.Q(finished_at__isnull=True),
                name="storage_run_one_of_a_kind",
            ),
            fence(),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
            *allow_each((ADMINISTRATOR, SYSTEM), "add", asked_by_me()),
            allow(ADMINISTRATOR, "change", asked_by_me() & is_unset("finished_at"), becomes=asked_by_me()),
            allow(SYSTEM, "change", is_unset("finished_at"), becomes=Where("true")),
        ]


BRINGING = (ADMINISTRATOR, FRONT_DESK, CLINICIAN, ASSOCIATE)
"""Hats that may bring a file into one bucket or another; whether into this one is asked when it is put there."""


class Upload(Record):
    """A file on its way in pieces, so that a cut connection loses one piece and not all.

    Its owner's alone. `received` bytes are there so far; `result` is the row the file became, once it did. Whatever is
    left of it goes at `expires_at`.
    """

    bucket_id: str
    owner_id = models.UUIDField()
    bucket = models.ForeignKey(Bucket, models.PROTECT, related_name="+", db_index=False)
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    result = models.UUIDField(null=True)
    expires_at = models.DateTimeField()

    objects: ClassVar[RecordQuerySet["Upload"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "uploads"
        indexes = [
            models.Index(fields=["owner_id", "expires_at"], name="uploads_of_owner"),
            models.Index(fields=["practice", "expires_at"], name="uploads_by_end"),
        ]
        constraints = [
            practice_key(),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="upload_of_something"),
            models.CheckConstraint(condition=models.Q(received__lte=models.F("size")), name="upload_received_at_most"),
            fence(),
            *allow_each(BRINGING, "read add change remove", brought_by_me()),
            allow(SYSTEM, "read remove"),
        ]


class UploadPiece(Record):
    """Some bytes of an upload, sealed as a file in the home is, under the place they have in it."""

    upload_id: UUID
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="pieces", db_index=False)
    begins = models.PositiveBigIntegerField()
    sealed = models.BinaryField()

    objects: ClassVar[RecordQuerySet["UploadPiece"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "upload_pieces"
        constraints = [
            same_practice("upload"),
            models.UniqueConstraint(fields=["upload", "begins"], name="upload_piece_once"),
            fence(),
            *allow_each(BRINGING, "read add remove", of_seen_upload()),
            allow(SYSTEM, "read remove"),
        ]
