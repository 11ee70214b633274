"""The shapes of the storage API."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable, Version

Kind = Literal["check", "deep_check", "archive", "remove_quarantined", "remove_superseded"]
Clearing = Literal["archive", "remove_quarantined", "remove_superseded"]
Years = Annotated[int, Field(ge=1, le=50)]


class BucketUsage(Schema):
    """What a bucket holds of the practice. Sizes in bytes."""

    id: str
    purpose: str
    objects: int
    size: int
    quarantined: int
    quarantined_size: int
    missing: int
    removed: int
    most_bytes: int
    retention_years: int


class StorageOut(Schema):
    """How much is kept, and what the practice means to keep. `is_warning` from 80 percent on."""

    used_bytes: int
    quota_bytes: int
    percent: int
    is_warning: bool
    warned_at: datetime | None
    version: int
    buckets: list[BucketUsage]
    store: Literal["local", "s3"]
    free_bytes: int | None


class QuotaIn(Schema):
    """How much the practice means to keep, in whole gigabytes, and the version it was read at."""

    gigabytes: Annotated[int, Field(ge=1, le=1_000_000)]
    version: Version


class LargeOut(Schema):
    """One of the largest files. Of a chart where there is a client, else of the library."""

    id: UUID
    client_id: UUID | None
    client_name: str | None
    title: str
    size: int
    uploaded_date: datetime
    status: Literal["active", "archived", "quarantined"]
    version_number: int
    latest_version: bool


class ClearingFilter(Schema):
    """Which clearing up, and for archiving which documents."""

    kind: Clearing = "archive"
    older_than_years: Years = 7
    only_former: bool = True


class ClearingPreview(Schema):
    """How much a clearing up would touch now."""

    documents: int
    clients: int
    size: int


class RunIn(Schema):
    """What to do. A clearing up needs its reason; the rest is for archiving."""

    kind: Kind
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), Storable] = ""
    older_than_years: Years = 7
    only_former: bool = True


class PlacesOut(Schema):
    """How many files, and the first of them: bucket and object."""

    kind: Literal["missing", "found_again", "left_over", "without_row"]
    count: int
    places: list[str]


class RunOut(Schema):
    """One piece of upkeep. Not finished: it waits or runs; `done` of `total` say how far it is."""

    id: UUID
    kind: Kind
    asked_by: str
    reason: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    done: int
    total: int
    size: int
    found: list[PlacesOut]
    failure: str


class FindingOut(Schema):
    """One thing about one bucket in S3, in plain words, and what to do about it."""

    bucket: str
    about: str
    state: Literal["good", "note", "bad"]
    said: str
    advice: str
