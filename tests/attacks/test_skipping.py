"""Skipping a step: with the password alone, no operation of the product and none of sign-in's own does anything."""

import re

import pytest

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.api import api
from mentalspace.people.models import User
from mentalspace.people.sign_in import ROUTES
from mentalspace.people.tests.browser import ask, enrol, give_password
from tests.cast import CLEO, ID, PASSWORD
from tests.http import Http

pytestmark = pytest.mark.django_db

NOT_IN = {401, 403, 404, 405, 409}
OPEN_TO_ALL = {"set_up_practice", "read_invitation", "accept_invitation"}
"""Operations that take a secret of their own instead of a session."""

OWN_ACCOUNT = "/account"
"""Where somebody without a second factor, or with a password to change, may look to set it right."""

STEPS = {"auth/login", "auth/2fa/authenticate", "auth/webauthn/authenticate", "auth/webauthn/login"}
"""What a half-finished sign-in is for: the next step, or beginning again."""

SHOWN = {"config", "auth/session"}
"""Says where the sign-in stands, and no more."""


def operations():
    """(operation id, method, path with ids filled in)."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, described in methods.items():
            yield described["operationId"], method, re.sub(r"\{\w+\}", str(CLEO), path)


OPERATIONS = [found for found in operations() if found[0] not in OPEN_TO_ALL]


@pytest.fixture
def pending(app):
    """Somebody who gave Ana's password and no code."""
    http = Http(raise_request_exception=False)
    assert give_password(http).status_code == 401
    return http


@pytest.fixture
def nobody(db):
    return Http(raise_request_exception=False)


@pytest.fixture
def unenrolled(db):
    """Signed in by password, without a second factor yet."""
    http = Http(raise_request_exception=False)
    assert give_password(http, "ash").status_code == 200
    return http


@pytest.mark.parametrize("who", ["pending", "nobody", "unenrolled"])
def test_no_operation_opens_before_the_last_step(who, request):
    http = request.getfixturevalue(who)
    opened = []
    for name, method, path in OPERATIONS:
        body = None if method == "get" else "{}"
        answer = getattr(http, method)(path, *([body] if body else []), content_type="application/json")
        own = who == "unenrolled" and (path.removeprefix("/api").startswith(OWN_ACCOUNT) or "/session" in path)
        if not own and answer.status_code not in NOT_IN:
            opened.append((name, answer.status_code))
    assert opened == []


def test_a_half_finished_sign_in_changes_nothing_of_the_account(pending):
    with acting_as(IDENTITY):
        before = User.objects.values().get(pk=ID["ana"])
    opened = []
    bodies = ({}, {"code": "000000"}, {"current_password": PASSWORD, "new_password": "another-horse-battery-8"})
    for route in ROUTES.keys() - STEPS - SHOWN:
        for method in ("get", "post", "put", "delete"):
            for body in bodies:
                answer = ask(pending, method, route, None if method == "get" else body)
                if answer.status_code < 400 or answer.status_code >= 500:
                    opened.append((route, method, answer.status_code))
    with acting_as(IDENTITY):
        assert User.objects.values().get(pk=ID["ana"]) == before
    allowed = {opening for opening in opened if opening[0] in ("auth/password/request",)}
    assert set(opened) - allowed == set()
    assert pending.get("/api/me").status_code == 401


def test_another_factor_is_not_set_up_instead_of_given(pending):
    for route in ("account/authenticators/totp", "account/authenticators/webauthn"):
        if route in ROUTES:
            assert ask(pending, "get", route).status_code in NOT_IN
            assert ask(pending, "post", route, {"code": "123456"}).status_code in NOT_IN
    assert ask(pending, "post", "account/authenticators/recovery-codes", {}).status_code in NOT_IN


def test_proving_oneself_again_is_not_a_second_factor(pending):
    assert ask(pending, "post", "auth/reauthenticate", {"password": PASSWORD}).status_code in NOT_IN
    assert pending.get("/api/me").status_code == 401


def test_a_session_from_before_the_factor_does_not_live_on(unenrolled):
    """Signed in by password alone, and then the account gets a factor elsewhere."""
    enrol("ash")
    assert unenrolled.get("/api/me").status_code in NOT_IN
    for method, route, body in (
        ("post", "account/password/change", {"current_password": PASSWORD, "new_password": "another-horse-battery-8"}),
        ("delete", "account/authenticators/totp", None),
        ("post", "account/authenticators/recovery-codes", {}),
    ):
        assert ask(unenrolled, method, route, body).status_code in NOT_IN
