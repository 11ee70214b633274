"""How consents stand, by their dates."""

from datetime import date, timedelta

import pytest

from mentalspace.forms.consents.rules import last_day, standing, state_of

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("effective", "expires", "revoked_on", "state"),
    [
        (TODAY, None, None, "in_force"),
        (TODAY + DAY, None, None, "to_come"),
        (TODAY - DAY, TODAY, None, "expiring"),
        (TODAY - DAY, TODAY - DAY, None, "expired"),
        (TODAY - DAY, TODAY + 30 * DAY, None, "expiring"),
        (TODAY - DAY, TODAY + 31 * DAY, None, "in_force"),
        (TODAY - DAY, None, TODAY, "revoked"),
        (TODAY - DAY, TODAY - DAY, TODAY, "revoked"),
        (TODAY - DAY, None, TODAY + DAY, "in_force"),
    ],
)
def test_a_consent_stands_by_its_days(effective, expires, revoked_on, state):
    assert state_of(effective=effective, expires=expires, revoked_on=revoked_on, today=TODAY) == state


@pytest.mark.parametrize(
    ("effective", "months", "last"),
    [
        (date(2026, 3, 2), 12, date(2027, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2025, 12, 15), 1, date(2026, 1, 14)),
        (date(2026, 1, 1), None, None),
    ],
)
def test_months_are_the_calendars(effective, months, last):
    assert last_day(effective, months) == last


def test_a_kind_stands_as_its_best():
    assert standing([]) == "missing"
    assert standing(["revoked", "expired"]) == "expired"
    assert standing(["expired", "expiring", "in_force"]) == "in_force"
