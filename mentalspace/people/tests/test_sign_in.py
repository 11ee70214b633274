"""Signing in through the endpoints a browser uses, with real passwords and codes."""

import time
from functools import partial
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import connection

from mentalspace.access.actor import IDENTITY, acting_as, identity_of
from mentalspace.audit.models import AUTHENTICATION, AuditLog
from mentalspace.launch.totp import code
from mentalspace.people.auth import Hasher
from mentalspace.people.models import LoginAttempt, Profile, Session, User
from mentalspace.people.sessions import stored_key
from mentalspace.people.tests.browser import ask, errors, give_code, give_password, sign_in
from tests.cast import ID, PASSWORD, actor
from tests.http import Http, refused

pytestmark = pytest.mark.django_db


def events():
    with acting_as(actor("ada")):
        rows = AuditLog.objects.filter(action_type=AUTHENTICATION).order_by("created_at")
        return list(rows.values_list("user_id", "event"))


def test_password_then_code_then_in(app):
    http = Http()
    answer = give_password(http)
    assert answer.status_code == 401
    pending = [flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]
    assert pending == ["mfa_authenticate"]
    assert refused(http.get("/api/me"), 401, "not_signed_in")
    assert give_code(http, app()).status_code == 200
    assert http.get("/api/me").json()["name"] == "Ana Cast"
    assert events() == [(ID["ana"], "sign_in.completed")]


def test_signing_out_ends_the_session(ana):
    assert ask(ana, "delete", "auth/session").status_code == 401
    assert refused(ana.get("/api/me"), 401, "not_signed_in")
    assert events()[-1] == (ID["ana"], "sign_out")


def test_without_a_second_factor_there_is_only_the_way_to_one():
    http = Http()
    assert give_password(http, "ash").status_code == 200
    assert refused(http.get("/api/me"), 403, "second_factor_missing")
    assert refused(http.get("/api/clients"), 403, "second_factor_missing")


def test_enrolment_then_the_next_sign_in_asks_for_the_code(django_capture_on_commit_callbacks):
    http = Http()
    give_password(http, "ash")
    offered = ask(http, "get", "account/authenticators/totp")
    secret = offered.json()["meta"]["secret"]
    proof = {"code": code(secret, time.time())}
    assert ask(http, "post", "account/authenticators/totp", proof).status_code == 401  # prove the password again
    assert ask(http, "post", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    assert ask(http, "post", "account/authenticators/totp", {"code": "000000"}).status_code == 400
    with acting_as(identity_of(ID["ash"])), django_capture_on_commit_callbacks(execute=True):
        assert ask(http, "post", "account/authenticators/totp", proof).status_code == 200
    assert (ID["ash"], "account.factor_added") in events()
    ask(http, "delete", "auth/session")
    assert give_password(http, "ash").status_code == 401
    assert give_code(http, code(secret, time.time())).status_code == 200
    assert http.get("/api/me").status_code == 200


def test_a_recovery_code_works_once(ana):
    ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD})
    made = ask(ana, "post", "account/authenticators/recovery-codes", {})
    codes = made.json()["data"]["unused_codes"]
    assert len(codes) == 10
    for expected in (200, 400):
        ask(ana, "delete", "auth/session")
        give_password(ana)
        assert give_code(ana, codes[0]).status_code == expected


def test_a_code_opens_one_door_once_in_every_process(app, monkeypatch):
    """Another process has another cache: what it must know stands in the row."""
    moment = time.time()
    monkeypatch.setattr(time, "time", lambda: moment)
    shown = app()
    sign_in("ana", lambda: shown)
    from django.core.cache import cache

    cache.clear()
    other = Http()
    give_password(other)
    assert errors(give_code(other, shown)) == ["incorrect_code"]
    assert refused(other.get("/api/me"), 401)


@pytest.mark.parametrize(("late", "status"), [(-60, 400), (-30, 200), (0, 200), (30, 200), (60, 400)])
def test_a_code_of_the_half_minute_before_or_after_is_right_once(app, monkeypatch, late, status):
    now = 1_800_000_015.0
    clock = SimpleNamespace(time=lambda: now)
    monkeypatch.setattr(totp, "time", clock)
    shown = code(app.secret, now + late)
    http = Http()
    give_password(http)
    assert give_code(http, shown).status_code == status
    for again in (now, now + 30) if status == 200 else ():
        clock.time = partial(float, again)
        cache.clear()
        other = Http()
        give_password(other)
        assert give_code(other, shown).status_code == 400


def test_secrets_are_sealed_at_rest(app):
    from allauth.mfa.models import Authenticator

    with acting_as(IDENTITY):
        stored = str(Authenticator.objects.get(user_id=ID["ana"]).data)
        user = User.objects.get(pk=ID["ana"])
    assert app.secret not in stored
    assert user.password.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert Hasher().verify(PASSWORD, user.password)


