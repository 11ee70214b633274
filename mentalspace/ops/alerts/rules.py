"""When something is an alert, and what becomes of one. Pure functions: no clock, no database.

An alert is *pending* until what is wrong has held for as long as its rule says; then it is *open*, somebody
*acknowledges* it, and it is *resolved* once the thing has been good for a while. What is not known changes nothing: it
neither opens an alert of a thing that was bad, nor resolves one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from mentalspace.ops.metrics.rules import State


class Kind(StrEnum):
    """What a rule looks at."""

    CHECK = "check"
    METRIC = "metric"


class Condition(StrEnum):
    """When it speaks: beyond the critical line (a check: not good), beyond the target (look at it), or not known."""

    BAD = "bad"
    ATTENTION = "attention"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    WARNING = "warning"
    CRITICAL = "critical"


class Stage(StrEnum):
    """How far an alert has come."""

    PENDING = "pending"
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Channel(StrEnum):
    IN_PRODUCT = "in_product"
    EMAIL = "email"
    SMS = "sms"
    WEBHOOK = "webhook"


class Happened(StrEnum):
    """A line of an alert's history."""

    OPENED = "opened"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    REOPENED = "reopened"
    RESOLVED = "resolved"


RETURNS_WITHIN = timedelta(minutes=30)
"""What is bad again so soon after it was resolved is the same alert: it was not over."""

SETTLES = 10
"""Minutes for which an alert that has come back is quiet but for the bell; then its people are told again."""

GOES_STALE = timedelta(minutes=15)
"""A thing that was wrong, and of which nothing was seen for so long, begins anew."""

UNWATCHED = frozenset({"alerts", "response"})
"""Checks that no rule can name: an alert about alerts is none, and one about incidents would open another."""

LEFT_OUT = UNWATCHED | {"performance", "incidents"}
"""Checks that rules over every check pass by: metrics have rules of their own, security incidents tell and are looked
into under Security. A rule that names one of these two looks at it."""


@dataclass(frozen=True)
class Elsewhere:
    """By which kinds of security incident a check's fact is told, and what the history says then."""

    incidents: tuple[str, ...]
    why: str


TOLD_ELSEWHERE = {
    "backup": Elsewhere(
        ("backup_overdue", "restore_drill_overdue", "backup_log_behind"),
        "The security incident of the overdue backup has told its people itself.",
    ),
}
"""Checks whose fact a security incident tells at the same moment: the first step is its, an alert escalates it."""

SAME_MOMENT = timedelta(minutes=30)
"""How far from the beginning of what is wrong an incident may be to be the one about it. One of the same kind is raised
once a day at most (`continuity.alarm.AGAIN`): of a second time that day, the alert tells."""


@dataclass(frozen=True)
class Seen:
    """How one thing stood: `at` when that was seen, `since` since when it stands so, if that is known."""

    kind: Kind
    subject: str
    title: str
    state: State
    says: str
    at: datetime
    fix: str = ""
    page: str = ""
    since: datetime | None = None


class Verdict(StrEnum):
    """What a rule makes of what was seen. `NEITHER` leaves everything as it is."""

    WRONG = "wrong"
    GOOD = "good"
    NEITHER = "neither"


def judge(condition: Condition, state: State, *, is_covered: bool = False) -> Verdict:
    """Whether this state is what the rule speaks of. `is_covered`: a graver alert about the same thing is open."""
    if condition is Condition.UNKNOWN:
        return Verdict.WRONG if state is State.UNKNOWN else Verdict.GOOD
    if state is State.UNKNOWN:
        return Verdict.NEITHER
    if state is State.BAD:
        return Verdict.NEITHER if is_covered and condition is Condition.ATTENTION else Verdict.WRONG
    wrong = condition is Condition.ATTENTION and state is State.ATTENTION
    return Verdict.WRONG if wrong else Verdict.GOOD


def is_about(kind: Kind, subject: str, seen: Seen) -> bool:
    """Whether a rule of this kind and subject looks at what was seen; an empty subject is every one of the kind."""
    if kind != seen.kind:
        return False
    return subject == seen.subject if subject else seen.subject not in LEFT_OUT


def begun(seen: Seen, before: datetime | None, last_at: datetime | None) -> datetime:
    """Since when it is wrong: as the check tells it, or as it was first seen, unless nothing was seen for a while."""
    kept = before if before and last_at and seen.at - last_at <= GOES_STALE else None
    return min(each for each in (kept, seen.since, seen.at) if each)


def has_held(since: datetime, now: datetime, minutes: int) -> bool:
    """Whether it has been so for as long as the rule says."""
    return now - since >= timedelta(minutes=minutes)


def next_step_at(steps: list[dict[str, Any]], told: int, now: datetime) -> datetime | None:
    """When the next step is told, `told` of them having been; None when there is none left."""
    return now + timedelta(minutes=steps[told]["minutes"]) if told < len(steps) else None
