"""A day on paper: sessions with how their clients, and who is called in an emergency, are reached.

What a role does not see is not there: row-level security decides, as everywhere. Safety plans are not kept by the
product, so there are none here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from mentalspace.access.actor import Actor
from mentalspace.clients.models import Client, ClientAlert, EmergencyContact
from mentalspace.core import clock
from mentalspace.people.abilities import can
from mentalspace.scheduling.models import BLOCKING, Appointment
from mentalspace.scheduling.queries import STRANGER


@dataclass(frozen=True)
class Paper:
    """A `PaperOut`, and whose information it holds."""

    shown: dict[str, Any]
    clients: set[UUID]


def day_of(*, by: Actor, day: date, timezone: str) -> Paper:
    """The day's sessions that stand, in order: everybody's, or one's own for who sees no more. Four statements."""
    zone = ZoneInfo(timezone)
    start, end = (datetime.combine(one, time(), zone) for one in (day, day + timedelta(days=1)))
    rows = Appointment.objects.between(start, end).filter(status__in=BLOCKING, starts_at__gte=start)
    if not can(by.audience, "see_everybodys_schedule"):
        rows = rows.filter(clinician_id=by.person)
    booked = list(rows.select_related("clinician", "location", "room").order_by("starts_at", "id"))
    people = Client.objects.in_bulk({row.client_id for row in booked})
    contacts, alerts = _by_client(EmergencyContact.objects.filter(client__in=people)), _alerts(people)
    sessions = [_session(row, people.get(row.client_id), contacts, alerts) for row in booked]
    return Paper({"day": day, "made_at": clock.now(), "sessions": sessions}, {row.client_id for row in booked})


def _by_client(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.client_id].append(row)
    return found


def _alerts(people: Iterable[UUID]) -> dict[UUID, list[Any]]:
    standing = ClientAlert.objects.filter(client__in=people, ended_at__isnull=True)
    return _by_client(standing.order_by("created_at", "id"))


def _session(row: Appointment, client: Client | None, contacts: Any, alerts: Any) -> dict[str, Any]:
    place = ", ".join(one.name for one in (row.location, row.room) if one)
    return {
        "id": row.pk,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "status": row.status,
        "clinician": row.clinician.full_name,
        "place": place,
        "client_id": row.client_id,
        "client": client.chosen_name if client else STRANGER,
        "pronouns": client.pronouns if client else "",
        "date_of_birth": client.date_of_birth if client else None,
        "phone": client.primary_phone if client else "",
        "okay_to_leave_message": bool(client and client.okay_to_leave_message),
        "email": client.email if client else "",
        "contacts": contacts.get(row.client_id, []),
        "alerts": [alert.text for alert in alerts.get(row.client_id, [])],
    }
