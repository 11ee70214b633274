"""Using what was seen or planted: codes, cookies, proofs. Each opens one door once, or none."""

import time
from datetime import timedelta

import pytest

from mentalspace.core import clock
from mentalspace.people import reauthentication
from mentalspace.people.sessions import ABSOLUTE, IDLE, SessionStore
from mentalspace.people.tests.browser import ask, enrol, errors, give_code, give_password, sign_in
from tests.cast import NOW, PASSWORD
from tests.http import Http, refused
from tests.sessions import session_of

pytestmark = pytest.mark.django_db


def test_a_code_seen_over_the_shoulder(app, monkeypatch):
    moment = time.time()
    monkeypatch.setattr(time, "time", lambda: moment)
    shown = app()
    sign_in("ana", lambda: shown)
    for _ in range(2):
        thief = Http()
        give_password(thief)
        assert errors(give_code(thief, shown)) == ["incorrect_code"]
        assert refused(thief.get("/api/me"), 401)


def test_a_cookie_copied_before_signing_out(ana):
    thief = Http()
    thief.cookies["session"] = ana.cookies["session"].value
    assert thief.get("/api/me").status_code == 200  # a cookie is the session: so it ends with it
    ask(ana, "delete", "auth/session")
    assert refused(thief.get("/api/me"), 401)


def test_a_cookie_copied_before_the_password_changed(ana):
    thief = Http()
    thief.cookies["session"] = ana.cookies["session"].value
    change = {"current_password": PASSWORD, "new_password": "another-horse-battery-8"}
    assert ask(ana, "post", "account/password/change", change).status_code == 200
    assert refused(thief.get("/api/me"), 401)


def test_a_cookie_found_later(app):
    with clock.frozen(NOW):
        ana = sign_in("ana", app)
    key = ana.cookies["session"].value
    for later in (IDLE, ABSOLUTE, timedelta(days=30)):
        with clock.frozen(NOW + later):
            thief = Http()
            thief.cookies["session"] = key
            assert refused(thief.get("/api/me"), 401)


def test_a_planted_cookie_is_not_taken_over(app):
    planted = "a" * 32
    victim = Http()
    victim.cookies["session"] = planted
    sign_in("ana", app, victim)
    assert victim.cookies["session"].value != planted
    thief = Http()
    thief.cookies["session"] = planted
    assert refused(thief.get("/api/me"), 401)


def test_a_planted_session_that_exists_does_not_come_in_along(app):
    """The attacker begins a sign-in of their own and plants its cookie; the key changes at each step."""
    thief = Http()
    give_password(thief, "ash", password="wrong")
    ask(thief, "get", "config")
    give_password(thief)
    planted = thief.cookies["session"].value
    victim = Http()
    victim.cookies["session"] = planted
    sign_in("ana", app, victim)
    assert victim.get("/api/me").status_code == 200
    assert refused(thief.get("/api/me"), 401)


def test_a_step_begun_as_one_person_is_not_ended_as_another(app):
    """The second step belongs to whoever gave the password in this browser."""
    ash = enrol("ash")
    http = Http()
    give_password(http, "ash")
    assert errors(give_code(http, app())) == ["incorrect_code"]
    assert give_code(http, ash()).status_code == 200
    assert http.get("/api/me").json()["name"] == "Ash Cast"


def test_a_request_from_another_site_has_no_token(app):
    strict = Http(enforce_csrf_checks=True, raise_request_exception=False)
    assert refused(give_password(strict), 403, "csrf_failed")
    strict.cookies["session"] = session_of("ana")
    assert refused(strict.call("post", "/session"), 403, "csrf_failed")
    assert refused(ask(strict, "delete", "auth/session"), 403, "csrf_failed")


def test_a_proof_of_identity_is_not_carried_to_another_session(ana, app):
    ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD})
    other = sign_in("ana", app)
    stores = [SessionStore(browser.cookies["session"].value) for browser in (ana, other)]
    for store in stores:
        store.load()
    assert [reauthentication.has_fresh_proof(store) for store in stores] == [True, False]
    assert reauthentication.spend(stores[0])
    assert not reauthentication.spend(stores[0])
