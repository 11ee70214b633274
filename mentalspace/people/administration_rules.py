"""Rules about accounts and licenses: pure functions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Status = Literal["active", "invited", "locked", "no_account", "deactivated"]
"""The one word for how somebody stands. `no_account`: named in an imported history, or not invited yet."""

Attention = Literal[
    "no_role",
    "no_second_factor",
    "stale",
    "license_missing",
    "license_expired",
    "license_expiring",
    "no_supervisor",
    "email_unverified",
]

STALE_AFTER = timedelta(days=90)
LICENSE_WARNING = timedelta(days=60)
MOST_SUPERVISEES = 10

LICENSED = {"clinician", "supervisor", "associate"}
"""Hats whose work takes a license."""

PRIVILEGED = {"administrator", "supervisor"}
"""Hats that should sign in with a passkey, which cannot be phished."""

SECOND_FACTORS = {"totp", "webauthn"}
"""Recovery codes alone are none: they come with one of these."""


@dataclass(frozen=True)
class Account:
    """How somebody's account stands, and what their work asks of it."""

    status: Status
    is_verified: bool
    factors: frozenset[str]
    created_at: datetime
    last_sign_in: datetime | None
    roles: frozenset[str]
    license_number: str
    license_expiration_date: date | None
    has_supervisor: bool


def attention_for(account: Account, now: datetime, today: date) -> list[Attention]:
    """What an administrator should see to, most pressing first. Nothing about people who are gone or never came."""
    if account.status in ("deactivated", "no_account"):
        return []
    has_come = account.status != "invited"
    found: dict[Attention, bool] = {
        "no_role": not account.roles,
        "license_expired": license_state(account, today) == "expired",
        "no_supervisor": "associate" in account.roles and not account.has_supervisor,
        "license_missing": license_state(account, today) == "missing",
        "license_expiring": license_state(account, today) == "expiring",
        "no_second_factor": has_come and not account.factors & SECOND_FACTORS,
        "stale": is_stale(account, now),
        "email_unverified": has_come and not account.is_verified,
    }
    return [what for what, is_so in found.items() if is_so]


def is_stale(account: Account, now: datetime) -> bool:
    """Nobody has used this account for 90 days; one that was never used counts from the day it was made."""
    return now - (account.last_sign_in or account.created_at) > STALE_AFTER


def license_state(account: Account, today: date) -> Literal["none", "missing", "expired", "expiring", "good"]:
    """Of somebody whose work takes a license. `today` is the practice's day; the license holds on its last day."""
    if not account.roles & LICENSED:
        return "none"
    if not account.license_number:
        return "missing"
    expires = account.license_expiration_date
    if expires is None:
        return "good"
    if expires < today:
        return "expired"
    return "expiring" if expires - today <= LICENSE_WARNING else "good"
