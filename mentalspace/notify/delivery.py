"""From the outbox to the provider, as the practice's system profile.

Claim (a lease on the row, committed), make the link, send, write down what became of it: no transaction is open while
the provider is spoken to. A worker that dies in between leaves the lease, and the message is taken up again when it
ends; its Message-ID is the row's, so that a server which has it already can tell.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from mentalspace.access.actor import Actor, acting_as, identity_of
from mentalspace.core import clock
from mentalspace.notify.messages import KINDS, LINK
from mentalspace.notify.models import Notification

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""Longer than the longest attempt: connecting, the greeting and each answer may take `EMAIL_TIMEOUT`."""

MOST_ATTEMPTS = 12
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
PERMANENT = 500
"""SMTP answers from here on mean: not this message, not later either (RFC 5321, 4.2.1)."""


class CalledOff(Exception):
    """What the message was to tell is no longer so."""


def deliver_due(actor: Actor) -> int:
    """Try everything that is due in this practice. Returns how many were tried."""
    tried = 0
    while (row := _claim(actor)) is not None:
        _attempt(actor, row)
        tried += 1
    return tried


def deliver(actor: Actor, pk: UUID) -> None:
    """Try this one, unless it has been sent, is being sent, or must wait."""
    row = _claim(actor, pk)
    if row is not None:
        _attempt(actor, row)


def _claim(actor: Actor, pk: UUID | None = None) -> Notification | None:
    now = clock.now()
    with acting_as(actor), transaction.atomic():
        due = Notification.objects.due(now).select_for_update(skip_locked=True, of=("self",))
        row = due.filter(**({"pk": pk} if pk else {})).first()
        return row and row.write(attempts=row.attempts + 1, next_attempt_at=now + LEASE)


def _attempt(actor: Actor, row: Notification) -> None:
    try:
        _send(row)
    except CalledOff:
        _finish(actor, row, cancelled_at=clock.now(), next_attempt_at=None, error_message="Called off: out of date.")
    except Exception as failure:  # whatever it is, the message waits for its next attempt and says why
        log.warning("notification %s was not delivered: %s", row.pk, type(failure).__name__)
        _finish(actor, row, next_attempt_at=next_attempt(row, failure), error_message=_reason(failure))
    else:
        _finish(actor, row, sent_at=clock.now(), sent_successfully=True, next_attempt_at=None, error_message="")


def _send(row: Notification) -> None:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMessage(
        subject=row.message_subject,
        body=_body(row),
        to=[row.recipient_email],
        headers={"Message-ID": f"<{row.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    with get_connection() as provider:  # closed however it ends
        provider.send_messages([message])


def _body(row: Notification) -> str:
    """The text with its link. Raises CalledOff when there is nothing to link to any more."""
    if LINK not in row.message_content:
        return row.message_content
    maker = KINDS[row.kind].link
    if maker is None:  # somebody is called so
        return row.message_content
    with acting_as(identity_of(row.recipient_id) if row.recipient_id else None), transaction.atomic():
        link = maker(row)
    if link is None:
        raise CalledOff
    return row.message_content.replace(LINK, link)


def _finish(actor: Actor, row: Notification, **values: object) -> None:
    with acting_as(actor), transaction.atomic():
        row.write(**values)


def next_attempt(row: Notification, failure: Exception) -> datetime | None:
    """When to try again: 1, 2, 4 … minutes later, at most 6 hours; None when there is no point in it."""
    if _is_permanent(failure) or row.attempts >= MOST_ATTEMPTS:
        return None
    pause: timedelta = FIRST_PAUSE * 2 ** (row.attempts - 1)
    return clock.now() + min(pause, LONGEST_PAUSE)


def _is_permanent(failure: Exception) -> bool:
    """The server wants not this text, or not this reader. A wrong password or sender is ours to put right."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in failure.recipients.values())
    return isinstance(failure, smtplib.SMTPDataError) and failure.smtp_code >= PERMANENT


def _reason(failure: Exception) -> str:
    said = " ".join(str(failure).split())
    return f"{type(failure).__name__}: {said}"[:300]
