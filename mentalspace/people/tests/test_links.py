"""The three links that are mailed: to take up an account, to set a new password, to confirm an address.

Each works once, for its time, for its account; and none of them signs anybody in.
"""

import re
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from mentalspace.access.actor import IDENTITY, acting_as, identity_of
from mentalspace.audit.models import AuditLog
from mentalspace.core import clock
from mentalspace.people import invitations, resets, verification
from mentalspace.people.models import Profile, Session, User
from mentalspace.people.setup import add_person
from mentalspace.people.tests.browser import ask, errors, give_code, give_password, sign_in
from mentalspace.people.tests.test_devices import trust
from tests.cast import HERE, ID, NOW, PASSWORD, actor
from tests.http import Http, refused
from tests.mail import delivered

pytestmark = pytest.mark.django_db

NEW = "another-horse-battery-8"
WEEK, HOUR, SECOND = timedelta(days=7), timedelta(hours=1), timedelta(seconds=1)


def key_mailed(to, page):
    """The key in the newest mail's link."""
    newest = delivered(to)[-1]
    found = re.search(rf"^http://127\.0\.0\.1:8000/{page}/(\S+)$", str(newest.body), re.MULTILINE)
    assert found, newest.body
    assert found[1] not in newest.subject
    return found[1]


def request_reset(name="ana", email=None):
    return ask(Http(), "post", "auth/password/request", {"email": email or f"{name}@example.org"})


def reset(key, password=NEW, http=None):
    return ask(http or Http(), "post", "auth/password/reset", {"key": key, "password": password})


def verify(key, http=None):
    return ask(http or Http(), "post", "auth/email/verify", {"key": key})


# Taking up an account


@pytest.fixture
def nora(db):
    """Somebody whose account administration has just made."""
    made = add_person(
        practice=HERE,
        email="nora@example.org",
        password=None,
        roles=["clinician"],
        is_verified=False,
        first_name="Nora",
        last_name="Quist",
    )
    with acting_as(identity_of(made.pk)):
        invitations.invite(made.pk)
    return made


def accept(token, password=NEW, http=None):
    return (http or Http()).call("post", "/invitation", {"token": token, "password": password})


def test_an_invitation_makes_the_account_its_owners(nora):
    token = key_mailed("nora@example.org", "invitation")
    read = Http().call("post", "/invitation/reading", {"token": token})
    assert read.json() == {"first_name": "Nora", "email": "nora@example.org", "practice": "Here"}
    browser = Http()
    assert accept(token, http=browser).status_code == 204
    assert refused(browser.get("/api/me"), 401)
    assert give_password(browser, "nora", NEW).status_code == 200
    assert refused(browser.get("/api/me"), 403, "second_factor_missing")
    account = browser.read("/account")
    assert (account["is_email_verified"], account["factors"]) == (True, [])


def test_it_works_once(nora):
    token = key_mailed("nora@example.org", "invitation")
    assert accept(token).status_code == 204
    assert refused(accept(token, "zebra kiosk tundra"), 409, "invitation_spent")
    assert refused(Http().call("post", "/invitation/reading", {"token": token}), 409, "invitation_spent")
    assert give_password(Http(), "nora", "zebra kiosk tundra").status_code == 400


def test_a_newer_one_makes_it_useless(nora):
    old = key_mailed("nora@example.org", "invitation")
    with acting_as(identity_of(nora.pk)):
        invitations.invite(nora.pk)
    new = key_mailed("nora@example.org", "invitation")
    assert refused(accept(old), 409, "invitation_spent")
    assert accept(new).status_code == 204


def test_it_lasts_seven_days(nora):
    with clock.frozen(NOW):
        with acting_as(identity_of(nora.pk)):
            invitations.invite(nora.pk)
        token = key_mailed("nora@example.org", "invitation")
    with clock.frozen(NOW + WEEK + timedelta(minutes=6)):
        assert refused(accept(token), 409, "invitation_spent")
    with clock.frozen(NOW + WEEK - SECOND):
        assert accept(token).status_code == 204


