"""What becomes of an alert: begun, opened, escalated, come back, resolved. As the practice's system.

Here, and nowhere else, an alert opens and ends, and incidents join in (`incidents.joining`). Every step is in the
caller's transaction, on a row that is locked: who is told, is told once.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from mentalspace.audit.models import ADMIN_ACTION, SecurityIncident
from mentalspace.audit.trail import record
from mentalspace.ops.alerts import telling
from mentalspace.ops.alerts.models import STANDING, SystemAlert, SystemAlertLine, SystemAlertRule
from mentalspace.ops.alerts.rules import (
    RETURNS_WITHIN,
    SAME_MOMENT,
    SETTLES,
    TOLD_ELSEWHERE,
    Happened,
    Seen,
    Severity,
    Stage,
    next_step_at,
)
from mentalspace.ops.incidents import joining

log = logging.getLogger(__name__)


def begin(rule: SystemAlertRule, seen: Seen) -> SystemAlert | None:
    """Something is wrong; whether that lasts is to be seen. None when it has been begun already."""
    row = SystemAlert(
        practice_id=rule.practice_id,
        rule=rule,
        kind=seen.kind,
        subject=seen.subject,
        severity=rule.severity,
        title=seen.title,
        says=seen.says,
        fix=seen.fix,
        page=seen.page,
        since=min(seen.since or seen.at, seen.at),
        last_at=seen.at,
    )
    SystemAlert.objects.bulk_create([row], ignore_conflicts=True)
    return SystemAlert.objects.select_for_update(of=("self",), no_key=True).filter(pk=row.pk).first()


def open_alert(rule: SystemAlertRule, alert: SystemAlert, now: datetime) -> SystemAlert:
    """It has held: the first step of the rule is told. What was over a moment ago is open again instead."""
    before = _just_resolved(alert)
    if before is not None:
        alert.delete()
        return _reopen(rule, before, alert, now)
    then = next_step_at(rule.steps, 1, now)
    alert.write(stage=Stage.OPEN, opened_at=now, step=1, severity=rule.severity, next_step_at=then)
    if not rule.subject and (why := _told_elsewhere(alert)):
        telling.to_webhook(rule, alert, Happened.OPENED)
        told = telling.Told()
        _line(alert, Happened.OPENED, now, note=why)
    else:
        told = telling.tell(rule, alert, Happened.OPENED, step=0)
        _line(alert, Happened.OPENED, now, told=told)
    _record("system_alert.opened", "An alert about the product was opened", alert)
    _join(partial(joining.alert_opened, alert, told.reached, told.texted), alert)
    return alert


def _told_elsewhere(alert: SystemAlert) -> str | None:
    """Why nobody has to be told of it, if a security incident was raised of the same thing at the same time."""
    if (elsewhere := TOLD_ELSEWHERE.get(alert.subject)) is None:
        return None
    near = (alert.since - SAME_MOMENT, alert.since + SAME_MOMENT)
    raised = SecurityIncident.objects.filter(incident_type__in=elsewhere.incidents, detected_at__range=near)
    return elsewhere.why if raised.exists() else None


def _just_resolved(alert: SystemAlert) -> SystemAlert | None:
    over = SystemAlert.objects.filter(rule_id=alert.rule_id, subject=alert.subject, stage=Stage.RESOLVED)
    recent = over.filter(resolved_at__gte=alert.since - RETURNS_WITHIN).select_for_update(of=("self",), no_key=True)
    return recent.order_by("-resolved_at").first()


def _reopen(rule: SystemAlertRule, before: SystemAlert, again: SystemAlert, now: datetime) -> SystemAlert:
    """Only the bell and the webhook say so; if it stays, its people are told again when it has settled."""
    before.write(
        stage=Stage.OPEN,
        says=again.says,
        count=before.count + again.count,
        last_at=again.last_at,
        good_since=None,
        unknown_since=None,
        resolved_at=None,
        acknowledged_at=None,
        acknowledged_by=None,
        note="",
        step=0,
        next_step_at=now + timedelta(minutes=SETTLES),
    )
    people = telling.those_told(before)
    telling.ring_again(before, people)
    hears = telling.to_webhook(rule, before, Happened.REOPENED)
    used = (*(("in_product",) if people else ()), *(("webhook",) if hears else ()))
    _line(before, Happened.REOPENED, now, told=telling.Told(tuple(people), used))
    _record("system_alert.reopened", "An alert about the product came back", before)
    _join(partial(joining.alert_back, before), before)
    return before


def escalate_when_due(rule: SystemAlertRule, alert: SystemAlert, now: datetime) -> None:
    """Nobody has taken it on in time: the next step is told."""
    due = alert.next_step_at
    if alert.stage != Stage.OPEN or due is None or due > now:
        return
    step = alert.step
    if step >= len(rule.steps):  # the rule has become shorter meanwhile
        alert.write(next_step_at=None)
        return
    alert.write(step=step + 1, next_step_at=next_step_at(rule.steps, step + 1, now))
    told = telling.tell(rule, alert, Happened.ESCALATED, step=step)
    _line(alert, Happened.ESCALATED, now, told=told)


def resolve_alert(rule: SystemAlertRule, alert: SystemAlert, now: datetime) -> SystemAlert:
    """It is over: those who were told of it are told that, without waking anybody."""
    _close(alert, now)
    _line(alert, Happened.RESOLVED, now, told=telling.tell_resolved(rule, alert))
    _record("system_alert.resolved", "An alert about the product was resolved", alert)
    _join(partial(joining.alert_over, alert), alert)
    return alert


def end_quietly(alert: SystemAlert, now: datetime, why: str) -> None:
    """Nobody looks at it any more: nothing is told."""
    if alert.stage not in STANDING:
        alert.delete()
        return
    _close(alert, now)
    _line(alert, Happened.RESOLVED, now, note=why)
    _join(partial(joining.alert_over, alert), alert)


def _join(work: Callable[[], object], alert: SystemAlert) -> None:
    """Let incidents join in. Where they fail, alerts go on without them."""
    try:
        with transaction.atomic():
            work()
    except Exception:  # whatever it is, people have to be told of what is wrong
        log.exception("incidents could not join in with the alert %s", alert.pk)


def _close(alert: SystemAlert, now: datetime) -> None:
    alert.write(stage=Stage.RESOLVED, resolved_at=now, next_step_at=None, good_since=None, unknown_since=None)


def _line(
    alert: SystemAlert, happened: Happened, now: datetime, *, told: telling.Told | None = None, note: str = ""
) -> None:
    told = told or telling.Told()
    row = SystemAlertLine(practice_id=alert.practice_id, alert=alert, happened=happened, created_at=now, note=note)
    row.people, row.channels = list(told.people), list(told.channels)
    row.save(force_insert=True)


def _record(event: str, sentence: str, alert: SystemAlert) -> None:
    record(
        event,
        sentence,
        resource_type="system_alert",
        action_type=ADMIN_ACTION,
        resource=alert.pk,
        details={"subject": alert.subject, "severity": str(alert.severity)},
        severity="critical" if alert.severity == Severity.CRITICAL else "warning",
    )
