"""Telling the practice's webhook: JSON without health information, signed, until it was taken.

Each delivery is `POST`ed with its id, the moment, and `HMAC-SHA256(secret, "<moment>.<body>")`:

    MentalSpace-Delivery: 4e3c…      the same however often it is sent
    MentalSpace-Signature: t=1795464000,v1=5257a8…

A receiver compares the signature, refuses an old moment, and forgets a delivery it has seen. Any 2xx takes it; anything
else is tried again about 1, 2, 4 … minutes later. A worker that dies in between leaves a lease, and it is taken up.

A receiver that is slow, or means harm, holds one of the worker's slots (the jobs share a lock), each try for `LONGEST`
at most, and a round for `BUDGET`.
"""

import hashlib
import hmac
import json
import logging
import random
import ssl
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import urllib3
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from urllib3.exceptions import HTTPError

from mentalspace.access.actor import Actor, acting_as
from mentalspace.core import clock
from mentalspace.env import environment
from mentalspace.ops.alerts import addresses, hurrying
from mentalspace.ops.alerts.models import AlertWebhook, WebhookDelivery

PATIENCE = 10.0
"""Seconds for connecting, and for each piece of the answer."""

LONGEST = 15.0
"""Seconds for all of one try, from the name to the answer's status."""

BUDGET = 30.0
"""Seconds after which a round begins no further try: the next minute's goes on."""

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 12
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
JITTER = 0.2
NO_YES = 300
"""Statuses from here on did not take it."""

NOT_SENT = "It could not be sent; the worker's log says why."

log = logging.getLogger(__name__)


def seal(secret: str) -> str:
    """A webhook's secret as it is kept."""
    return Fernet(settings.PROVIDER_KEY).encrypt(secret.encode()).decode()


def unseal(webhook: AlertWebhook) -> str:
    return Fernet(settings.PROVIDER_KEY).decrypt(webhook.sealed.encode()).decode()


def deliver_due(actor: Actor) -> None:
    """Try what is due in this practice, one after the other, for as long as the budget lasts."""
    until = time.monotonic() + BUDGET
    while deliver(actor) and time.monotonic() < until:
        pass


def deliver(actor: Actor, pk: UUID | None = None) -> bool:
    """Try this one, or what has been due the longest; False when there is nothing to try."""
    row = _claim(actor, pk)
    if row is None:
        return False
    if row.attempts > MOST_ATTEMPTS:  # a worker died with the last of them
        log.error("the delivery %s is given up after %d attempts", row.pk, MOST_ATTEMPTS)
        _finish(actor, row, last_error=row.last_error or NOT_SENT, next_attempt_at=None, attempts=MOST_ATTEMPTS)
        return True
    _attempt(actor, row)
    return True


def _attempt(actor: Actor, row: WebhookDelivery) -> None:
    try:
        url, secret = row.webhook.url, unseal(row.webhook)
        post(url, secret, row.pk, row.payload)
    except (addresses.AddressRefused, HTTPError, NotTaken, hurrying.TooSlow, ssl.SSLError) as failure:
        log.warning("the delivery %s was not taken: %s", row.pk, type(failure).__name__)
        _finish(actor, row, last_error=reason(failure), next_attempt_at=_next(row))
    except Exception:  # what nobody thought of must not be tried for ever, nor keep others from being told
        log.exception("the delivery %s could not be sent", row.pk)
        _finish(actor, row, last_error=NOT_SENT, next_attempt_at=_next(row))
    else:
        _finish(actor, row, last_error="", next_attempt_at=None, delivered_at=clock.now())


def _claim(actor: Actor, pk: UUID | None) -> WebhookDelivery | None:
    now = clock.now()
    with acting_as(actor), transaction.atomic():
        due = WebhookDelivery.objects.filter(delivered_at__isnull=True, next_attempt_at__lte=now)
        due = due.filter(webhook__retired_at__isnull=True).exclude(_has_earlier()).select_related("webhook")
        due = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_attempt_at", "id")
        row = due.filter(**({"pk": pk} if pk else {})).first()
        return row and row.write(attempts=row.attempts + 1, next_attempt_at=now + LEASE)


