"""When a client is told of an appointment, and in which words. Pure: no database, no clock.

"24 hours before" are 24 hours that pass, also in the night in which the clocks change; what is local (quiet hours,
weekends, the time in the text) goes by the client's wall clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from mentalspace.core.fields import e164
from mentalspace.notify.fields import LONGEST_EMAIL, LONGEST_TEXT, named, problem
from mentalspace.scheduling.rules import instant_at

EMAIL, SMS = "email", "sms"
CHANNELS: Final = (EMAIL, SMS)

MOST_HOURS: Final = 14 * 24
MOST_REMINDERS: Final = 5

MARGIN = timedelta(minutes=5)
"""How long before quiet time something goes that would fall into it: the outbox takes its time, and stops there."""

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

    def just_before(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The moment itself, or `MARGIN` before the quiet time in which it falls."""
        for _ in range(9):  # a weekend, and the evenings around it
            local = moment.astimezone(zone)
            if not self.holds(local):
                return moment
            moment = self._began(local, zone) - MARGIN
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


def reminders_due(starts_at: datetime, hours: Iterable[int], *, quiet: Quiet, zone: ZoneInfo) -> dict[int, datetime]:
    """Hours before, and when that one goes. Of several that would go at the same minute, because of quiet hours, the
    one nearest to the appointment goes."""
    found: dict[datetime, int] = {}
    for before in sorted(set(hours), reverse=True):
        found[quiet.just_before(starts_at.astimezone(UTC) - timedelta(hours=before), zone)] = before
    return {before: due for due, before in found.items()}


def notice_due(starts_at: datetime, *, quiet: Quiet, zone: ZoneInfo, now: datetime) -> datetime:
    """When a notice goes: at once, or when quiet hours are over, unless the appointment would begin before that."""
    polite = quiet.first_minute_after(now, zone)
    return polite if polite < starts_at or starts_at <= now else now


def reminder_goes(starts_at: datetime, *, quiet: Quiet, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When a reminder goes that is late: at once, or when quiet hours are over; None when that is too late."""
    polite = quiet.first_minute_after(now, zone)
    return polite if polite < starts_at else None


def hours_problem(hours: Iterable[int]) -> str | None:
    """Why reminders cannot go at these hours before; None when they can. How many and how long: `schemas.Hours`."""
    chosen = list(hours)
    return "Each hour once." if len(set(chosen)) < len(chosen) else None


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
    return problem(text, FIELDS if links else (*VALUES, "practice"), longest, example="date")


def links_problem(text: str, wanted: Mapping[str, bool]) -> str | None:
    """Why this wording cannot do without the links that nobody wants: their lines go, and would take more along."""
    lines = [named(line) for line in text.split("\n")]
    for name in (name for name, is_wanted in wanted.items() if not is_wanted):
        if any(name in fields and fields - set(LINKS) for fields in lines):
            return (
                f"{{{name}}} is switched off, and what stands on its line would go with it. Give it a line of its own."
            )
    if not _without(text, wanted).strip():
        return "Nothing would be left of this without the links that are switched off. Write something beside them."
    return None


def _without(text: str, wanted: Mapping[str, bool]) -> str:
    off = [f"{{{name}}}" for name, is_wanted in wanted.items() if not is_wanted]
    return "\n".join(line for line in text.split("\n") if not any(each in line for each in off))


def with_links(channel: str, text: str, wanted: Mapping[str, bool]) -> str:
    """The text with the links that are wanted and without the others, and for texts how to end them.

    A line that names a link nobody wants goes with it (`links_problem`).
    """
    text = _without(text, wanted)
    missing = [SENTENCES[channel][name] for name, yes in wanted.items() if yes and f"{{{name}}}" not in text]
    if channel == EMAIL:
        return "\n\n".join([text.strip(), *missing]) + "\n"
    end = [] if "STOP" in text else [STOP]
    return " ".join([text.strip(), *missing, *end])


GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE: Final = frozenset("\f^{}\\[~]|€")
"""What a text message holds 160 of, and what takes the room of two (3GPP TS 23.038, 6.2.1)."""


def text_messages(text: str) -> int:
    """How many text messages a text takes: of 160 characters, or 153 in each of several; 70 or 67 as soon as one
    character is outside the GSM alphabet."""
    if all(one in GSM or one in GSM_TWICE for one in text):
        sizes, alone, of_several = [2 if one in GSM_TWICE else 1 for one in text], 160, 153
    else:
        sizes, alone, of_several = [len(one.encode("utf-16-le")) // 2 for one in text], 70, 67
    if sum(sizes) <= alone:
        return 1
    count, filled = 1, 0
    for size in sizes:  # none is cut in two
        if filled + size > of_several:
            count, filled = count + 1, 0
        filled += size
    return count


def day_and_time(starts_at: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """As a client reads it: "Tuesday, November 24" and "3:00 pm EST"."""
    local = starts_at.astimezone(zone)
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{local:%A, %B} {local.day}", f"{hour}:{local:%M} {half} {local.tzname()}"
