"""While the product is read-only, whoever changes something is told so at the door; the database refuses the rest."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse

from mentalspace.access import downtime
from mentalspace.access.actor import NOBODY, own_practice
from mentalspace.core import clock
from mentalspace.core.api import TRY_AGAIN_SECONDS, read_only
from mentalspace.core.errors import ReadOnly
from mentalspace.people.auth import has_second_factor
from mentalspace.people.gate import is_password_change_due

SAFE = ("GET", "HEAD", "OPTIONS")

SIGN_IN = tuple(
    f"/_allauth/browser/v1/auth/{path}"
    for path in ("session", "login", "2fa/authenticate", "2fa/reauthenticate", "reauthenticate", "webauthn/")
)
OPEN = (*SIGN_IN, "/api/session", "/api/account/sessions", "/api/page-loads", "/api/operations/downtime")
"""How the paths begin that stay open: signing in and out, one's sessions, and the switch itself."""

CHANGE = "/_allauth/browser/v1/account/password/change"
FACTORS = tuple(f"/_allauth/browser/v1/account/authenticators/{kind}" for kind in ("totp", "webauthn"))

TO_READ = ("/link",)
"""How the paths end of requests that only prepare a read."""

LONGEST_SECONDS = 3600

OUTSIDE = "This is being worked on just now, and nothing was changed. Please try again in a while."


def answer(request: Any) -> HttpResponse | None:
    """The refusal of a request that would change something now; None lets it through. In the person's transaction."""
    if request.method in SAFE or request.path.startswith(OPEN) or request.path.endswith(TO_READ):
        return None
    if _is_due(request):
        return None
    found = downtime.standing(request.me.practice_id if request.me else NOBODY)
    return read_only(ReadOnly(data={"reason": found.reason, "until": found.until}), _seconds(found)) if found else None


def _is_due(request: Any) -> bool:
    """What somebody who is signed in must do first to get anywhere: to read, or to end the downtime. A password that
    is due is changed, and the first second factor set up; both are tables of sign-in, which are not held."""
    if request.me is None:
        return False
    if request.path == CHANGE:
        return is_password_change_due(request.user, request.me)
    return request.path in FACTORS and not has_second_factor(request)


def refuse_outside() -> None:
    """Raises ReadOnly for whoever came by a link: before a try is counted, so that nobody is locked out by what they
    could not do. Says nothing of why, which is the practice's own affair. As its system."""
    with transaction.atomic():
        if downtime.standing(own_practice()):
            raise ReadOnly(OUTSIDE)


def _seconds(found: downtime.Downtime) -> int:
    """Until it is expected to be over; a minute when that is past."""
    left = int((found.until - clock.now()).total_seconds())
    return max(TRY_AGAIN_SECONDS, min(left, LONGEST_SECONDS))
