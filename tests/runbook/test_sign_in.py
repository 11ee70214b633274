"""Operations runbook, "Users Cannot Log In": its statements, word for word, as the operator runs them."""

from datetime import timedelta

from django.db import transaction

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.core import clock
from mentalspace.people import limits
from mentalspace.people.jobs import clean_up
from mentalspace.people.lockout import LIMIT
from mentalspace.people.models import RateLimit, TrustedDevice
from mentalspace.people.tests.browser import errors, give_password
from mentalspace.practices.system import system_actor
from tests.cast import HERE, ID
from tests.http import Http

ACCOUNT_LOCKOUTS = """
SELECT user_id, attempt_count, locked_until
FROM login_attempts
WHERE locked_until > NOW()
ORDER BY locked_until DESC
LIMIT 10;
"""
RATE_LIMITING = """
SELECT * FROM rate_limits
WHERE operation = 'login'
AND window_expires_at > NOW()
ORDER BY attempt_count DESC;
"""
UNLOCK = "DELETE FROM login_attempts WHERE user_id = 'USER_ID';"
RESET = """
DELETE FROM rate_limits
WHERE user_id = 'USER_ID' AND operation = 'login';
"""
FAILED_SIGN_INS = """
SELECT email, COUNT(*) as attempts, MAX(attempted_at) as last_attempt
FROM login_attempts
WHERE attempted_at > NOW() - INTERVAL '1 day'
AND success = false
GROUP BY email
HAVING COUNT(*) > 5
ORDER BY attempts DESC;
"""
WEEKLY = ("SELECT cleanup_expired_rate_limits();", "SELECT cleanup_expired_devices();")
LOCKED = ["too_many_login_attempts"]


def fail(times, name="ana"):
    return [errors(give_password(Http(), name, password="wrong")) for _ in range(times)]


def test_a_locked_account_is_found_and_unlocked(operator):
    fail(LIMIT)
    assert errors(give_password(Http())) == LOCKED
    ((user_id, count, until),) = operator.execute(ACCOUNT_LOCKOUTS).fetchall()
    assert (user_id, count) == (ID["ana"], LIMIT)
    assert timedelta(minutes=29) < until - clock.now() <= timedelta(minutes=30)
    operator.execute(UNLOCK.replace("USER_ID", str(ID["ana"])))
    assert operator.execute(ACCOUNT_LOCKOUTS).fetchall() == []
    assert give_password(Http()).status_code == 200


def test_a_limited_account_is_found_and_reset(operator):
    fail(LIMIT)
    operator.execute(UNLOCK.replace("USER_ID", str(ID["ana"])))
    fail(LIMIT)
    operator.execute(UNLOCK.replace("USER_ID", str(ID["ana"])))
    assert errors(give_password(Http())) == LOCKED  # unlocked, and ten failures within the hour
    found = operator.execute(RATE_LIMITING)
    names = [column.name for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    mine = next(row for row in rows if row["user_id"] == ID["ana"])
    assert (mine["attempt_count"], mine["operation"]) == (2 * LIMIT, "login")
    assert mine["first_attempt"] < mine["last_attempt"] < mine["window_expires_at"]
    assert [row["attempt_count"] for row in rows] == sorted((row["attempt_count"] for row in rows), reverse=True)
    assert {row["subject"] for row in rows} == {f"account {ID['ana']}", "address 127.0.0.1"}
    operator.execute(RESET.replace("USER_ID", str(ID["ana"])))
    assert give_password(Http()).status_code == 200


def test_failed_sign_ins_of_the_day(operator):
    fail(LIMIT + 1, "nobody")
    fail(LIMIT, "ash")
    ((email, attempts, last),) = operator.execute(FAILED_SIGN_INS).fetchall()
    assert (email, attempts) == ("nobody@example.org", LIMIT + 1)
    assert last <= clock.now()


def _leave_behind() -> None:
    now = clock.now()
    with acting_as(IDENTITY), transaction.atomic():
        for number, ago in enumerate((2.0, 1.5, 0.5, -0.5)):  # hours since the window ended
            with clock.frozen(now - timedelta(hours=ago + 1)):
                limits.take("x", email=str(number))
        for ago in (5, -5):
            ends_at = now - timedelta(days=ago)
            TrustedDevice.objects.create(user_id=ID["ana"], device_fingerprint=str(ago), expires_at=ends_at)


def test_the_weekly_clean_up_says_how_much_is_gone(operator):
    _leave_behind()
    assert [operator.execute(statement).fetchall() for statement in WEEKLY] == [[(2,)], [(1,)]]
    assert [operator.execute(statement).fetchall() for statement in WEEKLY] == [[(0,)], [(0,)]]


def test_the_schedule_cleans_up_by_itself(operator):
    _leave_behind()
    clean_up(system_actor(HERE))
    with acting_as(IDENTITY), transaction.atomic():
        assert RateLimit.objects.filter(operation="x").count() == 2
        assert TrustedDevice.objects.count() == 1


def test_a_lock_ends_by_itself(operator):
    fail(LIMIT)
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        assert give_password(Http()).status_code == 200
