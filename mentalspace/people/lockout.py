"""Lockout on the runbook's own table: five failures within 30 minutes lock for 30, by password or code alike."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.http import HttpRequest

from mentalspace.core import clock
from mentalspace.people.middleware import client_address
from mentalspace.people.models import LoginAttempt, User

LIMIT = 5
WINDOW = timedelta(minutes=30)
LOCKED_FOR = timedelta(minutes=30)
WHILE_LOCKED = "locked"


def is_locked(email: str) -> bool:
    """An attempt of this account still carries a lock. Deleting the account's rows lifts it."""
    return LoginAttempt.objects.filter(email=normal(email), locked_until__gt=clock.now()).exists()


def normal(email: str) -> str:
    return email.strip().lower()


def note_failure(request: HttpRequest, email: str, *, factor: str, reason: str) -> LoginAttempt:
    """Write down a failed try; the one that reaches the limit locks the account."""
    now = clock.now()
    count = _failures_since_success(normal(email), now) + 1
    return _note(
        request,
        email,
        factor=factor,
        success=False,
        failure_reason=reason,
        attempt_count=count,
        locked_until=now + LOCKED_FOR if count >= LIMIT else None,
    )


def note_locked(request: HttpRequest, email: str, *, factor: str) -> None:
    """Write down a try that was not even looked at. It counts for those who watch, not towards another lock."""
    _note(request, email, factor=factor, success=False, failure_reason=WHILE_LOCKED)


def note_success(request: HttpRequest, email: str) -> None:
    """Write down a completed sign-in: the count of failures starts again."""
    _note(request, email, factor="password", success=True)


def _failures_since_success(email: str, now: datetime) -> int:
    """Counted under a lock on the address, so that simultaneous tries cannot slip past the limit together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"login:{email}"])
    recent = LoginAttempt.objects.filter(email=email, attempted_at__gt=now - WINDOW)
    last_success = recent.filter(success=True).order_by("-attempted_at").values_list("attempted_at", flat=True).first()
    if last_success:
        recent = recent.filter(attempted_at__gt=last_success)
    return recent.filter(success=False).exclude(failure_reason=WHILE_LOCKED).count()


def _note(request: HttpRequest, email: str, *, factor: str, success: bool, **values: object) -> LoginAttempt:
    return LoginAttempt.objects.create(
        user_id=_user_id(email),
        email=normal(email)[:254],
        attempted_at=clock.now(),
        success=success,
        factor=factor,
        ip_address=client_address(request),
        user_agent=request.headers.get("User-Agent", "")[:300],
        **values,
    )


def _user_id(email: str) -> UUID | None:
    return User.objects.filter(email__iexact=normal(email)).values_list("pk", flat=True).first()