@pytest.mark.parametrize("password", ["short", "NoraQuist2026", "password1234", "nora@example.org"])
def test_a_password_that_will_not_do_spends_nothing(nora, password):
    token = key_mailed("nora@example.org", "invitation")
    answer = accept(token, password)
    assert refused(answer, 422, "bad_input")
    assert list(answer.json()["fields"]) == ["password"]
    assert accept(token).status_code == 204


def test_a_closed_account_is_not_taken_up(nora):
    token = key_mailed("nora@example.org", "invitation")
    with acting_as(IDENTITY):
        User.objects.filter(pk=nora.pk).update(is_active=False)
    assert refused(accept(token), 409, "invitation_spent")


def test_a_message_that_has_become_pointless_is_called_off(nora):
    with acting_as(IDENTITY):
        User.objects.filter(pk=nora.pk).update(is_active=False)
    assert delivered("nora@example.org") == []


def test_nobody_invites_whoever_has_a_password():
    with acting_as(identity_of(ID["ana"])), pytest.raises(invitations.AccountTakenUp):
        invitations.invite(ID["ana"])


@pytest.mark.parametrize("token", ["", "x", "-", f"{ID['ana'].hex}-abc-def", "\ud800", "0" * 500])
def test_made_up_invitations(token):
    answer = accept(token)
    assert answer.status_code in (409, 422), answer.content


def test_an_invitation_opens_nobody_elses_account(nora):
    token = key_mailed("nora@example.org", "invitation").partition("-")[2]
    assert refused(accept(f"{ID['ana'].hex}-{token}"), 409, "invitation_spent")
    assert errors(reset(f"{nora.pk.hex}-{token}")) == ["invalid_password_reset"]


# Setting a new password


def test_a_reset_keeps_the_second_factor_and_ends_what_is_open(ana, app):
    trust(ana)
    elsewhere = sign_in("ana", app)
    assert request_reset().status_code == 200
    key = key_mailed("ana@example.org", "reset")
    browser = Http()
    browser.cookies = ana.cookies
    answer = reset(key)
    assert (answer.status_code, answer.json()["meta"]["is_authenticated"]) == (401, False)
    for open_one in (ana, elsewhere):
        assert refused(open_one.get("/api/me"), 401)
    assert give_password(Http()).status_code == 400
    assert give_password(browser, password=NEW).status_code == 401
    assert refused(browser.get("/api/me"), 401)
    assert give_code(browser, app()).status_code == 200
    assert browser.get("/api/me").status_code == 200
    assert any("a new password was set" in str(mail.body) for mail in delivered("ana@example.org"))


def test_a_reset_link_works_once():
    request_reset()
    key = key_mailed("ana@example.org", "reset")
    assert reset(key).status_code == 401
    assert errors(reset(key, "zebra kiosk tundra")) == ["invalid_password_reset"]
    assert give_password(Http(), password=NEW).status_code == 200


def test_it_lasts_an_hour_from_when_it_was_sent():
    with clock.frozen(NOW):
        request_reset()
        key = key_mailed("ana@example.org", "reset")
    with clock.frozen(NOW + HOUR + SECOND):
        assert errors(reset(key)) == ["invalid_password_reset"]
    with clock.frozen(NOW + HOUR):
        assert reset(key).status_code == 401


def test_signing_in_meanwhile_makes_it_useless(app):
    request_reset()
    key = key_mailed("ana@example.org", "reset")
    sign_in("ana", app)
    assert errors(reset(key)) == ["invalid_password_reset"]


def test_a_poor_password_spends_nothing():
    request_reset()
    key = key_mailed("ana@example.org", "reset")
    assert errors(reset(key, PASSWORD)) == ["password_used_before"]
    assert "password_too_short" in errors(reset(key, "short"))
    assert reset(key).status_code == 401


def test_known_and_unknown_addresses_are_answered_alike():
    known, unknown = request_reset("ana"), request_reset("nobody")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert [mail.to for mail in delivered()] == [["ana@example.org"]]


