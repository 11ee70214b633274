"""The day as one person works it: made from appointments and notes, never typed."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef
from ninja.responses import NinjaJSONEncoder

from mentalspace.access.actor import Actor
from mentalspace.charting.models import ClinicalNote
from mentalspace.charting.queries import names_of
from mentalspace.people.abilities import can
from mentalspace.scheduling import queries as schedule
from mentalspace.scheduling.models import Appointment

LOOK_BACK = timedelta(days=60)
"""How far back a session may lie whose missing note is still asked for."""

MOST = 100
"""To-dos of a kind that are told; whoever has more needs no exact list to know what to do."""


@dataclass(frozen=True)
class Day:
    """A `TodayOut` as JSON, and whose information it holds."""

    json: str
    clients: set[UUID]


def day_of(*, by: Actor, day: date, timezone: str, now: datetime) -> Day:
    """A person's day. One statement for the schedule, and for those who write notes three more."""
    zone = ZoneInfo(timezone)
    start, end = (datetime.combine(one, time(), zone) for one in (day, day + timedelta(days=1)))
    writes = can(by.audience, "write_notes")
    to_write, unsigned = (_to_write(by.person, now), _unsigned(by.person)) if writes else ([], [])
    names = names_of(row["client_id"] for row in (*to_write, *unsigned)) if to_write or unsigned else {}
    rest = {
        "day": day,
        "timezone": timezone,
        "notes_to_write": [row | {"client_name": names[row["client_id"]]} for row in to_write],
        "notes_unsigned": [row | {"client_name": names[row["client_id"]]} for row in unsigned],
    }
    booked = _booked(by, start, end, writes=writes)
    made = json.dumps(rest, cls=NinjaJSONEncoder).removesuffix("}") + f', "appointments": {booked.json}}}'
    return Day(made, {*booked.clients, *names})


def _booked(by: Actor, start: datetime, end: datetime, *, writes: bool) -> schedule.Made:
    """Whose notes are theirs to write works their own day; the front desk everybody's."""
    if not can(by.audience, "see_schedule"):
        return schedule.Made("[]", [])
    clinicians = [by.person] if writes else schedule.whose(by=by, asked=[])
    return schedule.schedule(by=by, start=start, end=end, clinicians=clinicians)


def _to_write(person: UUID, now: datetime) -> list[dict[str, Any]]:
    """The person's sessions that were held, or whose time has passed, and that bear no note of theirs."""
    mine = Appointment.objects.filter(
        schedule.held(now), clinician_id=person, is_imported=False, starts_at__gt=now - LOOK_BACK, starts_at__lte=now
    )
    bare = mine.exclude(Exists(ClinicalNote.objects.filter(appointment=OuterRef("pk"), author_id=person)))
    rows = bare.order_by("starts_at", "id").values("id", "client_id", "appointment_type", "ends_at", "actual_ended_at")
    return [
        {
            "kind": "note_to_write",
            "client_id": row["client_id"],
            "appointment_id": row["id"],
            "note_id": None,
            "since": row["actual_ended_at"] or row["ends_at"],
            "what": row["appointment_type"],
        }
        for row in rows[:MOST]
    ]


def _unsigned(person: UUID) -> list[dict[str, Any]]:
    """The person's drafts, the oldest session first."""
    drafts = ClinicalNote.objects.drafts().filter(author_id=person).order_by("service_date", "created_at", "id")
    return [
        {
            "kind": "note_unsigned",
            "client_id": note.client_id,
            "appointment_id": note.appointment_id,
            "note_id": note.id,
            "since": note.ended_at or note.created_at,
            "what": f"{note.label} ({note.note_format})",
        }
        for note in drafts.defer("sections", "diagnoses")[:MOST]
    ]
