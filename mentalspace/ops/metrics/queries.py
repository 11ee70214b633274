"""The metrics as a page shows them: figures of three spans, and a line to look at."""

from datetime import datetime, timedelta
from typing import Any

from mentalspace.core import clock
from mentalspace.ops.metrics.rules import METRICS, Metric, Reading, bucket_of, judge, together, value
from mentalspace.ops.models import MetricPoint, Span

NOW, DAY, MONTH = timedelta(minutes=15), timedelta(days=1), timedelta(days=30)
WIDTHS = {"day": timedelta(minutes=30), "month": timedelta(days=1)}
"""How much time a point of a chart stands for."""

LENGTH = {Span.MINUTE: timedelta(minutes=1), Span.HOUR: timedelta(hours=1), Span.DAY: timedelta(days=1)}


def readings(now: datetime, within: timedelta) -> dict[str, list[MetricPoint]]:
    """The points since then, by what they are of: by the minute within a day, else by the hour."""
    span = Span.MINUTE if within <= DAY else Span.HOUR
    found: dict[str, list[MetricPoint]] = {}
    for point in MetricPoint.objects.filter(span=span, at__gt=now - within).order_by("at"):
        found.setdefault(point.metric, []).append(point)
    return found


def figures(now: datetime, within: timedelta) -> dict[str, float | None]:
    """Each metric's figure over this span; None where nothing was measured."""
    return _figures(readings(now, within), now, within)


def measured(now: datetime, within: timedelta) -> dict[str, tuple[float | None, int]]:
    """Each metric's figure over this span, and of how many measurements it is."""
    found = readings(now, within)
    return {
        key: (figure, sum(point.count for point in found.get(METRICS[key].source, [])))
        for key, figure in _figures(found, now, within).items()
    }


def _figures(found: dict[str, list[MetricPoint]], now: datetime, within: timedelta) -> dict[str, float | None]:
    return {key: _figure(metric, found.get(metric.source, []), now, within) for key, metric in METRICS.items()}


def _figure(metric: Metric, points: list[MetricPoint], now: datetime, within: timedelta) -> float | None:
    if not points:
        return None
    begun = max(_begun(points[0]), now - within)
    minutes = max(int((now - begun).total_seconds() // 60), 1)
    return value(metric, together(point.reading for point in points), minutes)


def performance(span: str) -> dict[str, Any]:
    """The `PerformanceOut`. Two statements."""
    now = clock.now()
    minutes, hours = readings(now, DAY), readings(now, MONTH)
    recent = {name: [each for each in points if each.at > now - NOW] for name, points in minutes.items()}
    lately, day, month = _figures(recent, now, NOW), _figures(minutes, now, DAY), _figures(hours, now, MONTH)
    points = minutes if span == "day" else hours
    return {
        "metrics": [
            _shown(metric, {"now": lately[key], "day": day[key], "month": month[key]})
            | {"series": _series(metric, points.get(metric.source, []), WIDTHS[span], now)}
            for key, metric in METRICS.items()
        ]
    }


def _shown(metric: Metric, values: dict[str, float | None]) -> dict[str, Any]:
    said = {name: getattr(metric, name) for name in ("key", "title", "unit", "how", "target", "critical")}
    states = {f"{name}_state": judge(metric, figure) for name, figure in values.items()}
    return said | values | states


def _series(metric: Metric, points: list[MetricPoint], width: timedelta, now: datetime) -> list[dict[str, Any]]:
    groups: dict[datetime, Reading] = {}
    for point in points:
        at = bucket_of(point.at, width)
        groups[at] = groups.get(at, Reading()) + point.reading
    return [
        {"at": at, "value": value(metric, reading, _minutes(at, width, now, points))} for at, reading in groups.items()
    ]


def _begun(first: MetricPoint) -> datetime:
    """When measuring began, if it was within this first stretch: its minutes before that were nobody's."""
    return first.at + LENGTH[Span(first.span)] - min(LENGTH[Span(first.span)], timedelta(minutes=first.count))


def _minutes(at: datetime, width: timedelta, now: datetime, points: list[MetricPoint]) -> int:
    """How many minutes of this stretch an uptime is of: from when measuring began, and until now."""
    begins, ends = max(at, _begun(points[0])), min(at + width, now)
    return max(round((ends - begins).total_seconds() / 60), 1)
