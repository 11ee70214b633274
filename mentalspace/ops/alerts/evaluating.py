"""Holding the rules against how things stand, once for each practice, in one transaction.

Twice at once does no harm: whoever comes second waits for the rows of the first, and the database lets one alert that
is not over exist for each rule and subject. Rows are held without their keys: who links one to an incident meanwhile
does not wait, and is not waited for.
"""

from dataclasses import dataclass, field
from datetime import datetime

from mentalspace.access.actor import Actor
from mentalspace.core import clock
from mentalspace.ops.alerts import defaults, lifecycle, observing
from mentalspace.ops.alerts.models import STANDING, SystemAlert, SystemAlertRule
from mentalspace.ops.alerts.rules import (
    Condition,
    Kind,
    Seen,
    Stage,
    Verdict,
    begun,
    has_held,
    is_about,
    judge,
)
from mentalspace.ops.metrics.rules import State

GONE = "The rule was switched off, or no longer looks at this."
GRAVEST_FIRST = tuple(Condition)


@dataclass
class Round:
    """One evaluation: what is not over by (rule, subject), and the things that a grave alert is open about."""

    now: datetime
    alerts: dict[tuple[object, str], SystemAlert]
    grave: set[tuple[str, str]] = field(default_factory=set)

    def covers(self, seen: Seen) -> bool:
        return (seen.kind, seen.subject) in self.grave

    def note(self, rule: SystemAlertRule, alert: SystemAlert) -> None:
        if rule.condition == Condition.BAD and alert.stage in STANDING:
            self.grave.add((alert.kind, alert.subject))


def evaluate(actor: Actor) -> None:
    """Open, escalate and resolve what is to be, as the practice's system, in the caller's transaction."""
    now = clock.now()
    defaults.ensure_rules(actor.practice)
    rules = sorted(SystemAlertRule.objects.filter(is_active=True), key=_gravity)
    standing = SystemAlert.objects.exclude(stage=Stage.RESOLVED).order_by("id")
    locked = standing.select_for_update(of=("self",), no_key=True)
    found = Round(now, {(row.rule_id, row.subject): row for row in locked})
    seen = observing.look(now)
    for rule in rules:
        for each in seen:
            if is_about(Kind(rule.kind), rule.subject, each):
                _hold(rule, each, found)
    for left in found.alerts.values():
        lifecycle.end_quietly(left, now, GONE)


def _gravity(rule: SystemAlertRule) -> tuple[int, str]:
    return GRAVEST_FIRST.index(Condition(rule.condition)), str(rule.pk)


def _hold(rule: SystemAlertRule, seen: Seen, found: Round) -> None:
    alert = found.alerts.pop((rule.pk, seen.subject), None)
    verdict = judge(Condition(rule.condition), seen.state, is_covered=found.covers(seen))
    if verdict is Verdict.WRONG:
        alert = _wrong(rule, alert, seen, found.now)
    elif alert is not None and verdict is Verdict.GOOD:
        alert = _good(rule, alert, seen, found.now)
    elif alert is not None:
        _not_known(rule, alert, seen, found.now)
    if alert is not None:
        found.note(rule, alert)


def _wrong(rule: SystemAlertRule, alert: SystemAlert | None, seen: Seen, now: datetime) -> SystemAlert | None:
    if alert is None:
        alert = lifecycle.begin(rule, seen)
        if alert is None:  # another evaluation has just begun the same
            return None
    elif seen.at > alert.last_at or alert.good_since or alert.unknown_since:
        alert.write(**_seen_again(alert, seen))
    if alert.stage == Stage.PENDING and has_held(alert.since, now, rule.hold_minutes):
        return lifecycle.open_alert(rule, alert, now)
    lifecycle.escalate_when_due(rule, alert, now)
    return alert


def _seen_again(alert: SystemAlert, seen: Seen) -> dict[str, object]:
    since = begun(seen, alert.since, alert.last_at) if alert.stage == Stage.PENDING else alert.since
    said = {"title": seen.title, "says": seen.says, "fix": seen.fix, "page": seen.page}
    more = {"count": alert.count + (seen.at > alert.last_at), "last_at": max(seen.at, alert.last_at)}
    return said | more | {"since": since, "good_since": None, "unknown_since": None}


def _good(rule: SystemAlertRule, alert: SystemAlert, seen: Seen, now: datetime) -> SystemAlert | None:
    if alert.stage == Stage.PENDING:
        alert.delete()
        return None
    since = _good_since(alert, now) or max(seen.since or now, alert.last_at)
    if has_held(since, now, rule.clear_minutes):
        lifecycle.resolve_alert(rule, alert, now)
        return None
    if alert.good_since is None or alert.unknown_since:
        alert.write(good_since=since, unknown_since=None)
    return alert


def _good_since(alert: SystemAlert, now: datetime) -> datetime | None:
    """Since when it is good, later by as long as nobody knew: that neither counts, nor begins it anew."""
    if alert.good_since and alert.unknown_since:
        return alert.good_since + (now - alert.unknown_since)
    return alert.good_since


def _not_known(rule: SystemAlertRule, alert: SystemAlert, seen: Seen, now: datetime) -> None:
    """It stays as it was: what is not known is not good, and nobody was told that it is over."""
    if seen.state is State.UNKNOWN and alert.unknown_since is None:
        alert.write(unknown_since=now)
    lifecycle.escalate_when_due(rule, alert, now)
