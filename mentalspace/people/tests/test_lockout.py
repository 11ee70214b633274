"""Five failures within 30 minutes lock for 30, whatever is guessed and however the name is written."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.audit.models import AuditLog, SecurityIncident
from mentalspace.core import clock
from mentalspace.jobs.queue import perform
from mentalspace.people import devices
from mentalspace.people.auth import Hasher
from mentalspace.people.jobs import record_failure
from mentalspace.people.lockout import LIMIT, LOCKED_FOR, WINDOW
from mentalspace.people.models import LoginAttempt, RateLimit, TrustedDevice, User
from mentalspace.people.tests.browser import ask, errors, give_code, give_password, sign_in
from tests.cast import ID, NOW, PASSWORD, actor
from tests.http import Http, refused

pytestmark = pytest.mark.django_db

LOCKED = ["too_many_login_attempts"]


def fail(times, name="ana", **how):
    return [give_password(Http(), name, password="wrong", **how) for _ in range(times)]


def test_the_fifth_failure_locks_for_half_an_hour():
    with clock.frozen(NOW):
        assert [errors(answer) for answer in fail(LIMIT)] == [["email_password_mismatch"]] * LIMIT
        assert errors(give_password(Http())) == LOCKED
    with clock.frozen(NOW + LOCKED_FOR - timedelta(seconds=1)):
        assert errors(give_password(Http())) == LOCKED
    with clock.frozen(NOW + LOCKED_FOR):
        assert give_password(Http()).status_code == 200
    with acting_as(IDENTITY):
        tries = LoginAttempt.objects.filter(failure_reason="wrong_password").order_by("attempt_count")
        assert list(tries.values_list("attempt_count", flat=True)) == [1, 2, 3, 4, 5]
        assert [row.locked_until for row in tries] == [None] * 4 + [NOW + LOCKED_FOR]
        assert {row.user_id for row in tries} == {ID["ana"]}


def test_failures_further_apart_than_the_window_do_not_add_up():
    for number in range(LIMIT + 2):
        with clock.frozen(NOW + number * (WINDOW / (LIMIT - 1) + timedelta(seconds=1))):
            assert errors(fail(1)[0]) != LOCKED


def test_a_sign_in_starts_the_count_again(app):
    fail(LIMIT - 1)
    sign_in("ana", app)
    fail(LIMIT - 1)
    assert give_password(Http()).status_code == 401


def test_others_are_not_locked_with_her():
    fail(LIMIT)
    assert give_password(Http(), "ash").status_code == 200


@pytest.mark.parametrize(
    "spelling",
    ["ANA@EXAMPLE.ORG", " ana@example.org ", "Ana@Example.Org", "ana@\uff45xample.org"],
)
def test_another_spelling_of_the_name_is_as_locked(spelling):
    fail(LIMIT)
    assert errors(give_password(Http(), email=spelling)) == LOCKED


@pytest.mark.parametrize(
    "twin",
    [
        "m\u0131a@example.org",
        "m\u00adia@example.org",
        "\uff4dia@example.org",
        "mi\u0430@example.org",
        "mia@ex\u00e4mple.org",
        "m.ia@example.org",
    ],
)
def test_unicode_twins_and_dots_are_other_accounts(twin):
    assert give_password(Http(), "mia").status_code == 200
    assert give_password(Http(), email=twin).status_code == 400


def test_failures_under_every_spelling_add_up():
    for spelling in ("ana@example.org", "ANA@example.org", "Ana@EXAMPLE.org", " ana@example.org", "aNa@example.org"):
        give_password(Http(), password="wrong", email=spelling)
    assert errors(give_password(Http())) == LOCKED


def test_wrong_codes_count_and_end_the_sign_in(app):
    http = Http()
    give_password(http)
    for _ in range(LIMIT):
        assert errors(give_code(http, "000000")) == ["incorrect_code"]
    assert give_code(http, app()).status_code in (401, 409)
    assert errors(give_password(Http())) == LOCKED
    with acting_as(IDENTITY):
        counted = LoginAttempt.objects.exclude(failure_reason="locked")
        assert set(counted.values_list("factor", "failure_reason")) == {("totp", "wrong_code")}


def test_passwords_and_codes_add_up(app):
    http = Http()
    give_password(http)
    fail(2)
    for _ in range(LIMIT - 2):
        give_code(http, "000000")
    assert errors(give_password(Http())) == LOCKED


def test_sign_ins_begun_before_the_lock_do_not_go_on_guessing(app):
    """Somebody with the password opens many browsers at the second step, and locks with one."""
    waiting, guessing = Http(), Http()
    give_password(waiting)
    give_password(guessing)
    for _ in range(LIMIT):
        give_code(guessing, "000000")
    assert errors(give_code(waiting, app())) == LOCKED
    assert refused(waiting.get("/api/me"), 401)


def test_a_found_session_is_no_place_to_guess_the_password(ana):
    wrong = {"current_password": "wrong", "new_password": "another-horse-battery-8"}
    for _ in range(LIMIT):
        assert ask(ana, "post", "account/password/change", wrong).status_code == 400
    right = wrong | {"current_password": PASSWORD}
    assert errors(ask(ana, "post", "account/password/change", right)) == LOCKED
    assert errors(ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD})) == LOCKED


def test_reauthentication_counts_too(ana):
    for _ in range(LIMIT):
        ask(ana, "post", "auth/reauthenticate", {"password": "wrong"})
    assert errors(ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD})) == LOCKED
    assert errors(give_password(Http())) == LOCKED


def test_tries_during_a_lock_do_not_prolong_it():
    with clock.frozen(NOW):
        fail(LIMIT + 20)
    with clock.frozen(NOW + LOCKED_FOR):
        assert errors(fail(1)[0]) != LOCKED
        assert give_password(Http()).status_code == 200


def test_strangers_shut_out_strangers_and_not_who_is_signed_in(ana):
    fail(LIMIT)
    assert errors(give_password(Http())) == LOCKED
    assert ana.get("/api/me").status_code == 200
    assert ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200


def test_strangers_guesses_do_not_add_up_with_the_persons_own_slips(ana, app):
    fail(LIMIT - 1)
    for _ in range(LIMIT - 1):
        assert ask(ana, "post", "auth/reauthenticate", {"password": "slip"}).status_code == 400
        assert ask(ana, "post", "auth/2fa/reauthenticate", {"code": app()}).status_code == 200
    assert ana.get("/api/me").status_code == 200
    assert ask(ana, "post", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200


def test_ten_failures_an_hour_and_then_it_waits_for_the_hour():
    for half in (0, 1):
        with clock.frozen(NOW + half * LOCKED_FOR):
            assert [errors(answer) for answer in fail(LIMIT)] == [["email_password_mismatch"]] * LIMIT
    with acting_as(IDENTITY):
        row = RateLimit.objects.get(operation="login", user_id=ID["ana"])
        assert (row.attempt_count, row.window_expires_at) == (2 * LIMIT, NOW + 2 * LOCKED_FOR)
    with clock.frozen(NOW + 2 * LOCKED_FOR - timedelta(seconds=1)):
        assert errors(give_password(Http())) == LOCKED
    with clock.frozen(NOW + 2 * LOCKED_FOR):
        assert give_password(Http()).status_code == 200


def test_a_completed_sign_in_clears_the_accounts_count(app):
    fail(LIMIT - 1)
    sign_in("ana", app)
    with acting_as(IDENTITY):
        assert not RateLimit.objects.filter(user_id=ID["ana"]).exists()


def test_at_the_same_moment_no_more_are_looked_at_than_the_limit_allows(really_committed):
    def guess(browser, number):
        return give_password(browser, "ana", password=f"wrong {number}")

    ready = Barrier(12)

    def run(number):
        try:
            ready.wait(timeout=30)
            return errors(guess(Http(), number))
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        answers = [one.result() for one in [pool.submit(copy_context().run, run, n) for n in range(12)]]
    assert answers.count(["email_password_mismatch"]) == LIMIT
    assert answers.count(LOCKED) == 12 - LIMIT


class Work:
    """What the server does for a try: statements by shape, and hashes."""

    def __init__(self, monkeypatch):
        self.hashes = 0
        for name in ("encode", "verify"):
            monkeypatch.setattr(Hasher, name, self._counting(getattr(Hasher, name)))

    def _counting(self, method):
        def run(*args):
            self.hashes += 1
            return method(*args)

        return run

    def of(self, name, times=1):
        """(status, text, hashes, statements) of wrong passwords under this name."""
        found = []
        for _ in range(times):
            self.hashes = 0
            with CaptureQueriesContext(connection) as seen:
                answer = give_password(Http(), name, password="wrong")
            shapes = [re.sub(r"'[^']*'|\"s\d+_x\d+\"", "?", query["sql"])[:60] for query in seen.captured_queries]
            found.append((answer.status_code, answer.content, self.hashes, shapes))
        return found


def test_known_and_unknown_accounts_cost_the_same_work(monkeypatch):
    work = Work(monkeypatch)
    known, unknown = work.of("ana", LIMIT + 2), work.of("nobody", LIMIT + 2)
    for mine, other in zip(known, unknown, strict=True):
        assert mine[:3] == other[:3]
        assert mine[3] == other[3]
    assert [hashes for _, _, hashes, _ in known] == [1] * LIMIT + [0, 0]


def test_accounts_that_cannot_sign_in_cost_the_same_work(monkeypatch):
    with acting_as(IDENTITY):
        User.objects.filter(pk=ID["ash"]).update(is_active=False)
        User.objects.filter(pk=ID["sam"]).update(password=make_password(None))
    work = Work(monkeypatch)
    unknown = work.of("nobody")
    for name in ("ash", "sam"):
        assert work.of(name) == unknown


def test_wrong_passwords_come_into_the_trail_of_the_accounts_practice():
    fail(1)
    fail(1, "nobody")
    with acting_as(IDENTITY):
        tries = list(LoginAttempt.objects.order_by("attempted_at"))
    for row in tries:
        perform(IDENTITY, record_failure, attempt=str(row.pk), account=str(row.user_id or ""))
    perform(IDENTITY, record_failure, attempt=str(ID["otto"]), account=str(ID["otto"]))
    for name, people in (("ada", [("ana", "127.0.0.1")]), ("olga", [("otto", None)])):
        with acting_as(actor(name)):
            lines = AuditLog.objects.filter(event="sign_in.failed").values_list("user_id", "ip_address")
            assert list(lines) == [(ID[who], address) for who, address in people]


def test_the_try_that_locks_an_account_is_put_before_its_administrators():
    fail(LIMIT)
    fail(LIMIT, "nobody")
    with acting_as(IDENTITY):
        tries = list(LoginAttempt.objects.all())
    for row in tries:
        perform(IDENTITY, record_failure, attempt=str(row.pk), account=str(row.user_id or ""))
    with acting_as(actor("ada")):
        assert list(SecurityIncident.objects.values_list("incident_type", "user_id")) == [("account_locked", ID["ana"])]
    with acting_as(actor("olga")):
        assert not SecurityIncident.objects.exists()


def trusting(http, name):
    """This browser, trusted by somebody as of now."""
    request: Any = RequestFactory().get("/")
    with acting_as(IDENTITY):
        devices.trust(request, ID[name])
    (value, _) = request.cookies_to_keep[devices.COOKIE]
    http.cookies[devices.COOKIE] = value
    return http


def test_a_device_the_account_trusts_is_not_shut_out_by_strangers():
    known, others = trusting(Http(), "ana"), trusting(Http(), "ash")
    fail(LIMIT)
    assert errors(give_password(others)) == LOCKED
    assert give_password(known).status_code == 200


def test_guesses_on_a_trusted_device_lock_it_and_strangers_too():
    known = trusting(Http(), "ana")
    for _ in range(LIMIT):
        assert errors(give_password(known, password="wrong")) == ["email_password_mismatch"]
    assert errors(give_password(known)) == errors(give_password(Http())) == LOCKED


def test_a_device_whose_trust_has_ended_is_a_stranger():
    known = trusting(Http(), "ana")
    fail(LIMIT)
    with acting_as(IDENTITY):
        TrustedDevice.objects.update(expires_at=clock.now())
    assert errors(give_password(known)) == LOCKED
