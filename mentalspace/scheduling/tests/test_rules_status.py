"""The status machine, minutes and codes, booking limits."""

from datetime import UTC, datetime, time, timedelta

import pytest

from mentalspace.scheduling.rules import (
    BLOCKING,
    STATUSES,
    TRANSITIONS,
    AppointmentStatus,
    OpeningHours,
    Span,
    booking_problems,
    change_problem,
    free_starts,
    may_transition,
    suggested_cpt,
    whole_minutes,
    window_problem,
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
        (timedelta(days=-3652), timedelta(minutes=50), []),
        (timedelta(days=-3653, minutes=-1), timedelta(minutes=50), ["starts_at"]),
        (timedelta(days=1, seconds=1), timedelta(minutes=50), ["starts_at"]),
        (timedelta(days=1), timedelta(minutes=50, microseconds=1), ["starts_at"]),
    ],
)
def test_booking_limits(start_offset: timedelta, length: timedelta, fields: list[str]) -> None:
    starts_at = NOW + start_offset
    problems = booking_problems(starts_at=starts_at, ends_at=starts_at + length, now=NOW)
    assert [problem.field for problem in problems] == fields


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (NOW, NOW + timedelta(days=62), None),
        (NOW, NOW + timedelta(days=62, seconds=1), "end"),
        (NOW, NOW, "end"),
        (datetime(1899, 12, 31, tzinfo=UTC), datetime(1900, 1, 2, tzinfo=UTC), "start"),
        (datetime(2200, 12, 31, tzinfo=UTC), datetime(2201, 1, 2, tzinfo=UTC), "start"),
    ],
)
def test_windows(start: datetime, end: datetime, field: str | None) -> None:
    problem = window_problem(start, end)
    assert (problem.field if problem else None) == field


@pytest.mark.parametrize(
    ("status", "described", "moved", "moved_with_note"),
    [
        (S.SCHEDULED, True, True, False),
        (S.CONFIRMED, True, True, False),
        (S.CHECKED_IN, True, False, False),
        (S.IN_SESSION, True, False, False),
        (S.COMPLETED, False, False, False),
        (S.NO_SHOW, False, False, False),
        (S.CANCELLED, False, False, False),
        (S.RESCHEDULED, False, False, False),
    ],
)
def test_what_may_be_changed(status: AppointmentStatus, described: bool, moved: bool, moved_with_note: bool) -> None:
    assert (change_problem(status, note_is_signed=True, moves=False) is None) == described
    assert (change_problem(status, note_is_signed=False, moves=True) is None) == moved
    assert (change_problem(status, note_is_signed=True, moves=True) is None) == moved_with_note


DAY = OpeningHours(time(9), time(12), "UTC")
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def free(wanted: str, busy: str, now: datetime = MONDAY) -> list[str]:
    """Spans as "9:00-10:00 11:00-12:00"."""

    def span(text: str) -> Span:
        starts, ends = (MONDAY.replace(hour=int(one[:-3]), minute=int(one[-2:])) for one in text.split("-"))
        return Span(starts, ends)

    found = free_starts(span(wanted), busy=[span(one) for one in busy.split()], hours=DAY, now=now)
    return [f"{one:%H:%M}" for one in found]


@pytest.mark.parametrize(
    ("wanted", "busy", "expected"),
    [
        ("10:00-11:00", "10:00-11:00", ["09:00", "11:00"]),
        ("10:00-10:50", "9:30-10:30", ["10:30", "10:45", "11:00"]),
        ("9:00-9:30", "9:00-9:30", ["09:30", "09:45", "10:00"]),
        ("9:00-12:00", "9:00-9:15", []),
        ("8:00-8:30", "8:00-8:30", ["09:00", "09:15", "09:30"]),
        ("10:00-11:00", "9:00-12:00", []),
    ],
)
def test_free_starts_near_by(wanted: str, busy: str, expected: list[str]) -> None:
    assert free(wanted, busy) == expected


def test_free_starts_are_not_in_the_past_unless_that_is_wanted() -> None:
    ten = MONDAY.replace(hour=10)
    assert free("10:30-11:00", "10:30-11:00", now=ten) == ["10:00", "11:00", "11:15"]
    assert free("10:30-11:00", "10:30-11:00", now=MONDAY + timedelta(days=1)) == ["09:45", "10:00", "11:00"]
