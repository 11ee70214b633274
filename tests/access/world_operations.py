"""Rows of what the product notices of itself."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from mentalspace.access.actor import acting_as
from mentalspace.ops.models import (
    AlertWebhook,
    ChecklistSignature,
    CheckResult,
    MaintenanceRun,
    MetricPoint,
    SystemAlert,
    SystemAlertLine,
    SystemAlertRule,
    WebhookDelivery,
)
from tests.access.rows import WHO, Rows, actor
from tests.cast import HERE, NEXT_DOOR


def noticed(w: Rows) -> None:
    now = datetime.now(UTC)
    for who, label, practice in (("sys", "here", HERE), ("sys-next-door", "next door", NEXT_DOOR)):
        point = {"metric": "api", "span": "minute", "at": now, "count": 1, "buckets": [1]}
        w.put(who, label, MetricPoint(practice_id=practice, **point))
        result = {"check_name": "x", "state": "good", "says": "x", "checked_at": now, "since": now}
        w.put(who, label, CheckResult(practice_id=practice, **result))
    w.put("ada", "Ada's", _signature(HERE, WHO["ada"], "morning"))
    w.put("olga", "next door", _signature(NEXT_DOOR, WHO["olga"], "morning"))
    w.would("one's own", lambda me: _signature(HERE, me, "end_of_day"))


def _signature(practice: UUID, by: UUID, kind: str) -> ChecklistSignature:
    day = datetime.now(UTC).date()
    return ChecklistSignature(practice_id=practice, kind=kind, day=day, signed_by=by, lines=[])


def maintenance(w: Rows) -> None:
    w.put("ada", "Ada's", _asked(WHO["ada"], "vacuum"))
    w.would("one's own", lambda me: _asked(me, "devices"))
    w.would("one's own, done", lambda me: _asked(me, "devices", **_ended()))
    w.put("sys", "done", MaintenanceRun(practice_id=HERE, task="indexes", **_ended()))
    w.put("sys-next-door", "next door", MaintenanceRun(practice_id=NEXT_DOOR, task="indexes", **_ended()))


def _asked(by: UUID, task: str, **more: Any) -> MaintenanceRun:
    return MaintenanceRun(practice_id=HERE, task=task, asked_by=by, reason="x", **more)


def _ended() -> dict[str, Any]:
    now = datetime.now(UTC)
    return {"started_at": now, "finished_at": now, "state": "good", "says": "x"}


def alerts(w: Rows) -> None:
    """One at every stage, its history, and the webhook that hears of it."""
    for who, place, practice in (("sys", "", HERE), ("sys-next-door", "next door", NEXT_DOOR)):
        rule = w.put(who, place or "the product's", _rule(practice, "x"))
        for stage in ("pending", "open", "acknowledged", "resolved") if practice == HERE else ("open",):
            alert = w.put(who, place or stage, _alert(rule, stage))
        w.put(who, place or "opened", _line(alert, "opened"))
    w.would("another", lambda me: _rule(HERE, "y"))
    of = w.kept("system_alerts", "open")
    w.put("ada", "Ada took it on", _line(of, "acknowledged", WHO["ada"]))
    w.would("one's own", lambda me: _line(of, "acknowledged", me))
    w.would("one's own, of another kind", lambda me: _line(of, "resolved", me))
    for who, label, practice, at in (("ada", "Ada's", HERE, of), ("olga", "next door", NEXT_DOOR, None)):
        webhook = w.put(who, label, _webhook(practice, WHO[who]))
        w.put(who, label, WebhookDelivery(practice_id=practice, webhook=webhook, alert=at, event="test", payload={}))
    w.would("one's own", lambda me: _webhook(HERE, me, retired_at=datetime.now(UTC)))
    done = WebhookDelivery(practice_id=HERE, webhook=w.kept("alert_webhooks", "Ada's"), event="test", payload={})
    w.put("sys", "delivered", done)
    with acting_as(actor("sys")):
        done.write(delivered_at=datetime.now(UTC))
    w.know("delivered", done)


def _rule(practice: UUID, name: str) -> SystemAlertRule:
    minutes = {"hold_minutes": 0, "clear_minutes": 0}
    what = {"kind": "check", "condition": "bad", "severity": "warning"}
    return SystemAlertRule(practice_id=practice, name=name, channels=["email"], steps=[], **what, **minutes)


def _alert(rule: SystemAlertRule, stage: str) -> SystemAlert:
    now = datetime.now(UTC)
    row = SystemAlert(practice_id=rule.practice_id, rule=rule, kind="check", subject=stage, severity="warning")
    row.stage, row.title, row.says, row.since, row.last_at = stage, "x", "x", now, now
    row.opened_at = None if stage == "pending" else now
    if stage == "acknowledged":
        row.acknowledged_at, row.acknowledged_by = now, WHO["ada"]
    row.resolved_at = now if stage == "resolved" else None
    return row


def _line(alert: SystemAlert, happened: str, person: UUID | None = None) -> SystemAlertLine:
    return SystemAlertLine(practice_id=alert.practice_id, alert=alert, happened=happened, person=person)


def _webhook(practice: UUID, by: UUID, **more: Any) -> AlertWebhook:
    return AlertWebhook(practice_id=practice, url="https://x.example", sealed="x", added_by=by, **more)
