"""From what happened to what is to be sent: rows of `notification_rule_dispatches`, as the practice's system.

What a room says happened (`notify.happenings`) is planned when its job runs; what comes by time is looked for every
few minutes. Both write the same rows, one for each reader, channel and occasion, unique in the database
(`rule_dispatch_once`): however often something is looked at, by however many workers, it is planned once.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.core import clock
from mentalspace.correspondence.rules import conditions, recipients
from mentalspace.correspondence.rules.causes import CAUSES
from mentalspace.correspondence.rules.defaults import ensure_rules
from mentalspace.correspondence.rules.facts import Cause, Facts, Point, zone_of_practice
from mentalspace.correspondence.rules.models import NotificationRule, RuleDispatch
from mentalspace.correspondence.rules.vocabulary import Timing

LATE = timedelta(days=2)
"""After a standstill, what fell due longer ago than this is not told any more."""


def take(actor: Actor, what: str, entity: UUID) -> None:
    """Something happened: plan what the rules want told of it, and hand over what is due at once."""
    from mentalspace.correspondence.rules.sending import send_due

    with acting_as(actor), transaction.atomic():
        ensure_rules(actor.practice)
        for rule in NotificationRule.objects.active().filter(trigger_event=what):
            cause = CAUSES.get(rule.trigger)
            facts = cause.facts(entity, clock.now()) if cause and cause.is_event else None
            if cause and facts and _is_wanted(rule, cause, facts):
                _plan(rule, facts, due_at(rule, facts, zone_of_practice()))
    send_due(actor)


def look(actor: Actor) -> None:
    """Plan what has become due by time."""
    with acting_as(actor), transaction.atomic():
        ensure_rules(actor.practice)
        rules = [(rule, CAUSES[rule.trigger]) for rule in NotificationRule.objects.active() if rule.trigger in CAUSES]
    for rule, cause in rules:
        if not cause.is_event:
            with acting_as(actor), transaction.atomic():
                _look(rule, cause, clock.now())


def _look(rule: NotificationRule, cause: Cause, now: datetime) -> None:
    zone = zone_of_practice()
    for point in candidates(rule, cause, now - LATE, now):
        due = due_at(rule, point, zone)
        if not _is_time(rule, cause, point, due, now):
            continue
        facts = cause.facts(point.entity, now)
        if facts and due >= (facts.known_at or due) and _is_wanted(rule, cause, facts):
            _plan(rule, facts, now)


def candidates(rule: NotificationRule, cause: Cause, start: datetime, end: datetime) -> Iterable[Point]:
    """The things of which the rule may have to speak between these moments; more rather than fewer."""
    span, until = rule.when.span, end + timedelta(seconds=1)
    if rule.timing_type == Timing.BEFORE:
        return cause.between(start, until + span)
    return cause.between(start - span, until + cause.lead)


def due_at(rule: NotificationRule, point: Point | Facts, zone: ZoneInfo) -> datetime:
    """When the rule speaks of this."""
    return rule.when.due(begins=point.begins, moment=point.moment, zone=zone)


def _is_time(rule: NotificationRule, cause: Cause, point: Point, due: datetime, now: datetime) -> bool:
    """Not before, and of nothing that lay before the rule. What lies ahead and catches up is told late rather than not
    at all."""
    if due > now:
        return False
    return (cause.catches_up and point.moment > now) or due >= max(rule.active_since, now - LATE)


def _is_wanted(rule: NotificationRule, cause: Cause, facts: Facts) -> bool:
    return conditions.hold(cause.asks, rule.conditions, facts.values)


def occasion(rule: NotificationRule, facts: Facts) -> str:
    """What tells two messages about one thing apart: nothing, when it is told of once for ever."""
    return "" if rule.send_once else facts.occasion


def _plan(rule: NotificationRule, facts: Facts, due: datetime) -> None:
    today = clock.now().astimezone(facts.zone).date()
    rows = [
        RuleDispatch(
            practice_id=rule.practice_id,
            rule=rule,
            entity_id=facts.entity,
            occasion=occasion(rule, facts),
            recipient_type=reader.kind,
            recipient_id=reader.pk,
            channel=channel,
            due_at=due,
        )
        for reader in recipients.readers(rule, facts, today)
        for channel in recipients.channels(rule, reader)
    ]
    RuleDispatch.objects.bulk_create(rows, ignore_conflicts=True)
