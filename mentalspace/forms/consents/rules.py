"""How consents stand: pure functions of dates. A day is the practice's own."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

State = Literal["in_force", "expiring", "to_come", "expired", "revoked", "missing"]

YEAR = timedelta(days=366)
"""How long before it is sent a signature may be dated; what is older was mistyped."""

SOON = timedelta(days=30)
"""A consent that ends within so many days is to be renewed."""

BEST_FIRST: tuple[State, ...] = ("in_force", "expiring", "to_come", "expired", "revoked")
RELEASE = "release"
"""Each release is of its own: to somebody, of something. Of every other kind the best that stands speaks for
all: a newer one that has ended does not take away an older one that still holds."""


def state_of(*, effective: date, expires: date | None, revoked_on: date | None, today: date) -> State:
    """`expires` is the last day on which it holds; revoked, it holds no more from that day on."""
    if revoked_on is not None and revoked_on <= today:
        return "revoked"
    if effective > today:
        return "to_come"
    if expires is not None and expires < today:
        return "expired"
    return "expiring" if expires is not None and expires - today <= SOON else "in_force"


def standing(states: Iterable[State]) -> State:
    """How a kind stands for a client who gave these."""
    found = set(states)
    return next((state for state in BEST_FIRST if state in found), "missing")


def last_day(effective: date, months: int | None) -> date | None:
    """The last day of a consent that is good for so many months; None when it does not end."""
    if months is None:
        return None
    year, month = divmod(effective.month - 1 + months, 12)
    year, month = effective.year + year, month + 1
    same_day = date(year, month, min(effective.day, monthrange(year, month)[1]))
    return same_day - timedelta(days=1)


def problem_with_dates(effective: date, expires: date | None, born: date, today: date) -> dict[str, list[str]]:
    """Why a consent cannot run like this, by field; empty when it can."""
    if effective > today:
        return {"effective": ["This day has not come yet."]}
    if effective < born:
        return {"effective": ["This is before the client was born."]}
    if expires is not None and expires < effective:
        return {"expires": ["It would end before it begins."]}
    return {}


def problem_with_signature(effective: date, expires: date | None, born: date, sent: date) -> str:
    """Why a consent in a form that was sent on that day cannot be signed on this one; empty when it can."""
    if found := problem_with_dates(effective, expires, born, sent):
        return next(sentence for sentences in found.values() for sentence in sentences)
    if sent - effective > YEAR:
        return "This is more than a year before the form was sent. Check the year."
    if expires is not None and expires < sent:
        return "Signed on this day, it would have ended before the form was sent."
    return ""
