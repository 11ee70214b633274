"""Who is told of an alert, and by what: the bell, mail and text by the outbox, and the practice's webhook.

Mail and texts hold the check's own words, which are about the product and nobody. Those rows are made in the
transaction that moves the alert on, so each is there once; the outbox sends each once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from mentalspace.access.actor import NOBODY
from mentalspace.core import clock
from mentalspace.correspondence.rules import politeness
from mentalspace.notify.bell import ring
from mentalspace.notify.models import SMS as SMS_CHANNEL
from mentalspace.notify.models import Notification
from mentalspace.ops import reaching
from mentalspace.ops.alerts import webhooks
from mentalspace.ops.alerts.models import SystemAlert, SystemAlertLine, SystemAlertRule
from mentalspace.ops.alerts.rules import Channel, Happened, Severity, Stage
from mentalspace.people.abilities import staff_who
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice

OPENED, ESCALATED, AGAIN, RESOLVED = (
    f"operations.alert_{each}" for each in ("opened", "escalated", "came_back", "resolved")
)
KINDS = {Happened.OPENED: OPENED, Happened.ESCALATED: ESCALATED}
ABOUT = "system_alert"


@dataclass(frozen=True)
class Told:
    """Whom something was said to, and by what; who of them was `reached` by the bell, mail or a text, and who `texted`.
    The webhook reaches nobody in particular."""

    people: tuple[UUID, ...] = ()
    channels: tuple[str, ...] = ()
    reached: tuple[UUID, ...] = ()
    texted: tuple[UUID, ...] = ()


def people_of(step: dict[str, Any]) -> list[Profile]:
    """Who stands in a step and can take an alert on; where nobody can any more, all who can: it must reach somebody."""
    able = staff_who("run_operations")
    named = Q(pk__in=step["people"])
    if step["roles"]:
        named |= Q(pk__in=Profile.objects.filter(roles__role__in=step["roles"]).values("pk"))
    return list(able.filter(named)) or list(able)


def tell(rule: SystemAlertRule, alert: SystemAlert, happened: Happened, *, step: int) -> Told:
    """Tell the people of this step, by the rule's channels."""
    people = people_of(rule.steps[step])
    kind, everybody = KINDS[happened], [one.pk for one in people]
    reached: dict[Channel, list[UUID]] = {}
    if Channel.IN_PRODUCT in rule.channels:
        ring(kind=kind, recipients=everybody, about=alert.pk, values=_short(alert))
        reached[Channel.IN_PRODUCT] = everybody
    if Channel.EMAIL in rule.channels:
        reached[Channel.EMAIL] = _mail(kind, alert, people)
    if Channel.SMS in rule.channels:
        reached[Channel.SMS] = _text(kind, alert, people)
    used = {channel for channel, some in reached.items() if some}
    if to_webhook(rule, alert, happened):
        used.add(Channel.WEBHOOK)
    heard = tuple(one for one in everybody if any(one in some for some in reached.values()))
    return Told(tuple(everybody), _in_order(used), heard, tuple(reached.get(Channel.SMS, ())))


def tell_resolved(rule: SystemAlertRule, alert: SystemAlert) -> Told:
    """Tell those who were told that it is over: by bell and mail, as far as the rule uses these; never by text."""
    people = list(staff_who("run_operations").filter(pk__in=those_told(alert)))
    used = set()
    if people and Channel.IN_PRODUCT in rule.channels:
        ring(kind=RESOLVED, recipients=[one.pk for one in people], about=alert.pk, values=_short(alert))
        used.add(Channel.IN_PRODUCT)
    if Channel.EMAIL in rule.channels and _mail(RESOLVED, alert, people):
        used.add(Channel.EMAIL)
    if to_webhook(rule, alert, Happened.RESOLVED):
        used.add(Channel.WEBHOOK)
    return Told(tuple(one.pk for one in people), _in_order(used))


def those_told(alert: SystemAlert) -> list[UUID]:
    """Everybody who was told of it since it was opened."""
    lines = SystemAlertLine.objects.filter(alert=alert).values_list("people", flat=True)
    return sorted({person for people in lines for person in people}, key=str)


def ring_again(alert: SystemAlert, people: list[UUID]) -> None:
    ring(kind=AGAIN, recipients=people, about=alert.pk, values=_short(alert))


def to_webhook(rule: SystemAlertRule, alert: SystemAlert, happened: Happened) -> bool:
    """Whether the practice's webhook will hear of it."""
    return Channel.WEBHOOK in rule.channels and webhooks.queue(alert, happened) is not None


def _short(alert: SystemAlert) -> dict[str, str]:
    return {"title": alert.title, "says": alert.says}


def _values(kind: str, alert: SystemAlert, person: Profile) -> dict[str, object]:
    """What a message about an alert says."""
    said: dict[str, object] = {"name": person.full_name, "title": alert.title}
    said["address"] = f"{settings.PUBLIC_URL}/operations/alerts"
    if kind == RESOLVED:
        return said
    return said | {"severity": alert.severity, "says": alert.says, "fix": alert.fix or "The page says more."}


def _mail(kind: str, alert: SystemAlert, people: Iterable[Profile]) -> list[UUID]:
    return reaching.mail(kind, people, partial(_values, kind, alert), about=(ABOUT, alert.pk))


def _text(kind: str, alert: SystemAlert, people: Iterable[Profile]) -> list[UUID]:
    return reaching.text(kind, people, partial(_values, kind, alert), about=(ABOUT, alert.pk))


def is_wanted(row: Notification) -> bool | datetime:
    """Whether a message still says what is so when its time comes: it asks for somebody, until somebody has come. A
    warning wakes nobody by text."""
    alert = _alert_of(row).first()
    if alert is None or alert.stage != Stage.OPEN:
        return False
    if row.notification_type != SMS_CHANNEL or alert.severity == Severity.CRITICAL:
        return True
    now = clock.now()
    zone = Practice.objects.values_list("timezone", flat=True).get(pk=row.practice_id)
    awake = politeness.quiet().first_minute_after(now, ZoneInfo(zone))
    return awake if awake > now else True


def is_still_over(row: Notification) -> bool:
    """Whether the alert has not come back meanwhile."""
    return _alert_of(row).filter(stage=Stage.RESOLVED).exists()


def _alert_of(row: Notification) -> QuerySet[SystemAlert]:
    return SystemAlert.objects.filter(pk=row.related_entity_id or NOBODY)


def _in_order(used: set[Channel]) -> tuple[str, ...]:
    return tuple(each for each in Channel if each in used)
