"""Seeing what a rule does before it does it: its words on invented data, to oneself, and what it would have done."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.core.errors import NotAllowed
from mentalspace.correspondence.rules import conditions, planning, politeness, recipients, wording
from mentalspace.correspondence.rules.drafts import Draft, check, check_wording
from mentalspace.correspondence.rules.errors import NoSuchAddress
from mentalspace.correspondence.rules.facts import zone_of_practice
from mentalspace.correspondence.rules.models import NotificationRule
from mentalspace.correspondence.rules.sending import letter
from mentalspace.correspondence.rules.vocabulary import Channel, Recipient
from mentalspace.notify import bell, outbox
from mentalspace.notify.fields import literal
from mentalspace.people.abilities import can
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice
from mentalspace.scheduling.reminders import rules as reminders

TEST = "rule.test"
LATELY = timedelta(days=7)
MOST = 50
"""Things a rehearsal shows; more are counted."""

MOST_LOOKED_AT = 500
"""The latest things of the week that are held against the rule."""

LINK = "[where it is]"


def preview(draft: Draft, *, by: Actor) -> list[dict[str, str]]:
    """By channel, subject and text as a reader gets them, with invented values. Raises BadInput."""
    _may(by)
    check_wording(draft)
    is_client = draft.recipient_type == Recipient.CLIENT
    shown = [one for one in draft.unsaved(by.practice).channels if not (is_client and one is Channel.DASHBOARD)]
    return [_shown(draft, one, is_client, by) for one in shown]


def _shown(draft: Draft, channel: Channel, is_client: bool, by: Actor) -> dict[str, str]:
    sample = draft.cause.fields.get(wording.CLIENT)
    client = "Robin" if is_client else sample.sample if sample and channel is Channel.DASHBOARD else wording.SOMEBODY
    subject, text = _texts(draft, client, by)
    if channel is not Channel.DASHBOARD:
        text = letter(text, channel=channel, is_client=is_client).replace("{link}", LINK)
        text = text.replace("{{", "{").replace("}}", "}").strip()
    return {"channel": channel, "subject": "" if channel is Channel.SMS else subject, "text": text}


def _texts(draft: Draft, client: str, by: Actor) -> tuple[str, str]:
    values = {name: said.sample for name, said in draft.cause.fields.items()}
    values["practice"] = Practice.objects.values_list("name", flat=True).get(pk=by.practice)
    return wording.said(draft.message_subject, draft.message_template, values, client=client)


@records("rule.tried", "{actor} sent a notification to themselves", resource_type="notification_rule")
def send_to_oneself(draft: Draft, *, by: Actor) -> Profile:
    """What others would get, with invented values, by the rule's channels. Raises BadInput and NoSuchAddress."""
    person = Profile.objects.get(pk=by.person)
    for made in preview(draft, by=by):
        channel, text = Channel(made["channel"]), made["text"]
        if channel is Channel.DASHBOARD:
            about = ("rules", by.practice)
            bell.put([by.person], kind=TEST, title=made["subject"], text=text, client=None, about=about)
        else:
            _mail(made, channel, person, is_one_of_several=draft.rule_type == Channel.ALL)
    return person


def _mail(made: dict[str, str], channel: Channel, person: Profile, *, is_one_of_several: bool) -> None:
    phone = "" if channel is Channel.EMAIL else reminders.plain_address(reminders.SMS, person.phone_number)
    if channel is Channel.SMS and not phone:
        if is_one_of_several:
            return
        raise NoSuchAddress
    outbox.queue(
        kind=TEST,
        recipient=person.pk,
        values={"text": ""},
        template=literal(made["text"]) + "\n",
        subject=made["subject"] or None,
        email=person.email if channel is Channel.EMAIL else "",
        phone=phone,
    )


def rehearse(draft: Draft, *, by: Actor, now: datetime) -> dict[str, Any]:
    """Whom the rule would have told in the last seven days had it been there: the latest first. Raises BadInput."""
    _may(by)
    check(draft)
    rule = draft.unsaved(by.practice)
    rule.active_since = now - LATELY
    told = sorted(_would_tell(rule, draft, now), key=lambda one: one["at"], reverse=True)
    return {"items": told[:MOST], "count": len(told)}


def _would_tell(rule: NotificationRule, draft: Draft, now: datetime) -> Iterator[dict[str, Any]]:
    """As things stood when the rule would have spoken: a note that was signed since was not, then."""
    zone = zone_of_practice()
    found = planning.candidates(rule, draft.cause, now - LATELY, now)
    dues = [(politeness.due_of(rule, point, zone), point.entity) for point in found]
    lately = sorted((one for one in dues if now - LATELY <= one[0] <= now), reverse=True)
    for at, entity in lately[:MOST_LOOKED_AT]:
        facts = draft.cause.facts(entity, at)
        if facts and conditions.hold(draft.cause.asks, draft.conditions, facts.values):
            readers = recipients.readers(rule, facts, at.astimezone(zone).date())
            if readers and at >= (facts.known_at or at):
                yield {"at": at, "readers": recipients.names(readers)}


def _may(by: Actor) -> None:
    if not can(by.audience, "set_rules"):
        raise NotAllowed
