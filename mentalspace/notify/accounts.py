"""The practice's accounts with providers, and which carrier a message takes."""

import json
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.db.models import Q, QuerySet

from mentalspace.core import clock
from mentalspace.notify.adapters.installation import Mail, TextFolder
from mentalspace.notify.adapters.resend import Resend
from mentalspace.notify.adapters.twilio import Twilio
from mentalspace.notify.models import EMAIL, ProviderAccount
from mentalspace.notify.ports import Carrier

RESEND, TWILIO = "resend", "twilio"
SECRETS = {RESEND: ("key", "signing_secret"), TWILIO: ("account", "token")}
"""What an account with each is made of, besides the sender."""

STILL_TELLS = timedelta(days=1)
"""How long a retired account's provider is believed: what it tells may be on its way."""


def seal(secrets: dict[str, str]) -> str:
    """An account's secrets as they are kept."""
    return Fernet(settings.PROVIDER_KEY).encrypt(json.dumps(secrets).encode()).decode()


def unseal(row: ProviderAccount) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Fernet(settings.PROVIDER_KEY).decrypt(row.sealed.encode()))
    return found


def in_use(provider: str) -> ProviderAccount | None:
    """The acting practice's account with this provider."""
    return ProviderAccount.objects.filter(provider=provider, retired_at__isnull=True).first()


def believed(provider: str) -> QuerySet[ProviderAccount]:
    """Accounts whose signature on what the provider tells is good."""
    lately = Q(retired_at__isnull=True) | Q(retired_at__gt=clock.now() - STILL_TELLS)
    return ProviderAccount.objects.filter(lately, provider=provider).order_by("-created_at")


def carrier_for(channel: str) -> Carrier:
    """Who carries the acting practice's messages of this channel; without an account, the installation itself."""
    if channel == EMAIL:
        row = in_use(RESEND)
        return Resend(key=unseal(row)["key"], sender=row.sender) if row else Mail()
    row = in_use(TWILIO)
    if row is None:
        return TextFolder()
    secrets = unseal(row)
    return Twilio(account=secrets["account"], token=secrets["token"], sender=row.sender)
