"""What a provider tells of a message it has accepted, in whatever order and however often. As the practice's system."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from mentalspace.access.actor import own_practice
from mentalspace.notify import suppression
from mentalspace.notify.models import (
    BOUNCED,
    COMPLAINED,
    DELAYED,
    DELIVERED,
    DELIVERY,
    UNDELIVERED,
    Notification,
    ProviderEvent,
)

OPENED, CLICKED = "opened", "clicked"


@dataclass(frozen=True)
class Told:
    """One thing a provider told. `event_id` is its own number for it, the same however often it is told."""

    provider: str
    event_id: str
    kind: str
    happened_at: datetime
    notification: UUID | None
    external_id: str
    detail: str = ""


def take(told: Told) -> bool:
    """Write it down and to the message it is about. False when it was known already."""
    row = _message(told)
    event = ProviderEvent(
        practice_id=own_practice(),
        provider=told.provider,
        event_id=told.event_id[:120],
        kind=told.kind[:40],
        notification_id=row.pk if row else None,
        happened_at=told.happened_at,
    )
    made = ProviderEvent.objects.bulk_create([event], ignore_conflicts=True)
    is_new = ProviderEvent.objects.filter(pk=made[0].pk).exists()
    if is_new and row is not None:
        _note(row, told)
    return is_new


def _message(told: Told) -> Notification | None:
    """By our own id when the provider carries it, else by its own. Locked: what it tells is written one by one."""
    found = Q(pk=told.notification) if told.notification else Q(external_id=told.external_id, provider=told.provider)
    if not told.notification and not told.external_id:
        return None
    return Notification.objects.select_for_update(of=("self",)).filter(found).first()


def _note(row: Notification, told: Told) -> None:
    if told.kind == OPENED and not row.opened:
        row.write(opened=True, opened_date=told.happened_at)
    elif told.kind == CLICKED and not row.clicked:
        row.write(clicked=True, clicked_date=told.happened_at)
    elif told.kind in DELIVERY and DELIVERY.index(told.kind) > DELIVERY.index(row.delivery_status):
        row.write(delivery_status=told.kind, delivery_status_at=told.happened_at)
    if told.kind in (BOUNCED, COMPLAINED):
        suppression.suppress(row.notification_type, row.address, told.kind, told.detail)


KNOWN = frozenset({DELIVERED, DELAYED, UNDELIVERED, BOUNCED, COMPLAINED, OPENED, CLICKED})
"""What is worth writing down; the rest of what providers tell we know already."""
