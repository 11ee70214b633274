"""Weekly series: tables for the known changes of clock, and an oracle that only ever reads the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentalspace.scheduling.rules import instant_at
from mentalspace.scheduling.series import MAX_OCCURRENCES, WeeklyRule, occurrences, series_problems

NEW_YORK = "America/New_York"
RULE = WeeklyRule(date(2026, 2, 24), time(15), 50, NEW_YORK, count=4)

# Both hemispheres, half-hour changes, none, changes at midnight, a day that did not exist (Apia 2011).
ZONES = [
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/St_Johns",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Havana",
    "America/Asuncion",
    "Pacific/Honolulu",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Asia/Tehran",
    "Asia/Beirut",
    "Asia/Amman",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Atlantic/Azores",
    "Europe/Dublin",
    "Europe/London",
    "Europe/Berlin",
    "Antarctica/Troll",
    "UTC",
]


def seen(rule: WeeklyRule) -> list[str]:
    zone = ZoneInfo(rule.timezone)
    return [one.starts_at.astimezone(zone).strftime("%Y-%m-%d %H:%M %z") for one in occurrences(rule)]


def test_three_in_the_afternoon_stays_so_in_spring() -> None:
    assert seen(RULE) == [
        "2026-02-24 15:00 -0500",
        "2026-03-03 15:00 -0500",
        "2026-03-10 15:00 -0400",
        "2026-03-17 15:00 -0400",
    ]


def test_three_in_the_afternoon_stays_so_in_autumn() -> None:
    assert seen(replace(RULE, first_date=date(2026, 10, 27), count=2)) == [
        "2026-10-27 15:00 -0400",
        "2026-11-03 15:00 -0500",
    ]


@pytest.mark.parametrize(
    ("zone", "day", "wanted", "expected"),
    [
        (NEW_YORK, date(2026, 3, 8), time(2, 30), "2026-03-08T07:00:00+00:00"),  # skipped: 03:00 EDT
        (NEW_YORK, date(2026, 3, 8), time(1, 59), "2026-03-08T06:59:00+00:00"),
        (NEW_YORK, date(2026, 3, 8), time(3, 0), "2026-03-08T07:00:00+00:00"),
        (NEW_YORK, date(2026, 11, 1), time(1, 30), "2026-11-01T05:30:00+00:00"),  # twice: the EDT one
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:30:00+00:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(15), "2011-12-30T10:00:00+00:00"),  # no such day: the 31st
        ("Asia/Beirut", date(2026, 3, 29), time(0, 0), "2026-03-28T22:00:00+00:00"),  # midnight skipped
    ],
)
def test_odd_local_times(zone: str, day: date, wanted: time, expected: str) -> None:
    assert instant_at(day, wanted, ZoneInfo(zone)).isoformat() == expected


def test_a_session_across_the_change_lasts_its_minutes() -> None:
    (one,) = occurrences(WeeklyRule(date(2026, 3, 8), time(1, 30), 60, NEW_YORK, count=1))
    assert one.ends_at - one.starts_at == timedelta(hours=1)


def test_the_end_date_is_included() -> None:
    rule = replace(RULE, count=None, until=date(2026, 3, 10))
    assert [one.local_date for one in occurrences(rule)] == [
        date(2026, 2, 24),
        date(2026, 3, 3),
        date(2026, 3, 10),
    ]
    assert len(occurrences(replace(rule, until=date(2026, 3, 9)))) == 2


def test_every_other_week() -> None:
    dates = [one.local_date.isoformat() for one in occurrences(replace(RULE, interval_weeks=2))]
    assert dates == ["2026-02-24", "2026-03-10", "2026-03-24", "2026-04-07"]


def test_never_more_than_a_year_of_weeks() -> None:
    assert len(occurrences(replace(RULE, count=500))) == MAX_OCCURRENCES
    assert len(occurrences(replace(RULE, count=None, until=date(2036, 1, 1)))) == MAX_OCCURRENCES


@pytest.mark.parametrize(
    ("rule", "field", "words"),
    [
        (RULE, None, ""),
        (replace(RULE, count=52), None, ""),
        (replace(RULE, count=None, until=date(2026, 2, 24)), None, ""),
        (replace(RULE, count=None, until=date(2027, 2, 22)), None, ""),
        (replace(RULE, count=53), "count", "1 to 52"),
        (replace(RULE, count=0), "count", "1 to 52"),
        (replace(RULE, count=None), "until", "either"),
        (replace(RULE, until=date(2026, 3, 3)), "until", "either"),
        (replace(RULE, count=None, until=date(2026, 2, 23)), "until", "before its first"),
        (replace(RULE, count=None, until=date(2027, 2, 23)), "until", "would have 53"),
        (replace(RULE, interval_weeks=0), "interval_weeks", "1 to 12 weeks"),
        (replace(RULE, interval_weeks=12), None, ""),
        (replace(RULE, interval_weeks=13), "interval_weeks", "1 to 12 weeks"),
        (replace(RULE, minutes=4), "minutes", "5 to 480"),
        (replace(RULE, minutes=481), "minutes", "5 to 480"),
    ],
)
def test_limits_of_a_series(rule: WeeklyRule, field: str | None, words: str) -> None:
    problems = series_problems(rule)
    assert [problem.field for problem in problems] == ([field] if field else [])
    assert all(words in problem.message for problem in problems)


# --- Oracle ----------------------------------------------------------------------------------

STEP = timedelta(minutes=5)


def first_instant_showing(day: date, wanted: time, zone: ZoneInfo) -> datetime:
    """Watch the wall clock in steps of five minutes until it shows the time or later."""
    target = datetime.combine(day, wanted)
    instant = target.replace(tzinfo=UTC) - timedelta(hours=15)  # no zone is more than 14 hours ahead of UTC
    while instant.astimezone(zone).replace(tzinfo=None) < target:
        instant += STEP
    return instant


def dates_by_counting(rule: WeeklyRule) -> list[date]:
    """Walk day by day, counting weekdays."""
    found: list[date] = []
    day, weeks = rule.first_date, 0
    while len(found) < (rule.count or 52) and (rule.until is None or day <= rule.until):
        if day.weekday() == rule.first_date.weekday():
            if weeks % rule.interval_weeks == 0:
                found.append(day)
            weeks += 1
        day += timedelta(days=1)
    return found


@st.composite
def days_near_a_change(draw: st.DrawFn) -> date:
    """Mostly Sundays and their neighbours in the months in which clocks change, 2000 to 2037."""
    month = draw(st.sampled_from([1, 2, 3, 3, 3, 4, 5, 9, 10, 10, 11, 11, 12]))
    return date(draw(st.integers(2000, 2037)), month, draw(st.integers(1, 28)))


times = st.builds(time, st.sampled_from([0, 1, 2, 3, 9, 15, 23]), st.sampled_from(range(0, 60, 5)))
rules = st.builds(
    WeeklyRule,
    first_date=days_near_a_change() | st.dates(date(2000, 1, 1), date(2037, 12, 31)),
    start_time=times,
    minutes=st.integers(5, 480),
    timezone=st.sampled_from(ZONES),
    interval_weeks=st.integers(1, 5),
    count=st.integers(1, 6),
)


@given(rules)
@settings(max_examples=150, deadline=None)
def test_agrees_with_the_clock_on_the_wall(rule: WeeklyRule) -> None:
    zone = ZoneInfo(rule.timezone)
    found = occurrences(rule)
    assert [one.local_date for one in found] == dates_by_counting(rule)
    for one in found:
        assert one.starts_at == first_instant_showing(one.local_date, rule.start_time, zone)
        assert one.starts_at.tzinfo is UTC
        assert one.ends_at - one.starts_at == timedelta(minutes=rule.minutes)


@given(rules, st.integers(0, 400))
@settings(max_examples=100, deadline=None)
def test_ending_by_date_agrees_with_counting_days(rule: WeeklyRule, days: int) -> None:
    by_date = replace(rule, count=None, until=rule.first_date + timedelta(days=days))
    assert [one.local_date for one in occurrences(by_date)] == dates_by_counting(by_date)


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/London", "Australia/Sydney", "America/Santiago"])
def test_every_change_of_clock_for_thirty_eight_years(zone: str) -> None:
    """02:30 on every day of 2000-2037 on which the offset changes."""
    info, changes = ZoneInfo(zone), 0
    for ordinal in range(date(2000, 1, 1).toordinal(), date(2038, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        morning, next_morning = (datetime.combine(day + timedelta(days=n), time(), info) for n in (0, 1))
        if morning.utcoffset() != next_morning.utcoffset():
            changes += 1
            for wanted in (time(0), time(1, 30), time(2, 30), time(23, 30)):
                assert instant_at(day, wanted, info) == first_instant_showing(day, wanted, info)
    assert changes >= 70
