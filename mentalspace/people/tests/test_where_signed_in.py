"""Where one is signed in: the list, signing out from afar, how many at a time, and a notice of a new browser."""

from datetime import timedelta

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.people.browsers import COOKIE
from mentalspace.people.tests.browser import ask, enrol, give_code, give_password, sign_in
from mentalspace.people.tests.test_devices import FIREFOX
from mentalspace.practices.models import Practice
from tests.cast import HERE, NOW, actor
from tests.http import Http, refused
from tests.mail import delivered

pytestmark = pytest.mark.django_db


def mails(part):
    return [mail for mail in delivered("ana@example.org") if part in mail.subject]


def test_the_list_says_where_and_when(app):
    here = sign_in("ana", app, Http(headers={"User-Agent": FIREFOX}))
    sign_in("ana", app)
    listed = here.read("/account/sessions")
    assert sorted(row["browser"] for row in listed) == ["A browser", "Firefox on Windows"]
    (mine,) = [row for row in listed if row["is_current"]]
    assert (mine["browser"], mine["ip_address"], mine["is_on_trusted_device"]) == (
        "Firefox on Windows",
        "127.0.0.1",
        False,
    )
    assert {row["id"] for row in listed} == {row["id"] for row in here.read("/account/sessions")}


def test_signing_out_from_afar_is_at_once(ana, app):
    there = sign_in("ana", app)
    (other,) = [row for row in ana.read("/account/sessions") if not row["is_current"]]
    assert there.get("/api/me").status_code == 200
    assert ana.call("delete", f"/account/sessions/{other['id']}").status_code == 204
    assert refused(there.get("/api/me"), 401)
    assert refused(ana.call("delete", f"/account/sessions/{other['id']}"), 404)
    assert ana.get("/api/me").status_code == 200


def test_everywhere_but_here(ana, app):
    others = [sign_in("ana", app) for _ in range(2)]
    assert ana.call("delete", "/account/sessions").json() == {"ended": 2}
    assert all(refused(other.get("/api/me"), 401) for other in others)
    assert ana.get("/api/me").status_code == 200


def test_ending_ones_own(ana):
    (mine,) = ana.read("/account/sessions")
    assert ana.call("delete", f"/account/sessions/{mine['id']}").status_code == 204
    assert refused(ana.get("/api/me"), 401)


def test_nobody_ends_anothers(ana, http):
    (mine,) = ana.read("/account/sessions")
    for name in ("otto", "ada"):
        other = http(name)
        assert mine["id"] not in {row["id"] for row in other.read("/account/sessions")}
        assert refused(other.call("delete", f"/account/sessions/{mine['id']}"), 404)
        assert other.call("delete", "/account/sessions").json() == {"ended": 0}
    assert ana.get("/api/me").status_code == 200
    assert refused(Http().get("/api/account/sessions"), 401)


def test_the_sixth_ends_the_first_and_says_so(app):
    made = []
    for number in range(6):
        with clock.frozen(NOW + timedelta(minutes=number)):
            made.append(sign_in("ana", app))
    with clock.frozen(NOW + timedelta(minutes=6)):
        assert refused(made[0].get("/api/me"), 401)
        assert all(browser.get("/api/me").status_code == 200 for browser in made[1:])
        assert made[5].read("/account")["ended_elsewhere"] == 1
        assert len(made[5].read("/account/sessions")) == 5
        (mail,) = mails("signed out")
        assert "the oldest was signed out" in mail.body


def test_a_practice_may_allow_fewer(http, app):
    with acting_as(actor("ada")):
        Practice.objects.filter(pk=HERE).update(sessions_per_person=1)
    otto, first = http("otto"), sign_in("ana", app)
    second = sign_in("ana", app)
    assert refused(first.get("/api/me"), 401)
    assert second.read("/account")["most_sessions"] == 1
    assert otto.get("/api/me").status_code == 200


def test_a_sign_in_on_a_new_browser_is_told(app):
    known = sign_in("ana", app)
    assert mails("new browser") == []
    ask(known, "delete", "auth/session")
    sign_in("ana", app, known)
    assert mails("new browser") == []
    sign_in("ana", app, Http(headers={"User-Agent": FIREFOX}))
    (mail,) = mails("new browser")
    assert "Firefox on Windows, from 127.0.0.1" in mail.body


def test_a_browser_others_know_is_new_to_her(app):
    sign_in("ana", app)
    shared = sign_in("mia", enrol("mia"))
    ask(shared, "delete", "auth/session")
    give_password(shared)
    give_code(shared, app())
    assert len(mails("new browser")) == 1
    assert len(shared.cookies[COOKIE].value.split(".")) == 2
