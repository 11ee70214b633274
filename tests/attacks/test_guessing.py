"""Guessing: lists of stolen passwords, one password for everybody, a million codes. What is looked at is counted."""

from datetime import timedelta
from ipaddress import ip_network

import pytest

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.core import clock
from mentalspace.people.auth import Hasher
from mentalspace.people.limits import BY_ADDRESS, LOGIN, LOGIN_BY_DEVICE, Limit
from mentalspace.people.lockout import LIMIT, LOCKED_FOR
from mentalspace.people.models import LoginAttempt
from mentalspace.people.tests.browser import errors, give_code, give_password
from mentalspace.people.tests.test_lockout import trusting
from tests.cast import ID, NOW, PASSWORD, ROLES
from tests.http import Http, refused

pytestmark = pytest.mark.django_db

LOCKED = ["too_many_login_attempts"]
WRONG = ["email_password_mismatch"]
MILLION = 1_000_000
A_SECOND = 50
"""Codes the attacker sends each second: as many as the product would answer."""


@pytest.fixture
def hashes(monkeypatch):
    """The passwords that were looked at. All of them are wrong, so none is hashed for it."""
    seen = []

    def verify(self, password, encoded):
        seen.append(password)
        return False

    def encode(self, password, salt):
        seen.append(password)
        return "argon2$none"

    monkeypatch.setattr(Hasher, "verify", verify)
    monkeypatch.setattr(Hasher, "encode", encode)
    return seen


def test_stuffing_from_one_address_is_over_after_a_hundred(hashes):
    answers = [give_password(Http(), f"somebody{n}", password="from-a-leak") for n in range(130)]
    most = BY_ADDRESS[LOGIN].most
    assert [answer.status_code for answer in answers] == [400] * most + [429] * (130 - most)
    assert len(hashes) == most
    assert refused(give_password(Http(), "ana"), 429, "too_many_attempts")  # the right one would not be looked at


def test_a_trusted_browser_does_not_spray_without_end(hashes, monkeypatch):
    monkeypatch.setitem(BY_ADDRESS, LOGIN, Limit(3, 60))
    browsers, most = [trusting(Http(), "ash"), trusting(Http(), "ash")], BY_ADDRESS[LOGIN_BY_DEVICE].most
    for n in range(3):
        give_password(Http(), f"nobody{n}", password="from-a-leak")
    answers = [give_password(browsers[n % 2], f"somebody{n}", password="from-a-leak") for n in range(most + 5)]
    assert [answer.status_code for answer in answers] == [400] * most + [429] * 5
    assert len(hashes) == most + 3
    assert give_password(trusting(Http(), "sam"), "sam", password="wrong").status_code == 400


def test_stuffing_one_account_from_everywhere_is_over_after_five(hashes):
    answers = [
        errors(give_password(Http(REMOTE_ADDR=f"203.0.113.{n}"), "ana", password=f"leak {n}")) for n in range(40)
    ]
    assert answers == [WRONG] * LIMIT + [LOCKED] * (40 - LIMIT)
    assert len(hashes) == LIMIT


def test_spraying_tells_nothing_about_who_has_an_account(hashes):
    names = [*ROLES, *(f"nobody{n}" for n in range(len(ROLES)))]
    answers = [give_password(Http(), name, password="Winter-2026-Winter") for name in names]
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    assert len(hashes) == len(names)
    with acting_as(IDENTITY):
        assert LoginAttempt.objects.filter(success=False).count() == len(names)


def test_x_forwarded_for_makes_no_new_address(hashes, settings):
    for n in range(BY_ADDRESS[LOGIN].most + 1):
        browser = Http(
            headers={"X-Forwarded-For": f"198.51.{n // 250}.{n % 250}", "X-Real-IP": f"198.51.100.{n % 250}"}
        )
        answer = give_password(browser, f"somebody{n}", password="from-a-leak")
    assert answer.status_code == 429
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.0/8")]
    for n in range(BY_ADDRESS[LOGIN].most + 1):  # the proxy appends the real one; what stands before it is the client's
        browser = Http(headers={"X-Forwarded-For": f"198.51.{n // 250}.{n % 250}, 203.0.113.7"})
        answer = give_password(browser, f"person{n}", password="from-a-leak")
    assert answer.status_code == 429
    assert give_password(Http(headers={"X-Forwarded-For": "203.0.113.8"}), "ana").status_code == 400


def test_spellings_do_not_multiply_the_tries(hashes):
    spellings = ["ana@example.org", "ANA@example.org", "Ana@Example.ORG", "ana@\uff45xample.org", "aNA@EXAMPLE.org"]
    answers = [errors(give_password(Http(), email=name, password="leak")) for name in spellings * 4]
    assert answers == [WRONG] * LIMIT + [LOCKED] * (len(answers) - LIMIT)


@pytest.mark.parametrize(
    "twin",
    ["an\u0430@example.org", "a\u200bna@example.org", "a.na@example.org", "ana+x@example.org", "ana@example.org."],
)
def test_a_twin_of_the_name_is_no_way_to_the_account(twin):
    assert give_password(Http(), email=twin, password=PASSWORD).status_code == 400
    assert give_password(Http(), "ana").status_code == 200


def test_a_million_codes_in_fast_forward(app):
    """The attacker has Ana's password and sends codes for hours. A code is looked at only while nothing is locked;
    the clock is moved over the time in which every one is refused unseen, after asking once that this is so."""
    sent, looked_at, at = 0, 0, NOW
    while sent < MILLION:
        with clock.frozen(at):
            http = Http()
            entered = give_password(http)
            if entered.status_code == 401:
                looked_at += _guess_until_refused(http, app)
            sent += LIMIT
            assert errors(give_password(Http())) == LOCKED
            assert refused(http.get("/api/me"), 401)
        at += LOCKED_FOR
        sent += int(LOCKED_FOR / timedelta(seconds=1)) * A_SECOND
    hours = (at - NOW) / timedelta(hours=1)
    assert looked_at <= 10 * hours + LIMIT
    assert looked_at < 150  # of a million: with one code in a million right, 1 in 7,000 to get in
    with acting_as(IDENTITY):
        assert not LoginAttempt.objects.filter(user_id=ID["ana"], success=True).exists()


def _guess_until_refused(http, app):
    looked_at = 0
    for _ in range(LIMIT):
        right = app()
        answer = give_code(http, "000000" if right != "000000" else "111111")
        if answer.status_code != 400 or errors(answer) != ["incorrect_code"]:
            break
        looked_at += 1
    return looked_at


def test_recovery_codes_are_guessed_no_faster(app):
    http = Http()
    give_password(http)
    answers = [give_code(http, f"{n:08}abc") for n in range(LIMIT)]
    assert {answer.status_code for answer in answers} == {400}
    assert give_code(http, app()).status_code in (401, 409)
    assert errors(give_password(Http())) == LOCKED
