"""The status machine, minutes and codes, booking limits."""

from datetime import UTC, datetime, timedelta

import pytest

from mentalspace.scheduling.rules import (
    BLOCKING,
    STATUSES,
    TRANSITIONS,
    AppointmentStatus,
    booking_problems,
    may_transition,
    suggested_cpt,
    whole_minutes,
)

S = AppointmentStatus
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

# Rows: from. Written by hand, not derived from the table in the rules.
ALLOWED = {
    "Scheduled": "Confirmed, Checked In, In Session, Completed, No Show, Cancelled, Rescheduled",
    "Confirmed": "Scheduled, Checked In, In Session, Completed, No Show, Cancelled, Rescheduled",
    "Checked In": "Scheduled, Confirmed, In Session, Completed, Cancelled",
    "In Session": "Checked In, Completed, Cancelled",
    "No Show": "Scheduled, Confirmed, Checked In, Cancelled",
    "Completed": "",
    "Cancelled": "",
    "Rescheduled": "",
}


@pytest.mark.parametrize("current", STATUSES)
@pytest.mark.parametrize("wanted", STATUSES)
def test_transitions(current: AppointmentStatus, wanted: AppointmentStatus) -> None:
    allowed = wanted.value in ALLOWED[current.value].split(", ")
    refusal = may_transition(current, wanted)
    assert (refusal is None) == allowed
    if refusal is not None:
        assert refusal.endswith(".")
        assert refusal[0].isupper()


def test_every_status_has_a_row() -> None:
    assert set(TRANSITIONS) == set(STATUSES)
    assert len(STATUSES) == 8


@pytest.mark.parametrize(
    ("current", "wanted", "words"),
    [
        (S.COMPLETED, S.CANCELLED, "completed"),
        (S.CANCELLED, S.SCHEDULED, "Book a new one"),
        (S.RESCHEDULED, S.CHECKED_IN, "moved to another time"),
        (S.SCHEDULED, S.SCHEDULED, "already scheduled"),
        (S.IN_SESSION, S.NO_SHOW, "in session cannot become no show"),
    ],
)
def test_refusals_say_why(current: AppointmentStatus, wanted: AppointmentStatus, words: str) -> None:
    assert words in (may_transition(current, wanted) or "")


def test_only_a_booking_that_takes_place_blocks() -> None:
    assert set(STATUSES) - BLOCKING == {S.NO_SHOW, S.CANCELLED, S.RESCHEDULED}


@pytest.mark.parametrize(
    ("minutes", "code"),
    [
        (0, None),
        (15, None),
        (16, "90832"),
        (37, "90832"),
        (38, "90834"),
        (52, "90834"),
        (53, "90837"),
        (180, "90837"),
    ],
)
def test_code_follows_actual_minutes(minutes: int, code: str | None) -> None:
    assert suggested_cpt(minutes) == code


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (59, 0), (60, 1), (3179, 52), (3180, 53), (-300, 0)])
def test_minutes_are_rounded_down(seconds: int, minutes: int) -> None:
    assert whole_minutes(NOW, NOW + timedelta(seconds=seconds)) == minutes


@pytest.mark.parametrize(
    ("start_offset", "length", "fields"),
    [
        (timedelta(days=1), timedelta(minutes=50), []),
        (timedelta(days=-30), timedelta(minutes=50), []),
        (timedelta(days=1), timedelta(minutes=5), []),
        (timedelta(days=1), timedelta(minutes=480), []),
        (timedelta(days=1), timedelta(0), ["ends_at"]),
        (timedelta(days=1), timedelta(minutes=-50), ["ends_at"]),
        (timedelta(days=1), timedelta(minutes=4), ["ends_at"]),
        (timedelta(days=1), timedelta(minutes=481), ["ends_at"]),
        (timedelta(days=731), timedelta(minutes=50), []),
        (timedelta(days=731, minutes=1), timedelta(minutes=50), ["starts_at"]),
        (timedelta(days=800), timedelta(minutes=1), ["ends_at", "starts_at"]),
    ],
)
def test_booking_limits(start_offset: timedelta, length: timedelta, fields: list[str]) -> None:
    starts_at = NOW + start_offset
    problems = booking_problems(starts_at=starts_at, ends_at=starts_at + length, now=NOW)
    assert [problem.field for problem in problems] == fields
