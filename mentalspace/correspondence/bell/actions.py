"""What a person does with what they are told."""

from datetime import datetime, timedelta
from uuid import UUID

from mentalspace.core import clock
from mentalspace.notify.models import StaffNotification


def read(*, notification_id: UUID) -> StaffNotification:
    """It has been read; the first time counts."""
    row = StaffNotification.objects.visible(notification_id)
    if row.read_at is not None:
        return row
    StaffNotification.objects.filter(pk=row.pk, read_at__isnull=True).update(read_at=clock.now())
    return StaffNotification.objects.visible(notification_id)


def read_all(*, until: datetime) -> int:
    """Everything up to that millisecond, which is how finely moments are told, has been read; what came since stays
    unread. Returns how many were unread."""
    so_far = StaffNotification.objects.filter(read_at__isnull=True, created_at__lt=until + timedelta(milliseconds=1))
    return so_far.update(read_at=clock.now())
