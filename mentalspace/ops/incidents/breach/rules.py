"""When an incident may be a breach of health information: its clock, and what the law asks. No clock, no database.

Source: 45 CFR 164.402 (what a breach is), 164.404 (people are told without unreasonable delay and no later than 60
calendar days after discovery), 164.406 (media, more than 500 residents of one state), 164.408 (the Secretary: 500 or
more with the people, fewer by the end of February's sixtieth day after the year).
"""

from datetime import date, timedelta
from enum import StrEnum


class Decision(StrEnum):
    """Nothing yet; a breach; or a low probability that health information was compromised (164.402(2))."""

    OPEN = ""
    BREACH = "breach"
    LOW_PROBABILITY = "low_probability"


FACTORS = ("nature", "recipient", "viewed", "mitigated")
"""The four of 164.402(2)(i)-(iv): what was involved, who got it, whether it was seen, what was done about it."""

NOTICE_DAYS = 60
MANY = 500
WARNINGS = (30, 10, 3)
"""Days before the deadline at which administrators are told."""

PRESSING = 10
"""So many days before the deadline, and after it, the check says so."""


def notice_due(discovered_on: date) -> date:
    """The last day on which people may be told (164.404(b))."""
    return discovered_on + timedelta(days=NOTICE_DAYS)


def report_due(discovered_on: date, affected: int) -> date:
    """When the Secretary is told: with the people where they are 500 or more, else within 60 days after the year of
    the discovery (164.408(b), (c))."""
    if affected >= MANY:
        return notice_due(discovered_on)
    return date(discovered_on.year, 12, 31) + timedelta(days=NOTICE_DAYS)


def warning_at(due_on: date, today: date, warned: int | None) -> int | None:
    """Which warning is to be given today, as its number of days; None for none, or for one that was given. Of several
    that were missed, the last one."""
    left = (due_on - today).days
    come = [days for days in WARNINGS if left <= days]
    if not come or left < 0:
        return None
    return min(come) if warned is None or min(come) < warned else None
