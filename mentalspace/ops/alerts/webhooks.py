"""The practice's webhook: its secret, and what is to be told there."""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings

from mentalspace.ops.alerts.jobs import deliver_webhook
from mentalspace.ops.alerts.models import AlertWebhook, SystemAlert, WebhookDelivery

SECRET_BYTES = 32
TEST = "test"


def new_secret() -> str:
    """What deliveries are signed with. Shown once."""
    return f"whsec_{secrets.token_urlsafe(SECRET_BYTES)}"


def in_use() -> AlertWebhook | None:
    """The acting practice's webhook."""
    return AlertWebhook.objects.filter(retired_at__isnull=True).first()


def queue(alert: SystemAlert | None, event: str) -> WebhookDelivery | None:
    """Have it told, if and only if the present transaction commits. None without a webhook; no alert is a test."""
    webhook = in_use()
    if webhook is None:
        return None
    row = WebhookDelivery(practice_id=webhook.practice_id, webhook=webhook, alert=alert, event=event, payload={})
    row.payload = _payload(row, alert)
    row.save(force_insert=True)
    deliver_webhook.defer(practice=str(webhook.practice_id), delivery_id=str(row.pk))
    return row


def _payload(row: WebhookDelivery, alert: SystemAlert | None) -> dict[str, Any]:
    said: dict[str, Any] = {"id": str(row.pk), "event": row.event, "at": row.created_at.isoformat(), "alert": None}
    if alert is not None:
        text = ("kind", "subject", "severity", "stage", "title", "says", "fix", "count")
        moments = ("since", "opened_at", "acknowledged_at", "resolved_at")
        said["alert"] = (
            {"id": str(alert.pk), "address": f"{settings.PUBLIC_URL}/operations/alerts"}
            | {name: getattr(alert, name) for name in text}
            | {name: _moment(getattr(alert, name)) for name in moments}
        )
    return said


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