def test_the_session_key_is_stored_hashed(ana):
    key = ana.cookies["session"].value
    with acting_as(IDENTITY):
        kept = list(Session.objects.values_list("session_key", flat=True))
    assert kept == [stored_key(key)]
    assert key not in kept


def test_signing_in_changes_the_key(app):
    http = Http()
    give_password(http)
    before = http.cookies["session"].value
    give_code(http, app())
    assert http.cookies["session"].value != before


def test_known_and_unknown_accounts_get_the_same_answer():
    known, unknown = (give_password(Http(), name, password="wrong") for name in ("ana", "nobody"))
    assert known.status_code == unknown.status_code == 400
    assert known.content == unknown.content
    assert set(known.headers) == set(unknown.headers)


def test_an_unknown_account_locks_like_a_known_one():
    answers = []
    for name in ("ana", "nobody"):
        answers.append([give_password(Http(), name, password="wrong").content for _ in range(7)])
    assert answers[0] == answers[1]


def test_somebody_who_left_has_no_api(ana):
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ana"]).update(is_active=False)
    assert refused(ana.get("/api/me"), 401, "not_signed_in")


def test_a_closed_account_is_out_at_once(ana):
    with acting_as(IDENTITY):
        User.objects.filter(pk=ID["ana"]).update(is_active=False)
    assert refused(ana.get("/api/me"), 401, "not_signed_in")
    assert give_password(Http()).status_code == 401
    assert refused(ana.get("/api/me"), 401)


def test_changing_the_password_ends_the_other_sessions(ana, app):
    elsewhere = sign_in("ana", app)
    change = {"current_password": PASSWORD, "new_password": "another-horse-battery-8"}
    assert ask(ana, "post", "account/password/change", change).status_code == 200
    assert ana.get("/api/me").status_code == 200
    assert refused(elsewhere.get("/api/me"), 401)
    assert give_password(Http()).status_code == 400
    assert give_password(Http(), password="another-horse-battery-8").status_code == 401
    assert (ID["ana"], "account.password_changed") in events()


@pytest.mark.parametrize("new", ["short-7", "ana@example.org", "1q2w3e4r5t6y"])
def test_weak_passwords_are_refused(ana, new):
    change = {"current_password": PASSWORD, "new_password": new}
    assert ask(ana, "post", "account/password/change", change).status_code == 400
    assert give_password(Http()).status_code == 401


def test_reauthentication_by_password_and_by_code(ana, app):
    assert errors(ask(ana, "post", "auth/reauthenticate", {"password": "wrong"})) == ["incorrect_password"]
    assert ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    assert errors(ask(ana, "post", "auth/2fa/reauthenticate", {"code": "000000"})) == ["incorrect_code"]
    assert ask(ana, "post", "auth/2fa/reauthenticate", {"code": app()}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "auth/signup",
        "auth/email/verify/resend",
        "account/email",
        "account/phone",
        "auth/code/confirm",
        "auth/webauthn/signup",
        "auth/2fa/trust",
    ],
)
def test_what_the_product_does_not_use_is_not_there(ana, path):
    assert ask(ana, "post", path, {"email": "new@example.org"}).status_code == 404
    assert ana.post("/_allauth/app/v1/auth/login").status_code == 404


def test_nobody_but_identity_sees_credentials(ana):
    from django.db import DatabaseError, transaction

    for table in ("users", "sessions", "login_attempts", "mfa_authenticator", "account_emailaddress"):
        for name in ("ana", "ada"):
            with (
                acting_as(actor(name)),
                pytest.raises(DatabaseError),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"SELECT * FROM {table}")


def test_attempts_name_the_account_and_the_address(app):
    http = Http(headers={"User-Agent": "Browser 1"})
    give_password(http, password="wrong")
    sign_in("ana", app, http)
    with acting_as(IDENTITY):
        tries = list(LoginAttempt.objects.order_by("attempted_at").values())
    assert [(row["user_id"], row["success"]) for row in tries] == [(ID["ana"], False), (ID["ana"], True)]
    assert {row["ip_address"] for row in tries} == {"127.0.0.1"}
    assert {row["user_agent"] for row in tries} == {"Browser 1"}


@pytest.mark.parametrize("body", ["[" * 100_000, '{"email": "ana@example.org", "password": "\\ud800"}'])
def test_a_body_without_meaning_is_a_bad_request(db, body):
    browser = Http(raise_request_exception=False)
    answer = browser.post("/_allauth/browser/v1/auth/login", body, content_type="application/json")
    assert answer.status_code == 400, answer.content
