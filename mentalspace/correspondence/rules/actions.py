"""What administrators do with notification rules. Each action is one transaction of theirs and names its event."""

from datetime import datetime
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.core.errors import NotAllowed
from mentalspace.correspondence.rules.drafts import Draft, check
from mentalspace.correspondence.rules.errors import RuleChangedElsewhere
from mentalspace.correspondence.rules.models import NotificationRule
from mentalspace.people.abilities import can

RESOURCE = "notification_rule"


@records("rule.added", "{actor} added a notification rule", resource_type=RESOURCE)
def add_rule(*, by: Actor, draft: Draft, now: datetime) -> NotificationRule:
    """From now on; nothing that lies before is told."""
    if not can(by.audience, "set_rules"):
        raise NotAllowed
    check(draft)
    row = NotificationRule(practice_id=by.practice, created_by_id=by.person, active_since=now, **draft.values)
    row.save(force_insert=True)
    return row


@records("rule.changed", "{actor} changed a notification rule", resource_type=RESOURCE)
def change_rule(*, rule_id: UUID, by: Actor, version: int, draft: Draft, now: datetime) -> NotificationRule:
    """All of it. What waits to be sent goes by the rule as it is when its time comes."""
    row = _kept(rule_id, version)
    check(draft)
    since = now if draft.is_active and not row.is_active else row.active_since
    return row.write(**draft.values, active_since=since, updated_by_id=by.person, **row.next_version(now))


@records("rule.switched", "{actor} switched a notification rule on or off", resource_type=RESOURCE)
def switch_rule(*, rule_id: UUID, by: Actor, version: int, is_active: bool, now: datetime) -> NotificationRule:
    """Switched off it says nothing more, also of what waits; switched on it speaks of what comes from then on."""
    row = _kept(rule_id, version)
    since = now if is_active and not row.is_active else row.active_since
    return row.write(is_active=is_active, active_since=since, updated_by_id=by.person, **row.next_version(now))


@records("rule.removed", "{actor} removed a notification rule", resource_type=RESOURCE)
def remove_rule(*, rule_id: UUID, by: Actor, now: datetime) -> NotificationRule:
    """It says nothing more and is on no list; what it has sent keeps naming it."""
    row = NotificationRule.objects.kept().for_change(rule_id)
    return row.write(removed_at=now, is_active=False, updated_by_id=by.person, **row.next_version(now))


def _kept(rule_id: UUID, version: int) -> NotificationRule:
    row = NotificationRule.objects.kept().for_change(rule_id)
    if row.version != version:
        raise RuleChangedElsewhere(data={"version": row.version})
    return row
