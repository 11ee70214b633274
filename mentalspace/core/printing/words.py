"""How dates, times and lines are printed, whatever the machine's locale is."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, TypeAlias
from unicodedata import category
from zoneinfo import ZoneInfo

Json: TypeAlias = "str | bool | Sequence[Json] | Mapping[str, Json]"
Draw: TypeAlias = Callable[[str], str]
"""Makes any text drawable: `glyphs.printable`, or plainer."""

# Not strftime's: those follow the locale of the machine.
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
CONFIDENTIALITY: Final = (
    "Confidential health information. Do not disclose without authorization, except as the law permits."
)
SPELLED_REMARK: Final = (
    "Characters that this document cannot draw are given in brackets, by their Unicode name or number."
)


def drawn(value: Json, draw: Draw) -> Json:
    """The value with every string in it drawable."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return draw(value)
    if isinstance(value, Mapping):
        return {key: drawn(one, draw) for key, one in value.items()}
    return [drawn(one, draw) for one in value]


def long_date(day: date) -> str:
    """ "March 10, 2026", in English."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def moment(instant: datetime, timezone: str) -> str:
    """ "March 10, 2026 at 4:02 PM EDT"."""
    local = instant.astimezone(ZoneInfo(timezone))
    return f"{long_date(local.date())} at {clock_time(local)} {zone_of(local)}"


def clock_time(local: datetime) -> str:
    return f"{local.hour % 12 or 12}:{local.minute:02d}\u00a0{'AM' if local.hour < 12 else 'PM'}"


def zone_of(local: datetime) -> str:
    """The zone's letters; where it has none, the offset."""
    name = local.tzname() or ""
    return name if name.isalpha() else f"UTC{local:%z}"


def one_line(text: str) -> str:
    """Text of a single line: a break in a name must not break the form."""
    return " ".join(text.split())


def is_seen(text: str) -> bool:
    """Whether there is anything but blanks and characters that only shape others."""
    return any(not letter.isspace() and category(letter) not in {"Cf", "Mn"} for letter in text)


def letterhead_lines(address: Sequence[str], phone: str, npi: str) -> list[str]:
    """What stands beside the practice's name; what is not known is left out."""
    last = [f"Phone {phone}" if phone else "", f"NPI {npi}" if npi else ""]
    return [line for line in map(one_line, [*address, "  ·  ".join(filter(None, last))]) if line]
