"""An address that tries too much is turned away before any account is asked for; right secrets do not count."""

import pytest

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.people import limits
from mentalspace.people.limits import Limit
from mentalspace.people.models import LoginAttempt, RateLimit
from mentalspace.people.tests.browser import ask, give_code, give_password, sign_in
from mentalspace.people.tests.test_lockout import trusting
from tests.cast import PASSWORD
from tests.http import Http, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _narrow(monkeypatch):
    monkeypatch.setitem(limits.BY_ADDRESS, limits.LOGIN, Limit(3, 60))


def counted():
    with acting_as(IDENTITY):
        rows = RateLimit.objects.filter(subject__startswith="address")
        return {row.subject: row.attempt_count for row in rows}


def test_a_spraying_address_is_turned_away_whatever_it_asks():
    for name in ("ana", "ash", "nobody"):
        assert give_password(Http(), name, password="Summer-2026-Summer").status_code == 400
    answers = [give_password(Http(), name, password=PASSWORD) for name in ("sam", "nobody")]
    assert [refused(answer, 429, "too_many_attempts") for answer in answers]
    assert answers[0].content == answers[1].content
    assert 3500 < int(answers[0]["Retry-After"]) <= 3600
    with acting_as(IDENTITY):
        assert LoginAttempt.objects.count() == 3  # what is turned away is looked at no further
    assert counted() == {"address 127.0.0.1": 5}


def test_right_passwords_and_codes_give_their_place_back(app):
    for _ in range(5):
        sign_in("ana", app)
    assert counted() == {"address 127.0.0.1": 0}
    http = Http()
    give_password(http)
    give_code(http, "000000")
    assert counted() == {"address 127.0.0.1": 1}


def test_other_addresses_are_not_turned_away():
    for _ in range(4):
        give_password(Http(), "nobody", password="wrong")
    assert give_password(Http(REMOTE_ADDR="192.0.2.7"), "ana").status_code == 200


def test_who_is_signed_in_or_known_there_goes_on(ana):
    known = trusting(Http(), "ash")
    for _ in range(4):
        give_password(Http(), "nobody", password="wrong")
    assert give_password(Http(), "ash").status_code == 429
    assert give_password(known, "ash").status_code == 200
    assert ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    assert ana.get("/api/me").status_code == 200


def test_a_header_is_no_other_address():
    for number in range(4):
        browser = Http(headers={"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"})
        give_password(browser, "nobody", password="wrong")
    assert counted() == {"address 127.0.0.1": 4}
    assert give_password(Http(headers={"X-Forwarded-For": "203.0.113.9"}), "ana").status_code == 429


def test_what_cannot_be_counted_is_refused(monkeypatch):
    def broken(*args, **how):
        raise RuntimeError("no table")

    monkeypatch.setattr(limits, "take", broken)
    browser = Http(raise_request_exception=False)
    assert give_password(browser).status_code == 500
    assert refused(browser.get("/api/me"), 401)
