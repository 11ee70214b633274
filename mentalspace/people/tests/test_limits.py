"""Windows that open with the first try: as many places as there are, each taken in one statement."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import IDENTITY, acting_as, identity_of
from mentalspace.core import clock
from mentalspace.people import limits
from mentalspace.people.limits import DEFAULT, LIMITS, TooManyAttempts, subject_of
from mentalspace.people.models import RateLimit
from mentalspace.people.tests.browser import ask
from tests.cast import ID, NOW, actor
from tests.http import Http

HOUR = timedelta(hours=1)


@pytest.mark.django_db
@pytest.mark.parametrize(("operation", "limit"), [*LIMITS.items(), ("anything.else", DEFAULT)])
def test_so_many_and_no_more_until_the_window_ends(operation, limit):
    with acting_as(IDENTITY):
        with clock.frozen(NOW):
            for _ in range(limit.most):
                limits.check(operation, user=ID["ana"])
        with clock.frozen(NOW + timedelta(minutes=limit.minutes - 1)):
            with pytest.raises(TooManyAttempts) as refusal:
                limits.check(operation, user=ID["ana"])
            assert refusal.value.data == {"retry_after": 60}
            limits.check(operation, user=ID["ash"])
            limits.check("something.different", user=ID["ana"])
        with clock.frozen(NOW + timedelta(minutes=limit.minutes)):
            limits.check(operation, user=ID["ana"])
            row = RateLimit.objects.get(operation=operation, user_id=ID["ana"])
    assert (row.attempt_count, row.first_attempt, row.last_attempt) == (1, row.last_attempt, row.first_attempt)


@pytest.mark.django_db
def test_the_numbers_of_the_checklist():
    assert {name: (limit.most, limit.minutes) for name, limit in LIMITS.items()} == {
        "login": (10, 60),
        "password_reset": (3, 60),
        "password_reset_email": (5, 60),
        "send_invitation": (10, 60),
        "create_user": (10, 60),
        "change_address": (10, 60),
        "verification_email": (5, 60),
        "break_glass": (10, 60),
        "test_message": (10, 60),
        "form_link": (5, 60),
        "form_link_file": (40, 60),
        "mail_logo": (20, 60),
        "signature_link": (5, 60),
        "signature_link_in_all": (20, 527_040),
        "share_link": (5, 60),
        "share_link_in_all": (20, 527_040),
        "share_document": (30, 60),
        "remind_signers": (10, 60),
    }
    assert (DEFAULT.most, DEFAULT.minutes) == (10, 60)


@pytest.mark.django_db
def test_a_place_given_back_and_a_limit_lifted():
    with acting_as(IDENTITY), clock.frozen(NOW):
        first = limits.take("login", user=ID["ana"])
        limits.give_back(first)
        assert limits.take("login", user=ID["ana"]).attempt_count == 1
        with clock.frozen(NOW + HOUR):
            limits.take("login", user=ID["ana"])
            limits.give_back(first)  # of a window that has ended: nothing is given
            assert limits.take("login", user=ID["ana"]).attempt_count == 2
        assert limits.lift("login", user=ID["ana"]) == 1
        assert not RateLimit.objects.exists()


@pytest.mark.django_db
def test_staff_count_for_themselves_and_see_nothing():
    for name in ("ada", "ana", "fay", "cleo", "otto"):
        with acting_as(actor(name)):
            limits.check("create_user", user=ID[name])
            for wrong in ({"user": ID["sam"]}, {"email": "sam@example.org"}, {"address": "192.0.2.1"}):
                with pytest.raises(DatabaseError, match="counts for oneself"), transaction.atomic():
                    limits.check("create_user", **wrong)
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                RateLimit.objects.update(attempt_count=0)
    with acting_as(IDENTITY):
        assert RateLimit.objects.count() == 5
    with acting_as(identity_of(ID["ada"])):
        assert RateLimit.objects.count() == 1


@pytest.mark.django_db
def test_identity_that_knows_whose_it_is_counts_for_no_other():
    with acting_as(identity_of(ID["ana"])):
        limits.check("password_reset_email", user=ID["ana"])
        limits.check("password_reset_email", email="nobody@example.org")
        limits.check("password_reset_email", address="192.0.2.1")
        for other in ("ash", "otto"):
            with pytest.raises(DatabaseError, match="counts for oneself") as refusal, transaction.atomic():
                limits.check("password_reset_email", user=ID[other])
            assert getattr(refusal.value.__cause__, "sqlstate", None) == "42501"
        for user, subject in ((None, "ash"), (ID["ana"], "ash"), (ID["ash"], "ana")):
            with pytest.raises(DatabaseError, match="counts for oneself"), transaction.atomic():
                count("password_reset_email", f"account {ID[subject]}", user)
    with acting_as(IDENTITY):
        assert not RateLimit.objects.filter(user_id__in=[ID["ash"], ID["otto"]]).exists()
        limits.check("password_reset_email", user=ID["ash"])


def count(operation, subject, user):
    """Past the product, which never names an account beside another's subject."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.take_place(%s, %s, %s, now(), now())", [operation, subject, user])


@pytest.mark.django_db
def test_what_is_rolled_back_was_no_try():
    with acting_as(actor("ada")):
        with transaction.atomic():
            limits.check("create_user", user=ID["ada"])
            transaction.set_rollback(True)
        with acting_as(IDENTITY):
            assert not RateLimit.objects.exists()


def test_of_many_at_once_as_many_as_there_are_places(really_committed):
    ready = Barrier(16)

    def run():
        ready.wait(timeout=30)
        try:
            with acting_as(IDENTITY), transaction.atomic():
                limits.check("password_reset", user=ID["ana"])
            return True
        except TooManyAttempts:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        answers = [one.result() for one in [pool.submit(copy_context().run, run) for _ in range(16)]]
    assert sorted(answers) == [False] * 13 + [True] * 3


@pytest.mark.parametrize(
    ("addresses", "subjects"),
    [
        (["192.0.2.1", "::ffff:192.0.2.1"], 1),
        (["2001:db8::1", "2001:db8::ffff:1", "2001:0DB8:0:0:1::"], 1),
        (["2001:db8::1", "2001:db8:0:1::1"], 2),
        (["192.0.2.1", "192.0.2.2"], 2),
        (["unknown", ""], 2),
    ],
)
def test_what_counts_as_one_address(addresses, subjects):
    assert len({subject_of(None, "", address) for address in addresses}) == subjects


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org"])
def test_mail_to_set_a_new_password_comes_three_times_an_hour(email):
    """However the address is written, and whether anybody has it or not."""
    spellings = (email, email.upper(), email, email.title())
    answers = [ask(Http(), "post", "auth/password/request", {"email": spelling}).status_code for spelling in spellings]
    assert answers == [200, 200, 200, 429]
    other = ask(Http(), "post", "auth/password/request", {"email": "ash@example.org"})
    assert other.status_code == 200
