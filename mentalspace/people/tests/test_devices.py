"""Trusted devices: no second factor for 30 days where the person said so, and nowhere else."""

from datetime import datetime, timedelta

import pytest

from mentalspace.access.actor import IDENTITY, acting_as, identity_of
from mentalspace.core import clock
from mentalspace.people.devices import COOKIE, LASTS, browser_name
from mentalspace.people.models import Session, TrustedDevice
from mentalspace.people.tests.browser import ask, enrol, give_code, give_password, sign_in
from mentalspace.people.tests.passkeys import Phone, add
from tests.cast import ID, PASSWORD
from tests.http import Http, refused

pytestmark = pytest.mark.django_db

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def trust(http, name=""):
    return http.call("post", "/account/devices", {"name": name})


def again(http, name="ana"):
    """Sign out and give the password again."""
    ask(http, "delete", "auth/session")
    return give_password(http, name)


@pytest.fixture
def trusted(ana):
    """Ana's browser, which she trusts."""
    assert trust(ana).status_code == 201
    return ana


def test_a_trusted_browser_is_not_asked_again(trusted):
    assert again(trusted).status_code == 200
    assert trusted.get("/api/me").status_code == 200
    assert trusted.read("/account")["is_trusted_device"] is True


def test_another_browser_is(trusted):
    assert give_password(Http()).status_code == 401


def test_it_still_wants_the_password(trusted):
    ask(trusted, "delete", "auth/session")
    assert give_password(trusted, password="wrong").status_code == 400
    assert refused(trusted.get("/api/me"), 401)


def test_for_thirty_days_and_not_a_second_longer(trusted):
    token = trusted.cookies[COOKIE].value
    with acting_as(IDENTITY):
        until = TrustedDevice.objects.get().expires_at
    for moment, status in ((until - timedelta(seconds=1), 200), (until, 401)):
        http = Http()
        http.cookies[COOKIE] = token
        with clock.frozen(moment):
            assert give_password(http).status_code == status


def test_using_it_does_not_prolong_it(trusted):
    again(trusted)
    assert refused(trust(trusted), 403, "second_factor_not_fresh")
    (device,) = trusted.read("/account/devices")
    lasts = datetime.fromisoformat(device["expires_at"]) - datetime.fromisoformat(device["trusted_at"])
    assert abs(lasts - LASTS) < timedelta(seconds=1)


def test_only_a_hash_is_stored(trusted):
    token = trusted.cookies[COOKIE].value
    assert len(token) >= 43
    with acting_as(IDENTITY):
        stored = TrustedDevice.objects.values_list("device_fingerprint", flat=True)
        assert token not in set(stored)
    trusted.cookies[COOKIE] = stored[0]
    assert again(trusted).status_code == 401