def test_for_an_unknown_address_the_same_is_written():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    done = []
    for name in ("ana", "nobody"):
        with CaptureQueriesContext(connection) as queries:
            request_reset(name)
        done.append([" ".join(query["sql"].split()[:3]) for query in queries if query["sql"].startswith("INSERT")])
    assert done[0] == done[1] != []


def test_three_an_hour_whether_anybody_has_the_address_or_not():
    for name in ("ana", "nobody"):
        assert [request_reset(name).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert request_reset("ANA").status_code == 429
    assert request_reset("ash").status_code == 200


def test_a_closed_account_is_not_reset():
    request_reset()
    key = key_mailed("ana@example.org", "reset")
    with acting_as(IDENTITY):
        User.objects.filter(pk=ID["ana"]).update(is_active=False)
    assert errors(reset(key)) == ["invalid_password_reset"]
    request_reset()
    assert len(delivered("ana@example.org")) == 1


def test_whoever_has_no_password_yet_is_invited_again(nora):
    request_reset("nora")
    assert accept(key_mailed("nora@example.org", "invitation")).status_code == 204


@pytest.fixture
def stray(db):
    """An account that no profile names: it was opened, and what should have followed failed."""
    with acting_as(IDENTITY):
        made = User(email="stray@example.org")
        made.set_password(PASSWORD)
        made.save(force_insert=True)
        EmailAddress.objects.create(user=made, email=made.email, verified=False, primary=True)
    return made


@pytest.mark.parametrize("password", [PASSWORD, None])
def test_an_account_that_is_nobodys_gets_nothing_and_the_same_answer(stray, password):
    with acting_as(IDENTITY):
        stray.set_password(password)
        stray.save(update_fields=["password"])
    known, unknown = request_reset("stray"), request_reset("nobody")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    with acting_as(identity_of(stray.pk)):
        invitations.invite(stray.pk)
        verification.send(stray.pk)
    assert delivered() == []


def test_whoever_is_signed_in_learns_no_more(ana):
    """They are known by then, and everybody else's account is none to them."""
    for email in ("ash@example.org", "nobody@example.org", "stray@example.org"):
        assert ask(ana, "post", "auth/password/request", {"email": email}).status_code == 200
    assert delivered() == []


@pytest.mark.parametrize("what", ["password-reset", "verification"])
def test_somebody_without_account_is_sent_nothing(http, what):
    with acting_as(actor("ada")):
        old = Profile.objects.create(practice_id=HERE, first_name="Old", last_name="Name", email="old@example.org")
    assert http("ada").call("post", f"/users/{old.pk}/{what}").status_code == 204
    for name, status in (("otto", 403), ("olga", 404)):
        assert refused(http(name).call("post", f"/users/{old.pk}/{what}"), status)
    assert delivered("old@example.org") == []


def test_administration_may_ask_for_it():
    with acting_as(identity_of(ID["ana"])):
        resets.send(ID["ana"])
    assert reset(key_mailed("ana@example.org", "reset")).status_code == 401


@pytest.mark.parametrize("key", ["", "x", "-", f"{ID['ana'].hex}-abc-def", "\ud800", "0" * 5000])
def test_made_up_keys(key):
    assert reset(key).status_code == 400
    assert verify(key).status_code == 400


# Confirming an address


@pytest.fixture
def unconfirmed(app):
    """Ana's address is not known to be hers."""
    with acting_as(identity_of(ID["ana"])):
        EmailAddress.objects.filter(user_id=ID["ana"]).update(verified=False)


def pending(answer):
    return [flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]


def test_nobody_signs_in_before_the_address_is_confirmed(unconfirmed, app):
    http = Http()
    answer = give_password(http)
    assert (answer.status_code, pending(answer)) == (401, ["verify_email"])
    assert refused(http.get("/api/me"), 401)
    confirmed = verify(key_mailed("ana@example.org", "verify"), http)
    assert (confirmed.status_code, confirmed.json()["meta"]["is_authenticated"]) == (401, False)
    assert refused(http.get("/api/me"), 401)
    assert pending(give_password(http)) == ["mfa_authenticate"]
    assert give_code(http, app()).status_code == 200


def test_a_confirmation_works_once_and_for_three_days(unconfirmed, monkeypatch):
    with acting_as(identity_of(ID["ana"])):
        verification.send(ID["ana"])
    key = key_mailed("ana@example.org", "verify")
    moment = time.time()
    monkeypatch.setattr(time, "time", lambda: moment + 3 * 24 * 3600 + 2)
    assert errors(verify(key)) == ["invalid_or_expired_key"]
    monkeypatch.setattr(time, "time", lambda: moment + 3 * 24 * 3600 - 2)
    assert verify(key).status_code == 401
    assert errors(verify(key)) == ["invalid_or_expired_key"]


def test_it_confirms_the_address_it_was_sent_to_and_no_other(unconfirmed):
    with acting_as(identity_of(ID["ana"])):
        verification.send(ID["ana"])
    key = key_mailed("ana@example.org", "verify")
    with acting_as(identity_of(ID["ana"])):
        EmailAddress.objects.filter(user_id=ID["ana"]).update(email="thief@example.org")
    assert errors(verify(key)) == ["invalid_or_expired_key"]


def test_a_confirmed_address_is_not_asked_again(app):
    with acting_as(identity_of(ID["ana"])):
        verification.send(ID["ana"])
    assert delivered("ana@example.org") == []


def test_ones_own_address_is_asked_again_from_inside(ana, http):
    assert ana.call("post", "/account/verification").status_code == 204
    assert delivered("ana@example.org") == []
    with acting_as(identity_of(ID["ana"])):
        EmailAddress.objects.filter(user_id=ID["ana"]).update(verified=False)
    assert ana.read("/account")["is_email_verified"] is False
    assert [ana.call("post", "/account/verification").status_code for _ in range(4)] == [204] * 4
    assert refused(ana.call("post", "/account/verification"), 429, "too_many_attempts")
    assert len(delivered("ana@example.org")) == 4
    assert verify(key_mailed("ana@example.org", "verify")).status_code == 401
    assert ana.read("/account")["is_email_verified"] is True
    with acting_as(actor("ada")):
        assert AuditLog.objects.filter(user_id=ID["ana"], event="account.verification_sent").count() == 4
    assert http("otto").call("post", "/account/verification").status_code == 204  # their own limit, their own address
    assert refused(Http().call("post", "/account/verification"), 401)


# What must be changed


def must_change(name="ana"):
    with acting_as(identity_of(ID[name])):
        User.objects.filter(pk=ID[name]).update(must_change_password=True)


def test_a_password_that_must_be_changed_opens_nothing_else(ana):
    must_change()
    assert refused(ana.get("/api/me"), 403, "password_change_due")
    assert refused(ana.get("/api/clients"), 403, "password_change_due")
    assert refused(ana.get("/api/account/sessions"), 403, "password_change_due")
    assert ana.read("/account")["is_password_change_due"] is True
    change = {"current_password": PASSWORD, "new_password": NEW}
    assert ask(ana, "post", "account/password/change", change).status_code == 200
    assert ana.get("/api/me").status_code == 200


def test_passwords_grow_old_only_where_the_practice_says_so(http):
    with clock.frozen(NOW):
        ana, otto = http("ana"), http("otto")
        with acting_as(IDENTITY):
            User.objects.update(password_changed_at=NOW - timedelta(days=90))
        assert ana.get("/api/me").status_code == 200
        with acting_as(actor("ada")):
            from mentalspace.practices.models import Practice

            Practice.objects.filter(pk=HERE).update(password_max_age_days=90)
        assert refused(ana.get("/api/me"), 403, "password_change_due")
        assert otto.get("/api/me").status_code == 200


def test_nothing_of_a_link_is_stored(nora):
    request_reset()
    keys = [key_mailed("nora@example.org", "invitation"), key_mailed("ana@example.org", "reset")]
    with acting_as(actor("ada")):
        from mentalspace.notify.models import Notification

        kept = "".join(map(str, Notification.objects.values_list("message_content", "metadata")))
    with acting_as(IDENTITY):
        kept += "".join(map(str, Session.objects.values_list("session_data", flat=True)))
    assert not any(key.rpartition("-")[2] in kept for key in keys)
