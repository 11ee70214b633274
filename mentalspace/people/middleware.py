"""One transaction per actor, never one for two.

`[identity: session, user, profile; a proof to spend] COMMIT → [person: the view, its audit rows] COMMIT → [person:
what must survive a refusal] COMMIT → [identity: the session, if changed]`. In one transaction for both, an injected
`ROLLBACK TO SAVEPOINT` would bring identity's signed actor back (`docs/adr`).
"""

import logging
import traceback
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

from mentalspace.access.actor import IDENTITY, Actor, acting_as, identity_of
from mentalspace.audit.trail import Trail, flush, following, record_refusal
from mentalspace.core.api import answer_of, problem
from mentalspace.core.errors import Refusal
from mentalspace.people import closed, cookies, door, limits, reauthentication
from mentalspace.people.auth import identify
from mentalspace.people.models import Profile
from mentalspace.people.network import client_address, trail_of

IDENTITY_PATHS = ("/_allauth/", "/api/setup", "/api/account", "/api/invitation")
"""Sign-in and what surrounds it work on credentials, so they run as identity throughout."""

OPEN_PATHS = ("/functions/", "/assets/", "/r/", "/f/", "/s/", "/d/", "/metrics")
"""Answered without looking anybody up: what is there finds out for itself who asks."""

COUNTED_PATHS = {"/api/emergency-access": "break_glass"}
"""Where every POST of a signed-in person is counted, in a transaction of its own: a refused one has been a try too."""

PROVED_PATHS = ("/signature",)
"""How the paths end where a POST needs, and spends, a fresh proof of who one is."""

PAGES = ("/r/", "/s/", "/d/")
"""Where people read the answer themselves, without our script."""

OUT_OF_DATE = "This page is out of date. Reload it and try again."
STRICT_COOKIE = cookies.STRICT + "session"
NOT_KEPT = "Something went wrong on our side, and not all of this was kept. Keep what you typed, and try again."

logger = logging.getLogger(__name__)


class StaffRequest(HttpRequest):
    """A request after the middleware: who acts, their profile, and what to do once the view has ended.

    `proved`: the person has just shown again who they are, and that proof is this request's alone.
    When the view has succeeded, `afterwards` runs; when it was refused or failed, and is undone, `despite_refusal`.
    Each task has a transaction of its own; the first that fails is the answer, and `otherwise` then takes back what
    those before it have done.
    """

    actor: Actor
    me: Profile
    proved: bool
    afterwards: list[Callable[[], object]]
    otherwise: list[Callable[[], object]]
    despite_refusal: list[Callable[[], object]]


class Sessions(SessionMiddleware):
    """The session cookie is `__Host-` and Secure wherever the browser trusts the origin.

    Else (a script over plain http on loopback) the cookie has the same limits without Secure. Behind https only the
    strict name is read.
    """

    def process_request(self, request: HttpRequest) -> None:
        names = [STRICT_COOKIE] if request.is_secure() else [STRICT_COOKIE, settings.SESSION_COOKIE_NAME]
        key = next((request.COOKIES[name] for name in names if name in request.COOKIES), None)
        session: Any = self.SessionStore(key)
        session.address, session.browser = client_address(request), request.headers.get("User-Agent", "")
        request.session = session

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        plain = settings.SESSION_COOKIE_NAME
        if STRICT_COOKIE in request.COOKIES:  # what Django looks at to decide whether to delete it
            request.COOKIES.setdefault(plain, request.COOKIES[STRICT_COOKIE])
        response = super().process_response(request, response)
        cookies.put(request, response)
        if cookies.is_trusted_origin(request) and plain in response.cookies:
            morsel = response.cookies.pop(plain)
            response.cookies[STRICT_COOKIE] = morsel.value
            response.cookies[STRICT_COOKIE].update(morsel)
            response.cookies[STRICT_COOKIE]["secure"] = True
        return response


