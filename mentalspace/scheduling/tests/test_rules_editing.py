"""Editing one session of a series: whom it touches, what it leaves alone, where a move puts the others."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentalspace.scheduling.rules import AppointmentStatus, Span, instant_at
from mentalspace.scheduling.series import (
    EditScope,
    Member,
    Move,
    WeeklyRule,
    affected_by,
    move_between,
    moved,
    occurrences,
)

S = AppointmentStatus
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NEW_YORK = "America/New_York"
HOUR = timedelta(hours=1)


def member(number: int, week: int, status: AppointmentStatus = S.SCHEDULED, *, noted: bool = False) -> Member:
    return Member(UUID(int=number), NOW + timedelta(weeks=week, hours=1), status, noted)


SERIES = (
    member(1, -2, S.COMPLETED, noted=True),
    member(2, -1),
    member(3, 0, S.CHECKED_IN),
    member(4, 1, S.CONFIRMED),
    member(5, 2),
    member(6, 3, S.CANCELLED),
    member(7, 4, noted=True),
    member(8, 5),
)


def numbers(ids: tuple[UUID, ...]) -> list[int]:
    return [one.int for one in ids]


@pytest.mark.parametrize(
    ("scope", "chosen", "changed", "kept"),
    [
        (EditScope.THIS, 5, [5], {}),
        (EditScope.THIS, 6, [], {6: "it is cancelled"}),
        (EditScope.FOLLOWING, 5, [5, 8], {6: "it is cancelled", 7: "its note is signed"}),
        (EditScope.FOLLOWING, 8, [8], {}),
        (
            EditScope.ALL,
            5,
            [4, 5, 8],
            {
                1: "its note is signed",
                2: "it is in the past",
                3: "the client is checked in",
                6: "it is cancelled",
                7: "its note is signed",
            },
        ),
    ],
)
def test_scope(scope: EditScope, chosen: int, changed: list[int], kept: dict[int, str]) -> None:
    found = affected_by(scope, chosen=UUID(int=chosen), members=reversed(SERIES), now=NOW)
    assert numbers(found.ids) == changed
    assert {one.id.int: one.reason for one in found.kept} == kept


def test_a_stranger_to_the_series_is_an_error() -> None:
    with pytest.raises(KeyError):
        affected_by(EditScope.ALL, chosen=UUID(int=99), members=SERIES, now=NOW)


members = st.lists(
    st.builds(
        Member,
        id=st.uuids(),
        starts_at=st.integers(-30 * 24, 30 * 24).map(lambda hours: NOW + hours * HOUR),
        status=st.sampled_from(AppointmentStatus),
        note_is_signed=st.booleans(),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(members, st.sampled_from(EditScope), st.data())
@settings(deadline=None)
def test_history_is_never_touched(series: list[Member], scope: EditScope, data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(series))
    found = affected_by(scope, chosen=chosen.id, members=series, now=NOW)
    by_id = {one.id: one for one in series}
    for one in (by_id[changed] for changed in found.ids):
        assert one.starts_at > NOW
        assert not one.note_is_signed
        assert one.status in {S.SCHEDULED, S.CONFIRMED}
    reported = [*found.ids, *(one.id for one in found.kept)]
    expected = {
        EditScope.THIS: {chosen.id},
        EditScope.FOLLOWING: {one.id for one in series if one.starts_at >= chosen.starts_at},
        EditScope.ALL: set(by_id),
    }[scope]
    assert len(reported) == len(set(reported))
    assert set(reported) >= expected
    assert scope is not EditScope.FOLLOWING or set(reported) == expected


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return instant_at(day, time(hour, minute), ZoneInfo(NEW_YORK))


def test_a_move_keeps_the_wall_clock_over_the_change() -> None:
    """Tuesday 15:00 before the change is moved to Thursday 16:30; the one after the change follows."""
    start = at(date(2026, 3, 3), 15)
    move = move_between(
        Span(start, start + HOUR), Span(at(date(2026, 3, 5), 16, 30), at(date(2026, 3, 5), 17, 30)), NEW_YORK
    )
    assert move == Move(timedelta(days=2, minutes=90), None)
    later = at(date(2026, 3, 10), 15)
    target = moved(Span(later, later + HOUR), move, NEW_YORK)
    assert target == Span(at(date(2026, 3, 12), 16, 30), at(date(2026, 3, 12), 17, 30))
    assert target.starts_at - later == timedelta(days=2, minutes=90)


def test_moved_across_the_change_the_instants_differ_but_not_the_hour() -> None:
    """From Friday to the Monday after the change: three days on the wall, 71 hours by the sun."""
    start = at(date(2026, 3, 6), 15)
    monday = at(date(2026, 3, 9), 15)
    move = move_between(Span(start, start + HOUR), Span(monday, monday + HOUR), NEW_YORK)
    assert monday - start == timedelta(hours=71)
    assert move.wall_clock == timedelta(days=3)
    later = at(date(2026, 3, 13), 15)
    assert moved(Span(later, later + HOUR), move, NEW_YORK).starts_at == at(date(2026, 3, 16), 15)


def test_a_resize_carries_the_new_length_and_nothing_else() -> None:
    start = at(date(2026, 3, 3), 15)
    move = move_between(Span(start, start + HOUR), Span(start, start + 1.5 * HOUR), NEW_YORK)
    assert move == Move(timedelta(0), 1.5 * HOUR)
    later = at(date(2026, 3, 10), 17)
    assert moved(Span(later, later + HOUR), move, NEW_YORK) == Span(later, later + 1.5 * HOUR)


def test_a_move_leaves_each_its_own_length() -> None:
    start = at(date(2026, 3, 3), 15)
    move = move_between(Span(start, start + HOUR), Span(start + HOUR, start + 2 * HOUR), NEW_YORK)
    later = at(date(2026, 3, 10), 15)
    assert moved(Span(later, later + HOUR / 2), move, NEW_YORK) == Span(later + HOUR, later + 1.5 * HOUR)


@given(
    st.dates(date(2000, 1, 1), date(2037, 1, 1)),
    st.sampled_from([NEW_YORK, "Europe/Berlin", "Australia/Sydney", "America/St_Johns", "Asia/Kathmandu"]),
    st.integers(-6, 6),
    st.integers(-36, 36),
)
@settings(max_examples=60, deadline=None)
def test_moving_all_is_the_series_booked_elsewhere(day: date, zone: str, days: int, fives: int) -> None:
    rule = WeeklyRule(day, time(14), 50, zone, count=30)
    shift = timedelta(days=days, minutes=5 * fives)
    target = datetime.combine(day, rule.start_time) + shift
    elsewhere = occurrences(replace(rule, first_date=target.date(), start_time=target.time()))
    spans = [Span(one.starts_at, one.ends_at) for one in occurrences(rule)]
    move = move_between(spans[0], Span(elsewhere[0].starts_at, elsewhere[0].ends_at), zone)
    assert [moved(span, move, zone).starts_at for span in spans] == [one.starts_at for one in elsewhere]
