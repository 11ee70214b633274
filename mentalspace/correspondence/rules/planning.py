"""From what happened to what is to be sent: rows of `notification_rule_dispatches`, as the practice's system.

What a room says happened (`notify.happenings`) is planned when its job runs; what comes by time is looked for every
few minutes. Both write the same rows, one for each reader, channel and occasion, unique in the database
(`rule_dispatch_once`): however often something is looked at, by however many workers, it is planned once.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from mentalspace.access.actor import Actor, acting_as
from mentalspace.core import clock
from mentalspace.correspondence.rules import conditions, politeness, recipients
from mentalspace.correspondence.rules.causes import CAUSES
from mentalspace.correspondence.rules.defaults import ensure_rules
from mentalspace.correspondence.rules.facts import Cause, Facts, Point, zone_of_practice
from mentalspace.correspondence.rules.models import DispatchStatus, NotificationRule, RuleDispatch
from mentalspace.correspondence.rules.vocabulary import Channel, Timing
from mentalspace.notify import outbox
from mentalspace.notify.models import Notification

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
                _plan(rule, facts, politeness.due_at(rule, facts))
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
    hours = politeness.quiet() if politeness.heeds(rule) else None
    for point in candidates(rule, cause, now - LATE, now + politeness.AHEAD if hours else now):
        due = politeness.due_of(rule, point, zone)
        if not politeness.may_be_due(due, hours, zone, now) or not _is_told(rule, cause, point, due, now):
            continue
        facts = cause.facts(point.entity, now)
        if facts is None or due < (facts.known_at or due) or not _is_wanted(rule, cause, facts):
            continue
        if politeness.due_at(rule, facts) <= now:
            _plan(rule, facts, now)


def candidates(rule: NotificationRule, cause: Cause, start: datetime, end: datetime) -> Iterable[Point]:
    """The things of which the rule may have to speak between these moments; more rather than fewer."""
    span, until = rule.when.span, end + timedelta(seconds=1)
    if rule.timing_type == Timing.BEFORE:
        return cause.between(start, until + span)
    if rule.timing_type == Timing.AFTER:  # `span` may be an hour more than the offset, in either direction
        return cause.between(start - span, until - span + timedelta(hours=2))
    return cause.between(start - span, until + cause.lead)


def _is_told(rule: NotificationRule, cause: Cause, point: Point, due: datetime, now: datetime) -> bool:
    """Nothing that lay before the rule is. What lies ahead and catches up is told late rather than not at all, by rules
    that count from it."""
    is_late = cause.catches_up and rule.timing_type != Timing.IMMEDIATE and point.moment > now
    return is_late or due >= max(rule.active_since, now - LATE)


def _is_wanted(rule: NotificationRule, cause: Cause, facts: Facts) -> bool:
    return conditions.hold(cause.asks, rule.conditions, facts.values)


def _plan(rule: NotificationRule, facts: Facts, due: datetime) -> None:
    """Once for each occasion, or once for ever: whoever was told by this rule of this thing is then left out."""
    today = clock.now().astimezone(facts.zone).date()
    told: set[tuple[UUID, str]] = set()
    if rule.send_once:
        before = RuleDispatch.objects.filter(rule=rule, entity_id=facts.entity, turn=0)
        told = set(before.values_list("recipient_id", "channel"))
    readers = recipients.readers(rule, facts, today)
    rows = [
        RuleDispatch(
            practice_id=rule.practice_id,
            rule=rule,
            entity_id=facts.entity,
            occasion=facts.occasion,
            recipient_type=reader.kind,
            recipient_id=reader.pk,
            channel=channel,
            due_at=due,
        )
        for reader in readers
        for channel in recipients.channels(rule, reader)
        if (reader.pk, channel) not in told
    ]
    RuleDispatch.objects.bulk_create(rows, ignore_conflicts=True)
    _revive(rule, facts, due, [reader.pk for reader in readers])


def _revive(rule: NotificationRule, facts: Facts, due: datetime, readers: list[UUID]) -> None:
    """What was called off because it was no longer so, and is so again: it is told after all, and still once."""
    from mentalspace.correspondence.rules.sending import PASSED, wanted

    known = RuleDispatch.objects.filter(rule=rule, entity_id=facts.entity, recipient_id__in=readers)
    if not rule.send_once:
        known = known.filter(occasion=facts.occasion)
    off = known.filter(status=DispatchStatus.CALLED_OFF, reason__in=PASSED)
    off.update(status=DispatchStatus.PENDING, reason="", due_at=Greatest("due_at", Value(due)))
    handed_over = known.filter(status=DispatchStatus.SENT).exclude(channel=Channel.DASHBOARD)
    messages = Notification.objects.out_of_date().filter(pk__in=handed_over.values("notification_id"))
    for message in messages.select_for_update(of=("self",)):
        if wanted(message):
            outbox.revive(message)
