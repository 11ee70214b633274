"""Reads of the outbox and of how well messages arrive."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from mentalspace.access.actor import NOBODY, own_practice
from mentalspace.clients.models import Client
from mentalspace.clients.queries import clients_at
from mentalspace.core.paging import page
from mentalspace.notify.accounts import RESEND, TWILIO, in_use
from mentalspace.notify.adapters.installation import Mail, TextFolder
from mentalspace.notify.letterhead import picture_of_page
from mentalspace.notify.messages import KINDS, mark
from mentalspace.notify.models import (
    BOUNCED,
    CLIENT,
    COMPLAINED,
    DELIVERED,
    EMAIL,
    SMS,
    Notification,
    SuppressedAddress,
)
from mentalspace.notify.stationery import Stationery
from mentalspace.people.models import Profile

KEYS = ("-created_at", "-id")
LATELY = timedelta(days=7)
MOST_PROBLEMS = 5

STATES: dict[str, Q] = {
    "sent": Q(sent_at__isnull=False),
    "called_off": Q(sent_at__isnull=True, cancelled_at__isnull=False),
    "failed": Q(sent_at__isnull=True, cancelled_at__isnull=True, next_attempt_at__isnull=True),
    "waiting": Q(sent_at__isnull=True, cancelled_at__isnull=True, next_attempt_at__isnull=False),
}
"""Every message is in exactly one."""


def client_of(row: Notification) -> UUID | None:
    """The client a message goes to, if it goes to one."""
    return row.recipient_id if row.recipient_type == CLIENT else None


def listed(*, state: str, channel: str, cursor: str | None) -> tuple[list[dict[str, Any]], str | None, list[UUID]]:
    """One page of the outbox, the latest first, and the clients whose messages are on it."""
    rows = Notification.objects.filter(STATES[state] if state else Q())
    if channel:
        rows = rows.filter(notification_type=channel)
    found, following = page(rows, keys=KEYS, cursor=cursor)
    names = _names(found)
    shown = [_row(row, names) for row in found]
    return shown, following, [client for row in found if (client := client_of(row))]


def shown(row: Notification) -> dict[str, Any]:
    """One message with its text."""
    more = ("delivery_status_at", "opened_date", "clicked_date", "cancelled_at", "external_id")
    texts = {"content": row.message_content, "html": _html(row) if row.notification_type == EMAIL else ""}
    return _row(row, _names([row])) | {name: getattr(row, name) for name in more} | texts


def _html(row: Notification) -> str:
    """A mail as its reader sees it; its links lead nowhere, since what they were is kept nowhere."""
    text, kind = row.message_content, KINDS.get(row.kind)
    for name in kind.links if kind else ():
        text = text.replace(mark(name), f"{settings.PUBLIC_URL}/…")
    head = Stationery().now()[1]
    return picture_of_page(text, subject=row.message_subject, head=head, home=settings.PUBLIC_URL)


def stops(*, cursor: str | None) -> tuple[list[dict[str, Any]], str | None, list[UUID]]:
    """One page of the addresses that get nothing, the latest first, and the clients whose addresses are on it."""
    found, following = page(SuppressedAddress.objects.filter(lifted_at=None), keys=KEYS, cursor=cursor)
    whose = clients_at([row.address for row in found])
    shown = [_stop(row, whose[row.address]) for row in found]
    return shown, following, [client["id"] for clients in whose.values() for client in clients]


def carriers(now: datetime) -> list[dict[str, Any]]:
    """Who carries mail and who carries texts."""
    return [_carrier(EMAIL, RESEND, Mail.name, now), _carrier(SMS, TWILIO, TextFolder.name, now)]


def _carrier(channel: str, provider: str, own: str, now: datetime) -> dict[str, Any]:
    account = in_use(provider)
    sender = account.sender if account else settings.DEFAULT_FROM_EMAIL if channel == EMAIL else ""
    rows = Notification.objects.filter(notification_type=channel)
    lately = rows.filter(created_at__gt=now - LATELY)
    return {
        "channel": channel,
        "provider": provider if account else own,
        "sender": sender,
        "since": account.created_at if account else None,
        "webhooks": _webhooks(provider),
        "sender_domain": parseaddr(sender)[1].rpartition("@")[2],
        "problems": _problems(lately),
        **_counts(lately, provider if account else own),
        "waiting": rows.filter(STATES["waiting"]).count(),
        **({} if account else {"delivered": None}),
    }


def _counts(rows: QuerySet[Notification], carrier: str) -> dict[str, int]:
    """What went by another carrier before does not count for this one, or no rate would be right after a change."""
    carried = Q(provider=carrier)
    return rows.aggregate(
        sent=Count("pk", filter=STATES["sent"] & carried),
        failed=Count("pk", filter=STATES["failed"]),
        delivered=Count("pk", filter=Q(delivery_status=DELIVERED) & carried),
        bounced=Count("pk", filter=Q(delivery_status__in=[BOUNCED, COMPLAINED]) & carried),
    )


def _problems(rows: QuerySet[Notification]) -> list[dict[str, Any]]:
    told = rows.filter(sent_at=None, cancelled_at=None).exclude(error_message="").values("error_message")
    found = told.annotate(times=Count("pk"), last_at=Max("created_at")).order_by("-times", "error_message")
    return [
        {"problem": row["error_message"], "times": row["times"], "last_at": row["last_at"]}
        for row in found[:MOST_PROBLEMS]
    ]


def _webhooks(provider: str) -> list[str]:
    """Before an account is connected, too: Resend gives its signing secret in return for the address."""
    names = {RESEND: ["resend-webhook"], TWILIO: ["twilio-inbound"]}[provider]
    return [f"{settings.PUBLIC_URL}/functions/v1/{name}/{own_practice()}" for name in names]


def _stop(row: SuppressedAddress, clients: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "channel": row.channel,
        "address": row.address,
        "reason": row.reason,
        "detail": row.detail,
        "since": row.created_at,
        "may_lift": row.reason == BOUNCED,
        "clients": clients,
    }


def _names(rows: Iterable[Notification]) -> dict[UUID, str]:
    """Of each message's reader, by the message."""
    read = {row.pk: (row.recipient_type == CLIENT, row.recipient_id or NOBODY) for row in rows}
    clients = Client.objects.filter(pk__in=[pk for is_client, pk in read.values() if is_client])
    people = Profile.objects.filter(pk__in=[pk for is_client, pk in read.values() if not is_client])
    names = {(True, client.pk): client.chosen_name for client in clients}
    names |= {(False, person.pk): person.full_name for person in people}
    return {message: names.get(reader, "") for message, reader in read.items()}


def _row(row: Notification, names: dict[UUID, str]) -> dict[str, Any]:
    same = (
        "id", "kind", "created_at", "next_attempt_at", "sent_at", "attempts", "provider", "delivery_status",
        "opened", "clicked",
    )  # fmt: skip
    return {name: getattr(row, name) for name in same} | {
        "channel": row.notification_type,
        "recipient_name": names[row.pk],
        "client_id": client_of(row),
        "address": row.address,
        "subject": row.message_subject,
        "state": row.state,
        "problem": row.error_message,
    }
