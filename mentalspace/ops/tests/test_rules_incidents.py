"""The response clocks of the runbook, who is on call when, and the sixty days: tables, without a database."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from mentalspace.ops.incidents import duty, rules
from mentalspace.ops.incidents.breach.rules import notice_due, report_due, warning_at
from mentalspace.ops.incidents.duty import Instead, Rotation
from mentalspace.ops.incidents.rules import CALLS, Severity, Status, call_at, calls_come, may_follow, response_due

NEW_YORK = ZoneInfo("America/New_York")
ANN, BOB, CY = (UUID(int=number) for number in (1, 2, 3))
MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def wall(year, month, day, hour=0, minute=0, *, fold=0):
    return datetime(year, month, day, hour, minute, tzinfo=NEW_YORK, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("severity", "since", "due"),
    [
        ("P0", MONDAY, MONDAY + timedelta(minutes=5)),
        ("P1", MONDAY, MONDAY + timedelta(hours=1)),
        ("P2", MONDAY, MONDAY + timedelta(hours=4)),
        ("P3", wall(2026, 3, 2, 10), wall(2026, 3, 3, 10)),
        ("P3", wall(2026, 3, 6, 16, 30), wall(2026, 3, 9, 16, 30)),  # over the weekend the clocks go forward
        ("P3", wall(2026, 3, 7, 3), wall(2026, 3, 10, 0)),
        ("P3", wall(2026, 3, 8, 23, 59), wall(2026, 3, 10, 0)),
        ("P3", wall(2026, 10, 30, 9), wall(2026, 11, 2, 9)),  # and back
    ],
)
def test_how_soon_somebody_must_have_taken_it_on(severity, since, due):
    assert response_due(Severity(severity), since, NEW_YORK) == due


def test_calls_come_in_order_and_the_response_is_one_of_them():
    for severity, calls in CALLS.items():
        times = [call_at(severity, number, MONDAY, NEW_YORK) for number in range(len(calls))]
        assert None not in times
        assert times == sorted(at for at in times if at)
        assert times[0] == MONDAY
        assert response_due(severity, MONDAY, NEW_YORK) in times
        assert call_at(severity, len(calls), MONDAY, NEW_YORK) is None
    later = MONDAY + timedelta(minutes=15)
    assert [calls_come(each, MONDAY, later, NEW_YORK) for each in Severity] == [3, 2, 1, 1]
    assert calls_come(Severity.P1, MONDAY, later - timedelta(seconds=1), NEW_YORK) == 1


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        ("triage", "resolved", True),
        ("monitoring", "investigating", True),
        ("resolved", "investigating", True),
        ("resolved", "closed", True),
        ("identified", "closed", False),
        ("closed", "investigating", False),
        ("investigating", "triage", False),
        ("identified", "identified", False),
    ],
)
def test_what_may_follow_what(before, after, may):
    assert may_follow(Status(before), Status(after)) is may


def rotation(*people, hour=9):
    return Rotation(people or (ANN, BOB, CY), date(2026, 3, 2), time(hour), NEW_YORK)


@pytest.mark.parametrize(
    ("at", "who"),
    [
        (wall(2026, 3, 2, 8, 59), None),
        (wall(2026, 3, 2, 9), ANN),
        (wall(2026, 3, 9, 8, 59), ANN),  # the clocks went forward the night before
        (wall(2026, 3, 9, 9), BOB),
        (wall(2026, 3, 23, 9), ANN),
        (wall(2026, 11, 2, 8, 59), BOB),  # and back
        (wall(2026, 11, 2, 9), CY),
    ],
)
def test_weeks_are_handed_over_on_the_wall(at, who):
    assert duty.on_call(rotation(), [], at) == who


def test_an_hour_that_happens_twice_hands_over_once():
    order = Rotation((ANN, BOB), date(2026, 10, 25), time(1, 30), NEW_YORK)
    times = [wall(2026, 11, 1, 1, 29), wall(2026, 11, 1, 1, 30), wall(2026, 11, 1, 1, 0, fold=1)]
    assert [duty.on_call(order, [], at) for at in times] == [ANN, BOB, BOB]


def test_an_hour_that_does_not_happen_hands_over_an_hour_later():
    order = Rotation((ANN, BOB), date(2026, 3, 1), time(2, 30), NEW_YORK)
    assert duty.on_call(order, [], wall(2026, 3, 8, 3, 29)) == ANN
    assert duty.on_call(order, [], wall(2026, 3, 8, 3, 30)) == BOB


def test_the_last_who_was_entered_steps_in():
    at = wall(2026, 3, 4, 12)
    instead = [Instead(BOB, at - timedelta(hours=2), at + timedelta(hours=2)), Instead(CY, at, at + timedelta(hours=1))]
    seen = [duty.on_call(rotation(), instead, at + timedelta(hours=hour)) for hour in (-3, -1, 0, 1, 2)]
    assert seen == [ANN, BOB, CY, BOB, ANN]
    turns = duty.shifts(rotation(), instead, at - timedelta(hours=3), at + timedelta(hours=3))
    assert [(turn.person, turn.is_instead) for turn in turns] == [
        (ANN, False), (BOB, True), (CY, True), (BOB, True), (ANN, False),
    ]  # fmt: skip


def test_turns_leave_no_gap_and_agree_with_who_is_on_call():
    since = wall(2026, 10, 20, 12)
    turns = duty.shifts(rotation(), [], since, since + 6 * WEEK)
    assert turns[0].starts_at == since
    assert turns[-1].ends_at == since + 6 * WEEK
    assert all(one.ends_at == other.starts_at for one, other in pairwise(turns))
    assert all(duty.on_call(rotation(), [], turn.starts_at) == turn.person for turn in turns)
    assert all(duty.on_call(rotation(), [], turn.ends_at - timedelta(seconds=1)) == turn.person for turn in turns)


def test_nobody_is_on_call_where_nobody_is_named():
    assert duty.on_call(Rotation((), date(2026, 3, 2), time(9), NEW_YORK), [], MONDAY) is None


def test_sixty_days_and_their_warnings():
    assert notice_due(date(2026, 3, 2)) == date(2026, 5, 1)
    assert report_due(date(2026, 3, 2), 500) == date(2026, 5, 1)
    assert report_due(date(2026, 3, 2), 499) == date(2027, 3, 1)
    due = date(2026, 5, 1)
    given, warned = [], None
    for left in range(61, -2, -1):
        days = warning_at(due, due - timedelta(days=left), warned)
        if days is not None:
            warned = days
            given.append((left, days))
    assert given == [(30, 30), (10, 10), (3, 3)]
    assert warning_at(due, due - timedelta(days=5), None) == 10, "of those that were missed, the last"


def test_who_is_graver():
    assert rules.is_graver(Severity.P0, Severity.P1)
    assert not rules.is_graver(Severity.P2, Severity.P2)
