"""The first administrator's link, and whose address a request is written down with."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.core import signing
from django.test import RequestFactory

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.people import setup
from mentalspace.people.models import Profile, User
from mentalspace.people.network import client_address
from mentalspace.people.tests.browser import give_password
from tests.cast import HERE, ID, PASSWORD
from tests.http import Http, refused

FORM = {
    "practice_name": "Elm Street Therapy",
    "timezone": "America/Denver",
    "first_name": "Nora",
    "last_name": "Quist",
    "email": "Nora@Example.org",
    "password": "a-long-enough-secret-7",
}


@pytest.fixture
def token(db):
    """The link of an account that waits for its owner, as an empty installation has one."""
    waiting = setup.add_person(
        practice=HERE,
        email=f"{HERE}{setup.NOT_SET_UP}",
        password=None,
        roles=["administrator"],
        first_name="First",
        last_name="Administrator",
    )
    link = setup.first_administrator_link() or ""
    assert link.startswith("http://127.0.0.1:8000/setup/")
    made = link.rpartition("/")[2]
    assert signing.loads(made, salt=setup.SALT) == str(waiting.pk)
    return made


def set_up(token, **changes):
    return Http().call("post", "/setup", FORM | {"token": token} | changes)


def test_the_link_makes_the_first_administrator_once(token):
    assert set_up(token).status_code == 204
    browser = Http()
    assert give_password(browser, email="nora@example.org", password=FORM["password"]).status_code == 200
    assert refused(browser.get("/api/me"), 403, "second_factor_missing")
    with acting_as(IDENTITY):
        account = User.objects.get(email="nora@example.org")
        person = Profile.objects.select_related("practice").get(pk=account.pk)
    assert (person.full_name, person.email) == ("Nora Quist", "nora@example.org")
    assert (person.practice.name, person.practice.timezone) == ("Elm Street Therapy", "America/Denver")
    assert refused(set_up(token), 409, "set_up_link_spent")
    assert setup.first_administrator_link() is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("practice_name", "  "),
        ("timezone", "Mars/Olympus"),
        ("first_name", ""),
        ("email", "nobody"),
        ("password", "short"),
        ("password", "nora@example.org"),
    ],
)
def test_bad_input_names_the_field_and_spends_nothing(token, field, value):
    answer = set_up(token, **{field: value})
    assert refused(answer, 422, "bad_input")
    assert list(answer.json()["fields"]) == [field]
    assert set_up(token).status_code == 204


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("practice_name", "x" * 250),
        ("first_name", "x" * 101),
        ("last_name", "\0"),
        ("practice_name", "\ud800"),
        ("email", "\ud800"),
        ("password", "\ud800" * 14),
        ("timezone", "x" * 100),
    ],
)
def test_what_cannot_be_stored_spends_nothing(token, field, value):
    answer = set_up(token, **{field: value})
    assert refused(answer, 422, "malformed")
    assert list(answer.json()["fields"]) == [field]
    assert set_up(token).status_code == 204


@pytest.mark.parametrize("step", ["name_practice", "claim_account"])
def test_a_failure_half_way_leaves_the_link_good(token, monkeypatch, caplog, step):
    def breaks(*_args, **_more):
        raise RuntimeError("a secret value")

    with monkeypatch.context() as during:
        during.setattr(setup, step, breaks)
        assert refused(set_up(token), 500, "not_kept")
    assert "breaks failed after the answer: RuntimeError" in caplog.text
    assert "a secret value" not in caplog.text.replace('RuntimeError("a secret value")', "")
    assert setup.first_administrator_link() is not None
    assert set_up(token).status_code == 204
    with acting_as(IDENTITY):
        assert (
            Profile.objects.select_related("practice").get(email="nora@example.org").practice.name
            == FORM["practice_name"]
        )


def test_an_address_in_use_is_refused(token):
    answer = set_up(token, email="ANA@example.org")
    assert refused(answer, 422, "bad_input")
    assert list(answer.json()["fields"]) == ["email"]


def test_an_old_link_is_refused(token, monkeypatch):
    monkeypatch.setattr(setup, "LINK_LIVES", timedelta(seconds=-1))
    assert refused(set_up(token), 409, "set_up_link_spent")


def test_a_made_up_link_is_refused(token):
    elses = signing.dumps(str(ID["ana"]), salt=setup.SALT)
    foreign = signing.dumps(str(ID["ana"]), salt="something else")
    for made in ("", "nonsense", token[:-1] + "x", foreign, elses):
        assert refused(set_up(made), 409, "set_up_link_spent")
    assert give_password(Http(), password=PASSWORD).status_code == 200


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "6.6.6.6, 198.51.100.1, 10.0.0.3", "198.51.100.1"),
        ("10.0.0.2", "not an address", "10.0.0.2"),
        ("10.0.0.2", "10.0.0.3", "10.0.0.3"),
    ],
)
def test_only_a_named_proxy_may_say_whose_address_it_is(settings, peer, forwarded, expected):
    settings.TRUSTED_PROXIES = (ip_network("10.0.0.0/8"),)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)
    assert client_address(request) == expected
