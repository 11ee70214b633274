"""Rules about clients: pure functions."""

from datetime import date
from typing import Literal

PREFIX = "MS"
DIGITS = 6
OLDEST = 130
"""Years. A date of birth further back is a slip of the finger."""


def next_mrn(highest: str | None) -> str:
    """The medical record number after the highest one we have given out: MS000001, MS000002, …"""
    number = int(highest.removeprefix(PREFIX)) if highest else 0
    return f"{PREFIX}{number + 1:0{DIGITS}}"


def problem_with_birth(born: date, today: date, died: date | None = None) -> str | None:
    """Why this cannot be a client's date of birth, or None."""
    if born > today:
        return "This date lies in the future."
    if today.year - born.year > OLDEST:
        return f"This is more than {OLDEST} years ago."
    if died is not None and born > died:
        return "This is after the date of death."
    return None


def problem_with_resolution(resolved: date, onset: date | None, today: date) -> str | None:
    """Why a condition cannot have ended on this day, or None."""
    if resolved > today:
        return "This date lies in the future."
    if onset is not None and resolved < onset:
        return "This is before the diagnosis began."
    return None


def problem_with_status(status: str, on: date, born: date, today: date) -> str | None:
    """Why a client's status cannot have changed on this day, or None. Nobody is discharged ahead of time."""
    if on > today:
        return "This date lies in the future."
    if on < born:
        return "This is before the client was born."
    return None


def problem_with_authority(start: date, end: date | None, ages_out_on: date | None, today: date) -> str | None:
    """Why somebody's authority cannot run like this, or None."""
    if end is not None and end <= start:
        return "It would end before it begins."
    if ages_out_on is not None and ages_out_on <= max(start, today):
        return "The client is of age: only an authority that does not end then, with its document, still counts."
    return None


AuthorityState = Literal["unverified", "to_come", "in_force", "ended", "of_age"]


def state_of_authority(
    *, is_verified: bool, start: date, end: date | None, ages_out_on: date | None, today: date
) -> AuthorityState:
    """How an authority stands today, as the word `guardian_of` judges it."""
    if end is not None and end <= today:
        return "ended"
    if ages_out_on is not None and ages_out_on <= today:
        return "of_age"
    if not is_verified:
        return "unverified"
    return "to_come" if start > today else "in_force"
