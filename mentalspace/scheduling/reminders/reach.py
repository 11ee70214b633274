"""Where a client can be reached now, and whether they agreed to be: for whatever writes to clients."""

from uuid import UUID

from mentalspace.clients.models import Client
from mentalspace.scheduling.reminders import rules
from mentalspace.scheduling.reminders.models import ContactConsent


def addresses(client: UUID) -> dict[str, str]:
    """By channel, what is in the chart, as messages are sent to it. Empty where there is none, or no client to see."""
    row = Client.objects.filter(pk=client).values_list("email", "primary_phone").first() or ("", "")
    return {channel: rules.plain_address(channel, raw) for channel, raw in zip(rules.CHANNELS, row, strict=True)}


def agreed(client: UUID, channel: str, address: str) -> bool:
    """The client's consent to messages about appointments at exactly this address runs."""
    given = ContactConsent.objects.filter(client_id=client, channel=channel, revoked_at__isnull=True)
    return given.filter(purpose="appointments", address=address).exists()
