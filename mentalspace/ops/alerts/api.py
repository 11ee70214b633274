"""Alerts over HTTP, for administrators: parse → one action or query → return."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.core.api import REFUSALS, Page, Problem
from mentalspace.ops.alerts import actions, queries
from mentalspace.ops.alerts.schemas import (
    AcknowledgementIn,
    AlertSummaryOut,
    AlertTestOut,
    SystemAlertFilter,
    SystemAlertOut,
    SystemAlertRuleChange,
    SystemAlertRuleIn,
    SystemAlertRuleOut,
    SystemAlertRulesOut,
    WebhookIn,
    WebhookOut,
    WebhookSetOut,
)
from mentalspace.people import limits
from mentalspace.people.abilities import only_for
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["operations"])


@router.get("/operations/alerts", response={200: Page[SystemAlertOut], **REFUSALS}, operation_id="list_system_alerts")
def list_system_alerts(request: StaffRequest, filters: Query[SystemAlertFilter]) -> dict[str, Any]:
    """Alerts with their history, the latest first, a page at a time."""
    only_for("run_operations", request.actor.audience)
    items, following = queries.listed(**filters.dict())
    return {"items": items, "next": following}


@router.get("/operations/alerts/summary", response={200: AlertSummaryOut, **REFUSALS}, operation_id="get_alert_summary")
def get_alert_summary(request: StaffRequest) -> dict[str, Any]:
    """How many stand, and whether anything is evaluated at all. What the frame asks every minute."""
    only_for("run_operations", request.actor.audience)
    return queries.summary()


@router.post(
    "/operations/alerts/{system_alert_id}/acknowledgement",
    response={200: SystemAlertOut, **REFUSALS},
    operation_id="acknowledge_system_alert",
)
def acknowledge_system_alert(request: StaffRequest, system_alert_id: UUID, data: AcknowledgementIn) -> dict[str, Any]:
    """Take it on: nobody further is called."""
    only_for("run_operations", request.actor.audience)
    row = actions.acknowledge(alert_id=system_alert_id, by=request.actor, note=data.note)
    return queries.shown([row])[0]


@router.get(
    "/operations/alert-rules", response={200: SystemAlertRulesOut, **REFUSALS}, operation_id="list_system_alert_rules"
)
def list_system_alert_rules(request: StaffRequest) -> dict[str, Any]:
    """The practice's rules, and what a rule can be about. Not paged: a practice's rules fit a screen."""
    only_for("run_operations", request.actor.audience)
    return {"rules": queries.rules(), **queries.watchable()}


@router.post(
    "/operations/alert-rules", response={201: SystemAlertRuleOut, **REFUSALS}, operation_id="add_system_alert_rule"
)
def add_system_alert_rule(request: StaffRequest, data: SystemAlertRuleIn) -> Status[Any]:
    """Watch one thing more."""
    only_for("run_operations", request.actor.audience)
    return Status(201, actions.add_rule(by=request.actor, values=data.kept()))


@router.put(
    "/operations/alert-rules/{alert_rule_id}",
    response={200: SystemAlertRuleOut, **REFUSALS},
    operation_id="change_system_alert_rule",
)
def change_system_alert_rule(request: StaffRequest, alert_rule_id: UUID, data: SystemAlertRuleChange) -> Any:
    """Change a rule, or switch it off."""
    only_for("run_operations", request.actor.audience)
    return actions.change_rule(rule_id=alert_rule_id, by=request.actor, version=data.version, values=data.kept())


@router.get("/operations/alert-webhook", response={200: WebhookOut, **REFUSALS}, operation_id="get_alert_webhook")
def get_alert_webhook(request: StaffRequest) -> dict[str, Any]:
    """Where alerts are told outside, and how that went lately."""
    only_for("run_operations", request.actor.audience)
    return queries.webhook()


@router.put("/operations/alert-webhook", response={200: WebhookSetOut, **REFUSALS}, operation_id="set_alert_webhook")
def set_alert_webhook(request: StaffRequest, data: WebhookIn) -> dict[str, Any]:
    """Tell this address from now on. Its secret is in this answer, and in no other."""
    only_for("run_operations", request.actor.audience)
    secret = actions.set_webhook(by=request.actor, url=data.url).secret
    return queries.webhook() | {"secret": secret}


@router.delete("/operations/alert-webhook", response={200: WebhookOut, **REFUSALS}, operation_id="remove_alert_webhook")
def remove_alert_webhook(request: StaffRequest) -> dict[str, Any]:
    """Tell it nothing more."""
    only_for("run_operations", request.actor.audience)
    actions.remove_webhook(by=request.actor)
    return queries.webhook()


@router.post(
    "/operations/alert-tests", response={201: AlertTestOut, **REFUSALS, 429: Problem}, operation_id="send_test_alert"
)
def send_test_alert(request: StaffRequest) -> Status[dict[str, Any]]:
    """Send oneself a test alert, and one to the webhook."""
    only_for("run_operations", request.actor.audience)
    limits.check("test_message", user=request.actor.person)
    return Status(201, {"channels": actions.send_test(by=request.actor)})
