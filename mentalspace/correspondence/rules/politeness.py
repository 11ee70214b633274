"""Not at night: when a rule speaks to clients, by the quiet hours that reminders keep."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from mentalspace.correspondence.rules.facts import Facts, Point, zone_of_practice
from mentalspace.correspondence.rules.models import NotificationRule
from mentalspace.correspondence.rules.vocabulary import Recipient, Timing
from mentalspace.scheduling.reminders import planning as reminders
from mentalspace.scheduling.reminders.models import ReminderSettings
from mentalspace.scheduling.reminders.rules import Quiet

AHEAD = timedelta(days=4)
"""What a quiet time may bring forward: a weekend, and the evenings around it."""

ZONES = timedelta(hours=15)
"""How far a client's clock may be from the practice's, and an hour more."""


def quiet() -> Quiet:
    """The practice's quiet hours, or the usual ones."""
    return (ReminderSettings.objects.first() or ReminderSettings()).quiet


def heeds(rule: NotificationRule) -> bool:
    """Whether it speaks to clients before something: then rather before a quiet time than after it, as reminders do."""
    return rule.recipient_type == Recipient.CLIENT and rule.when.timing is Timing.BEFORE


def due_of(rule: NotificationRule, point: Point | Facts, zone: ZoneInfo) -> datetime:
    """When the rule speaks of this, by night as by day."""
    return rule.when.due(begins=point.begins, moment=point.moment, zone=zone)


def due_at(rule: NotificationRule, facts: Facts) -> datetime:
    """When the rule speaks of this."""
    due = due_of(rule, facts, zone_of_practice())
    if heeds(rule) and facts.client:
        return quiet().just_before(due, _zone(facts.client, facts))
    return due


def may_be_due(due: datetime, hours: Quiet | None, zone: ZoneInfo, now: datetime) -> bool:
    """Whether it may be time, wherever the client is; `hours` are those to heed. Asked of many things, so it asks
    nothing of the database."""
    return due <= now or (hours is not None and hours.just_before(due, zone) - ZONES <= now)


def first_minute(client: UUID, facts: Facts, now: datetime) -> datetime:
    """Now, or when it is no longer quiet for the client."""
    return quiet().first_minute_after(now, _zone(client, facts))


def _zone(client: UUID, facts: Facts) -> ZoneInfo:
    return reminders.zone_of(client, facts.zone.key)
