"""Settings, consents and addresses that reminders need, and what is planned or sent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import Client
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.reminders import sending
from mentalspace.scheduling.reminders.models import ContactConsent, NoticeSettings, ReminderLog, ReminderSettings
from tests.cast import CLEO, HERE, ID, NOW, actor
from tests.mail import delivered

EMAIL = "cleo@home.example"


def remind(**values: Any) -> None:
    """The practice reminds its clients, with these settings; on Saturdays and Sundays too."""
    with acting_as(actor("ada")):
        row = ReminderSettings.objects.first()
        if row is None:
            ReminderSettings(practice_id=HERE, **values).save(force_insert=True)
        else:
            row.write(**values)


def tell(*whom: str, **values: Any) -> None:
    """Changes are told at once, to these."""
    every = dict.fromkeys(("send_on_create", "send_on_update", "send_on_cancel"), True)
    with acting_as(actor("ada")):
        NoticeSettings(practice_id=HERE, notify_recipients=list(whom), **every | values).save(force_insert=True)


def agree(channel: str = "email", address: str = EMAIL, client: UUID = CLEO, *, only: bool = False) -> None:
    """The client has this address and agreed to messages there; with `only`, agreed to another than theirs."""
    with acting_as(actor("ada")):
        field = "email" if channel == "email" else "primary_phone"
        if only:
            ContactConsent.objects.filter(client_id=client).update(revoked_at=NOW, revoked_by=ID["ada"])
        else:
            Client.objects.filter(pk=client).update(**{field: address})
        consent = {"client_id": client, "channel": channel, "address": address, "recorded_by_id": ID["ada"]}
        ContactConsent(practice_id=HERE, given_at=NOW, **consent).save(force_insert=True)


def planned() -> dict[tuple[str, int], datetime]:
    """What waits: (channel, hours before) and when it goes."""
    with acting_as(actor("ada")):
        return {
            (row.reminder_type, row.hours_before): row.due_at
            for row in ReminderLog.objects.filter(status="pending", about="reminder")
        }


def sent() -> list[Any]:
    """Hand over what is due and deliver it; every mail to Cleo so far."""
    sending.send_due(system_actor(HERE))
    return delivered(EMAIL)
