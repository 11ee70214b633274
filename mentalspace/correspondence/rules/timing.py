"""When a rule speaks. Pure: no database, no clock.

Minutes and hours are such as pass; a day is one of the wall clock's, so that a day before 15:00 is 15:00 also in the
week in which the clocks change.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentalspace.correspondence.rules.vocabulary import Timing, Unit
from mentalspace.scheduling.rules import instant_at

MOST = {Unit.MINUTES: 24 * 60, Unit.HOURS: 14 * 24, Unit.DAYS: 365}


@dataclass(frozen=True)
class When:
    """A rule's timing: how long before or after, or at what time of the practice's day."""

    timing: Timing
    offset: int = 0
    unit: Unit = Unit.HOURS
    at: time | None = None

    @property
    def problem(self) -> tuple[str, str] | None:
        """The field that is wrong, and why; None when it can be used."""
        if self.timing is Timing.SCHEDULED and self.at is None:
            return "timing_at", "Choose the time of day."
        if self.timing in (Timing.BEFORE, Timing.AFTER) and not 1 <= self.offset <= MOST[self.unit]:
            return "timing_offset", f"Between 1 and {MOST[self.unit]} {self.unit}."
        return None

    @property
    def span(self) -> timedelta:
        """About how far it is from the event; a day and an hour more than a day of the wall clock may take."""
        if self.timing is Timing.IMMEDIATE:
            return timedelta(0)
        if self.timing is Timing.SCHEDULED:
            return timedelta(days=1, hours=1)
        return timedelta(**{self.unit: self.offset}) + (timedelta(hours=1) if self.unit is Unit.DAYS else timedelta(0))

    def due(self, *, begins: datetime, moment: datetime, zone: ZoneInfo) -> datetime:
        """When to speak of something that began to be so at `begins` and whose event is at `moment`."""
        if self.timing is Timing.IMMEDIATE:
            return begins
        if self.timing is Timing.SCHEDULED:
            return first_at(self.at or time(), moment, zone)
        return shifted(moment, -self.offset if self.timing is Timing.BEFORE else self.offset, self.unit, zone)


def shifted(moment: datetime, count: int, unit: Unit, zone: ZoneInfo) -> datetime:
    """`count` of these units after a moment; before it when negative."""
    if unit is not Unit.DAYS:
        return moment + timedelta(**{unit: count})
    local = moment.astimezone(zone)
    return instant_at(local.date() + timedelta(days=count), local.time(), zone)


def first_at(clock: time, after: datetime, zone: ZoneInfo) -> datetime:
    """The first moment not before `after` at which the wall clock shows this."""
    day = after.astimezone(zone).date()
    today = instant_at(day, clock, zone)
    return today if today >= after else instant_at(day + timedelta(days=1), clock, zone)
