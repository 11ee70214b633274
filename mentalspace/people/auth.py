"""From a cookie to a person. Session, user and profile are loaded eagerly, as identity: later it is refused."""

import threading
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from mentalspace.access.actor import IDENTITY, Actor, identity_of
from mentalspace.people import hats
from mentalspace.people.models import Profile, User
from mentalspace.people.passwords import normal
from mentalspace.people.sessions import SessionStore, as_identity


class Hasher(Argon2PasswordHasher):
    """argon2id at OWASP's t=1, m=46 MiB, p=1, one at a time in a process: Django's default pins 100 MiB each."""

    time_cost = 1
    memory_cost = 46 * 1024
    parallelism = 1
    _one_at_a_time = threading.Semaphore(1)

    def encode(self, password: str, salt: str) -> str:
        with self._one_at_a_time:
            return super().encode(normal(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        with self._one_at_a_time:
            return super().verify(normal(password), encoded)


class Backend(AuthenticationBackend):
    """allauth's password check; accounts are loaded with their profile, by identity."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """One look-up and one hash, whether anybody has the address or not: known and unknown take the same time."""
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            self._mitigate_timing_attack(password)
            self._did_check_password = True
            return None
        checked: User | None = self._check_password(user, password)
        return checked

    def get_user(self, user_id: UUID) -> User | None:
        with as_identity():
            return User.objects.select_related("profile").filter(pk=user_id, is_active=True).first()


def account_of(session: SessionStore) -> User | None:
    """The active account a loaded session belongs to; none when its password has changed since."""
    if SESSION_KEY not in session or session.row is None:
        return None
    user = session.row.user
    if user is None or not user.is_active:
        return None
    is_current = constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    return user if is_current else None


def identify(request: HttpRequest) -> tuple[Actor, Profile | None]:
    """Who is behind a request: the actor and profile, or identity and nobody. One transaction, one query.

    Somebody without a hat is known, and acts as nobody but their own identity.
    """
    session: Any = request.session
    user = account_of(session) if SESSION_KEY in session else None
    if user is None:
        return IDENTITY, None
    request._cached_user = user  # type: ignore[attr-defined]
    profile = getattr(user, "profile", None)
    if profile is None or not profile.is_active:
        return identity_of(user.pk), None
    if not profile.audience:
        return identity_of(user.pk), profile
    return Actor(profile.practice_id, profile.pk, hats.worn(profile.audience, session.get(hats.KEY))), profile


def has_second_factor(request: HttpRequest) -> bool:
    """This session was opened with more than a password."""
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)
