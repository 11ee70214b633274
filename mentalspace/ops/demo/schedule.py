"""Eight weeks of the demo's calendar: five past, this one, two to come. Today is a working day, whatever it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from mentalspace.access.actor import acting_as
from mentalspace.ops.demo.caseload import ANAS, ASHES, MIAS, OTTOS, SAMS, Person, since
from mentalspace.ops.demo.cast import ADA, ANA, ASH, FAY, MIA, OLGA, OTTO, SAM, Member
from mentalspace.scheduling import rules
from mentalspace.scheduling.models import Appointment, AppointmentSeries, AppointmentType, ClinicianHours
from mentalspace.scheduling.rules import AppointmentStatus as Status

WEEKS_BACK, WEEKS_AHEAD = 5, 2
SESSION = timedelta(minutes=50)
HOURS = (9, 10, 11, 13, 14, 15, 16)
"""When sessions begin on an ordinary day; noon is free."""

EARLIEST, LATEST = 7, 13
"""Between these hours the first of today's sessions begins, so that some lie before this moment and some after."""

CANCELLED_BECAUSE = ("Client cancelled", "Client ill", "Late cancellation", "Clinician cancelled")
EVALUATION_CODE = "90791"


@dataclass(frozen=True)
class Practitioner:
    """Whose week it is: the room they use (none: by video only) and the ordinary days they work, Monday is 0."""

    member: Member
    people: tuple[Person, ...]
    room: str | None
    days: tuple[int, ...]

    @property
    def clerk(self) -> Member:
        """Who books for them."""
        return FAY if self.member.house is FAY.house else OLGA

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.member.house.timezone)


PRACTITIONERS = (
    Practitioner(ANA, ANAS, "Birch", (0, 1, 2, 3, 4)),
    Practitioner(MIA, MIAS, "Maple", (0, 1, 2, 3)),
    Practitioner(ASH, ASHES, "Willow", (0, 1, 3, 4)),
    Practitioner(SAM, SAMS, None, (1, 3)),
    Practitioner(OTTO, OTTOS, "Room 1", (0, 1, 2, 3)),
)


@dataclass(frozen=True)
class Held:
    """An appointment of the demo and whom it is with."""

    person: Person
    practitioner: Practitioner
    row: Appointment


@dataclass(frozen=True)
class Place:
    """A client's own time in the week."""

    weekday: int
    hour: int
    every: int
    offset: int
    room: UUID | None


def book(rng: Random, now: datetime) -> list[Held]:
    """Write everybody's working hours, series and appointments; return the appointments."""
    held: list[Held] = []
    for who in PRACTITIONERS:
        local = now.astimezone(who.zone)
        series, appointments = _week_of(who, rng, local)
        with acting_as((ADA if who.clerk is FAY else OLGA).actor):
            ClinicianHours.objects.bulk_create(_hours(who, local))
        with acting_as(who.clerk.actor):
            AppointmentSeries.objects.bulk_create(series)
            Appointment.objects.bulk_create([each.row for each in appointments])
        held += appointments
    return held


def _starts_on(weekday: int, local: datetime) -> tuple[int, ...]:
    """The hours at which sessions begin. Today's lie around now, as far as that is a decent hour."""
    if weekday != local.weekday():
        return HOURS
    first = min(max(local.hour - 4, EARLIEST), LATEST)
    return tuple(hour for hour in range(first, first + 9) if hour != first + 5)


def _days(who: Practitioner, local: datetime) -> list[int]:
    """The weekdays somebody works, today's first."""
    return sorted({*who.days, local.weekday()}, key=lambda day: (day != local.weekday(), day))


def _hours(who: Practitioner, local: datetime) -> Iterator[ClinicianHours]:
    for day in _days(who, local):
        starts = _starts_on(day, local)
        yield ClinicianHours(
            practice_id=who.member.house.id,
            person_id=who.member.id,
            weekday=day + 1,
            starts_at=time(starts[0]),
            ends_at=time(starts[-1] + 1),
        )


def _places(who: Practitioner, rng: Random, local: datetime) -> Iterator[Place]:
    """One for each client: today's first, then one on each other day in turn."""
    today, *others = _days(who, local)
    free = [(today, hour) for hour in _starts_on(today, local)]
    free += [(day, hour) for hour in HOURS for day in others]
    room = who.member.house.room(who.room) if who.room else None
    for day, hour in free:
        is_weekly = day == today or rng.random() < 0.75
        yield Place(
            weekday=day,
            hour=hour,
            every=1 if is_weekly else 2,
            offset=0 if is_weekly else rng.randint(0, 1),
            room=room if rng.random() < 0.75 else None,
        )


