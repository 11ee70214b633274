"""Which tasks there are, in the runbook's words, and when each is due. Knows no database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from croniter import croniter  # type: ignore[import-untyped]

AGAIN = timedelta(hours=1)
"""After so long a task that did not go well is tried again."""

GRACE = timedelta(hours=26)
"""So long after its time a task that has not been done is overdue: the machine may be off at night."""


class Often(StrEnum):
    """How often a task is done."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


WHEN = {Often.WEEKLY: "30 3 * * 0", Often.MONTHLY: "30 4 1 * *"}
"""As cron has it, in UTC: on Sundays at half past three, on the first at half past four."""


@dataclass(frozen=True)
class Task:
    """`runbook` is its line there; `does` says what is done, in words for whoever asks for it."""

    key: str
    often: Often
    title: str
    runbook: str
    does: str


TASKS = {
    task.key: task
    for task in (
        Task(
            "vacuum",
            Often.WEEKLY,
            "Vacuum and analyze",
            "Vacuum analyze to optimize performance",
            "Every table is vacuumed and its statistics are made anew. Nobody has to wait for it.",
        ),
        Task(
            "rate_limits",
            Often.WEEKLY,
            "Expired rate limits",
            "Clean up expired rate limits (automated via Edge Function)",
            "Limits that no longer hold anybody up are removed. This is done hourly, too.",
        ),
        Task(
            "devices",
            Often.WEEKLY,
            "Expired trusted devices",
            "Clean up expired trusted devices",
            "Trusted browsers whose thirty days are over are removed. This is done hourly, too.",
        ),
        Task(
            "disk_usage",
            Often.WEEKLY,
            "Disk usage",
            "Review disk usage",
            "The size of the database is written down, beside what it was before.",
        ),
        Task(
            "slow_queries",
            Often.MONTHLY,
            "Slow queries",
            "Review and optimize slow queries",
            "Statements that take more than 100 ms on average are written down.",
        ),
        Task(
            "indexes",
            Often.MONTHLY,
            "Missing and unused indexes",
            "Check for missing indexes",
            "Large tables that are often read from end to end, and large indexes that nothing uses, are written down.",
        ),
        Task(
            "audit_retention",
            Often.MONTHLY,
            "Old audit lines",
            "Archive old audit logs (keep 6 years per HIPAA)",
            "Lines of the audit trail that may be purged are counted. None is removed: that stays somebody's decision.",
        ),
    )
}
"""In the order in which they are shown and done."""


def last_due(often: Often, now: datetime) -> datetime:
    """Its latest time up to now."""
    at: datetime = croniter(WHEN[often], now + timedelta(seconds=1)).get_prev(datetime)
    return at


def next_due(often: Often, now: datetime) -> datetime:
    at: datetime = croniter(WHEN[often], now).get_next(datetime)
    return at


def is_due(often: Often, *, done: datetime | None, went_well: bool, founded: datetime, now: datetime) -> bool:
    """Whether it has to be done now: `done` is when it last was, if ever; `founded` when the practice was."""
    if last_due(often, now) < founded:
        return False
    if not _was_done(often, done, now):
        return True
    return not went_well and done is not None and now - done > AGAIN


def is_overdue(often: Often, *, done: datetime | None, founded: datetime, now: datetime) -> bool:
    """Whether its time has long passed without it."""
    due = last_due(often, now)
    return due >= founded and not _was_done(often, done, now) and now - due > GRACE


def _was_done(often: Often, done: datetime | None, now: datetime) -> bool:
    """Since its time. What a clock that was ahead wrote down does not count."""
    return done is not None and last_due(often, now) <= done <= now
