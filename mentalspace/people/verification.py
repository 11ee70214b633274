"""Proving that an e-mail address is read by its owner. allauth's key names the address's row; ours also what stands
there, so that a link to one address never proves another that took its place. As identity."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import get_address_for_user
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.headless.account.inputs import VerifyEmailInput
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from mentalspace.notify import outbox
from mentalspace.notify.models import Notification
from mentalspace.people.models import Profile, User


def send(user_id: UUID) -> bool:
    """Send the link by which somebody confirms their address, unless it is confirmed. Says whether it was sent."""
    account = User.objects.filter(pk=user_id).first()
    profile = Profile.objects.filter(user_id=user_id).first()
    address = get_address_for_user(account) if account is not None else None
    if account is None or profile is None or address is None or address.verified:
        return False
    outbox.queue(
        kind="account.verification",
        recipient=account.pk,
        email=address.email,
        values={"name": profile.first_name},
        practice=profile.practice_id,
    )
    return True


def link(row: Notification) -> str | None:
    """The link to confirm an address, made as it is sent. None when it has been confirmed or changed meanwhile."""
    rows = EmailAddress.objects.filter(user_id=row.recipient_id, user__is_active=True, verified=False)
    address = rows.filter(email=row.recipient_email).first()
    return f"{settings.PUBLIC_URL}/verify/{key_of(address)}" if address else None


def key_of(address: EmailAddress) -> str:
    key = EmailConfirmationHMAC(address).key
    return f"{key}.{_seal(key, address.email)}"


class Confirmation(VerifyEmailInput):  # type: ignore[misc]
    """allauth's check of its own key, once ours has been taken off and compared."""

    def clean_key(self) -> str:
        """The key. Raises ValidationError."""
        whole = self.cleaned_data["key"]
        self.cleaned_data["key"], _, seal = whole.rpartition(".")
        key: str = super().clean_key()
        address: Any = self.verification.email_address
        if not address.user.is_active or not constant_time_compare(seal, _seal(key, address.email)):
            raise get_adapter().validation_error("invalid_or_expired_key")
        return key


def _seal(key: str, email: str) -> str:
    return salted_hmac("mentalspace.people.verification", f"{key} {email.lower()}", algorithm="sha256").hexdigest()[:32]
