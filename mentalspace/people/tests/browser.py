"""A browser at the sign-in page: real passwords, real codes, through the endpoints a browser uses."""

import json
import time
from collections.abc import Callable
from typing import Any

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.launch.totp import code
from tests.cast import ID, PASSWORD
from tests.http import Http

BASE = "/_allauth/browser/v1/"


def ask(http: Http, method: str, path: str, body: Any = None, **headers: str) -> Any:
    """Call sign-in's API; the answer with its status and JSON."""
    extra = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    return getattr(http, method)(BASE + path, **extra, headers=headers)


def give_password(http: Http, name: str = "ana", password: str = PASSWORD, email: str | None = None) -> Any:
    """The first step."""
    return ask(http, "post", "auth/login", {"email": email or f"{name}@example.org", "password": password})


def give_code(http: Http, given: str) -> Any:
    """The second step."""
    return ask(http, "post", "auth/2fa/authenticate", {"code": given})


def errors(answer: Any) -> list[str]:
    """The codes of what was refused."""
    return [error["code"] for error in answer.json()["errors"]]


def enrol(name: str) -> Callable[[], str]:
    """Give somebody an authenticator app; returns what it shows.

    Codes work once, so the app's owner would wait for the next; here the last use is forgotten instead.
    """
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from mentalspace.people.models import User
    from mentalspace.people.sign_in import LAST_PERIOD

    secret = generate_totp_secret()
    with acting_as(IDENTITY):
        TOTP.activate(User.objects.get(pk=ID[name]), secret)

    def show() -> str:
        from django.core.cache import cache

        cache.clear()
        with acting_as(IDENTITY):
            for row in Authenticator.objects.filter(user_id=ID[name], type=Authenticator.Type.TOTP):
                row.data.pop(LAST_PERIOD, None)
                row.save(update_fields=["data"])
        return code(secret, time.time())

    show.secret = secret  # type: ignore[attr-defined]
    return show


def sign_in(name: str, app: Callable[[], str], http: Http | None = None) -> Http:
    """Both steps; the browser afterwards."""
    http = http or Http(raise_request_exception=False)
    assert give_password(http, name).status_code == 401
    assert give_code(http, app()).status_code == 200
    return http
