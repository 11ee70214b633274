"""Telling administrators that storage is nearly full: once for each time it fills."""

from uuid import UUID

from django.conf import settings

from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import record
from mentalspace.core import clock
from mentalspace.notify.outbox import queue
from mentalspace.people.models import Profile
from mentalspace.storage import usage
from mentalspace.storage.models import StorageSettings


def warn_when_filling(practice: UUID) -> bool:
    """Tell administrators once when the quota is nearly reached, as the practice's system. Whether they were told."""
    row = StorageSettings.objects.select_for_update().first()
    if row is None:
        row = StorageSettings(practice_id=practice)
        row.save(force_insert=True)
    used = usage.percent(sum(held.size for held in usage.by_bucket().values()), row.quota_bytes)
    if row.warned_at is not None and used < usage.ROOM_AGAIN:
        row.write(warned_at=None)
    if row.warned_at is not None or used < usage.NEARLY_FULL:
        return False
    row.write(warned_at=clock.now())
    _tell(used)
    return True


def _tell(used: int) -> None:
    for person in Profile.objects.staff().exclude(email="").filter(roles__role="administrator"):
        values = {"name": person.full_name, "percent": used, "address": f"{settings.PUBLIC_URL}/storage"}
        queue(kind="storage.filling", recipient=person.pk, email=person.email, values=values)
    record(
        "storage.filling",
        "Storage is nearly full",
        resource_type="storage",
        action_type=ADMIN_ACTION,
        details={"percent": used},
        severity="warning",
    )
