"""What must be done before the product opens, whichever way somebody signed in."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from mentalspace.core import clock
from mentalspace.core.errors import Refusal
from mentalspace.people.auth import has_second_factor
from mentalspace.people.models import Profile, User


class SecondFactorMissing(Refusal):
    code, status = "second_factor_missing", 403
    message = "Set up a second factor to go on."


class PasswordChangeDue(Refusal):
    code, status = "password_change_due", 403
    message = "Choose a new password to go on."


def check(request: Any) -> None:
    """Raises what still stands in the way of somebody who is signed in."""
    if not has_second_factor(request):
        raise SecondFactorMissing
    if is_password_change_due(request.user, request.me):
        raise PasswordChangeDue


def is_password_change_due(user: User, profile: Profile) -> bool:
    """Asked for, or the practice lets passwords grow old and this one is."""
    expires_at = password_expires_at(user, profile)
    return user.must_change_password or (expires_at is not None and expires_at <= clock.now())


def password_expires_at(user: User, profile: Profile) -> datetime | None:
    """When the password must be changed; None where it never must, which is the rule."""
    days = profile.practice.password_max_age_days
    if days is None or user.password_changed_at is None:
        return None
    return user.password_changed_at + timedelta(days=days)


def own_account(request: HttpRequest) -> object:
    """Whoever is signed in, with whatever factors, about their own account."""
    return getattr(request, "me", None)


def own_open_account(request: HttpRequest) -> object:
    """Whoever is signed in with both factors, about their own account."""
    if own_account(request) is None:
        return None
    check(request)
    return request.me  # type: ignore[attr-defined]
