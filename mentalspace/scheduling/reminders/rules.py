"""When a client is told of an appointment, and in which words. Pure: no database, no clock.

"24 hours before" are 24 hours that pass, also in the night in which the clocks change; what is local (quiet hours,
weekends, the time in the text) goes by the client's wall clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from string import Formatter
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from mentalspace.core.fields import e164
from mentalspace.notify.messages import named
from mentalspace.scheduling.rules import instant_at

EMAIL, SMS = "email", "sms"
CHANNELS: Final = (EMAIL, SMS)

MOST_HOURS: Final = 14 * 24
MOST_REMINDERS: Final = 5
LONGEST_EMAIL, LONGEST_TEXT = 4000, 320

MINUTE = timedelta(minutes=1)

VALUES: Final = ("client_name", "clinician_name", "date", "time", "location")
LINKS: Final = ("confirm_link", "cancel_link", "reschedule_link")
FIELDS: Final = (*VALUES, "practice", *LINKS)
"""What a text may name, in braces. Nothing else of anybody's stands in a message."""

STOP = "Reply STOP to end."


# --- When ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quiet:
    """When nothing is sent: from `start` to `end` by the wall clock (the same time twice: never), and on weekends."""

    start: time
    end: time
    weekends: bool
    """Whether messages may go on Saturdays and Sundays."""

    def holds(self, local: datetime) -> bool:
        """Whether nothing is sent at this moment of the wall clock."""
        if not self.weekends and local.weekday() >= 5:
            return True
        at = local.time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def last_minute_before(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The moment itself, or the last minute before the quiet time in which it falls."""
        for _ in range(9):  # a weekend, and the evenings around it
            local = moment.astimezone(zone)
            if not self.holds(local):
                return moment
            moment = self._began(local, zone) - MINUTE
        return moment

    def first_minute_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The moment itself, or the first at which something may be sent again."""
        for _ in range(9):
            local = moment.astimezone(zone)
            if not self.holds(local):
                return moment
            moment = self._ends(local, zone)
        return moment

    def _began(self, local: datetime, zone: ZoneInfo) -> datetime:
        """When the quiet time in which this falls began, or some moment within it that is nearer to its beginning."""
        day = local.date()
        if not self.weekends and local.weekday() >= 5:
            return instant_at(day - timedelta(days=local.weekday() - 5), time(), zone)
        spans_midnight = self.start > self.end
        before_midnight = local.time() >= self.start
        return instant_at(day - timedelta(days=spans_midnight and not before_midnight), self.start, zone)

    def _ends(self, local: datetime, zone: ZoneInfo) -> datetime:
        day = local.date()
        if not self.weekends and local.weekday() >= 5:
            return instant_at(day + timedelta(days=7 - local.weekday()), time(), zone)
        tomorrow = self.start > self.end and local.time() >= self.start
        return instant_at(day + timedelta(days=tomorrow), self.end, zone)


def reminders_due(
    starts_at: datetime, hours: Iterable[int], *, quiet: Quiet, zone: ZoneInfo, now: datetime
) -> dict[int, datetime]:
    """Hours before, and when that one goes. One whose hour has passed is left out; of several that would go at the
    same minute, because of quiet hours, the one nearest to the appointment goes."""
    found: dict[datetime, int] = {}
    for before in sorted(set(hours), reverse=True):
        due = quiet.last_minute_before(starts_at.astimezone(UTC) - timedelta(hours=before), zone)
        if due >= now:
            found[due] = before
    return {before: due for due, before in found.items()}


def notice_due(starts_at: datetime, *, quiet: Quiet, zone: ZoneInfo, now: datetime) -> datetime:
    """When a notice goes: at once, or when quiet hours are over, unless the appointment would begin before that."""
    polite = quiet.first_minute_after(now, zone)
    return polite if polite < starts_at or starts_at <= now else now


def hours_problem(hours: Iterable[int]) -> str | None:
    """Why reminders cannot go at these hours before; None when they can."""
    chosen = list(hours)
    if len(chosen) > MOST_REMINDERS:
        return f"At most {MOST_REMINDERS} reminders of a kind."
    if len(set(chosen)) < len(chosen):
        return "Each hour once."
    if any(not 1 <= one <= MOST_HOURS for one in chosen):
        return f"Between 1 and {MOST_HOURS} hours before."
    return None


# --- To whom ---------------------------------------------------------------------------------


def plain_address(channel: str, address: str) -> str:
    """The address as messages are sent to it: lower case, or a number in E.164 form. Empty when it is none."""
    if channel == EMAIL:
        return address.strip().lower()
    try:
        return e164(address)
    except ValueError:
        return ""


# --- In which words --------------------------------------------------------------------------

SENTENCES: Final = MappingProxyType(
    {
        EMAIL: {
            "confirm_link": "To confirm that you are coming:\n{confirm_link}",
            "reschedule_link": "To ask for another time:\n{reschedule_link}",
            "cancel_link": "To cancel:\n{cancel_link}",
        },
        SMS: {
            "confirm_link": "Confirm: {confirm_link}",
            "reschedule_link": "Other time: {reschedule_link}",
            "cancel_link": "Cancel: {cancel_link}",
        },
    }
)
"""How a link is added to a text that does not place it itself."""


def text_problem(channel: str, text: str, *, links: bool = True) -> str | None:
    """Why this wording cannot be used, as a sentence; None when it can."""
    longest = LONGEST_EMAIL if channel == EMAIL else LONGEST_TEXT
    if not text.strip():
        return "Write something."
    if len(text) > longest:
        return f"At most {longest} characters."
    allowed = FIELDS if links else (*VALUES, "practice")
    try:
        unknown = sorted(name for name in named(text) if name not in allowed)
    except ValueError:
        return "A brace is missing its partner."
    if unknown:
        return f"There is no field {{{unknown[0]}}} here. Use {', '.join(f'{{{one}}}' for one in allowed)}."
    if any(form or conversion for _, _, form, conversion in Formatter().parse(text)):
        return "Fields are written as {date}, without anything behind the name."
    return None


def with_links(channel: str, text: str, wanted: Mapping[str, bool]) -> str:
    """The text with the links that are wanted and without the others, and for texts how to end them.

    A line that names a link nobody wants goes with it.
    """
    for name, is_wanted in wanted.items():
        if not is_wanted:
            text = "\n".join(line for line in text.split("\n") if f"{{{name}}}" not in line)
    missing = [SENTENCES[channel][name] for name, yes in wanted.items() if yes and f"{{{name}}}" not in text]
    if channel == EMAIL:
        return "\n\n".join([text.strip(), *missing]) + "\n"
    end = [] if "STOP" in text else [STOP]
    return " ".join([text.strip(), *missing, *end])


def day_and_time(starts_at: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """As a client reads it: "Tuesday, November 24" and "3:00 pm EST"."""
    local = starts_at.astimezone(zone)
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{local:%A, %B} {local.day}", f"{hour}:{local:%M} {half} {local.tzname()}"
