"""No path into the product goes round the second factor, whatever step of whichever path is skipped.

Each path is walked by somebody who has everything but the second factor; then every door is tried.
"""

from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.core import signing

from mentalspace.access.actor import acting_as, identity_of
from mentalspace.api import api
from mentalspace.people import invitations, setup
from mentalspace.people.setup import add_person
from mentalspace.people.tests import passkeys
from mentalspace.people.tests.browser import ask, give_code, give_password, sign_in
from mentalspace.people.tests.passkeys import Phone, answer, challenge
from mentalspace.people.tests.test_devices import trust
from mentalspace.people.tests.test_links import NEW, accept, key_mailed, request_reset, reset, verify
from tests.cast import HERE, ID, PASSWORD
from tests.http import Http, refused

pytestmark = pytest.mark.django_db

OPEN = {"set_up_practice", "read_invitation", "accept_invitation", "get_account"}
"""What needs no second factor: the two links, which sign nobody in, and what still stands in one's way."""


def doors():
    """Every operation of the API, with ids of nobody in its path."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            if operation["operationId"] not in OPEN:
                yield method, "/".join(str(ID["cleo"]) if part.startswith("{") else part for part in path.split("/"))


def is_shut(browser):
    """Every door, and every way to change how one signs in."""
    for method, path in doors():
        given = getattr(browser, method)(path, **({} if method == "get" else {"content_type": "application/json"}))
        assert given.status_code in (401, 403), (method, path, given.content)
    for method, path in (
        ("delete", "account/authenticators/totp"),
        ("get", "account/authenticators/recovery-codes"),
        ("post", "account/authenticators/recovery-codes"),
        ("delete", "account/authenticators/webauthn"),
        ("post", "account/password/change"),
        ("post", "auth/2fa/reauthenticate"),
        ("post", "auth/reauthenticate"),
    ):
        body = {"password": PASSWORD, "code": "000000", "authenticators": [], "current_password": PASSWORD}
        given = ask(browser, method, path, None if method == "get" else body)
        assert given.status_code in (400, 401, 403), (method, path, given.content)
    return True


@pytest.fixture
def with_phone(ana):
    phone = Phone()
    ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD})
    passkeys.add(ana, phone)
    return phone


def password(http, _):
    assert give_password(http).status_code == 401


def password_and_wrong_code(http, _):
    give_password(http)
    assert give_code(http, "000000").status_code == 400


def reset_link(http, _):
    request_reset()
    assert reset(key_mailed("ana@example.org", "reset"), http=http).status_code == 401
    assert give_password(http, password=NEW).status_code == 401


def verification_link(http, _):
    with acting_as(identity_of(ID["ana"])):
        EmailAddress.objects.filter(user_id=ID["ana"]).update(verified=False)
    assert give_password(http).status_code == 401
    assert verify(key_mailed("ana@example.org", "verify"), http).status_code == 401


def passkey_without_a_finger(http, world):
    world.phone.is_verified = False
    assert answer(http, world.phone.get(challenge(http))).status_code == 400


def passkey_asked_as_second_answered_as_only(http, world):
    """A question for the second step, which needs no finger, does not do for the first."""
    give_password(http)
    world.phone.is_verified = False
    asked = challenge(http, "auth/webauthn/authenticate")
    fresh = Http()
    challenge(fresh)
    assert answer(fresh, world.phone.get(asked)).status_code == 400
    http.cookies = fresh.cookies


def recovery_code_without_password(http, world):
    assert ask(http, "post", "auth/2fa/authenticate", {"code": world.codes[0]}).status_code == 401


def code_without_password(http, world):
    assert ask(http, "post", "auth/2fa/authenticate", {"code": world.app()}).status_code == 401


def somebody_elses_device(http, world):
    """Otto has no factor yet; nothing that his browser holds stands for Ana's."""
    trust(sign_in("ana", world.app, http))
    mine = http.cookies["trusted_device"].value
    ask(http, "delete", "auth/session")
    http.cookies["trusted_device"] = mine[:-1] + ("A" if mine[-1] != "A" else "B")
    assert give_password(http).status_code == 401


def trust_asked_too_early(http, _):
    give_password(http)
    assert trust(http).status_code == 401
    assert ask(http, "post", "auth/2fa/trust", {"trust": True}).status_code == 404


