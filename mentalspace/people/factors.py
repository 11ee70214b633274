"""Second factors: what follows when one is added, removed or reset. Everything here runs as identity."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from mentalspace.people import sessions
from mentalspace.people.auth import has_second_factor
from mentalspace.people.models import User

SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What is a second factor by itself. Recovery codes stand in for one of these."""


def has_any(user_id: UUID) -> bool:
    """The account has a second factor."""
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=SECOND).exists())


def is_skipped(request: HttpRequest) -> bool:
    """The account has a second factor, and this session was opened without it."""
    user: Any = request.user
    return user.is_authenticated and not has_second_factor(request) and has_any(user.pk)


def added(request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    """Sessions opened without it end, devices that stood for another are forgotten.

    The first factor of an account was proved by being set up, so this session has it. A further one proves nothing.
    """
    if authenticator.type not in SECOND:
        return
    shut_others(request, user.pk)
    if not Authenticator.objects.filter(user_id=user.pk, type__in=SECOND).exclude(pk=authenticator.pk).exists():
        record_authentication(request, user, "mfa", type=authenticator.type, id=authenticator.pk)


def removed(request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    """Others end, and without any factor left this session is as one that never gave one."""
    if authenticator.type not in SECOND:
        return
    shut_others(request, user.pk)
    if not has_any(user.pk):
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [each for each in records if each["method"] != "mfa"]


def reset(user_id: UUID) -> None:
    """Take every factor away and end everything that rests on them; the next sign-in sets one up."""
    Authenticator.objects.filter(user_id=user_id).delete()
    sessions.shut_out(user_id)


def shut_others(request: HttpRequest, user_id: UUID) -> None:
    """End the account's other sessions and trusted devices: how one gets in has changed."""
    sessions.shut_out(user_id, but=request.session.session_key)
