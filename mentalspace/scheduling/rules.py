"""The rules of the calendar: status machine, booking limits, free times, the wall clock. Series: `scheduling.series`.

Pure functions: no database, no clock. Every instant that goes in or comes out is an aware datetime; results
are in UTC. What is local (the weekday, 15:00) is computed in the practice's time zone, so a weekly session
at 15:00 stays at 15:00 when the clocks change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

MIN_MINUTES: Final = 5
MAX_MINUTES: Final = 480
MAX_YEARS_AHEAD: Final = 2
MAX_YEARS_BACK: Final = 10
MAX_WINDOW_DAYS: Final = 62


# --- Status ----------------------------------------------------------------------------------


class AppointmentStatus(StrEnum):
    """Where an appointment stands; the values are the field's own words, as stored and as shown."""

    SCHEDULED = "Scheduled"
    CONFIRMED = "Confirmed"
    CHECKED_IN = "Checked In"
    IN_SESSION = "In Session"
    COMPLETED = "Completed"
    NO_SHOW = "No Show"
    CANCELLED = "Cancelled"
    RESCHEDULED = "Rescheduled"


STATUSES: Final = tuple(AppointmentStatus)
_S = AppointmentStatus

# Appointments that occupy clinician, client and room. A no-show frees its hour: somebody else may be seen.
BLOCKING: Final = frozenset({_S.SCHEDULED, _S.CONFIRMED, _S.CHECKED_IN, _S.IN_SESSION, _S.COMPLETED})

# Until it is completed an appointment can always be checked in, started, ended or cancelled; people forget to
# click, so no step demands the one before it. Steps back undo a slip: of check-in, of start, of no-show.
TRANSITIONS: Final = MappingProxyType(
    {
        _S.SCHEDULED: frozenset(
            {
                _S.CONFIRMED,
                _S.CHECKED_IN,
                _S.IN_SESSION,
                _S.COMPLETED,
                _S.NO_SHOW,
                _S.CANCELLED,
                _S.RESCHEDULED,
            }
        ),
        _S.CONFIRMED: frozenset(
            {
                _S.SCHEDULED,
                _S.CHECKED_IN,
                _S.IN_SESSION,
                _S.COMPLETED,
                _S.NO_SHOW,
                _S.CANCELLED,
                _S.RESCHEDULED,
            }
        ),
        _S.CHECKED_IN: frozenset({_S.SCHEDULED, _S.CONFIRMED, _S.IN_SESSION, _S.COMPLETED, _S.CANCELLED}),
        _S.IN_SESSION: frozenset({_S.CHECKED_IN, _S.COMPLETED, _S.CANCELLED}),
        _S.NO_SHOW: frozenset({_S.SCHEDULED, _S.CONFIRMED, _S.CHECKED_IN, _S.CANCELLED}),
        _S.COMPLETED: frozenset(),
        _S.CANCELLED: frozenset(),
        _S.RESCHEDULED: frozenset(),
    }
)

_FINAL_REASONS: Final = {
    _S.COMPLETED: "The session is completed; its status no longer changes.",
    _S.CANCELLED: "A cancelled appointment stays cancelled. Book a new one instead.",
    _S.RESCHEDULED: "This appointment was moved to another time. Change the new one instead.",
}


OPEN: Final = frozenset({_S.SCHEDULED, _S.CONFIRMED})
"""Only planned: nobody has come yet, and it may still be moved."""

KEPT_STATUS: Final = {
    _S.CHECKED_IN: "the client is checked in",
    _S.IN_SESSION: "the session is under way",
    _S.COMPLETED: "it is completed",
    _S.NO_SHOW: "it is a no-show",
    _S.CANCELLED: "it is cancelled",
    _S.RESCHEDULED: "it was moved to another time",
}
"""Why an appointment in this state stays as it is; the end of "kept, because …"."""


def may_transition(current: AppointmentStatus, wanted: AppointmentStatus) -> str | None:
    """Why `current` may not become `wanted`, as a sentence for the person; None when it may."""
    if wanted in TRANSITIONS[current]:
        return None
    if wanted == current:
        return f"The appointment is already {current.value.lower()}."
    return _FINAL_REASONS.get(
        current, f"An appointment that is {current.value.lower()} cannot become {wanted.value.lower()}."
    )


# --- Minutes and codes -----------------------------------------------------------------------


