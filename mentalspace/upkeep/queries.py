"""What administrators see of where files are kept."""

import shutil
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404

from mentalspace.documents.models import ClientDocument, LibraryDocument
from mentalspace.people.models import Profile
from mentalspace.storage import usage
from mentalspace.storage.adapters import s3_checks
from mentalspace.storage.models import Bucket, State, StorageRun
from mentalspace.storage.stores import current_store, s3_for_questions
from mentalspace.upkeep.running import FOUND

MOST_LARGE, MOST_RUNS = 20, 30


def held() -> dict[str, Any]:
    """The `StorageOut` of the acting practice. Three statements."""
    found, chosen = usage.by_bucket(), usage.settings_of_practice()
    used = sum(each.size for each in found.values())
    percent = usage.percent(used, chosen.quota_bytes)
    return {
        "used_bytes": used,
        "quota_bytes": chosen.quota_bytes,
        "percent": percent,
        "is_warning": percent >= usage.NEARLY_FULL,
        "warned_at": chosen.warned_at,
        "version": chosen.version,
        "buckets": [_bucket(bucket, found.get(bucket.pk, usage.Held())) for bucket in Bucket.objects.order_by("id")],
        "store": current_store().name,
        "free_bytes": None if settings.S3 else shutil.disk_usage(settings.OBJECTS).free,
    }


def _bucket(bucket: Bucket, found: usage.Held) -> dict[str, Any]:
    said = {name: getattr(bucket, name) for name in ("id", "purpose", "most_bytes", "retention_years")}
    return said | vars(found)


def largest() -> list[dict[str, Any]]:
    """The largest files of charts and library that are still kept. Two statements."""
    charts = ClientDocument.objects.filter(object__state=State.KEPT).select_related("client")
    papers = LibraryDocument.objects.filter(object__state=State.KEPT)
    rows = [_large(row) for each in (charts, papers) for row in each.order_by("-file_size_bytes", "id")[:MOST_LARGE]]
    return sorted(rows, key=lambda row: (-row["size"], str(row["id"])))[:MOST_LARGE]


def _large(row: ClientDocument | LibraryDocument) -> dict[str, Any]:
    client = row.client if isinstance(row, ClientDocument) else None
    said = {name: getattr(row, name) for name in ("id", "title", "status", "version_number", "latest_version")}
    of = {"client_id": client.pk if client else None, "client_name": client.chosen_name if client else None}
    return said | of | {"size": row.file_size_bytes, "uploaded_date": row.created_at}


def runs() -> list[dict[str, Any]]:
    """The latest pieces of upkeep, the newest first. Two statements."""
    rows = list(StorageRun.objects.order_by("-created_at", "-id")[:MOST_RUNS])
    return _shown(rows)


def run(run_id: UUID) -> dict[str, Any]:
    return _shown([StorageRun.objects.visible(run_id)])[0]


def _shown(rows: list[StorageRun]) -> list[dict[str, Any]]:
    people = Profile.objects.in_bulk({row.asked_by for row in rows})
    names = {pk: person.full_name for pk, person in people.items()}
    fields = ("id", "kind", "reason", "created_at", "started_at", "finished_at", "done", "total", "size", "failure")
    return [
        {
            **{name: getattr(row, name) for name in fields},
            "asked_by": "The system" if row.asked_by == row.practice_id else names.get(row.asked_by, ""),
            "found": [{"kind": kind, **row.found[kind]} for kind in FOUND if kind in row.found],
        }
        for row in rows
    ]


def findings() -> list[s3_checks.Finding]:
    """What is to be said of the buckets in S3. 404 while files are kept in the home."""
    store = s3_for_questions()
    if store is None:
        raise Http404
    return s3_checks.findings(store, sorted(Bucket.objects.values_list("id", flat=True)))