def _week_of(who: Practitioner, rng: Random, local: datetime) -> tuple[list[AppointmentSeries], list[Held]]:
    all_series: list[AppointmentSeries] = []
    held: list[Held] = []
    for person, place in zip(who.people, _places(who, rng, local), strict=False):
        days = list(_dates(person, place, local.date()))
        if not days:
            continue
        series = _series(who, person, place, days)
        all_series.append(series)
        is_new = since(person, local.date()) > days[0] - timedelta(weeks=place.every)
        for number, day in enumerate(days):
            row = _appointment(who, person, place, series, day)
            if is_new and number == 0:
                row.appointment_type = AppointmentType.INITIAL_EVALUATION
            _happen(row, rng, local)
            held.append(Held(person, who, row))
    return all_series, held


def _dates(person: Person, place: Place, today: date) -> Iterator[date]:
    monday = today - timedelta(days=today.weekday())
    last = -2 if person.status != "Active" else WEEKS_AHEAD
    for week in range(-WEEKS_BACK, last + 1):
        day = monday + timedelta(weeks=week, days=place.weekday)
        if week % place.every == place.offset and day >= since(person, today):
            yield day


def _series(who: Practitioner, person: Person, place: Place, days: list[date]) -> AppointmentSeries:
    return AppointmentSeries(
        practice_id=who.member.house.id,
        client_id=person.id,
        clinician_id=who.member.id,
        interval_weeks=place.every,
        first_date=days[0],
        start_time=time(place.hour),
        duration_minutes=int(SESSION.total_seconds() // 60),
        timezone=who.zone.key,
        until_date=days[-1],
        created_by_id=who.clerk.id,
        created_at=_moment(days[0] - timedelta(days=3), 10, who.zone),
    )


def _moment(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), zone)


def _appointment(who: Practitioner, person: Person, place: Place, series: AppointmentSeries, day: date) -> Appointment:
    starts_at = _moment(day, place.hour, who.zone)
    house = who.member.house
    return Appointment(
        practice_id=house.id,
        client_id=person.id,
        clinician_id=who.member.id,
        location_id=house.office if place.room else house.video,
        room_id=place.room,
        series=series,
        series_date=day,
        starts_at=starts_at,
        ends_at=starts_at + SESSION,
        timezone=who.zone.key,
        created_by_id=who.clerk.id,
        created_at=series.created_at,
        updated_at=series.created_at,
    )


def _happen(row: Appointment, rng: Random, now: datetime) -> None:
    """Give an appointment the state that a practice would have left it in by now."""
    luck, is_today = rng.random(), row.starts_at.date() == now.date()
    if row.ends_at <= now:
        if luck < 0.87 or row.appointment_type == AppointmentType.INITIAL_EVALUATION:
            _hold(row, rng, now)
        elif luck < 0.93:
            _set(row, Status.NO_SHOW, row.starts_at + timedelta(minutes=20))
        else:
            _cancel(row, rng, row.starts_at - timedelta(hours=rng.randint(1, 40)))
    elif row.starts_at <= now:
        started = min(now, row.starts_at + timedelta(minutes=2))
        _set(row, Status.IN_SESSION, started, checked_in_at=row.starts_at, actual_started_at=started)
    elif is_today and row.starts_at - now < timedelta(minutes=20):
        _set(row, Status.CHECKED_IN, now, checked_in_at=now - timedelta(minutes=2))
    elif is_today or (row.starts_at - now < timedelta(days=4) and luck < 0.7):
        _set(row, Status.CONFIRMED, now - timedelta(hours=20))
    elif luck > 0.96:
        _cancel(row, rng, now - timedelta(hours=rng.randint(2, 60)))


def _hold(row: Appointment, rng: Random, now: datetime) -> None:
    started = row.starts_at + timedelta(minutes=rng.randint(0, 5))
    ended = min(started + timedelta(minutes=rng.randint(43, 54)), row.ends_at + timedelta(minutes=5), now)
    is_evaluation = row.appointment_type == AppointmentType.INITIAL_EVALUATION
    _set(
        row,
        Status.COMPLETED,
        ended,
        checked_in_at=row.starts_at - timedelta(minutes=rng.randint(1, 10)),
        actual_started_at=started,
        actual_ended_at=ended,
        cpt_code=EVALUATION_CODE if is_evaluation else rules.suggested_cpt(rules.whole_minutes(started, ended)) or "",
    )


def _cancel(row: Appointment, rng: Random, at: datetime) -> None:
    _set(row, Status.CANCELLED, at, cancelled_at=at, cancellation_reason=rng.choice(CANCELLED_BECAUSE))


def _set(row: Appointment, status: Status, at: datetime, **values: Any) -> None:
    row.status, row.status_updated_at, row.updated_at = status, at, max(at, row.updated_at)
    for name, value in values.items():
        setattr(row, name, value)
