"""The runbook's table of targets, as pure functions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentalspace.ops.metrics.rules import BOUNDS, METRICS, Reading, State, bucket_of, judge, percentile, together, value


def times(*seconds: float) -> Reading:
    """As a histogram counts them."""
    buckets = [0] * (len(BOUNDS) + 1)
    for each in seconds:
        buckets[next((number for number, bound in enumerate(BOUNDS) if each <= bound), len(BOUNDS))] += 1
    return Reading(len(seconds), 0, sum(seconds), tuple(buckets))


@pytest.mark.parametrize(
    ("key", "figure", "state"),
    [
        ("page_load", 3.0, State.GOOD),
        ("page_load", 3.1, State.ATTENTION),
        ("page_load", 5.0, State.ATTENTION),
        ("page_load", 5.1, State.BAD),
        ("api_response", 0.5, State.GOOD),
        ("api_response", 2.1, State.BAD),
        ("query_time", 0.2, State.GOOD),
        ("query_time", 1.1, State.BAD),
        ("error_rate", 0.001, State.GOOD),
        ("error_rate", 0.0101, State.BAD),
        ("uptime", 0.999, State.GOOD),
        ("uptime", 0.9989, State.ATTENTION),
        ("uptime", 0.98, State.BAD),
        ("active_users", 0.0, State.GOOD),
        ("page_load", None, State.UNKNOWN),
    ],
)
def test_targets_and_critical_lines_are_the_runbook_s(key, figure, state):
    assert judge(METRICS[key], figure) is state


def test_a_percentile_lies_in_the_class_where_it_belongs():
    reading = times(*[0.02] * 19, 1.2)
    assert percentile(reading, 0.95) == pytest.approx(0.025)
    assert percentile(reading, 0.99) == pytest.approx(1.4)
    assert percentile(Reading(), 0.95) is None
    assert percentile(times(99.0), 0.5) == BOUNDS[-1]


@given(st.lists(st.lists(st.sampled_from([0.001, 0.02, 0.3, 1.2, 4, 20]), max_size=8), max_size=4))
def test_minutes_add_up_without_losing_their_percentiles(minutes):
    apart = together(times(*each) for each in minutes)
    whole = times(*[each for minute in minutes for each in minute])
    assert percentile(apart, 0.95) == percentile(whole, 0.95)
    assert (apart.count, apart.buckets) == (whole.count, whole.buckets)


def test_what_began_anew_counts_from_nothing():
    assert times(0.5, 0.25).since(times(0.5)) == times(0.25)
    assert times(0.1).since(times(0.1, 0.2, 0.3)) == times(0.1)


def test_minutes_that_nobody_measured_were_not_up():
    up = Reading(count=50, bad=5)
    assert value(METRICS["uptime"], up, 60) == 0.75
    assert value(METRICS["uptime"], Reading(), 60) is None
    assert value(METRICS["uptime"], Reading(count=61), 60) == 1.0


def test_shares_and_averages():
    assert value(METRICS["error_rate"], Reading(count=200, bad=1)) == 0.005
    assert value(METRICS["active_users"], Reading(count=4, total=10.0)) == 2.5
    assert value(METRICS["error_rate"], Reading()) is None


def test_a_moment_lies_in_the_stretch_that_began_before_it():
    at = datetime(2026, 3, 8, 7, 44, 31, 5, tzinfo=UTC)
    assert bucket_of(at, timedelta(minutes=30)) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert bucket_of(at, timedelta(days=1)) == datetime(2026, 3, 8, tzinfo=UTC)