def test_the_cookie_is_out_of_reach(app):
    http = sign_in("ana", app)
    http.cookies["__Host-session"] = http.cookies["session"].value
    made = http.post("/api/account/devices", {}, content_type="application/json", headers={"Sec-Fetch-Mode": "cors"})
    cookie = made.cookies[f"__Host-{COOKIE}"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/")
    assert cookie["max-age"] == LASTS.total_seconds()


def test_the_list_says_which_and_forgetting_ends_it(app):
    here = sign_in("ana", app, Http(headers={"User-Agent": FIREFOX}))
    there = sign_in("ana", app)
    assert trust(here, "Desk").status_code == 201
    assert trust(there).status_code == 201
    again(there)
    listed = {row["name"]: row for row in here.read("/account/devices")}
    assert {name: row["is_current"] for name, row in listed.items()} == {"Desk": True, "A browser": False}
    assert listed["Desk"]["browser"] == "Firefox on Windows"
    assert listed["Desk"]["ip_address"] == "127.0.0.1"
    assert there.get("/api/me").status_code == 200
    assert here.call("delete", f"/account/devices/{listed['A browser']['id']}").status_code == 204
    assert refused(there.get("/api/me"), 401)
    assert give_password(there).status_code == 401
    assert here.get("/api/me").status_code == 200


def test_forgetting_all(trusted, app):
    other = sign_in("ana", app)
    assert other.call("delete", "/account/devices").json() == {"ended": 1}
    assert again(trusted).status_code == 401


def test_nobody_sees_or_forgets_anothers(trusted, http):
    (device,) = trusted.read("/account/devices")
    otto = http("otto")
    assert otto.read("/account/devices") == []
    assert refused(otto.call("delete", f"/account/devices/{device['id']}"), 404)
    assert otto.call("delete", "/account/devices").json() == {"ended": 0}
    assert again(trusted).status_code == 200


def test_each_person_trusts_a_shared_browser_for_themselves(trusted):
    mias = enrol("mia")
    ask(trusted, "delete", "auth/session")
    assert give_password(trusted, "mia").status_code == 401
    assert give_code(trusted, mias()).status_code == 200
    assert trust(trusted).status_code == 201
    assert again(trusted, "mia").status_code == 200
    assert again(trusted, "ana").status_code == 200


def test_somebody_elses_cookie_is_no_key(trusted):
    """Ana's browser says nothing about Mia."""
    enrol("mia")
    ask(trusted, "delete", "auth/session")
    assert give_password(trusted, "mia").status_code == 401


def test_a_planted_token_is_not_taken_up(app):
    """Who knows what stood in the cookie before knows nothing of what stands there afterwards."""
    http = Http()
    http.cookies[COOKIE] = "planted"
    trust(sign_in("ana", app, http))
    thief = Http()
    thief.cookies[COOKIE] = "planted"
    assert give_password(thief).status_code == 401


def change_password(http):
    change = {"current_password": PASSWORD, "new_password": "another-horse-battery-8"}
    assert ask(http, "post", "account/password/change", change).status_code == 200
    return "another-horse-battery-8"


def add_passkey(http):
    ask(http, "post", "auth/reauthenticate", {"password": PASSWORD})
    assert add(http, Phone()).status_code == 200
    return PASSWORD


@pytest.mark.parametrize("change", [change_password, add_passkey])
def test_how_one_gets_in_has_changed(trusted, change):
    password = change(trusted)
    ask(trusted, "delete", "auth/session")
    assert give_password(trusted, password=password).status_code == 401


def test_without_a_second_factor_nothing_is_trusted():
    http = Http()
    give_password(http, "ash")
    assert refused(trust(http), 403, "second_factor_missing")
    assert refused(Http().call("post", "/account/devices", {}), 401)


def test_sessions_remember_the_device(trusted):
    again(trusted)
    with acting_as(identity_of(ID["ana"])):
        assert Session.objects.get().trusted_device_id == TrustedDevice.objects.get().pk
    (session,) = trusted.read("/account/sessions")
    assert session["is_on_trusted_device"] is True


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        (f"{IPHONE} CriOS/140.0.7339.39 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
        (f"{IPHONE} FxiOS/142.0 Mobile/15E148 Safari/605.1.15", "Firefox on iPhone"),
        (f"{IPHONE} Version/18.0 EdgiOS/140.0 Mobile/15E148 Safari/604.1", "Edge on iPhone"),
        (f"{IPHONE} Version/18.0 Mobile/15E148 Safari/604.1 OPT/5.7.1", "Opera on iPhone"),
        (f"{ANDROID} Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        (f"{ANDROID} Chrome/140.0.0.0 Mobile Safari/537.36 EdgA/140.0", "Edge on Android"),
        (f"{ANDROID} Chrome/139.0.0.0 Mobile Safari/537.36 OPR/91.0", "Opera on Android"),
        (f"{ANDROID} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36", "Samsung Internet on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0.7339.16 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64) Chromium/140.0 Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/140.0 Safari/537.36", "Chrome on ChromeOS"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/139.0 Safari/537.36 OPR/122.0", "Opera on macOS"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.6 Safari/605.1.15", "Safari on macOS"),
        ("Opera/9.80 (Windows NT 6.1) Presto/2.12 Version/12.16", "Opera on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) ChromeTester Unsafari/1.0", "A browser on Linux"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_named_by_what_it_says(agent, name):
    assert browser_name(agent) == name
