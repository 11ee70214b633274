"""Trusted devices: browsers in which a person has said that they need no second factor for 30 days.

The browser keeps a random token, the database its hash. allauth's own trust is a signed cookie, which nobody can list
and nobody take back. Everything here runs as identity.
"""

import re
import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from mentalspace.core import clock
from mentalspace.people import cookies
from mentalspace.people.models import Session, TrustedDevice
from mentalspace.people.network import client_address

COOKIE = "trusted_device"
LASTS = timedelta(days=30)
MOST_PEOPLE = 8
"""So many people can trust one browser; of more, the oldest is forgotten."""

BROWSERS = (
    (r"Edg\w*", "Edge"),
    (r"OPR|OPT|OPiOS|OPX|Opera\w*", "Opera"),
    (r"SamsungBrowser", "Samsung Internet"),
    (r"Firefox|FxiOS|Focus", "Firefox"),
    (r"CriOS|(?:Headless)?Chrom(?:e|ium)", "Chrome"),
    (r"Safari", "Safari"),
)
"""How each names itself, those first that also name the one they are made from."""

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def trust(request: HttpRequest, user_id: UUID, name: str = "") -> TrustedDevice:
    """Trust this browser with this person, under a token of their own; the token goes out with the answer."""
    agent, token = request.headers.get("User-Agent", ""), secrets.token_urlsafe(32)
    _forget_here(request, user_id)
    device = TrustedDevice.objects.create(
        user_id=user_id,
        device_fingerprint=_hash(token),
        device_name=name or browser_name(agent),
        ip_address=client_address(request),
        user_agent=agent[:300],
        last_used_at=clock.now(),
        expires_at=clock.now() + LASTS,
    )
    tokens = [*_tokens(request), token][-MOST_PEOPLE:]
    cookies.keep(request, COOKIE, ".".join(tokens), seconds=int(LASTS.total_seconds()))
    return device


def here(request: HttpRequest, user_id: UUID) -> TrustedDevice | None:
    """This browser as a device that this person trusts, if it is one. Expiry is looked at, whatever is cleared when."""
    hashes = [_hash(token) for token in _tokens(request)]
    return live(user_id).filter(device_fingerprint__in=hashes).first() if hashes else None


def owner(request: HttpRequest) -> UUID | None:
    """Who trusts this browser; of several, whoever used it last."""
    hashes = [_hash(token) for token in _tokens(request)]
    rows = TrustedDevice.objects.filter(device_fingerprint__in=hashes, expires_at__gt=clock.now())
    return rows.order_by("-last_used_at", "pk").values_list("user_id", flat=True).first() if hashes else None


def live(user_id: UUID) -> QuerySet[TrustedDevice]:
    """A person's devices whose trust has not ended, the last used first."""
    rows = TrustedDevice.objects.filter(user_id=user_id, expires_at__gt=clock.now())
    return rows.order_by("-last_used_at", "-created_at")


def use(device: TrustedDevice) -> None:
    """It stood for the second factor just now."""
    device.last_used_at = clock.now()
    device.save(update_fields=["last_used_at"])


def forget(user_id: UUID, device_id: UUID) -> bool:
    """Take trust back, and end the sessions that rest on it. False when there is no such device."""
    Session.objects.filter(user_id=user_id, trusted_device_id=device_id).delete()
    return bool(TrustedDevice.objects.filter(user_id=user_id, pk=device_id).delete()[0])


def forget_all(user_id: UUID) -> int:
    """Trust no browser of this person's any more. Their sessions are the caller's to end."""
    return TrustedDevice.objects.filter(user_id=user_id).delete()[0]


def browser_name(agent: str) -> str:
    """What to call a browser by what it says of itself, such as "Firefox on Windows"."""
    browser = next((name for mark, name in BROWSERS if re.search(rf"\b(?:{mark})/", agent)), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser


def _forget_here(request: HttpRequest, user_id: UUID) -> None:
    hashes = [_hash(token) for token in _tokens(request)]
    TrustedDevice.objects.filter(user_id=user_id, device_fingerprint__in=hashes).delete()


def _tokens(request: HttpRequest) -> list[str]:
    return [token for token in cookies.read(request, COOKIE).split(".") if token][-MOST_PEOPLE:]


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