def _has_earlier() -> Exists:
    """Whether something about the same alert waits there since before: no receiver hears that a thing is over before it
    hears of it. What was given up waits no longer."""
    waiting = WebhookDelivery.objects.filter(delivered_at__isnull=True, next_attempt_at__isnull=False)
    same = waiting.filter(webhook=OuterRef("webhook"), alert=OuterRef("alert"))
    return Exists(same.filter(created_at__lt=OuterRef("created_at")))


def _finish(actor: Actor, row: WebhookDelivery, **values: object) -> None:
    with acting_as(actor), transaction.atomic():
        row.write(**values)


class NotTaken(Exception):
    """The receiver answered, and not with yes."""


def post(url: str, secret: str, delivery: UUID, payload: dict[str, Any]) -> None:
    """Hand one over, within `LONGEST`. Raises AddressRefused, NotTaken, TooSlow, and what urllib3 raises."""
    status = hurrying.within(LONGEST, lambda line: _send(line, url, secret, delivery, payload))
    if not 200 <= status < NO_YES:
        raise NotTaken(f"The receiver answered {status}.")


def _send(line: hurrying.Line, url: str, secret: str, delivery: UUID, payload: dict[str, Any]) -> int:
    """The status it was answered with."""
    to = addresses.target(url, environment().webhook_networks)
    body = json.dumps(payload, sort_keys=True).encode()
    headers = {
        "Host": to.host if to.port in (80, 443) else f"{to.host}:{to.port}",
        "Content-Type": "application/json",
        "User-Agent": "MentalSpace",
        "MentalSpace-Delivery": str(delivery),
        "MentalSpace-Signature": signature(secret, body, int(clock.now().timestamp())),
    }
    with line.watch(_pool(to)) as pool:
        how: dict[str, Any] = {"redirect": False, "retries": False, "preload_content": False, "assert_same_host": False}
        answer = pool.urlopen("POST", to.path, body=body, headers=headers, **how)
        answer.close()
    return int(answer.status)


def signature(secret: str, body: bytes, moment: int) -> str:
    """As the header has it."""
    digest = hmac.new(secret.encode(), b"%d.%s" % (moment, body), hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def _pool(to: addresses.Target) -> urllib3.HTTPConnectionPool:
    """Connections to the address that was looked at, under the name it was looked up by."""
    timeout = urllib3.Timeout(connect=PATIENCE, read=PATIENCE)
    if to.scheme == "http":
        return urllib3.HTTPConnectionPool(to.address, to.port, timeout=timeout, maxsize=1)
    context = ssl.create_default_context()
    named: dict[str, Any] = {"server_hostname": to.host, "assert_hostname": to.host, "ssl_context": context}
    return urllib3.HTTPSConnectionPool(to.address, to.port, timeout=timeout, maxsize=1, **named)


def _next(row: WebhookDelivery) -> datetime | None:
    if row.attempts >= MOST_ATTEMPTS:
        return None
    pause: timedelta = min(FIRST_PAUSE * 2 ** (row.attempts - 1), LONGEST_PAUSE)
    return clock.now() + pause * random.uniform(1, 1 + JITTER)  # noqa: S311 - no secret


def reason(failure: Exception) -> str:
    """What went wrong, for whoever looks after it: what the libraries say only of what is known to be harmless."""
    if isinstance(failure, addresses.AddressRefused | NotTaken):
        return str(failure)
    if isinstance(failure, urllib3.exceptions.TimeoutError):
        return f"It did not answer within {PATIENCE:.0f} seconds."
    if isinstance(failure, hurrying.TooSlow):
        return f"It was too slow: the whole may take {LONGEST:.0f} seconds."
    if isinstance(failure, urllib3.exceptions.SSLError | ssl.SSLError):
        return "Its certificate is not good for this name, or it does not speak TLS."
    return "It could not be reached."
