"""How often something may be tried, in the runbook's own table: a window opens with the first try and then ends.

Every try takes a place in one statement (`access.take_place`), before the thing is done: of many at the same moment
only as many get one as there are. What cannot be counted is refused, because the statement's error ends the request.
Deleting a row lifts its limit.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from mentalspace.core import clock
from mentalspace.core.errors import Refusal
from mentalspace.people.models import RateLimit

LOGIN = "login"
LOGIN_BY_DEVICE = "login_by_device"


@dataclass(frozen=True)
class Limit:
    """So many tries in so many minutes."""

    most: int
    minutes: int


LIMITS = {
    LOGIN: Limit(10, 60),
    "password_reset": Limit(3, 60),
    "password_reset_email": Limit(5, 60),
    "send_invitation": Limit(10, 60),
    "create_user": Limit(10, 60),
    "change_address": Limit(10, 60),
    "verification_email": Limit(5, 60),
    "break_glass": Limit(10, 60),
    "test_message": Limit(10, 60),
    "mail_logo": Limit(20, 60),
    "form_link": Limit(5, 60),
    "form_link_file": Limit(40, 60),
    "signature_link": Limit(5, 60),
    "signature_link_in_all": Limit(20, 366 * 24 * 60),
    "share_link": Limit(5, 60),
    "share_link_in_all": Limit(20, 366 * 24 * 60),
    "remind_signers": Limit(10, 60),
    "share_document": Limit(30, 60),
}
"""By account: for `login` its failures, else every time. The mails about accounts are counted for who gets them, dates
of birth named at a link to sign or to a document for that link (the wrong ones; `…_in_all` closes it), files brought by
a link to a form for that link, the others for whoever does it."""

DEFAULT = Limit(10, 60)

BY_ADDRESS = {
    LOGIN: Limit(100, 60),
    LOGIN_BY_DEVICE: Limit(20, 60),
    "password_reset": Limit(20, 60),
    "form_link": Limit(30, 60),
}
"""An address may be a whole office's. Above this only browsers somebody trusts are let in from there, each owner's so
often."""


class TooManyAttempts(Refusal):
    code, status = "too_many_attempts", 429
    message = "This was tried too often. Wait a while and try again."


@dataclass(frozen=True)
class Place:
    """A try that was counted."""

    operation: str
    subject: str
    attempt_count: int
    window_expires_at: datetime
    limit: Limit

    @property
    def is_over(self) -> bool:
        return self.attempt_count > self.limit.most

    @property
    def refusal(self) -> TooManyAttempts:
        """What to raise, with the seconds to wait."""
        wait = self.window_expires_at - clock.now()
        return TooManyAttempts(data={"retry_after": max(1, int(wait.total_seconds()))})


def check(operation: str, *, user: UUID | None = None, email: str = "", address: str | None = None) -> None:
    """Count this try of an account, of an e-mail address nobody has, or of a network address. Raises TooManyAttempts.

    Only identity that knows nobody yet counts for others; whoever else asks counts for themselves. The count is part
    of the caller's transaction: a try that is rolled back has not been one.
    """
    place = take(operation, user=user, email=email, address=address)
    if place.is_over:
        raise place.refusal


def take(operation: str, *, user: UUID | None = None, email: str = "", address: str | None = None) -> Place:
    """As `check`, and leaves it to the caller to refuse."""
    limits = BY_ADDRESS if address else LIMITS
    limit, subject, now = limits.get(operation, DEFAULT), subject_of(user, email, address), clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attempt_count, window_expires_at FROM access.take_place(%s, %s, %s, %s, %s)",
            [operation, subject, user, now, now + timedelta(minutes=limit.minutes)],
        )
        count, expires_at = cursor.fetchone()
    return Place(operation, subject, count, expires_at, limit)


def is_over(operation: str, *, user: UUID | None = None, email: str = "") -> bool:
    """Whether the limit has been reached, without counting. As identity."""
    limit = LIMITS.get(operation, DEFAULT)
    full = rows(operation, user=user, email=email).filter(attempt_count__gte=limit.most)
    return full.filter(window_expires_at__gt=clock.now()).exists()


def give_back(place: Place) -> None:
    """It was no attempt at anything: the right password, or nothing was tried. As identity."""
    RateLimit.objects.filter(
        operation=place.operation, subject=place.subject, window_expires_at=place.window_expires_at, attempt_count__gt=0
    ).update(attempt_count=F("attempt_count") - 1)


def lift(operation: str, *, user: UUID | None = None, email: str = "") -> int:
    """Start again from nothing. As identity. Returns how many limits there were."""
    return rows(operation, user=user, email=email).delete()[0]


def rows(operation: str, *, user: UUID | None, email: str) -> QuerySet[RateLimit]:
    return RateLimit.objects.filter(operation=operation, subject=subject_of(user, email, None))


def subject_of(user: UUID | None, email: str, address: str | None) -> str:
    """Whose tries are counted together. An IPv6 network counts as one: whoever has an address there has them all."""
    if address:
        return f"address {_network(address)}"
    return f"account {user}" if user else f"email {email}"


def _network(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:  # no socket address at all, as behind a UNIX socket
        return address
    if isinstance(known, IPv6Address):
        mapped = known.ipv4_mapped
        return str(mapped) if mapped else str(IPv6Address(int(known) >> 64 << 64)) + "/64"
    return str(known)
