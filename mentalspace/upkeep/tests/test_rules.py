"""Until when an earlier version is kept."""

from datetime import date

import pytest

from mentalspace.upkeep.rules import kept_until, years_after


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2020, 3, 1), 7, date(2027, 3, 1)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2020, 2, 29), 7, date(2027, 3, 1)),
    ],
)
def test_years_after(day, years, later):
    assert years_after(day, years) == later


@pytest.mark.parametrize(
    ("superseded", "last_contact", "born", "until"),
    [
        (date(2015, 5, 1), date(2014, 1, 1), date(1980, 1, 1), date(2022, 5, 1)),  # the newer version is the latest
        (date(2015, 5, 1), date(2018, 6, 1), date(1980, 1, 1), date(2025, 6, 1)),  # the last contact
        (date(2015, 5, 1), date(2018, 6, 1), date(2008, 9, 9), date(2033, 9, 9)),  # coming of age
    ],
)
def test_the_latest_of_three_counts(superseded, last_contact, born, until):
    assert kept_until(superseded=superseded, last_contact=last_contact, born=born, years=7) == until
