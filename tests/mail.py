"""The mail the product has sent: what waits is delivered as the worker would, and kept by Django for the test."""

from django.core import mail
from django.core.mail import EmailMessage

from mentalspace.notify.delivery import deliver_due
from mentalspace.practices.system import system_actor
from tests.cast import HERE, NEXT_DOOR


def delivered(to: str | None = None) -> list[EmailMessage]:
    """Send everything that waits. All mail so far in this test, or that to one address."""
    for practice in (HERE, NEXT_DOOR):
        deliver_due(system_actor(practice))
    return [message for message in mail.outbox if to is None or message.to == [to]]
