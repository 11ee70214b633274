"""Reads of what the staff are told inside the product. Row-level security leaves a person their own."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from mentalspace.clients.models import Client
from mentalspace.core.paging import page
from mentalspace.notify.bell import MARK
from mentalspace.notify.models import StaffNotification
from mentalspace.scheduling import telling
from mentalspace.scheduling.models import Appointment

KEYS = ("-created_at", "-id")
SOMEBODY = "a client"
"""Stands for a client the reader does not see, or no longer."""

MOST = 100
"""Whoever has more needs no exact number, and the count stays cheap."""

COLUMNS = ("id", "kind", "title", "about_type", "about_id", "created_at", "read_at")


def unread() -> int:
    """How many wait, at most `MOST`."""
    return StaffNotification.objects.filter(read_at__isnull=True)[:MOST].count()


def listed(*, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """One page of the person's notifications, the latest first. Three statements."""
    found, following = page(StaffNotification.objects.all(), keys=KEYS, cursor=cursor)
    return _shown(found), following


def _shown(rows: list[StaffNotification]) -> list[dict[str, Any]]:
    names = _names(rows)
    days = _days(rows)
    return [
        {name: getattr(row, name) for name in COLUMNS}
        | {
            "text": row.text.replace(MARK, names.get(row.client_id, SOMEBODY)),
            "client_id": row.client_id if row.client_id in names else None,
            "day": days.get(row.about_id),
        }
        for row in rows
    ]


def _names(rows: list[StaffNotification]) -> dict[UUID | None, str]:
    """What the clients are called that the reader may see now."""
    wanted = {row.client_id for row in rows if row.client_id}
    found = Client.objects.filter(pk__in=wanted).only("first_name", "preferred_name", "last_name") if wanted else ()
    return {client.pk: client.chosen_name for client in found}


def _days(rows: list[StaffNotification]) -> dict[UUID, date]:
    """On which day each appointment is now, so that the calendar opens there."""
    wanted = {row.about_id for row in rows if row.about_type == telling.ABOUT}
    times = Appointment.objects.filter(pk__in=wanted).values_list("id", "starts_at", "timezone") if wanted else ()
    return {pk: starts_at.astimezone(ZoneInfo(zone)).date() for pk, starts_at, zone in times}
