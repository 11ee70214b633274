"""From the outbox to the provider, as the practice's system profile.

Claim (a lease on the row, committed), ask whether it is still wanted, make the links, send, write down what became of
it: no transaction is open while the provider is spoken to. A worker that dies in between leaves the lease, and the
message is taken up again when it ends, with the same key (`ports.Letter`): a provider that has it already can tell.
"""

import logging
import random
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from mentalspace.access import downtime
from mentalspace.access.actor import Actor, acting_as, identity_of
from mentalspace.core import clock
from mentalspace.notify import suppression
from mentalspace.notify.accounts import carrier_for
from mentalspace.notify.letterhead import Letterhead, page
from mentalspace.notify.messages import KINDS, mark
from mentalspace.notify.models import CLIENT, EMAIL, LEASE, OUT_OF_DATE, STOPPED, Notification
from mentalspace.notify.ports import Carrier, Later, Letter, Refused, Stopped
from mentalspace.notify.stationery import Stationery

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 12
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
JITTER = 0.2
"""How far a pause strays, as a share of it, so that what failed together does not come back together."""

FEW = 8
"""As many messages go out one after the other: more connections would cost more than they save."""


class CalledOff(Exception):
    """What the message was to tell is no longer so, or nobody may be told; it says why."""


UNTIL_RENEWED = timedelta(minutes=1)
"""How long a worker that is older than a message leaves it to one that is not."""


class PutOff(Exception):
    """The message is not to go before `until`, says who wrote it."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def deliver_due(actor: Actor) -> int:
    """Try everything that is due in this practice, several at once when there is much. Returns how many were tried."""
    with acting_as(actor), transaction.atomic():
        much = Notification.objects.due(clock.now())[FEW:].exists()
    if not much or settings.NOTIFY_CARRIERS == 1:
        return _deliver_some(actor)
    contexts = [copy_context() for _ in range(settings.NOTIFY_CARRIERS)]
    with ThreadPoolExecutor(len(contexts)) as pool:
        return sum(pool.map(lambda context: context.run(_apart, actor), contexts))


def _apart(actor: Actor) -> int:
    try:
        return _deliver_some(actor)
    finally:
        connection.close()


def _deliver_some(actor: Actor) -> int:
    tried, stationery = 0, Stationery()
    while (row := _claim(actor)) is not None:
        _attempt(actor, row, stationery)
        tried += 1
    return tried


def deliver(actor: Actor, pk: UUID) -> None:
    """Try this one, unless it has been sent, is being sent, or must wait."""
    row = _claim(actor, pk)
    if row is not None:
        _attempt(actor, row, Stationery())


def _claim(actor: Actor, pk: UUID | None = None) -> Notification | None:
    now = clock.now()
    with acting_as(actor), transaction.atomic():
        if downtime.standing(actor.practice):  # also when it began while others were on their way
            return None
        due = Notification.objects.due(now).select_for_update(skip_locked=True, of=("self",))
        row = due.filter(**({"pk": pk} if pk else {})).first()
        return row and row.write(attempts=row.attempts + 1, next_attempt_at=now + LEASE, error_message="")


def _attempt(actor: Actor, row: Notification, stationery: Stationery) -> None:
    try:
        carrier, letter = _prepare(actor, row, stationery)
        sent = {"provider": carrier.name, "external_id": carrier.send(letter)[:120]}
    except CalledOff as why:
        _finish(actor, row, cancelled_at=clock.now(), next_attempt_at=None, error_message=str(why))
    except PutOff as wish:  # nothing was tried
        _finish(actor, row, next_attempt_at=wish.until, attempts=row.attempts - 1)
    except Exception as failure:  # whatever it is, the message waits for its next attempt and says why
        log.warning("notification %s was not delivered: %s", row.pk, type(failure).__name__)
        if isinstance(failure, Stopped):
            with acting_as(actor), transaction.atomic():
                suppression.suppress(row.notification_type, row.address, STOPPED)
        _finish(actor, row, next_attempt_at=next_attempt(row, failure), error_message=_reason(failure))
    else:
        now = clock.now()
        _finish(actor, row, **sent, sent_at=now, sent_successfully=True, next_attempt_at=None, error_message="")


def _prepare(actor: Actor, row: Notification, stationery: Stationery) -> tuple[Carrier, Letter]:
    """What to hand over, and to whom. Raises CalledOff and PutOff."""
    kind = KINDS.get(row.kind)
    if kind is None:  # a newer version of the product queued it; only that knows its links, and whether it is wanted
        raise PutOff(clock.now() + UNTIL_RENEWED)
    with acting_as(actor), transaction.atomic():
        wanted = kind.wanted(row) if kind.wanted else True
        if isinstance(wanted, datetime):
            raise PutOff(wanted)
        if not wanted:
            raise CalledOff(OUT_OF_DATE)
        if why := suppression.reason(row.notification_type, row.address):
            raise CalledOff(why)
        carrier = carrier_for(row.notification_type)
        others = _others(row) if row.attempts > 1 and row.recipient_phone else frozenset()
        around, head = stationery.now()
    text = _text(actor, row)
    letter = Letter(
        key=row.pk,
        practice=row.practice_id,
        to=row.address,
        subject=row.message_subject,
        text=text,
        tried_since=row.created_at if row.attempts > 1 else None,
        others=others,
        sender_name=around.sender_name,
        reply_to=around.reply_to,
        **(_look(row, text, head) if row.notification_type == EMAIL else {}),
    )
    return carrier, letter


def _look(row: Notification, text: str, head: Letterhead) -> dict[str, Any]:
    """A mail's text as mail programs show it."""
    return {
        "html": page(text, subject=row.message_subject, head=head, home=settings.PUBLIC_URL),
        "logo": head.logo,
    }


def _others(row: Notification) -> frozenset[str]:
    """Ids of other texts to this number: a carrier without idempotency keys may not take one of them for this."""
    sent = Notification.objects.filter(recipient_phone=row.recipient_phone, sent_at__gte=row.created_at - LEASE)
    return frozenset(sent.exclude(pk=row.pk).values_list("external_id", flat=True))


def _text(actor: Actor, row: Notification) -> str:
    """The text with its links. Raises CalledOff when there is nothing to link to any more."""
    text = row.message_content
    for name, maker in KINDS[row.kind].links.items():
        if mark(name) not in text:  # the practice's own wording does without
            continue
        by = actor if row.recipient_type == CLIENT else identity_of(row.recipient_id) if row.recipient_id else None
        with acting_as(by), transaction.atomic():
            link = maker(row)
        if link is None:
            raise CalledOff(OUT_OF_DATE)
        text = text.replace(mark(name), link)
    return text


def _finish(actor: Actor, row: Notification, **values: object) -> None:
    with acting_as(actor), transaction.atomic():
        row.write(**values)


def next_attempt(row: Notification, failure: Exception) -> datetime | None:
    """When to try again: about 1, 2, 4 … minutes later, at most 6 hours, or as the provider says; None when there is
    no point in it."""
    if isinstance(failure, Refused) or row.attempts >= MOST_ATTEMPTS:
        return None
    pause: timedelta = min(FIRST_PAUSE * 2 ** (row.attempts - 1), LONGEST_PAUSE)
    told = failure.pause if isinstance(failure, Later) else None
    return clock.now() + max(pause * random.uniform(1, 1 + JITTER), told or pause)  # noqa: S311 - no secret


def _reason(failure: Exception) -> str:
    said = " ".join(str(failure).split())
    known = isinstance(failure, Later | Refused)
    return (said if known else f"{type(failure).__name__}: {said}")[:300]
