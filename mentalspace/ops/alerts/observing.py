"""How checks and metrics stand now, as alerts look at them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from mentalspace.ops.alerts.rules import Kind, Seen
from mentalspace.ops.checklists import queries
from mentalspace.ops.checks.registry import STALE
from mentalspace.ops.metrics.queries import measured
from mentalspace.ops.metrics.rules import METRICS, Metric, State, judge

LATELY = timedelta(minutes=5)
"""Over how much time a metric is judged: whether that lasts is the rule's to say."""

ENOUGH = 5
"""Measurements below which there is no figure to speak of: one slow page of three says nothing. An uptime has one a
minute, and is known from the first."""

PERFORMANCE = "/operations?tab=performance"
FIX = "Open Performance: it names slow statements, and what the database is busy with."


def look(now: datetime) -> list[Seen]:
    """Everything that rules may be about. Two statements."""
    return [*_checks(now), *_metrics(now)]


def _checks(now: datetime) -> Iterator[Seen]:
    for each in queries.checks():
        checked_at = each["checked_at"]
        is_old = checked_at is None or now - checked_at > STALE
        yield Seen(
            kind=Kind.CHECK,
            subject=each["name"],
            title=each["title"],
            state=State(each["state"]),
            says=each["says"],
            at=now if is_old else checked_at,
            fix=each["fix"],
            page=each["page"],
            since=None if is_old else each["since"],
        )


def _metrics(now: datetime) -> Iterator[Seen]:
    for key, (figure, count) in measured(now, LATELY).items():
        metric = METRICS[key]
        if metric.target is None:
            continue
        known = figure if count >= ENOUGH or metric.source == "uptime" else None
        state = judge(metric, known)
        yield Seen(Kind.METRIC, key, metric.title, state, said(metric, known), now, FIX, PERFORMANCE)


def said(metric: Metric, figure: float | None) -> str:
    """A metric's figure in a sentence: "Nineteen of twenty answers within 2.4 s. Target 500 ms, critical 2 s."."""
    if figure is None:
        return "Too little was measured within five minutes to say."
    target, critical = (in_words(metric, each or 0) for each in (metric.target, metric.critical))
    return f"{metric.how}: {in_words(metric, figure)}. Target {target}, critical {critical}."


def in_words(metric: Metric, figure: float) -> str:
    if metric.unit == "share":
        return f"{round(figure * 100, 2):g} %"
    return f"{figure * 1000:.0f} ms" if figure < 1 else f"{round(figure, 2):g} s"