def whole_minutes(started_at: datetime, ended_at: datetime) -> int:
    """Minutes actually spent, rounded down (50 min 59 s are 50), never below zero."""
    return max(0, int((ended_at - started_at).total_seconds() // 60))


def suggested_cpt(actual_minutes: int) -> str | None:
    """CPT number for individual psychotherapy by *actual* minutes; None under 16, which cannot be billed.

    Ranges 16-37, 38-52 and 53 or more: field-knowledge 5.2 (Novitas, contentId 00026768). A suggestion only.
    """
    if actual_minutes >= 53:
        return "90837"
    if actual_minutes >= 38:
        return "90834"
    return "90832" if actual_minutes >= 16 else None


# --- Booking ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one field of a form, as a sentence for the person."""

    field: str
    message: str


def booking_problems(*, starts_at: datetime, ends_at: datetime, now: datetime) -> tuple[Problem, ...]:
    """What is wrong with the times of a booking; empty when nothing is.

    Past times are allowed (a session may be recorded after it took place); overlaps are for the database
    to refuse.
    """
    problems: list[Problem] = []
    length = ends_at - starts_at
    if starts_at.second or starts_at.microsecond or ends_at.second or ends_at.microsecond:
        problems.append(Problem("starts_at", "Times are in whole minutes."))
    if length <= timedelta(0):
        problems.append(Problem("ends_at", "The end must be after the start."))
    elif length < timedelta(minutes=MIN_MINUTES):
        problems.append(Problem("ends_at", f"An appointment lasts at least {MIN_MINUTES} minutes."))
    elif length > timedelta(minutes=MAX_MINUTES):
        problems.append(Problem("ends_at", f"An appointment lasts at most {MAX_MINUTES // 60} hours."))
    if starts_at > now + relativedelta(years=MAX_YEARS_AHEAD):
        problems.append(Problem("starts_at", f"Appointments can be booked at most {MAX_YEARS_AHEAD} years ahead."))
    elif starts_at < now - relativedelta(years=MAX_YEARS_BACK):
        problems.append(Problem("starts_at", f"Appointments can be recorded at most {MAX_YEARS_BACK} years back."))
    return tuple(problems)


def window_problem(start: datetime, end: datetime) -> Problem | None:
    """Why the calendar cannot be shown from `start` to `end`; None when it can."""
    if end <= start:
        return Problem("end", "The end must be after the start.")
    if end - start > timedelta(days=MAX_WINDOW_DAYS):
        return Problem("end", f"At most {MAX_WINDOW_DAYS} days are shown at once.")
    if start.year < 1900 or end.year > 2200:
        return Problem("start", "There is no calendar for these years.")
    return None


def change_problem(status: AppointmentStatus, *, note_is_signed: bool, moves: bool) -> str | None:
    """Why this one appointment may not be changed (or, with `moves`, be moved to another time); None when it may.

    One that is only planned may be moved even after its time has passed: that is how a slip is put right.
    """
    if status not in (BLOCKING - {_S.COMPLETED}):
        return f"Not changed: {KEPT_STATUS[status]}."
    if moves and note_is_signed:
        return "Not moved: its note is signed."
    return f"Not moved: {KEPT_STATUS[status]}." if moves and status not in OPEN else None


# --- Free times ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, in UTC."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When the practice is open, by the wall clock of `timezone`."""

    opens_at: time
    closes_at: time
    timezone: str


SLOT: Final = timedelta(minutes=15)
MOST_ALTERNATIVES: Final = 3


def free_starts(wanted: Span, *, busy: Iterable[Span], hours: OpeningHours, now: datetime) -> list[datetime]:
    """The starts nearest to `wanted`, in order of time, at which it would fit between `busy` on the same day.

    Never in the past, unless the wanted time is itself in the past.
    """
    zone, length, taken = ZoneInfo(hours.timezone), wanted.ends_at - wanted.starts_at, list(busy)
    day = wanted.starts_at.astimezone(zone).date()
    start, closes = instant_at(day, hours.opens_at, zone), instant_at(day, hours.closes_at, zone)
    earliest = now if wanted.starts_at > now else start
    free: list[datetime] = []
    while start + length <= closes:
        clear = all(start + length <= one.starts_at or start >= one.ends_at for one in taken)
        if clear and start >= earliest and start != wanted.starts_at:
            free.append(start)
        start += SLOT
    nearest = sorted(free, key=lambda one: (abs(one - wanted.starts_at), one))
    return sorted(nearest[:MOST_ALTERNATIVES])


# --- Wall clock ------------------------------------------------------------------------------


def instant_at(local_date: date, local_time: time, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which the wall clock in `zone` has reached this date and time.

    So a time that the clocks skip in spring (02:30) becomes the first instant after the gap (03:00), and a
    time that occurs twice in autumn means the first of the two (fold=0).
    """
    wanted = datetime.combine(local_date, local_time.replace(tzinfo=None, fold=0))
    first = wanted.replace(tzinfo=zone).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wanted:
        return first
    # In a gap fold=0 reads the time with the offset from before it (an instant after the change), fold=1 with
    # the offset from after it (an instant before the change). The change itself is between the two.
    after = first
    before = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).replace(tzinfo=None) < wanted:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
