"""Lockout on the runbook's own table: five failures within 30 minutes lock for 30, by password or code alike.

Who guesses from elsewhere must not shut out whoever is in. Tries are told apart by where they come from, a *lane*:
a browser nobody knows, a device the account trusts, a session that is signed in. A lock binds the lane it was earned
in and those less trusted: strangers lock out strangers; guesses in a session lock every way in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unicodedata import normalize
from uuid import UUID

from allauth.core import context
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest

from mentalspace.access.actor import NOBODY
from mentalspace.core import clock
from mentalspace.people import devices, limits
from mentalspace.people.models import LoginAttempt, User
from mentalspace.people.network import client_address

LIMIT = 5
WINDOW = timedelta(minutes=30)
LOCKED_FOR = timedelta(minutes=30)
WHILE_LOCKED = "locked"

STRANGER, DEVICE, SESSION = "stranger", "device", "session"
BINDING = {STRANGER: (STRANGER, DEVICE, SESSION), DEVICE: (DEVICE, SESSION), SESSION: (SESSION,)}
"""The lanes whose locks hold in a lane."""


@dataclass(frozen=True)
class Account:
    """Whom a name stands for. `email` is the same for every spelling that could be meant for one account."""

    email: str
    user_id: UUID | None

    @property
    def attempts(self) -> QuerySet[LoginAttempt]:
        """The account's own tries; for a name nobody has, those under it."""
        if self.user_id is not None:
            return LoginAttempt.objects.filter(user_id=self.user_id)
        return LoginAttempt.objects.filter(user_id__isnull=True, email=self.email)


def account_of(email: str) -> Account:
    """Every spelling that signs in to an account, and every twin of one by case, width or composition, is that
    account. Look-alikes of other scripts are other names: no account answers to them, so nothing is guessed."""
    simple = email.strip().lower()
    known = User.objects.annotate(lower=Lower("email")).filter(lower__in={simple, canonical(email)})
    return Account(canonical(email)[:254], known.values_list("pk", flat=True).first())


def canonical(email: str) -> str:
    """A name without its spelling: case, compatibility forms and the spaces around it."""
    return normalize("NFKC", normalize("NFKC", email.strip().lower()).casefold()).strip()


def is_locked(email: str) -> bool:
    """Tries from where this one comes are not looked at now.

    Holds the account until the transaction ends, so that of many tries at the same moment each sees what became of
    the one before: their secrets are looked at one after the other, and no more of them than the limit allows.
    """
    account, now = account_of(email), clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"login:{_name(account)}"])
    lane = lane_of(context.request, account)
    if account.attempts.filter(locked_until__gt=now, lane__in=BINDING[lane]).exists():
        return True
    return lane == STRANGER and limits.is_over(limits.LOGIN, user=account.user_id, email=account.email)


def lane_of(request: HttpRequest | None, account: Account) -> str:
    """Where a try comes from."""
    user: Any = getattr(request, "user", None)
    if user is not None and user.is_authenticated and user.pk == account.user_id:
        return SESSION
    # asked for whoever is not there too: it must not take less time
    device = request and devices.here(request, account.user_id or NOBODY)
    return DEVICE if device else STRANGER


def note_failure(request: HttpRequest, email: str, *, factor: str, reason: str) -> LoginAttempt:
    """Write down a failed try; the one that reaches the limit locks the account."""
    account, now = account_of(email), clock.now()
    lane = lane_of(request, account)
    count = _failures_since_success(account, lane, now) + 1
    limits.take(limits.LOGIN, user=account.user_id, email=account.email)
    return _note(
        request,
        account,
        lane=lane,
        factor=factor,
        success=False,
        failure_reason=reason,
        attempt_count=count,
        locked_until=now + LOCKED_FOR if count >= LIMIT else None,
    )


def note_locked(request: HttpRequest, email: str, *, factor: str) -> None:
    """Write down a try that was not even looked at. It counts for those who watch, not towards another lock."""
    account = account_of(email)
    lane = lane_of(request, account)
    _note(request, account, lane=lane, factor=factor, success=False, failure_reason=WHILE_LOCKED)


def note_success(request: HttpRequest, email: str) -> None:
    """Write down a completed sign-in: the count of failures starts again."""
    account = account_of(email)
    limits.lift(limits.LOGIN, user=account.user_id, email=account.email)
    _note(request, account, lane=lane_of(None, account), factor="password", success=True)


def _failures_since_success(account: Account, lane: str, now: datetime) -> int:
    recent = account.attempts.filter(attempted_at__gt=now - WINDOW)
    last_success = recent.filter(success=True).order_by("-attempted_at").values_list("attempted_at", flat=True).first()
    if last_success:
        recent = recent.filter(attempted_at__gt=last_success)
    return recent.filter(success=False, lane=lane).exclude(failure_reason=WHILE_LOCKED).count()


def _name(account: Account) -> str:
    return str(account.user_id or account.email)


def _note(request: HttpRequest, account: Account, **values: object) -> LoginAttempt:
    return LoginAttempt.objects.create(
        user_id=account.user_id,
        email=account.email,
        attempted_at=clock.now(),
        ip_address=client_address(request),
        user_agent=request.headers.get("User-Agent", "")[:300],
        **values,
    )
