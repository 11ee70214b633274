"""Names of log segments: timeline, then the number, in hexadecimal. 16 MiB each, as `initdb` makes them."""

import re

SIZE = 16 * 1024 * 1024
IN_A_FILE = (1 << 32) // SIZE
NAME = re.compile(r"[0-9A-F]{24}")
HISTORY = re.compile(r"[0-9A-F]{8}\.history")
PARTIAL = ".partial"


def number(name: str) -> int:
    """Its place in the order of its timeline."""
    return int(name[8:16], 16) * IN_A_FILE + int(name[16:24], 16)


def following(name: str) -> str:
    """The segment after this one."""
    high, low = divmod(number(name) + 1, IN_A_FILE)
    return f"{name[:8]}{high:08X}{low:08X}"


def holding(lsn: str, timeline: str) -> str:
    """The segment that a place in the log, such as `0/3000028`, lies in."""
    high, low = divmod(position(lsn) // SIZE, IN_A_FILE)
    return f"{timeline}{high:08X}{low:08X}"


def position(lsn: str) -> int:
    """A place in the log as a number of bytes."""
    high, _, low = lsn.partition("/")
    return (int(high, 16) << 32) + int(low, 16)


def unbroken(first: str, there: set[str]) -> str | None:
    """The last segment of the run that begins with `first`; None when that one is missing."""
    last, name = None, first
    while name in there:
        last, name = name, following(name)
    return last
