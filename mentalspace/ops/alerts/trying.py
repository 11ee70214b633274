"""A test alert: whether it arrives, before it has to."""

from django.conf import settings

from mentalspace.access.actor import Actor
from mentalspace.notify import bell
from mentalspace.notify.outbox import queue
from mentalspace.ops.alerts import webhooks
from mentalspace.ops.alerts.rules import Channel
from mentalspace.people.models import Profile
from mentalspace.scheduling.reminders.rules import SMS, plain_address

TEST = "operations.alert_test"


def send(by: Actor) -> list[Channel]:
    """To whoever asks, by everything they can be told by, and to the webhook. Returns by what."""
    me = Profile.objects.get(pk=by.person)
    said = bell.ALERTS[TEST]
    bell.put([me.pk], kind=TEST, title=said.title, text=said.text, client=None, about=(said.about, me.pk))
    used = [Channel.IN_PRODUCT]
    values = {"name": me.full_name, "address": f"{settings.PUBLIC_URL}/operations/alerts"}
    if me.email:
        queue(kind=TEST, recipient=me.pk, email=me.email, values=values)
        used.append(Channel.EMAIL)
    if number := plain_address(SMS, me.phone_number):
        queue(kind=TEST, recipient=me.pk, phone=number, values=values)
        used.append(Channel.SMS)
    if webhooks.queue(None, webhooks.TEST):
        used.append(Channel.WEBHOOK)
    return used
