"""From the plan to the outbox and the bell, as the practice's system, and what the outbox asks before each attempt.

A dispatch is locked, checked and handed over in one transaction: its message exists if and only if the dispatch names
it, whichever worker dies where, and two workers never hold the same one. What has changed since it was planned (the
rule, the thing, who reads it, their consent) calls it off.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mentalspace.access.actor import Actor, acting_as
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.api import is_away
from mentalspace.correspondence.rules import conditions, politeness, recipients, wording
from mentalspace.correspondence.rules.causes import CAUSES
from mentalspace.correspondence.rules.facts import Facts
from mentalspace.correspondence.rules.models import DispatchStatus, NotificationRule, RuleDispatch
from mentalspace.correspondence.rules.vocabulary import Channel
from mentalspace.notify import bell, outbox
from mentalspace.notify.fields import literal
from mentalspace.notify.models import CLIENT, Notification
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice
from mentalspace.scheduling.reminders import reach
from mentalspace.scheduling.reminders import rules as reminders

log = logging.getLogger(__name__)

AT_ONCE = 100
"""Dispatches handed over in one transaction."""

TO_STAFF, TO_CLIENT = "rule.staff", "rule.client"

OFF = "The rule was switched off or removed."
NOT_SO = "It is no longer so."
NOT_THEIRS = "This person is no longer among those the rule tells."
PASSED = (OFF, NOT_SO, NOT_THEIRS)
"""Reasons that pass: when it is so again, it is told after all."""

NO_ADDRESS = "There is no address of this kind."
NO_CONSENT = "The client has not agreed to messages at this address, or took it back."
FAULT = "It could not be prepared: look at the rule's wording."


class NotNow(Exception):
    """Called off, and why."""


class Later(Exception):
    """Not before then."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at


def send_due(actor: Actor) -> None:
    """Hand over everything that is due. Twice in a row does nothing more."""
    while _some(actor):
        pass


def _some(actor: Actor) -> bool:
    with acting_as(actor), transaction.atomic():
        due = RuleDispatch.objects.due(clock.now()).select_for_update(skip_locked=True, of=("self",))
        rows = list(due.select_related("rule")[:AT_ONCE])
        spoken = Counter(row.rule_id for row in rows if _send_one(row, clock.now()))
        for rule, times in sorted(spoken.items()):  # at the end and in one order: two workers count for the same rules
            NotificationRule.objects.filter(pk=rule).update(
                last_executed_at=clock.now(), execution_count=F("execution_count") + times
            )
        return bool(rows)


def _send_one(row: RuleDispatch, now: datetime) -> bool:
    """Whether it went. Raises only when the database is away, and then nothing of the batch is kept."""
    try:
        with transaction.atomic():
            message = _hand_over(row, now)
            row.write(status=DispatchStatus.SENT, sent_at=now, notification_id=message)
            _plan_next(row, now)
    except NotNow as why:
        row.write(status=DispatchStatus.CALLED_OFF, reason=str(why))
    except Later as later:
        row.write(due_at=later.at)
    except Exception as failure:  # whatever it is, the others must go
        if is_away(failure):
            raise
        # Not its text: what a database says of a row may quote it.
        log.error("dispatch %s of a rule could not be prepared: %s", row.pk, type(failure).__name__)
        row.write(status=DispatchStatus.CALLED_OFF, reason=FAULT)
    else:
        return True
    return False


def standing(row: RuleDispatch, now: datetime) -> Facts:
    """What it is about, if the rule still speaks, it is still so, and this reader is still meant.

    Raises NotNow, and Later when the thing has moved, so that its time has not come.
    """
    rule, cause = row.rule, CAUSES.get(row.rule.trigger)
    if cause is None or not rule.is_active or rule.removed_at:
        raise NotNow(OFF)
    facts = cause.facts(row.entity_id, now)
    if facts is None or (not rule.send_once and facts.occasion != row.occasion):
        raise NotNow(NOT_SO)
    if not conditions.hold(cause.asks, rule.conditions, facts.values):
        raise NotNow(NOT_SO)
    today = now.astimezone(facts.zone).date()
    if recipients.Reader(row.recipient_type, row.recipient_id) not in recipients.readers(rule, facts, today):
        raise NotNow(NOT_THEIRS)
    due = politeness.due_at(rule, facts)
    if not row.turn and due > now:
        raise Later(due)
    return facts


