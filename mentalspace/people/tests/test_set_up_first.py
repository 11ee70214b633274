"""Whoever has no second factor sets one up before anything else: administrators and supervisors above all.

A passkey or an authenticator app, either is enough; nothing opens before.
"""

import time

import pytest
from django.db import transaction

from mentalspace.launch.totp import code
from mentalspace.people.tests import passkeys
from mentalspace.people.tests.browser import ask, enrol, give_code, give_password, sign_in
from mentalspace.people.tests.passkeys import Phone, answer, challenge
from mentalspace.people.tests.test_every_path import doors
from tests.cast import CLEO, ID, PASSWORD
from tests.http import Http, refused

pytestmark = pytest.mark.django_db

PRIVILEGED = ("ada", "mia", "sam", "olga")
"""Administrators, one of them also a clinician; a supervisor; the administrator next door."""


@pytest.fixture(params=PRIVILEGED)
def who(request):
    return request.param


@pytest.fixture
def browser(who):
    """Signed in with the password, which is all they have."""
    http = Http(raise_request_exception=False)
    assert give_password(http, who).status_code == 200
    return http


@pytest.fixture
def commits(monkeypatch):
    """allauth tells of an app once it is committed, which is within the request; a test's transaction never is."""
    monkeypatch.setattr(transaction, "on_commit", lambda task, *_, **__: task())


def with_app(http):
    """Set an authenticator app up; its secret."""
    secret = ask(http, "get", "account/authenticators/totp").json()["meta"]["secret"]
    proof = {"code": code(secret, time.time())}
    assert ask(http, "post", "account/authenticators/totp", proof).status_code == 200
    return secret


def with_passkey(http):
    phone = Phone()
    assert passkeys.add(http, phone).status_code == 200
    return phone


def is_shut(http):
    """Every operation of the product; one's own account says what is missing."""
    for method, path in doors():
        given = getattr(http, method)(path, **({} if method == "get" else {"content_type": "application/json"}))
        assert refused(given, 403, "second_factor_missing"), (method, path)
    account = http.read("/account")
    assert (account["factors"], account["has_given_second_factor"]) == ([], False)
    return True


def test_nothing_opens_before(browser):
    assert is_shut(browser)


def test_no_detour_stands_for_a_factor(browser, who):
    """Proving the password again, recovery codes without a factor, trust, another role, another's app."""
    assert ask(browser, "post", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    assert ask(browser, "post", "account/authenticators/recovery-codes", {}).status_code in (400, 403, 404)
    assert refused(browser.call("post", "/account/devices", {}), 403, "second_factor_missing")
    assert refused(browser.call("put", "/session/hat", {"hats": ["clinician"]}), 403, "second_factor_missing")
    anas = enrol("ana")
    assert ask(browser, "post", "auth/2fa/authenticate", {"code": anas()}).status_code in (401, 409)
    assert ask(browser, "post", "account/authenticators/totp", {"code": anas()}).status_code == 400
    assert is_shut(browser)
    sign_in("ana", anas)  # is in, which lets nobody else in
    assert is_shut(browser)


@pytest.mark.parametrize("factor", [with_app, with_passkey])
def test_either_factor_opens(browser, who, factor, commits):
    assert ask(browser, "post", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    factor(browser)
    assert browser.read("/me")["id"] == str(ID[who])
    if who != "olga":
        assert browser.call("get", "/clients").status_code == 200
    else:
        assert refused(browser.call("get", f"/clients/{CLEO}"), 404)


@pytest.mark.parametrize("factor", [with_app, with_passkey])
def test_from_then_on_the_password_alone_is_half_the_way(browser, who, factor):
    ask(browser, "post", "auth/reauthenticate", {"password": PASSWORD})
    made = factor(browser)
    again = Http(raise_request_exception=False)
    assert give_password(again, who).status_code == 401
    assert refused(again.call("get", "/me"), 401)
    if factor is with_passkey:
        step = "auth/webauthn/authenticate"
        assert answer(again, made.get(challenge(again, step)), step).status_code == 200
    else:
        assert give_code(again, code(made, time.time() + 30)).status_code == 200
    assert again.call("get", "/me").status_code == 200
