"""Whom a rule tells about a thing: people of the staff who work here now, or the client it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from mentalspace.correspondence.rules.facts import Facts
from mentalspace.correspondence.rules.models import NotificationRule
from mentalspace.correspondence.rules.vocabulary import Channel, Recipient
from mentalspace.notify.models import CLIENT, USER
from mentalspace.people.models import Profile

ADMINISTRATORS = Q(roles__role="administrator")


@dataclass(frozen=True)
class Reader:
    """Somebody to tell, and whether they work here or are a client."""

    kind: str
    pk: UUID


def readers(rule: NotificationRule, facts: Facts, today: date) -> list[Reader]:
    """Everybody the rule names, as things stand on this day of the practice; nobody twice.

    Where there is no clinician or no supervisor, the administrators are told: that something waits must reach somebody.
    """
    if rule.recipient_type == Recipient.CLIENT:
        return [Reader(CLIENT, facts.client)] if facts.client else []
    found = _working(_staff(rule, facts, today))
    if not found and rule.recipient_type in (Recipient.CLINICIAN, Recipient.SUPERVISOR):
        found = _working(ADMINISTRATORS)
    return [Reader(USER, pk) for pk in found]


def _working(chosen: Q) -> list[UUID]:
    return list(Profile.objects.staff().filter(chosen).order_by("id").values_list("id", flat=True).distinct())


def _staff(rule: NotificationRule, facts: Facts, today: date) -> Q:
    kind = Recipient(rule.recipient_type)
    if kind is Recipient.CLINICIAN:
        return Q(pk=facts.clinician)
    if kind is Recipient.SUPERVISOR:
        runs = Q(supervises__end_date__isnull=True) | Q(supervises__end_date__gt=today)
        return Q(supervises__supervisee_id=facts.clinician, supervises__start_date__lte=today) & runs
    if kind is Recipient.ADMINISTRATOR:
        return ADMINISTRATORS
    if kind is Recipient.ROLE:
        return Q(roles__role__in=rule.recipients)
    return Q(pk__in=rule.recipients)


def channels(rule: NotificationRule, reader: Reader) -> list[Channel]:
    """How this reader can be told: a client has no bell."""
    return [one for one in rule.channels if reader.kind == USER or one is not Channel.DASHBOARD]


def names(readers_of: Iterable[Reader]) -> list[str]:
    """Who they are, for a rehearsal: colleagues by name, a client as one."""
    found = list(readers_of)
    people: QuerySet[Profile] = Profile.objects.filter(pk__in=[one.pk for one in found if one.kind == USER])
    named = [person.full_name for person in people.order_by("last_name", "first_name", "id")]
    return [*named, *("the client" for one in found if one.kind == CLIENT)]
