"""Rules about clients: pure functions."""

from datetime import date

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
