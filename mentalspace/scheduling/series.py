"""The rules of weekly series: which sessions a rule makes, whom an edit of one of them touches, where a move puts them.

Pure functions, as in `scheduling.rules`: no database, no clock, aware datetimes, results in UTC.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from mentalspace.scheduling.rules import (
    KEPT_STATUS,
    MAX_MINUTES,
    MIN_MINUTES,
    OPEN,
    AppointmentStatus,
    Problem,
    Span,
    instant_at,
)

MAX_OCCURRENCES: Final = 52
MAX_INTERVAL_WEEKS: Final = 12


# --- Weekly series ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WeeklyRule:
    """A session every `interval_weeks` weeks on the weekday of `first_date`, by the wall clock of `timezone`.

    It ends either with the date `until` (inclusive) or after `count` sessions: exactly one of the two.
    `minutes` is elapsed time: a session across a clock change still lasts as long as any other.
    """

    first_date: date
    start_time: time
    minutes: int
    timezone: str
    interval_weeks: int = 1
    until: date | None = None
    count: int | None = None

    @property
    def weekday(self) -> int:
        """0 is Monday."""
        return self.first_date.weekday()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One session of a series. `local_date` is the date the rule names, also when a gap moved the start."""

    starts_at: datetime
    ends_at: datetime
    local_date: date


def series_problems(rule: WeeklyRule) -> tuple[Problem, ...]:
    """What is wrong with a series; empty when nothing is. `occurrences` relies on it."""
    problems: list[Problem] = []
    if not MIN_MINUTES <= rule.minutes <= MAX_MINUTES:
        problems.append(Problem("minutes", f"A session lasts {MIN_MINUTES} to {MAX_MINUTES} minutes."))
    if not 1 <= rule.interval_weeks <= MAX_INTERVAL_WEEKS:
        problems.append(Problem("interval_weeks", f"A series repeats every 1 to {MAX_INTERVAL_WEEKS} weeks."))
    if (rule.until is None) == (rule.count is None):
        problems.append(Problem("until", "Choose either an end date or a number of sessions."))
    elif rule.count is not None and not 1 <= rule.count <= MAX_OCCURRENCES:
        problems.append(Problem("count", f"A series has 1 to {MAX_OCCURRENCES} sessions."))
    elif rule.until is not None and rule.until < rule.first_date:
        problems.append(Problem("until", "The series must not end before its first session."))
    elif rule.until is not None and rule.interval_weeks >= 1 and (total := _sessions_until(rule)) > MAX_OCCURRENCES:
        problems.append(
            Problem("until", f"A series has at most {MAX_OCCURRENCES} sessions; this one would have {total}.")
        )
    return tuple(problems)


def occurrences(rule: WeeklyRule) -> list[Occurrence]:
    """The sessions of a series in order, at most 52; how odd local times resolve is told by `instant_at`."""
    zone = ZoneInfo(rule.timezone)
    return [_occurrence(rule, day, zone) for day in _dates(rule)]


def _sessions_until(rule: WeeklyRule) -> int:
    if rule.until is None or rule.until < rule.first_date:
        return 0
    return (rule.until - rule.first_date).days // (7 * rule.interval_weeks) + 1


def _dates(rule: WeeklyRule) -> Iterator[date]:
    total = rule.count if rule.count is not None else _sessions_until(rule)
    for index in range(min(total, MAX_OCCURRENCES)):
        yield rule.first_date + timedelta(weeks=index * rule.interval_weeks)


def _occurrence(rule: WeeklyRule, day: date, zone: ZoneInfo) -> Occurrence:
    starts_at = instant_at(day, rule.start_time, zone)
    return Occurrence(starts_at, starts_at + timedelta(minutes=rule.minutes), day)


# --- Editing a series ------------------------------------------------------------------------


class EditScope(StrEnum):
    """What an edit of one session of a series is meant for."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Member:
    """What the rules need to know of one appointment of a series."""

    id: UUID
    starts_at: datetime
    status: AppointmentStatus
    note_is_signed: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """An appointment that the edit leaves as it is, and why (the end of "kept, because …")."""

    id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Affected:
    """The appointments an edit changes, and those in its scope that it leaves alone; in order of time."""

    ids: tuple[UUID, ...]
    kept: tuple[Kept, ...]


def kept_reason(member: Member, *, now: datetime) -> str | None:
    """Why an edit of the series must not touch this appointment; None when it may."""
    if member.note_is_signed:
        return "its note is signed"
    if member.status not in OPEN:
        return KEPT_STATUS[member.status]
    return "it is in the past" if member.starts_at <= now else None


def affected_by(scope: EditScope, *, chosen: UUID, members: Iterable[Member], now: datetime) -> Affected:
    """Which appointments of a series an edit of `chosen` changes; KeyError when it is not a member."""
    ordered = sorted(members, key=lambda member: (member.starts_at, member.id))
    anchor = {member.id: member for member in ordered}[chosen]
    ids: list[UUID] = []
    kept: list[Kept] = []
    for member in ordered:
        if not _in_scope(scope, member, anchor):
            continue
        if reason := kept_reason(member, now=now):
            kept.append(Kept(member.id, reason))
        else:
            ids.append(member.id)
    return Affected(tuple(ids), tuple(kept))


def _in_scope(scope: EditScope, member: Member, anchor: Member) -> bool:
    if scope is EditScope.ALL or member.id == anchor.id:
        return True
    return scope is EditScope.FOLLOWING and member.starts_at >= anchor.starts_at


@dataclass(frozen=True, slots=True)
class Move:
    """What happened to one appointment, in terms that make sense for its siblings.

    `wall_clock` is the shift on the wall clock ("two days later, half an hour earlier"), not a difference of
    instants: across a clock change the two differ. `length` is the new length, None when it did not change.
    """

    wall_clock: timedelta
    length: timedelta | None


def move_between(old: Span, new: Span, timezone: str) -> Move:
    """The move that turned `old` into `new`."""
    zone = ZoneInfo(timezone)
    length = new.ends_at - new.starts_at
    changed = length != old.ends_at - old.starts_at
    return Move(_local(new.starts_at, zone) - _local(old.starts_at, zone), length if changed else None)


def moved(span: Span, move: Move, timezone: str) -> Span:
    """Where `move` puts another appointment: the same shift of weekday and wall-clock time.

    For the appointment that was itself moved take the new times as given: in the hour that occurs twice they
    say more than the wall clock does.
    """
    zone = ZoneInfo(timezone)
    length = span.ends_at - span.starts_at if move.length is None else move.length
    if not move.wall_clock:
        return Span(span.starts_at.astimezone(UTC), span.starts_at.astimezone(UTC) + length)
    target = _local(span.starts_at, zone) + move.wall_clock
    starts_at = instant_at(target.date(), target.time(), zone)
    return Span(starts_at, starts_at + length)


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)
