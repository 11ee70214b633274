"""Links that let somebody in once: to set a password after a reset, and to take up an account.

Django's tokens: signed over what changes when they are used (password, last sign-in, address), so each works once, and
over when they were made, by the product's clock. Nothing of them is stored, and they are made when the mail is sent.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from mentalspace.core import clock


class ResetTokens(PasswordResetTokenGenerator):
    """Good for an hour (`PASSWORD_RESET_TIMEOUT`), while the account is open. allauth asks here."""

    key_salt = "mentalspace.people.reset"

    def _now(self) -> datetime:
        return clock.now().replace(tzinfo=None)

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.is_active}"


class InvitationTokens(ResetTokens):
    """Good for seven days, until a newer invitation is sent or the account has a password."""

    key_salt = "mentalspace.people.invitation"
    HOURS = 7 * 24

    def _num_seconds(self, dt: Any) -> int:
        """Counted in steps of 168 seconds: as many as a reset link has seconds make seven days."""
        return int(super()._num_seconds(dt)) // self.HOURS

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.invited_at}{user.has_usable_password()}"


RESET, INVITATION = ResetTokens(), InvitationTokens()


def address(page: str, user: Any, tokens: PasswordResetTokenGenerator) -> str:
    """The link to a page, such as `reset`, for this account and nobody else's."""
    return f"{settings.PUBLIC_URL}/{page}/{user_pk_to_url_str(user)}-{tokens.make_token(user)}"


def account_in(key: str) -> UUID | None:
    """Whose link it claims to be."""
    try:
        return UUID(key.partition("-")[0])
    except ValueError:
        return None


def token_in(key: str) -> str:
    return key.partition("-")[2]