class Csrf(CsrfViewMiddleware):
    """Every unsafe request needs the token, but for what providers tell, which is signed. ninja marks its own views
    exempt; here that counts for nothing."""

    def process_view(
        self, request: HttpRequest, callback: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseForbidden | None:
        if getattr(callback, "is_signed_by_a_provider", False):
            return None
        return super().process_view(request, _plain_view, *args, **kwargs)

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        if request.path.startswith(PAGES):
            return HttpResponse(OUT_OF_DATE, status=403, content_type="text/plain; charset=utf-8")
        return problem(403, "csrf_failed", OUT_OF_DATE)


def _plain_view(request: HttpRequest) -> HttpResponse:
    """Stands for a view that is not exempt; never called."""
    raise NotImplementedError


class TransactionPerActor:
    """Chooses the actor and frames the transactions. Outside everything that queries, inside sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.path.startswith(OPEN_PATHS):
            return self.get_response(request)
        actor, profile = identify(request)
        place = door.take(request) if profile is None else None
        if place is not None and place.is_over:
            return door.refusal(place)
        if request.path.startswith(IDENTITY_PATHS):
            actor = identity_of(profile.pk) if profile else IDENTITY
        request.actor, request.me = actor, profile
        request.afterwards, request.otherwise, request.despite_refusal = [], [], []
        needs_proof = request.method == "POST" and request.path.endswith(PROVED_PATHS)
        request.proved = needs_proof and reauthentication.spend(request.session)
        with acting_as(actor), following(_trail(request, profile)):
            response = _too_often(request, profile) or self._view(request)
            is_refused = response.status_code >= 400
            failed = _done(request.despite_refusal if is_refused else request.afterwards)
            if failed and not is_refused:
                _done(request.otherwise)
            response = failed or response
        if place is not None:
            door.give_back(place, response)
        if request.proved and is_refused:
            reauthentication.give_back(request.session)
        if profile is not None and "X-Passive" not in request.headers and request.path != "/api/session":
            request.session.touch()
        return response

    def _view(self, request: Any) -> HttpResponse:
        with transaction.atomic():
            response = closed.answer(request) or self.get_response(request)
            if response.status_code >= 500:  # Django has already turned the exception into a response
                transaction.set_rollback(True)
            elif not transaction.get_rollback():
                flush()
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """404, 403 and 400 raised by a plain view do not reach `__call__` as exceptions."""
        if transaction.get_connection().in_atomic_block:  # a view of OPEN_PATHS has only transactions of its own
            transaction.set_rollback(True)


def _too_often(request: Any, profile: Profile | None) -> HttpResponse | None:
    """Count the try before anything is looked at. The answer to give instead when there have been too many."""
    operation = COUNTED_PATHS.get(request.path)
    if operation is None or request.method != "POST" or profile is None or not profile.audience:
        return None
    with transaction.atomic():
        place = limits.take(operation, user=profile.pk)
        if not place.is_over:
            return None
        record_refusal(place.refusal.code, request.path)
    return door.refusal(place)


def _done(tasks: list[Callable[[], object]]) -> HttpResponse | None:
    """Do what was put off. The answer to give instead when something of it could not be done."""
    for task in tasks:
        try:
            with transaction.atomic():
                task()
        except Refusal as refusal:
            return answer_of(refusal)
        except Exception as failure:  # whatever it is, nobody may believe that it was done
            name = getattr(getattr(task, "func", task), "__qualname__", "a task")
            where = "".join(traceback.format_tb(failure.__traceback__))  # the message could quote a row
            logger.error("%s failed after the answer: %s\n%s", name, type(failure).__name__, where)
            return problem(500, "not_kept", NOT_KEPT)
    return None


def _trail(request: HttpRequest, profile: Profile | None) -> Trail:
    key = request.session.session_key
    session = sha256(key.encode()).hexdigest()[:16] if key else ""
    return trail_of(request, profile.full_name if profile else "Somebody", session)
