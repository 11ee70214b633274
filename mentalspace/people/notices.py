"""Telling somebody what was done to their account, at the address it has. As identity, in the caller's transaction."""

from typing import Any
from zoneinfo import ZoneInfo

from mentalspace.core import clock
from mentalspace.notify import outbox
from mentalspace.people.models import User

BY_TEMPLATE = {
    "account/email/password_changed": "your password was changed",
    "account/email/password_set": "a password was set",
    "account/email/password_reset": "a new password was set by a link we had mailed",
    "mfa/email/totp_activated": "an authenticator app was added",
    "mfa/email/totp_deactivated": "the authenticator app was removed",
    "mfa/email/recovery_codes_generated": "new recovery codes were made; the old ones no longer work",
    "mfa/email/webauthn_added": "a passkey was added",
    "mfa/email/webauthn_removed": "a passkey was removed",
}
"""allauth's names for its notices, and ours."""


def tell(user: User, kind: str, **values: Any) -> None:
    """Queue a notice with the person's name and the moment."""
    profile = user.profile
    outbox.queue(
        kind=kind,
        recipient=user.pk,
        email=user.email,
        values={"name": profile.first_name, "when": moment(profile.practice.timezone), **values},
        practice=profile.practice_id,
    )


def moment(timezone: str) -> str:
    """Now, as the practice's clock shows it."""
    return f"{clock.now().astimezone(ZoneInfo(timezone)):%B %-d, %Y at %H:%M} ({timezone})"