def enrolment_asked_too_early(http, _):
    give_password(http)
    for method, path in (
        ("get", "account/authenticators/totp"),
        ("post", "account/authenticators/totp"),
        ("get", "account/authenticators/webauthn"),
    ):
        assert ask(http, method, path, {"code": "000000"} if method == "post" else None).status_code in (400, 401)


PATHS = [
    password,
    password_and_wrong_code,
    reset_link,
    verification_link,
    passkey_without_a_finger,
    passkey_asked_as_second_answered_as_only,
    recovery_code_without_password,
    code_without_password,
    somebody_elses_device,
    trust_asked_too_early,
    enrolment_asked_too_early,
]


@pytest.fixture
def world(ana, app, with_phone):
    ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD})
    codes = ask(ana, "post", "account/authenticators/recovery-codes", {}).json()["data"]["unused_codes"]
    return SimpleNamespace(app=app, phone=with_phone, codes=codes)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_without_the_second_factor_everything_is_shut(path, world):
    browser = Http(raise_request_exception=False)
    path(browser, world)
    assert refused(browser.get("/api/me"), 401, "not_signed_in")
    assert is_shut(browser)


def test_the_invitation_and_the_first_sign_in_after_it(db):
    made = add_person(
        practice=HERE,
        email="nora@example.org",
        password=None,
        roles=["clinician"],
        first_name="Nora",
        last_name="Quist",
    )
    with acting_as(identity_of(made.pk)):
        invitations.invite(made.pk)
    browser = Http(raise_request_exception=False)
    assert accept(key_mailed("nora@example.org", "invitation"), http=browser).status_code == 204
    assert is_shut(browser)
    assert give_password(browser, "nora", NEW).status_code == 200
    for method, path in doors():
        given = getattr(browser, method)(path, **({} if method == "get" else {"content_type": "application/json"}))
        assert refused(given, 403, "second_factor_missing"), (method, path)


def test_the_set_up_link(db):
    waiting = add_person(
        practice=HERE,
        email=f"{HERE}{setup.NOT_SET_UP}",
        password=None,
        roles=["administrator"],
        first_name="First",
        last_name="Administrator",
    )
    browser = Http(raise_request_exception=False)
    form = {"practice_name": "Elm Street", "timezone": "UTC", "first_name": "Nora", "last_name": "Quist"}
    token = signing.dumps(str(waiting.pk), salt=setup.SALT)
    account = {"token": token, "email": "nora@example.org", "password": NEW}
    assert browser.call("post", "/setup", form | account).status_code == 204
    assert is_shut(browser)
    assert give_password(browser, "nora", NEW).status_code == 200
    assert refused(browser.get("/api/me"), 403, "second_factor_missing")


def test_a_session_older_than_the_factor_does_not_outlive_it(app):
    """A thief with Ash's password was in before Ash set a factor up: he can neither stay nor set up his own."""
    thief, ash = Http(raise_request_exception=False), Http()
    give_password(thief, "ash")
    give_password(ash, "ash")
    ask(ash, "post", "auth/reauthenticate", {"password": PASSWORD})
    assert passkeys.add(ash, Phone()).status_code == 200
    assert is_shut(thief)
    assert ask(thief, "get", "auth/session").status_code == 401


def test_taking_the_last_factor_away_shuts_everything_again(ana):
    ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD})
    assert ask(ana, "delete", "account/authenticators/totp").status_code == 200
    assert refused(ana.get("/api/me"), 403, "second_factor_missing")
    assert ana.read("/account")["factors"] == []


@pytest.mark.parametrize("step", ["password", "code", "passkey"])
def test_a_key_known_before_a_step_is_worth_nothing_after_it(step, world):
    """Fixation: whoever planted the session's key, or saw it, is not signed in with it."""
    victim = Http()
    challenge(victim)
    if step == "code":
        give_password(victim)
    planted = victim.cookies["session"].value
    if step == "passkey":
        assert answer(victim, world.phone.get(challenge(victim))).status_code == 200
    else:
        give_password(victim)
        assert give_code(victim, world.app()).status_code == 200
    attacker = Http(raise_request_exception=False)
    attacker.cookies["session"] = planted
    assert victim.cookies["session"].value != planted
    assert refused(attacker.get("/api/me"), 401)
    assert is_shut(attacker)


def test_signing_out_kills_the_key(world):
    victim = sign_in("ana", world.app)
    key = victim.cookies["session"].value
    ask(victim, "delete", "auth/session")
    attacker = Http(raise_request_exception=False)
    attacker.cookies["session"] = key
    assert is_shut(attacker)
