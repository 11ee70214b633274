"""How much a practice keeps, by bucket, and when that is nearly all it means to keep."""

from dataclasses import dataclass

from django.db import connection

from mentalspace.storage.models import State, StorageSettings

NEARLY_FULL, ROOM_AGAIN = 80, 75
"""Percent of the quota: administrators are warned at the first (the runbook's threshold), once, until it has been below
the second, so that a file added and removed at the threshold does not warn again and again."""


@dataclass
class Held:
    """What lies in a bucket. What is in quarantine or missing counts among the objects, what was removed does not."""

    objects: int = 0
    size: int = 0
    quarantined: int = 0
    quarantined_size: int = 0
    missing: int = 0
    removed: int = 0


def by_bucket() -> dict[str, Held]:
    """What each bucket holds of the acting practice. For administrators and the practice's own jobs."""
    found: dict[str, Held] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT bucket_id, state, objects, bytes FROM access.storage_usage()")
        for bucket, state, objects, size in cursor.fetchall():
            _count(found.setdefault(bucket, Held()), state, objects, size)
    return found


def _count(held: Held, state: str, objects: int, size: int) -> None:
    if state == State.REMOVED:
        held.removed = objects
        return
    held.objects, held.size = held.objects + objects, held.size + size
    if state == State.QUARANTINED:
        held.quarantined, held.quarantined_size = objects, size
    elif state == State.MISSING:
        held.missing = objects


def percent(size: int, quota: int) -> int:
    """How much of the quota is used, rounded down, so that 80 is never said before it is reached."""
    return size * 100 // quota


def settings_of_practice() -> StorageSettings:
    """The acting practice's settings; the defaults, not yet kept, where nobody has changed anything."""
    return StorageSettings.objects.first() or StorageSettings()
