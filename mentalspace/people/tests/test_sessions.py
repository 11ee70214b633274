"""How long a session lives, what its cookie looks like, and what a foreign page cannot do with it."""

from datetime import datetime, timedelta

import pytest

from mentalspace.core import clock
from mentalspace.people.sessions import ABSOLUTE, IDLE
from tests.cast import NOW, PASSWORD
from tests.http import Http, refused

LOGIN = "/_allauth/browser/v1/auth/login"
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(http):
    """Signed in at `NOW`."""
    with clock.frozen(NOW):
        return http("ana")


def at(moment, browser, path="/api/me", method="get", **headers):
    with clock.frozen(moment):
        return getattr(browser, method)(path, headers=headers)


def test_it_ends_after_fifteen_idle_minutes(ana):
    assert at(NOW + IDLE - timedelta(seconds=1), ana).status_code == 200
    assert at(NOW + 2 * IDLE - timedelta(seconds=2), ana).status_code == 200
    assert refused(at(NOW + 3 * IDLE, ana), 401, "not_signed_in")


def test_it_ends_after_twelve_hours_whatever_one_does(ana):
    moment = NOW
    while moment < NOW + ABSOLUTE - IDLE:
        moment += IDLE / 2
        assert at(moment, ana).status_code == 200
    assert at(NOW + ABSOLUTE - timedelta(seconds=1), ana).status_code == 200
    assert refused(at(NOW + ABSOLUTE, ana), 401)


def test_looking_at_the_session_does_not_extend_it(ana):
    told = at(NOW + IDLE / 2, ana, "/api/session").json()
    assert datetime.fromisoformat(told["idle_expires_at"]) == NOW + IDLE
    assert datetime.fromisoformat(told["absolute_expires_at"]) == NOW + ABSOLUTE
    assert datetime.fromisoformat(told["server_time"]) == NOW + IDLE / 2
    assert refused(at(NOW + IDLE, ana), 401)


def test_staying_extends_it(ana):
    told = at(NOW + IDLE / 2, ana, "/api/session", "post").json()
    assert datetime.fromisoformat(told["idle_expires_at"]) == NOW + IDLE / 2 + IDLE
    assert at(NOW + IDLE, ana).status_code == 200


def test_what_happens_by_itself_does_not_extend_it(ana):
    assert at(NOW + IDLE / 2, ana, **{"X-Passive": "1"}).status_code == 200
    assert refused(at(NOW + IDLE, ana), 401)


def test_a_key_nobody_gave_out_is_nobody(http):
    nobody = http(None)
    nobody.cookies["session"] = "a" * 32
    assert refused(nobody.get("/api/me"), 401)


def given(http, **headers):
    answer = http.post(
        LOGIN, {"email": "ash@example.org", "password": PASSWORD}, content_type="application/json", headers=headers
    )
    assert answer.status_code == 200
    return answer.cookies


def test_a_browser_gets_the_strict_cookie():
    cookies = given(Http(), **{"Sec-Fetch-Mode": "cors"})
    assert "session" not in cookies
    cookie = cookies["__Host-session"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"], cookie["max-age"]) == ("/", "", "")


def test_a_script_on_loopback_gets_the_nearest():
    cookies = given(Http())
    assert "__Host-session" not in cookies
    cookie = cookies["session"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")


def test_behind_https_only_the_strict_name_is_read(ana, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    key = ana.cookies["session"].value
    assert refused(at(NOW, ana, **{"X-Forwarded-Proto": "https"}), 401)
    ana.cookies["__Host-session"] = key
    assert at(NOW, ana, **{"X-Forwarded-Proto": "https"}).status_code == 200


def test_the_strict_cookie_signs_in_and_out():
    http = Http()
    given(http, **{"Sec-Fetch-Mode": "cors"})
    assert refused(http.get("/api/me", headers={"Sec-Fetch-Mode": "cors"}), 403, "second_factor_missing")
    answer = http.delete("/_allauth/browser/v1/auth/session", headers={"Sec-Fetch-Mode": "cors"})
    gone = answer.cookies["__Host-session"]
    assert (gone.value, gone["max-age"], gone["secure"]) == ("", 0, True)
    assert refused(http.get("/api/me"), 401)


def test_a_foreign_page_cannot_post(http):
    """Browsers send the cookie; what they cannot send from elsewhere is the token."""
    strict = Http(enforce_csrf_checks=True)
    strict.cookies["session"] = http("ana").cookies["session"].value
    assert refused(strict.post("/api/session"), 403, "csrf_failed")
    answer = strict.post(LOGIN, {"email": "ash@example.org", "password": PASSWORD}, content_type="application/json")
    assert answer.status_code == 403
    strict.get("/")
    token = strict.cookies["csrftoken"].value
    assert strict.post("/api/session", headers={"X-CSRFToken": token}).status_code == 200
    forged = {"X-CSRFToken": token, "Origin": "https://elsewhere.example"}
    assert strict.post("/api/session", headers=forged).status_code == 403