def _hand_over(row: RuleDispatch, now: datetime) -> UUID:
    """The row of the outbox, or under the bell. Raises NotNow and Later."""
    facts = standing(row, now)
    if row.channel == Channel.DASHBOARD:
        title, text = texts(row.rule, facts, client=bell.MARK)
        said = {"kind": row.rule.trigger_event, "title": title, "text": text}
        return bell.put([row.recipient_id], **said, client=facts.client, about=_leads_to(row, facts))[0].pk
    return _queued(row, facts, now).pk


def _queued(row: RuleDispatch, facts: Facts, now: datetime) -> Notification:
    is_client = row.recipient_type == CLIENT
    email, phone = _client_address(row, facts, now) if is_client else _staff_address(row)
    subject, text = texts(row.rule, facts, client=_called(facts) if is_client else wording.SOMEBODY)
    return outbox.queue(
        kind=TO_CLIENT if is_client else TO_STAFF,
        recipient=row.recipient_id,
        recipient_type=row.recipient_type,
        values={"text": ""},
        template=letter(text, channel=Channel(row.channel), is_client=is_client),
        subject=subject,
        about=_leads_to(row, facts),
        metadata={"client": str(facts.client)} if facts.client and not is_client else {},
        rule=row.rule_id,
        email=email,
        phone=phone,
    )


def _leads_to(row: RuleDispatch, facts: Facts) -> tuple[str, UUID]:
    """Who is told of themselves is led to their own account: the page about a person is for administrators."""
    return ("account", row.recipient_id) if facts.about == ("person", row.recipient_id) else facts.about


def texts(rule: NotificationRule, facts: Facts, *, client: str) -> tuple[str, str]:
    """Subject and text of a rule about a thing; `client` stands for the client's name."""
    practice = Practice.objects.values_list("name", flat=True).get(pk=rule.practice_id)
    values = {"practice": practice, **facts.said}
    return wording.said(rule.message_subject, rule.message_template, values, client=client)


def letter(text: str, *, channel: Channel, is_client: bool) -> str:
    """The finished text as the outbox takes it: its braces are only braces, a link follows where people sign in."""
    if is_client:
        text = reminders.with_links(_CHANNELS[channel], text, {})
    escaped = literal(text.strip())
    return f"{escaped}\n\n{{link}}\n" if channel is Channel.EMAIL and not is_client else f"{escaped}\n"


_CHANNELS = {Channel.EMAIL: reminders.EMAIL, Channel.SMS: reminders.SMS}


def _staff_address(row: RuleDispatch) -> tuple[str, str]:
    person = Profile.objects.get(pk=row.recipient_id)
    is_email = row.channel == Channel.EMAIL
    address = person.email if is_email else reminders.plain_address(reminders.SMS, person.phone_number)
    if not address:
        raise NotNow(NO_ADDRESS)
    return (address, "") if is_email else ("", address)


def _client_address(row: RuleDispatch, facts: Facts, now: datetime) -> tuple[str, str]:
    """What is in the chart now, when the client agreed to exactly that, and not in their quiet hours."""
    channel = _CHANNELS[Channel(row.channel)]
    address = reach.addresses(row.recipient_id)[channel]
    if not address:
        raise NotNow(NO_ADDRESS)
    if not reach.agreed(row.recipient_id, channel, address):
        raise NotNow(NO_CONSENT)
    polite = politeness.first_minute(row.recipient_id, facts, now)
    if polite > now:
        raise Later(polite)
    return (address, "") if channel == reminders.EMAIL else ("", address)


def _called(facts: Facts) -> str:
    client = Client.objects.only("first_name", "preferred_name").get(pk=facts.client or UUID(int=0))
    return bell.plain(client.preferred_name or client.first_name)


def _plan_next(row: RuleDispatch, now: datetime) -> None:
    rule = row.rule
    if not rule.send_repeatedly or row.turn >= rule.max_repeats:
        return
    again = RuleDispatch(
        practice_id=row.practice_id,
        rule=rule,
        entity_id=row.entity_id,
        occasion=row.occasion,
        turn=row.turn + 1,
        recipient_type=row.recipient_type,
        recipient_id=row.recipient_id,
        channel=row.channel,
        due_at=now + timedelta(hours=rule.repeat_interval),
    )
    RuleDispatch.objects.bulk_create([again], ignore_conflicts=True)


def wanted(message: Notification) -> bool | datetime:
    """Asked by the outbox when an attempt begins: whether all of this still holds, or from when on it may go."""
    row = RuleDispatch.objects.select_related("rule").filter(notification_id=message.pk).first()
    if row is None:
        return False
    try:
        facts = standing(row, clock.now())
        return row.recipient_type != CLIENT or message.address in _client_address(row, facts, clock.now())
    except NotNow:
        return False
    except Later as later:
        return later.at
