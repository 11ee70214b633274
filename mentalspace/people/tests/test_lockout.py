"""Five failures within 30 minutes lock for 30, whatever is guessed and however the name is written."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connections

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.core import clock
from mentalspace.people.lockout import LIMIT, LOCKED_FOR, WINDOW
from mentalspace.people.models import LoginAttempt
from mentalspace.people.tests.browser import ask, errors, give_code, give_password, sign_in
from tests.cast import ID, NOW, PASSWORD
from tests.http import Http, refused

pytestmark = pytest.mark.django_db

LOCKED = ["too_many_login_attempts"]
ACTIVE_LOCKS = """
SELECT user_id, attempt_count, locked_until
FROM login_attempts
WHERE locked_until > NOW()
ORDER BY locked_until DESC
LIMIT 10;
"""
FAILED_TODAY = """
SELECT email, COUNT(*) as attempts, MAX(attempted_at) as last_attempt
FROM login_attempts
WHERE attempted_at > NOW() - INTERVAL '1 day'
AND success = false
GROUP BY email
HAVING COUNT(*) > 5
ORDER BY attempts DESC;
"""


def fail(times, name="ana", **how):
    return [give_password(Http(), name, password="wrong", **how) for _ in range(times)]


def as_identity(sql, values=()):
    """A statement as the audience that owns these rows. (`mentalspace psql` cannot join a test's transaction.)"""
    with acting_as(IDENTITY), connections["default"].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


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


@pytest.mark.parametrize("spelling", ["ANA@EXAMPLE.ORG", " ana@example.org ", "Ana@Example.Org"])
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


@pytest.fixture
def operator():
    """The person behind `mentalspace psql`, on a connection of their own."""
    from mentalspace.launch.connection import connection

    known = connection("ms_operator")
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(known.dsn(), dbname=name, autocommit=True) as made:
        yield made


def test_the_runbook_finds_and_lifts_a_lock(operator):
    """The operator's row is committed, as a lock is; the statement that lifts it is the runbook's own."""
    tried = (
        "INSERT INTO login_attempts VALUES (gen_random_uuid(), %s, %s, now(), false, 'password', '', 5, {}, NULL, '')"
    )
    operator.execute(tried.format("now() + interval '30 minutes'"), [ID["bea"], "bea@example.org"])
    try:
        assert errors(give_password(Http(), "bea")) == LOCKED
        ((user_id, count, until),) = operator.execute(ACTIVE_LOCKS).fetchall()
        assert (user_id, count) == (ID["bea"], LIMIT)
        assert until > clock.now()
    finally:
        operator.execute(f"DELETE FROM login_attempts WHERE user_id = '{ID['bea']}';")
    assert give_password(Http(), "bea").status_code == 200


def test_the_runbook_counts_todays_failures():
    for _ in range(LIMIT + 1):
        give_password(Http(), "nobody", password="wrong")
    ((email, attempts, _),) = as_identity(FAILED_TODAY)
    assert (email, attempts) == ("nobody@example.org", LIMIT + 1)


def test_tries_during_a_lock_do_not_prolong_it():
    with clock.frozen(NOW):
        fail(LIMIT + 20)
    with clock.frozen(NOW + LOCKED_FOR):
        assert errors(fail(1)[0]) != LOCKED
        assert give_password(Http()).status_code == 200
