"""When a file no longer has to be kept: pure functions."""

from datetime import date

OF_AGE = 18


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March after a 29 February that has no counterpart."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def kept_until(*, superseded: date, last_contact: date, born: date, years: int) -> date:
    """Until when an earlier version of a chart's document is kept.

    So many years after the latest of: the day a newer version took its place, the last contact with the client, and
    the day they came of age. State laws count from the last contact and, for minors, from majority; the bucket's years
    (7) are what the strictest of them ask of adults' records. A practice in a state that asks for more raises them.
    """
    return years_after(max(superseded, last_contact, years_after(born, OF_AGE)), years)
