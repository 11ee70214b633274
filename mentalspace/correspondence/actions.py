"""What people do with the outbox: try again, call off, connect who carries it, lift a stop, send a test."""

from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.core.fields import e164
from mentalspace.correspondence.errors import BeingSent, NotConnected, NothingToRetry, NotLifted
from mentalspace.notify import outbox
from mentalspace.notify.accounts import RESEND, SECRETS, TWILIO, in_use, seal
from mentalspace.notify.jobs import deliver
from mentalspace.notify.models import BOUNCED, Notification, ProviderAccount, SuppressedAddress
from mentalspace.people.abilities import can

TEST = "correspondence.test"


@records("message.retried", "{actor} had a message sent again", resource_type="message", severity="warning")
def retry(*, message_id: UUID, by: Actor) -> Notification:
    """Try what waits or was given up at once, with all its attempts before it. Raises NothingToRetry and BeingSent.

    What was tried before stays told from what was not: a carrier may have taken it, and is asked first.
    """
    row = _unsent(message_id)
    row.write(next_attempt_at=clock.now(), attempts=min(row.attempts, 1))
    deliver.defer(practice=str(by.practice), notification=str(row.pk))
    return row


@records("message.called_off", "{actor} called a message off", resource_type="message", severity="warning")
def call_off(*, message_id: UUID) -> Notification:
    """Never send it. Raises NothingToRetry and BeingSent."""
    row = _unsent(message_id)
    return row.write(cancelled_at=clock.now(), next_attempt_at=None)


def _unsent(message_id: UUID) -> Notification:
    row = Notification.objects.for_change(message_id)
    if row.sent_at or row.cancelled_at:
        raise NothingToRetry
    if row.is_being_sent(clock.now()):
        raise BeingSent
    return row


@records("provider.connected", "{actor} connected a provider", resource_type="provider_account", severity="critical")
def connect(*, by: Actor, provider: str, sender: str, secrets: dict[str, str]) -> ProviderAccount:
    """Send by this account from now on; the one before is retired. Raises BadInput for a part that is missing."""
    needed = SECRETS[provider]
    missing = {name: ["Enter it."] for name in needed if not secrets.get(name)}
    if missing:
        raise BadInput("A part of the account is missing.", fields=missing)
    if provider == RESEND and "@" not in sender:
        raise BadInput("Enter the address that writes.", fields={"sender": ["Enter an e-mail address."]})
    if provider == TWILIO and not sender.startswith("MG"):
        sender = _number(sender)
    before = in_use(provider)
    if before:
        before.write(retired_at=clock.now())
    sealed = seal({name: secrets[name] for name in needed})
    row = ProviderAccount(practice_id=by.practice, provider=provider, sender=sender, sealed=sealed, added_by=by.person)
    row.save(force_insert=True)
    return row


def _number(sender: str) -> str:
    try:
        return e164(sender)
    except ValueError as wrong:
        raise BadInput(str(wrong), fields={"sender": [str(wrong)]}) from None


@records(
    "provider.disconnected", "{actor} disconnected a provider", resource_type="provider_account", severity="critical"
)
def disconnect(*, provider: str) -> ProviderAccount:
    """Send by the installation itself again. Raises NotConnected."""
    row = in_use(provider)
    if row is None:
        raise NotConnected
    return row.write(retired_at=clock.now())


@records("message.test_queued", "{actor} had a test message sent", resource_type="message")
def send_test(*, by: Actor, email: str, phone: str) -> Notification:
    """A message that says nothing, to see whether it arrives. Raises NotAllowed, and BadInput unless there is one
    address."""
    if not can(by.audience, "run_outbox"):
        raise NotAllowed
    if bool(email) == bool(phone):
        raise BadInput("Enter one address.", fields={"email": ["Enter an e-mail address or a telephone number."]})
    return outbox.queue(kind=TEST, recipient=by.person, values={}, email=email, phone=phone)


@records("stop.lifted", "{actor} lifted the stop on an address", resource_type="suppressed_address")
def lift(*, stop_id: UUID) -> SuppressedAddress:
    """The address has been put right: messages go there again. Raises NotLifted."""
    row = SuppressedAddress.objects.visible(stop_id)
    if row.reason != BOUNCED or row.lifted_at:
        raise NotLifted
    return SuppressedAddress.objects.for_change(stop_id).write(lifted_at=clock.now())
