"""Notification rules over HTTP: parse → one action or query → return."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, Problem
from mentalspace.correspondence.rules import actions, queries, trying
from mentalspace.correspondence.rules.schemas import (
    NotificationRuleChange,
    NotificationRuleIn,
    NotificationRuleOut,
    RehearsalOut,
    RuleSwitch,
    ShownOut,
    TriggerOut,
)
from mentalspace.people import limits
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["notification rules"])
RULE = {200: NotificationRuleOut, **REFUSALS}


@router.get(
    "/notification-rules", response={200: list[NotificationRuleOut], **REFUSALS}, operation_id="list_notification_rules"
)
def list_notification_rules(request: StaffRequest) -> list[dict[str, Any]]:
    """The practice's rules. Not paged: they fit a screen."""
    return queries.rules()


@router.get(
    "/notification-triggers", response={200: list[TriggerOut], **REFUSALS}, operation_id="list_notification_triggers"
)
def list_notification_triggers(request: StaffRequest) -> list[dict[str, Any]]:
    """What a rule can wait for, ask and say. Not paged: a fixed handful."""
    return queries.triggers()


@router.post(
    "/notification-rules", response={201: NotificationRuleOut, **REFUSALS}, operation_id="add_notification_rule"
)
def add_notification_rule(request: StaffRequest, data: NotificationRuleIn) -> Status[dict[str, Any]]:
    """From now on."""
    return Status(201, queries.shown(actions.add_rule(by=request.actor, draft=data.draft(), now=clock.now())))


@router.put("/notification-rules/{rule_id}", response=RULE, operation_id="change_notification_rule")
def change_notification_rule(request: StaffRequest, rule_id: UUID, data: NotificationRuleChange) -> dict[str, Any]:
    """Save all of it."""
    version, draft = data.version, data.draft()
    row = actions.change_rule(rule_id=rule_id, by=request.actor, version=version, draft=draft, now=clock.now())
    return queries.shown(row)


@router.put("/notification-rules/{rule_id}/switch", response=RULE, operation_id="switch_notification_rule")
def switch_notification_rule(request: StaffRequest, rule_id: UUID, data: RuleSwitch) -> dict[str, Any]:
    """On or off."""
    return queries.shown(actions.switch_rule(rule_id=rule_id, by=request.actor, now=clock.now(), **data.dict()))


@router.delete(
    "/notification-rules/{rule_id}", response={204: None, **REFUSALS}, operation_id="remove_notification_rule"
)
def remove_notification_rule(request: StaffRequest, rule_id: UUID) -> Status[None]:
    """It says nothing more, also of what waits."""
    actions.remove_rule(rule_id=rule_id, by=request.actor, now=clock.now())
    return Status(204, None)


@router.post(
    "/notification-rule-previews",
    response={200: list[ShownOut], **REFUSALS},
    operation_id="preview_notification_rule",
)
def preview_notification_rule(request: StaffRequest, data: NotificationRuleIn) -> list[dict[str, str]]:
    """Its words by channel, on invented data. Nothing is sent."""
    return trying.preview(data.draft(), by=request.actor)


@router.post(
    "/notification-rule-tests", response={204: None, **REFUSALS, 429: Problem}, operation_id="try_notification_rule"
)
def try_notification_rule(request: StaffRequest, data: NotificationRuleIn) -> Status[None]:
    """The same, sent to oneself."""
    limits.check("test_message", user=request.actor.person)
    trying.send_to_oneself(data.draft(), by=request.actor)
    return Status(204, None)


@router.post(
    "/notification-rule-rehearsals",
    response={200: RehearsalOut, **REFUSALS},
    operation_id="rehearse_notification_rule",
)
def rehearse_notification_rule(request: StaffRequest, data: NotificationRuleIn) -> dict[str, Any]:
    """Whom it would have told in the last seven days. Names colleagues, and no client."""
    return trying.rehearse(data.draft(), by=request.actor, now=clock.now())
