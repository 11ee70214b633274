"""Appointments and series as they are asked for: checked, but for what the database checks, and made into rows.

Everything wrong that a person could put right is BadInput, by field.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.db import connection
from django.http import Http404

from mentalspace.access.actor import Actor
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.people.abilities import SCHEDULABLE, can
from mentalspace.scheduling import rules, series
from mentalspace.scheduling.models import Appointment, AppointmentSeries

FACTS = """
    select exists (select from clients where id = %(client)s),
        exists (select from profiles p join user_roles r on r.person_id = p.id
            where p.id = %(clinician)s and p.is_active and not p.is_system and r.role = any(%(hats)s)),
        exists (select from locations where id = %(location)s and is_active),
        (select location_id from rooms where id = %(room)s and is_active),
        (select timezone from practices where id = %(practice)s)
"""


@dataclass(frozen=True)
class Facts:
    """What is there of what a booking names, as far as the person may know."""

    client: bool
    clinician: bool
    location: bool
    room_at: UUID | None
    timezone: str


def planned(by: Actor, now: datetime, values: dict[str, Any]) -> Appointment:
    """The appointment that is asked for, checked but for what the database checks. One statement."""
    values = dict(values)
    values["clinician_id"] = values["clinician_id"] or by.person
    _check_books_for(by, values["clinician_id"])
    facts = _facts(by, values)
    if not facts.client:
        raise Http404
    check_times(values["starts_at"], values["ends_at"], now)
    values["timezone"] = _zone_name(values["timezone"], facts)
    if not facts.clinician:  # absent, next door, gone and not a clinician are one answer
        raise BadInput(fields={"clinician_id": ["This person does not see clients here."]})
    values |= _place(values["location_id"], values["room_id"], facts)
    return Appointment(practice_id=by.practice, created_by_id=by.person, **values)


def _facts(by: Actor, values: dict[str, Any]) -> Facts:
    asked = {name: values[f"{name}_id"] for name in ("client", "clinician", "location", "room")}
    with connection.cursor() as cursor:
        cursor.execute(FACTS, asked | {"hats": list(SCHEDULABLE), "practice": by.practice})
        return Facts(*cursor.fetchone())


def _check_books_for(by: Actor, clinician: UUID) -> None:
    if not can(by.audience, "book"):
        raise NotAllowed
    if clinician != by.person and not can(by.audience, "book_for_others"):
        raise NotAllowed("You book for yourself. The front desk books for others.")


def check_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raises BadInput, by field, for times at which nothing can be booked."""
    fields: dict[str, list[str]] = {}
    for problem in rules.booking_problems(starts_at=starts_at, ends_at=ends_at, now=now):
        fields.setdefault(problem.field, []).append(problem.message)
    if fields:
        raise BadInput(fields=fields)


def _zone_name(name: str | None, facts: Facts) -> str:
    if name is None:
        return facts.timezone
    if name not in available_timezones():
        raise BadInput(fields={"timezone": ["This is not a time zone such as America/New_York."]})
    return name


def _place(location: UUID | None, room: UUID | None, facts: Facts) -> dict[str, UUID | None]:
    """Location and room that belong together; a room alone says where it is."""
    if room is not None and (facts.room_at is None or location not in (None, facts.room_at)):
        raise BadInput(fields={"room_id": ["There is no such room at this location."]})
    if room is None and location is not None and not facts.location:
        raise BadInput(fields={"location_id": ["There is no such location."]})
    return {"location_id": facts.room_at if room else location, "room_id": room}


def weekly_rule(
    first: Appointment, *, interval_weeks: int, until_date: Any, occurrence_count: int | None
) -> series.WeeklyRule:
    """The rule of a series that begins with this appointment. Raises BadInput for one that cannot be."""
    local = first.starts_at.astimezone(ZoneInfo(first.timezone))
    rule = series.WeeklyRule(
        first_date=local.date(),
        start_time=local.time(),
        minutes=rules.whole_minutes(first.starts_at, first.ends_at),
        timezone=first.timezone,
        interval_weeks=interval_weeks,
        until=until_date,
        count=occurrence_count,
    )
    names = {"until": "repeat.until_date", "count": "repeat.occurrence_count"}
    fields = {names.get(one.field, f"repeat.{one.field}"): [one.message] for one in series.series_problems(rule)}
    if fields:
        raise BadInput(fields=fields)
    return rule


def series_of(first: Appointment, rule: series.WeeklyRule, by: Actor) -> AppointmentSeries:
    """The rule, written down as a series of this client and clinician."""
    made = AppointmentSeries(
        practice_id=by.practice,
        client_id=first.client_id,
        clinician_id=first.clinician_id,
        interval_weeks=rule.interval_weeks,
        first_date=rule.first_date,
        start_time=rule.start_time,
        duration_minutes=rule.minutes,
        timezone=rule.timezone,
        until_date=rule.until,
        occurrence_count=rule.count,
        created_by_id=by.person,
    )
    made.save(force_insert=True)
    return made


def occurrence(first: Appointment, one: series.Occurrence) -> Appointment:
    """A later session of the series: as the first one, at its own time."""
    same = (
        "practice_id client_id clinician_id location_id room_id series_id timezone appointment_type"
        " appointment_notes created_by_id"
    )
    return Appointment(
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        series_date=one.local_date,
        **{name: getattr(first, name) for name in same.split()},
    )


def new_place(by: Actor, row: Appointment, values: dict[str, Any]) -> dict[str, UUID | None]:
    """Location and room after the change. Somewhere else without a room named means no room."""
    if "location_id" not in values and "room_id" not in values:
        return {}
    location = values.get("location_id", None if values.get("room_id") else row.location_id)
    kept_room = row.room_id if location == row.location_id else None
    room = values.get("room_id", kept_room)
    named = {"client_id": None, "clinician_id": None, "location_id": location, "room_id": room}
    return _place(location, room, _facts(by, named))
