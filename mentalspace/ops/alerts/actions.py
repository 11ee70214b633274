"""What administrators do with alerts: take one on, change the rules, name a webhook, try it all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.env import environment
from mentalspace.ops.alerts import addresses, defaults, trying, webhooks
from mentalspace.ops.alerts.delivery import seal
from mentalspace.ops.alerts.errors import (
    AlertRuleChangedElsewhere,
    AlreadyOver,
    AlreadyTaken,
    NameTaken,
    NoWebhook,
)
from mentalspace.ops.alerts.models import AlertWebhook, SystemAlert, SystemAlertLine, SystemAlertRule
from mentalspace.ops.alerts.rules import UNWATCHED, Channel, Happened, Kind, Stage
from mentalspace.ops.checks.registry import CHECKS
from mentalspace.ops.incidents import joining
from mentalspace.ops.metrics.rules import METRICS
from mentalspace.people.abilities import can, staff_who

Step = dict[str, Any]
"""`{minutes, roles, people}`, as a rule keeps it."""


@dataclass(frozen=True)
class NewWebhook:
    """A webhook that was just named, and what it is told by is signed with."""

    pk: UUID
    secret: str = field(repr=False)


@records("system_alert.acknowledged", "{actor} took an alert on", resource_type="system_alert")
def acknowledge(*, alert_id: UUID, by: Actor, note: str) -> SystemAlert:
    """Somebody sees to it: nobody further is called. Raises AlreadyTaken and AlreadyOver."""
    _refuse_unless_open(SystemAlert.objects.visible(alert_id))
    row = SystemAlert.objects.select_for_update(of=("self",)).filter(pk=alert_id).first()
    if row is None:  # whoever was first has just committed: an alert that is not open cannot be locked
        _refuse_unless_open(SystemAlert.objects.visible(alert_id))
        raise NotAllowed
    now = clock.now()
    row.write(stage=Stage.ACKNOWLEDGED, acknowledged_by=by.person, acknowledged_at=now, note=note, next_step_at=None)
    line = SystemAlertLine(practice_id=by.practice, alert=row, happened=Happened.ACKNOWLEDGED, created_at=now)
    line.person, line.note = by.person, note
    line.save(force_insert=True)
    if Channel.WEBHOOK in row.rule.channels:
        webhooks.queue(row, Happened.ACKNOWLEDGED)
    joining.alert_taken(row, by)
    return row


def _refuse_unless_open(row: SystemAlert) -> None:
    if row.stage == Stage.ACKNOWLEDGED:
        raise AlreadyTaken
    if row.stage == Stage.RESOLVED:
        raise AlreadyOver


@records("system_alert_rule.added", "{actor} added a rule for alerts", resource_type="system_alert_rule")
def add_rule(*, by: Actor, values: dict[str, Any]) -> SystemAlertRule:
    """Watch one check or metric more. Raises BadInput and NameTaken."""
    _can(by)
    row = SystemAlertRule(practice_id=by.practice, **_checked(values))
    with _named_once():
        row.save(force_insert=True)
    return row


@records(
    "system_alert_rule.changed",
    "{actor} changed a rule for alerts",
    resource_type="system_alert_rule",
    severity="warning",
)
def change_rule(*, rule_id: UUID, by: Actor, version: int, values: dict[str, Any]) -> SystemAlertRule:
    """Change a rule, or switch it off: what is open by it ends a minute later, quietly.

    What a rule of the product's own looks at stays; who stood in it and no longer runs operations is left out. Raises
    AlertRuleChangedElsewhere, BadInput and NameTaken.
    """
    _can(by)
    row = SystemAlertRule.objects.for_change(rule_id)
    if row.version != version:
        raise AlertRuleChangedElsewhere(data={"version": row.version})
    if row.default_key:
        values = values | {"kind": row.kind, "subject": row.subject, "condition": row.condition}
    values = _checked(values, row.steps)
    with _named_once():
        return row.write(**values, **row.next_version(clock.now()))


def _can(by: Actor) -> None:
    if not can(by.audience, "run_operations"):
        raise NotAllowed


def _checked(values: dict[str, Any], before: Sequence[Step] = ()) -> dict[str, Any]:
    """A rule's values as they are kept; `before` are its present steps. Raises BadInput."""
    known: set[str] = (
        set(CHECKS) - UNWATCHED if values["kind"] == Kind.CHECK else {key for key, of in METRICS.items() if of.target}
    )
    if values["subject"] and values["subject"] not in known:
        raise BadInput("There is no such thing to watch.", fields={"subject": ["Choose one of the list."]})
    return values | {"steps": _steps(values["steps"], before)}


def _steps(steps: Sequence[Step], before: Sequence[Step]) -> list[Step]:
    """Without those who were named in it earlier and left: only who is named anew has to run operations."""
    named = _named(steps)
    told = {str(pk) for pk in staff_who("run_operations").filter(pk__in=named).values_list("pk", flat=True)}
    if named - told - _named(before):
        raise BadInput("Somebody of these does not run operations.", fields={"steps": ["Choose administrators."]})
    if any(not step["roles"] and not step["people"] for step in steps):
        raise BadInput("A step tells nobody.", fields={"steps": ["Choose who is told."]})
    return [_without_others(step, told) for step in steps]


def _without_others(step: Step, told: set[str]) -> Step:
    """A step of which nobody is left tells administrators, as it would have done anyway (`telling.people_of`)."""
    people = [person for person in step["people"] if person in told]
    return step | {"people": people, "roles": step["roles"] or ([] if people else [defaults.ADMINISTRATOR])}


def _named(steps: Sequence[Step]) -> set[str]:
    return {person for step in steps for person in step["people"]}


@contextmanager
def _named_once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if "system_alert_rule_name_once" not in str(clash):
            raise
        raise NameTaken(fields={"name": ["There is a rule of this name."]}) from None


@records("alert_webhook.set", "{actor} named a webhook for alerts", resource_type="alert_webhook", severity="critical")
def set_webhook(*, by: Actor, url: str) -> NewWebhook:
    """Tell this address from now on; what waits for the one before is not sent. Its secret is shown once.

    Raises BadInput for an address that may not be called.
    """
    _can(by)
    try:
        addresses.target(url, environment().webhook_networks)
    except addresses.AddressRefused as refused:
        raise BadInput(str(refused), fields={"url": [str(refused)]}) from None
    _retire()
    secret = webhooks.new_secret()
    row = AlertWebhook(practice_id=by.practice, url=url, sealed=seal(secret), added_by=by.person)
    row.save(force_insert=True)
    return NewWebhook(row.pk, secret)


@records(
    "alert_webhook.removed",
    "{actor} removed the webhook for alerts",
    resource_type="alert_webhook",
    severity="critical",
)
def remove_webhook(*, by: Actor) -> AlertWebhook:
    """Tell it nothing more. Raises NoWebhook."""
    _can(by)
    row = _retire()
    if row is None:
        raise NoWebhook
    return row


def _retire() -> AlertWebhook | None:
    row = AlertWebhook.objects.select_for_update().filter(retired_at__isnull=True).first()
    return row and row.write(retired_at=clock.now())


@records("system_alert.tested", "{actor} sent a test alert", resource_type="system_alert")
def send_test(*, by: Actor) -> list[Channel]:
    """A test alert to whoever asks, by everything they can be told by, and to the webhook. Returns by what."""
    _can(by)
    return trying.send(by)
