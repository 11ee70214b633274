"""Passkeys: with a finger they are both factors at once, after a password the second; and what they refuse."""

import json

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from django.test import RequestFactory

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.people.models import User
from mentalspace.people.tests import passkeys
from mentalspace.people.tests.browser import BASE, ask, errors, give_password, sign_in
from mentalspace.people.tests.passkeys import HOST, Phone, answer, challenge
from tests.cast import ID, PASSWORD
from tests.http import Http, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(ana):
    """Ana's phone, whose passkey her account knows."""
    made = Phone()
    assert ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    assert passkeys.add(ana, made).status_code == 200
    return made


def me(http):
    return http.get("/api/me", headers=HOST)


def test_a_passkey_signs_in_without_a_password(phone):
    http = Http()
    before = http.cookies.get("session")
    assert answer(http, phone.get(challenge(http))).status_code == 200
    assert me(http).json()["name"] == "Ana Cast"
    assert before is None or http.cookies["session"].value != before.value


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("localhost", "localhost"),
        ("LOCALHOST:8000", "localhost"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "::1"),
        ("[::1]", "::1"),
    ],
)
def test_a_passkey_belongs_to_the_host_without_its_port(host, owner, settings):
    """As a browser names the host of an origin, and the library that compares the two."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    with context.request_context(RequestFactory().get("/", headers={"Host": host})):
        assert get_adapter().get_public_key_credential_rp_entity() == {"id": owner, "name": "MentalSpace"}


def test_it_can_be_the_second_factor(phone):
    http = Http()
    given = give_password(http)
    pending = next(flow for flow in given.json()["data"]["flows"] if flow.get("is_pending"))
    assert set(pending["types"]) == {"recovery_codes", "totp", "webauthn"}
    asked = challenge(http, "auth/webauthn/authenticate")
    assert [data["id"] for data in asked["publicKey"]["allowCredentials"]] == [passkeys.text(phone.credential)]
    assert refused(me(http), 401)
    assert answer(http, phone.get(asked), "auth/webauthn/authenticate").status_code == 200
    assert me(http).status_code == 200


def test_it_proves_again_who_one_is(ana, phone):
    asked = challenge(ana, "auth/webauthn/reauthenticate")
    assert answer(ana, phone.get(asked), "auth/webauthn/reauthenticate").status_code == 200
    assert ask(ana, "post", "account/authenticators/recovery-codes", {}).status_code == 200


def test_whoever_has_none_yet_is_in_as_soon_as_it_is_set_up():
    http = Http()
    give_password(http, "ash")
    assert refused(http.get("/api/me"), 403, "second_factor_missing")
    ask(http, "post", "auth/reauthenticate", {"password": PASSWORD})
    added = passkeys.add(http, Phone())
    assert added.json()["meta"]["recovery_codes_generated"] is True
    assert http.get("/api/me").status_code == 200
    assert sorted(http.read("/account")["factors"]) == ["recovery_codes", "webauthn"]


def test_without_a_fresh_proof_none_is_added(ana):
    begun = ask(ana, "get", "account/authenticators/webauthn?passwordless", **HOST)
    assert begun.status_code == 401


def wrong(phone, http):
    """Answers of which each lies in one thing."""
    stranger = Phone()
    stranger.credential, stranger.handle = phone.credential, phone.handle
    unseen = Phone(is_verified=False)
    unseen.key, unseen.credential, unseen.handle = phone.key, phone.credential, phone.handle
    elsewhere = Phone(origin="http://localhost.evil.example")
    elsewhere.key, elsewhere.credential, elsewhere.handle = phone.key, phone.credential, phone.handle
    yield "another key", stranger.get(challenge(http))
    yield "nobody was verified", unseen.get(challenge(http))
    yield "another page", elsewhere.get(challenge(http))
    old = challenge(http)
    challenge(http)
    yield "an old question", phone.get(old)
    unknown = Phone()
    unknown.handle = phone.handle
    yield "a passkey nobody knows", unknown.get(challenge(http))
    ashs = Phone()
    ashs.key, ashs.credential = phone.key, phone.credential
    ashs.handle = user_pk_to_url_str(User(pk=ID["ash"])).encode()
    yield "somebody else's name", ashs.get(challenge(http))


def test_every_lie_is_refused_alike(phone):
    http = Http()
    for what, lie in wrong(phone, http):
        given = answer(http, lie)
        assert (given.status_code, errors(given)) == (400, ["incorrect_code"]), what
        assert refused(me(http), 401), what


def test_an_answer_opens_one_door_once(phone):
    http = Http()
    given = phone.get(challenge(http))
    assert answer(http, given).status_code == 200
    thief = Http()
    challenge(thief)
    assert errors(answer(thief, given)) == ["incorrect_code"]
    ask(http, "delete", "auth/session", **HOST)
    challenge(http)
    assert errors(answer(http, given)) == ["incorrect_code"]


@pytest.mark.parametrize(
    "credential",
    [
        {},
        [],
        "x",
        1,
        None,
        {"response": None},
        {"response": {"userHandle": None}},
        {"response": {"userHandle": "!"}, "id": "x", "rawId": "x", "type": "public-key"},
        {"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "userHandle": "AA"}},
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"},
        },
    ],
)
def test_what_cannot_be_read_is_a_bad_request(credential, phone, ana):
    http = Http()
    challenge(http)
    assert answer(http, credential).status_code == 400
    ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD})
    ask(ana, "get", "account/authenticators/webauthn?passwordless", **HOST)
    body = {"name": "x", "credential": credential}
    assert ask(ana, "post", "account/authenticators/webauthn", body, **HOST).status_code == 400


def test_a_closed_account_has_no_door(phone):
    with acting_as(IDENTITY):
        User.objects.filter(pk=ID["ana"]).update(is_active=False)
    http = Http()
    assert answer(http, phone.get(challenge(http))).status_code in (400, 401)
    assert refused(me(http), 401)


def test_it_still_opens_while_others_guess_the_password(phone):
    for _ in range(6):
        give_password(Http(), password="wrong")
    http = Http()
    assert answer(http, phone.get(challenge(http))).status_code == 200


def test_passkeys_have_names_and_go_one_by_one(ana, phone):
    listed = ask(ana, "get", "account/authenticators").json()["data"]
    key = next(each for each in listed if each["type"] == "webauthn")
    assert (key["name"], key["is_passwordless"]) == ("Phone", True)
    ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD})
    path = "account/authenticators/webauthn"
    assert ask(ana, "put", path, {"id": key["id"], "name": "Old phone"}).status_code == 200
    assert ask(ana, "delete", path, {"authenticators": [key["id"]]}).status_code == 200
    http = Http()
    assert errors(answer(http, phone.get(challenge(http)))) == ["incorrect_code"]


def test_nobody_touches_anothers(phone, ana):
    key = next(e for e in ask(ana, "get", "account/authenticators").json()["data"] if e["type"] == "webauthn")["id"]
    otto = Http()
    give_password(otto, "otto")
    ask(otto, "post", "auth/reauthenticate", {"password": PASSWORD})
    path = "account/authenticators/webauthn"
    assert ask(otto, "put", path, {"id": key, "name": "Mine"}).status_code == 400
    assert ask(otto, "delete", path, {"authenticators": [key]}).status_code == 400
    http = Http()
    assert answer(http, phone.get(challenge(http))).status_code == 200


def test_a_new_factor_ends_what_was_opened_without_it(ana, app):
    elsewhere = sign_in("ana", app)
    ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD})
    assert passkeys.add(ana, Phone()).status_code == 200
    assert refused(elsewhere.get("/api/me"), 401)
    assert ana.get("/api/me").status_code == 200


def test_signing_in_twice_is_a_conflict(phone):
    http = Http()
    answer(http, phone.get(challenge(http)))
    assert answer(http, phone.get(challenge(http))).status_code == 409


def test_the_question_is_new_each_time_and_asks_for_a_finger(phone):
    http = Http()
    asked = [challenge(http)["publicKey"] for _ in range(3)]
    assert len({each["challenge"] for each in asked}) == 3
    assert {each["userVerification"] for each in asked} == {"required"}
    assert {each["rpId"] for each in asked} == {"localhost"}
    assert not any(each.get("allowCredentials") for each in asked)


def test_a_foreign_page_cannot_answer(phone):
    """The cookie alone does not suffice."""
    strict = Http(enforce_csrf_checks=True)
    body = json.dumps({"credential": {}})
    given = strict.post(f"{BASE}auth/webauthn/login", body, content_type="application/json", headers=HOST)
    assert given.status_code == 403
