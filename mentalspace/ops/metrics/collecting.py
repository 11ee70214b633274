"""Every minute: what was counted since the last one becomes rows of `metric_points`, in every practice."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction
from prometheus_client import Metric

from mentalspace.access.actor import Actor, acting_as
from mentalspace.core import clock
from mentalspace.launch.keys import write_private
from mentalspace.ops import probe
from mentalspace.ops.metrics.instruments import FOLDER, registry
from mentalspace.ops.metrics.rules import BOUNDS, Reading, bucket_of, together
from mentalspace.ops.models import MetricPoint, Span
from mentalspace.practices.system import system_actors

FAMILIES = {
    "mentalspace_request_seconds": "api",
    "mentalspace_query_seconds": "query",
    "mentalspace_page_seconds": "page",
}
AT_WORK = timedelta(minutes=15)
KEPT = {Span.MINUTE: timedelta(days=2), Span.HOUR: timedelta(days=90), Span.DAY: timedelta(days=6 * 365 + 2)}

ADD = """
insert into metric_points (id, practice_id, created_at, metric, span, at, count, bad, total, buckets)
values (gen_random_uuid(), %s, now(), %s, 'minute', %s, %s, %s, %s, %s)
on conflict (practice_id, metric, span, at) do update set count = metric_points.count + excluded.count,
    bad = metric_points.bad + excluded.bad, total = metric_points.total + excluded.total,
    buckets = array(select a + b from unnest(metric_points.buckets, excluded.buckets) as s(a, b))
"""
"""A worker that was killed and came back within the minute adds to it."""

AT_WORK_NOW = "select count(distinct user_id) from audit_logs where practice_id = %s and created_at > %s"


def counted(families: Iterable[Metric]) -> dict[str, Reading]:
    """What all processes have counted since the product started, by what is stored of it."""
    found = dict.fromkeys(FAMILIES.values(), Reading())
    for family in families:
        if source := FAMILIES.get(family.name):
            found[source] = _reading(family)
    return found


def _reading(family: Metric) -> Reading:
    cumulative = dict.fromkeys((*map(str, BOUNDS), "+Inf"), 0)
    bad, total = 0, 0.0
    for sample in family.samples:
        if not sample.labels.get("route", "api/").startswith("api/"):
            continue
        if sample.name.endswith("_bucket"):
            cumulative[sample.labels["le"]] += int(sample.value)
        elif sample.name.endswith("_sum"):
            total += sample.value
        elif sample.name.endswith("_count") and sample.labels.get("status", "").startswith("5"):
            bad += int(sample.value)
    ends = list(cumulative.values())
    buckets = tuple(upper - lower for upper, lower in zip(ends, [0, *ends], strict=False))
    return Reading(ends[-1], bad, total, buckets)


def collect() -> None:
    """Write down the last minute, in every practice."""
    now = clock.now()
    fresh = _since_the_last_time(counted(registry().collect())) | {
        "uptime": Reading(1, int(not probe.is_up(probe.parts())), 0.0)
    }
    for actor in system_actors():
        with acting_as(actor), transaction.atomic():
            write(actor, now, fresh | {"users": Reading(1, 0, _at_work(actor, now))})


def write(actor: Actor, now: datetime, fresh: Mapping[str, Reading]) -> None:
    """Add these to the minute of `now`."""
    minute = bucket_of(now, timedelta(minutes=1))
    with connection.cursor() as cursor:
        for metric, each in fresh.items():
            if each.count:
                cursor.execute(
                    ADD, [actor.practice, metric, minute, each.count, each.bad, each.total, list(each.buckets)]
                )


def _since_the_last_time(now: dict[str, Reading], remembered: Path | None = None) -> dict[str, Reading]:
    path = remembered or FOLDER / "collected.json"
    try:
        kept = json.loads(path.read_text())
        before = {name: Reading(**each | {"buckets": tuple(each["buckets"])}) for name, each in kept.items()}
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        before = {}
    write_private(path, json.dumps({name: asdict(each) for name, each in now.items()}))
    return {name: each.since(before.get(name, Reading())) for name, each in now.items()}


def _at_work(actor: Actor, now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(AT_WORK_NOW, [actor.practice, now - AT_WORK])
        return int(cursor.fetchone()[0])


def roll_up(actor: Actor) -> None:
    """Add minutes up to hours and hours to days, and let go of what is older than it is kept."""
    now = clock.now()
    for span, of, width, back in (
        (Span.HOUR, Span.MINUTE, timedelta(hours=1), timedelta(hours=6)),
        (Span.DAY, Span.HOUR, timedelta(days=1), timedelta(days=3)),
    ):
        since = bucket_of(now - back, width)
        _sum_up(actor, span, width, list(MetricPoint.objects.filter(span=of, at__gte=since)))
    for span, kept in KEPT.items():
        MetricPoint.objects.filter(span=span, at__lt=now - kept).delete()


def _sum_up(actor: Actor, span: Span, width: timedelta, points: list[MetricPoint]) -> None:
    groups: dict[tuple[str, datetime], list[Reading]] = {}
    for point in points:
        groups.setdefault((point.metric, bucket_of(point.at, width)), []).append(point.reading)
    rows = [
        MetricPoint(practice_id=actor.practice, metric=metric, span=span, at=at, **_columns(together(readings)))
        for (metric, at), readings in groups.items()
    ]
    columns = ["count", "bad", "total", "buckets"]
    unique = ["practice", "metric", "span", "at"]
    MetricPoint.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=columns)


def _columns(reading: Reading) -> dict[str, object]:
    return asdict(reading) | {"buckets": list(reading.buckets)}
