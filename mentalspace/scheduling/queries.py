"""Reads of the calendar, each in a fixed number of statements. Rows are what row-level security leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q
from django.http import Http404

from mentalspace.access.actor import Actor
from mentalspace.clients.queries import NAME
from mentalspace.people.abilities import can
from mentalspace.practices.models import Location, Practice, Room
from mentalspace.scheduling import rules
from mentalspace.scheduling.models import BLOCKING, Appointment

LONGEST = timedelta(minutes=rules.MAX_MINUTES)
"""How long before a span an appointment that reaches into it may begin. Longer ones, which only imported history
has, show on the day they begin; in return the index gives both ends of the span."""

STRANGER = "Not in your care team"
"""For somebody booked with the person whose chart they may not open."""

COLUMNS = f"""
    select a.id, a.client_id, a.clinician_id, a.location_id, a.room_id, a.series_id, a.starts_at, a.ends_at, a.timezone,
        a.appointment_type, a.status, a.checked_in_at, a.actual_started_at, a.actual_ended_at, a.cpt_code,
        a.cancellation_reason, a.appointment_notes, a.version,
        coalesce(nullif({NAME.format("c")}, ''), '{STRANGER}') as client_name,
        coalesce(c.pronouns, '') as client_pronouns,
        concat_ws(' ', p.first_name, p.last_name) as clinician_name,
        coalesce(l.name, '') as location_name, coalesce(r.name, '') as room_name,
        %(changes_all)s or (%(changes_own)s and a.clinician_id = %(me)s) as may_change,
"""
JOINS = """
    from appointments a
    join profiles p on p.id = a.clinician_id
    left join clients c on c.id = a.client_id
    left join locations l on l.id = a.location_id
    left join rooms r on r.id = a.room_id
"""
MADE = """
    select coalesce(json_agg(a order by a.starts_at, a.id), '[]')::text,
        coalesce(array_agg(distinct a.client_id), array[]::uuid[])
    from ({rows}) a
"""
WITHOUT_NOTES = f"{COLUMNS} null::uuid as note_id, 'none' as note_state {JOINS}"
WITH_NOTES = f"""{COLUMNS} n.id as note_id,
        case when n.id is null then 'none' when n.signed_at is null then 'draft' else 'signed' end as note_state
    {JOINS}
    left join lateral (
        select id, signed_at from clinical_notes
        where appointment_id = a.id and kind = 'progress_note'
        order by author_id = a.clinician_id desc, created_at limit 1
    ) n on true
"""


@dataclass(frozen=True)
class Made:
    """Appointments as JSON, a list of `AppointmentOut`, and whose they are."""

    json: str
    clients: list[UUID]


def schedule(*, by: Actor, start: datetime, end: datetime, clinicians: list[UUID] | None) -> Made:
    """The appointments that touch a span, of these people or (None) of everybody visible. One statement."""
    where = "a.starts_at > %(before)s and a.starts_at < %(end)s and a.ends_at > %(start)s"
    values = {"before": start - LONGEST, "start": start, "end": end, "clinicians": clinicians}
    if clinicians == [by.person]:  # spelled out, so that the planner takes the index before it looks at the policy
        where = f"a.clinician_id = %(me)s and {where}"
    elif clinicians is not None:
        where = f"a.clinician_id = any(%(clinicians)s) and {where}"
    with connection.cursor() as cursor:
        cursor.execute(MADE.format(rows=_select(by, where)), _values(by) | values)
        made, clients = cursor.fetchone()
    return Made(made, clients)


def shown(appointment_id: UUID, *, by: Actor) -> dict[str, Any]:
    """One appointment's `AppointmentOut`, or 404. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_select(by, "a.id = %(id)s"), _values(by) | {"id": appointment_id})
        found = cursor.fetchone()
        if found is None:
            raise Http404
        return {column.name: value for column, value in zip(cursor.description, found, strict=True)}


SIGNED = "select appointment_id from clinical_notes where appointment_id = any(%s) and signed_at is not null"


def signed(ids: Iterable[UUID], *, by: Actor) -> set[UUID]:
    """Which of these appointments bear a signed note that the person may know of: a draft follows its session."""
    if not can(by.audience, "read_notes"):
        return set()
    with connection.cursor() as cursor:
        cursor.execute(SIGNED, [list(ids)])
        return {row[0] for row in cursor.fetchall()}


def whose(*, by: Actor, asked: list[UUID]) -> list[UUID] | None:
    """Whose calendar to show: those asked for, else one's own, or everybody's (None) for who works for all."""
    if asked:
        return asked
    return None if can(by.audience, "see_everybodys_schedule") else [by.person]


HOURS = """
    select coalesce(json_object_agg(person_id, spans), '{{}}')::text from (
        select person_id, json_agg(json_build_object('weekday', weekday, 'starts_at', to_char(starts_at, 'HH24:MI'),
            'ends_at', to_char(ends_at, 'HH24:MI')) order by weekday, starts_at) as spans
        from clinician_hours where {whose} group by person_id order by person_id) h
"""


def hours(clinicians: list[UUID] | None) -> str:
    """Each person's usual hours by weekday, under their id, as JSON. One statement."""
    whose = "true" if clinicians is None else "person_id = any(%(clinicians)s)"
    with connection.cursor() as cursor:
        cursor.execute(HOURS.format(whose=whose), {"clinicians": clinicians})
        return str(cursor.fetchone()[0])


def locations() -> list[Location]:
    """Where the practice works, with the rooms in use. Not paged: a practice's places fit a menu. Two statements."""
    rooms = Prefetch("rooms", queryset=Room.objects.filter(is_active=True))
    return list(Location.objects.filter(is_active=True).prefetch_related(rooms))


def opening_hours(practice: UUID) -> rules.OpeningHours:
    opens_at, closes_at, timezone = Practice.objects.values_list("opens_at", "closes_at", "timezone").get(pk=practice)
    return rules.OpeningHours(opens_at, closes_at, timezone)


HELD = (rules.AppointmentStatus.IN_SESSION, rules.AppointmentStatus.COMPLETED)
"""Somebody said so. What else is not called off was held too when its time has passed."""


def held(now: datetime) -> Q:
    """Sessions that took place, as far as anybody said otherwise."""
    return Q(status__in=HELD) | Q(status__in=BLOCKING, ends_at__lte=now)


def alternatives(wanted: Appointment, *, now: datetime) -> list[datetime]:
    """Free starts near the one that was refused: nobody and nothing the person can see is taken then."""
    day = timedelta(days=1)
    same = Q(clinician_id=wanted.clinician_id) | Q(client_id=wanted.client_id)
    if wanted.room_id:
        same |= Q(room_id=wanted.room_id)
    busy = Appointment.objects.between(wanted.starts_at - day, wanted.ends_at + day).filter(same, status__in=BLOCKING)
    spans = busy.exclude(pk=wanted.pk).values_list("starts_at", "ends_at")
    return rules.free_starts(
        rules.Span(wanted.starts_at, wanted.ends_at),
        busy=[rules.Span(*span) for span in spans],
        hours=opening_hours(wanted.practice_id),
        now=now,
    )


def _select(by: Actor, where: str) -> str:
    """Notes are joined only for audiences that may read any: the others have no right to name that table."""
    return f"{WITH_NOTES if can(by.audience, 'read_notes') else WITHOUT_NOTES} where {where}"


def _values(by: Actor) -> dict[str, Any]:
    changes_all, changes_own = can(by.audience, "book_for_others"), can(by.audience, "book")
    return {"me": by.person, "changes_all": changes_all, "changes_own": changes_own}
