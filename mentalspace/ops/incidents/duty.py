"""Who is on call when: a weekly order of people, and days on which somebody else steps in. No clock, no database.

Weeks are handed over at an hour on the practice's wall, so that one lasts an hour more or less when the clocks change.
An hour that happens twice counts the first time; one that does not happen, an hour later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Rotation:
    """People in their order, the first day of the first one, and the hour of handing over."""

    people: tuple[UUID, ...]
    starts_on: date
    hands_over: time
    zone: ZoneInfo

    def begins(self, week: int) -> datetime:
        """The moment at which the week of this number begins."""
        return datetime.combine(self.starts_on + week * WEEK, self.hands_over, self.zone)

    def week_at(self, at: datetime) -> int:
        """The number of the week that holds this moment; negative before the first."""
        week = (at.astimezone(self.zone).date() - self.starts_on) // WEEK
        while at < _moment(self.begins(week)):
            week -= 1
        while at >= _moment(self.begins(week + 1)):
            week += 1
        return week

    def on(self, week: int) -> UUID | None:
        """Whose week it is; nobody's before the first."""
        return self.people[week % len(self.people)] if self.people and week >= 0 else None


@dataclass(frozen=True)
class Instead:
    """Somebody steps in from one moment until another."""

    person: UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Shift:
    """Who is on call from when until when; nobody where the rotation has not begun, or is empty."""

    starts_at: datetime
    ends_at: datetime
    person: UUID | None
    is_instead: bool


def _moment(wall: datetime) -> datetime:
    """Comparing in one zone would compare what stands on the wall."""
    return wall.astimezone(ZoneInfo("UTC"))


def on_call(rotation: Rotation, instead: Sequence[Instead], at: datetime) -> UUID | None:
    """Who is on call at this moment. Of several who step in, the last that was entered is."""
    for each in reversed(instead):
        if each.starts_at <= at < each.ends_at:
            return each.person
    return rotation.on(rotation.week_at(at))


def after(rotation: Rotation, at: datetime) -> UUID | None:
    """Who has the week after the one that holds this moment."""
    return rotation.on(rotation.week_at(at) + 1)


def shifts(rotation: Rotation, instead: Sequence[Instead], since: datetime, until: datetime) -> list[Shift]:
    """Everybody's turns in this span, in order, each as long as one person is on call."""
    moments = sorted({since, until, *_changes(rotation, instead, since, until)})
    made: list[Shift] = []
    for starts_at, ends_at in pairwise(moments):
        person = on_call(rotation, instead, starts_at)
        stands_in = any(each.starts_at <= starts_at < each.ends_at for each in instead)
        if made and (made[-1].person, made[-1].is_instead) == (person, stands_in) and len(rotation.people) > 1:
            made[-1] = Shift(made[-1].starts_at, ends_at, person, stands_in)
        else:
            made.append(Shift(starts_at, ends_at, person, stands_in))
    return made


def _changes(rotation: Rotation, instead: Sequence[Instead], since: datetime, until: datetime) -> Iterator[datetime]:
    for each in instead:
        yield from (at for at in (each.starts_at, each.ends_at) if since < at < until)
    week = rotation.week_at(since) + 1
    while (begins := _moment(rotation.begins(week))) < until:
        yield begins
        week += 1
