"""What the product measures of itself, against the operations runbook's "Key Metrics to Track". Pure functions.

Times are kept as histograms, so that minutes add up to hours and hours to days without losing their percentiles.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
"""Upper ends of the classes of a histogram, in seconds; a last class holds what took longer."""


class State(StrEnum):
    """How something stands. Unknown is never good: nothing was measured, or it could not be."""

    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reading:
    """What happened in a stretch of time: how often, how often badly, seconds (or a sum) in all, and the histogram."""

    count: int = 0
    bad: int = 0
    total: float = 0.0
    buckets: tuple[int, ...] = field(default=(0,) * (len(BOUNDS) + 1))

    def __add__(self, other: "Reading") -> "Reading":
        buckets = tuple(a + b for a, b in zip(self.buckets, other.buckets, strict=True))
        return Reading(self.count + other.count, self.bad + other.bad, self.total + other.total, buckets)

    def since(self, before: "Reading") -> "Reading":
        """What was counted after `before`; all of it when counting began anew, as it does with every start."""
        if self.count < before.count:
            return self
        buckets = tuple(a - b for a, b in zip(self.buckets, before.buckets, strict=True))
        return Reading(self.count - before.count, self.bad - before.bad, self.total - before.total, buckets)


def together(readings: Iterable[Reading]) -> Reading:
    """All of them as one."""
    return sum(readings, Reading())


def percentile(reading: Reading, share: float) -> float | None:
    """Seconds within which this share of what was measured was done, between the bounds as if evenly spread.

    None when nothing was measured; the last bound when it took longer than that.
    """
    if not reading.count:
        return None
    wanted, below, lower = share * reading.count, 0, 0.0
    for upper, number in zip(BOUNDS, reading.buckets, strict=False):
        if number and below + number >= wanted:
            return lower + (upper - lower) * max(wanted - below, 0) / number
        below, lower = below + number, upper
    return BOUNDS[-1]


@dataclass(frozen=True)
class Metric:
    """One line of the runbook's table. `source` is what is stored; `target` and `critical` bound the value.

    `share` is the percentile of a time. `higher_is_better` turns the comparison round (uptime).
    """

    key: str
    title: str
    unit: str
    source: str
    how: str
    target: float | None = None
    critical: float | None = None
    share: float = 0.95
    higher_is_better: bool = False


METRICS = {
    each.key: each
    for each in (
        Metric("page_load", "Page load", "seconds", "page", "Three of four pages are there within", 3, 5, 0.75),
        Metric("api_response", "API response", "seconds", "api", "Nineteen of twenty answers within", 0.5, 2),
        Metric("query_time", "Database query", "seconds", "query", "Nineteen of twenty statements within", 0.2, 1),
        Metric("error_rate", "Errors", "share", "api", "Answers that failed on our side", 0.001, 0.01),
        Metric("uptime", "Uptime", "share", "uptime", "Minutes in which it answered", 0.999, 0.99, 0, True),
        Metric("active_users", "Active users", "count", "users", "People at work, by the quarter of an hour"),
    )
}


def value(metric: Metric, reading: Reading, minutes: int = 0) -> float | None:
    """The metric's figure. `minutes`: how many an uptime is of; those nobody measured were not up. None: no figure."""
    if metric.key == "uptime":
        return min((reading.count - reading.bad) / minutes, 1.0) if minutes and reading.count else None
    if not reading.count:
        return None
    if metric.key == "error_rate":
        return reading.bad / reading.count
    if metric.key == "active_users":
        return reading.total / reading.count
    return percentile(reading, metric.share)


def judge(metric: Metric, figure: float | None) -> State:
    """Good when the target is met, bad beyond the critical line, attention between."""
    if figure is None:
        return State.UNKNOWN
    if metric.target is None or metric.critical is None:
        return State.GOOD
    sign = -1 if metric.higher_is_better else 1
    if sign * figure > sign * metric.critical:
        return State.BAD
    return State.GOOD if sign * figure <= sign * metric.target else State.ATTENTION


def bucket_of(at: datetime, width: timedelta) -> datetime:
    """The beginning of the stretch of this width that a moment lies in, counted from the epoch."""
    seconds = int(at.timestamp())
    return at - timedelta(seconds=seconds % int(width.total_seconds()), microseconds=at.microsecond)
