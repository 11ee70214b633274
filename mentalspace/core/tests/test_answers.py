"""What all answers share: headers, and one shape of error wherever it comes from."""

import logging

import pytest
from django.db import IntegrityError, OperationalError, connections
from django.test import override_settings

from mentalspace.clients import queries
from mentalspace.people import middleware
from tests.cast import CLEO
from tests.http import Http, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/api/me",
        "/api/clients",
        f"/api/clients/{CLEO}",
        "/api/notes",
        "/api/today",
        "/api/nothing/here",
        "/api/openapi.json",
        "/_allauth/browser/v1/auth/session",
        "/_allauth/browser/v1/config",
    ],
)
def test_nobody_keeps_an_answer_about_people(http, path):
    for who in ("ana", None):
        assert "no-store" in http(who).get(path)["Cache-Control"]


def test_every_answer_says_what_the_page_never_does(http):
    for path in ("/", "/api/me", "/functions/v1/health-check"):
        answer = http(None).get(path)
        assert "camera=(), microphone=(), geolocation=()" in answer["Permissions-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_an_unknown_path_is_a_problem(http):
    assert refused(http("ana").get("/api/nothing/here"), 404, "not_found")
    assert refused(http("ana").get("/functions/nothing"), 404, "not_found")
    assert http("ana").get("/static/nothing")["Content-Type"].startswith("text/html")


def test_a_failure_is_a_problem(http, monkeypatch):
    monkeypatch.setattr(queries, "search", lambda *_: 1 / 0)
    assert refused(http("ana").get("/api/clients/search?q=x"), 500, "failed")


def test_a_foreign_host_is_a_problem(http):
    assert refused(http("ana").get("/api/me", headers={"Host": "evil.example"}), 400, "malformed")


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10)
def test_too_large_a_body_is_a_problem(http):
    assert http("ana").call("post", "/notes", {"client_id": str(CLEO)})["Content-Type"] == "application/problem+json"


def away(*_args, **_more):
    raise OperationalError("the server closed the connection unexpectedly")


def test_without_its_database_the_api_says_so(http, monkeypatch):
    ana = http("ana")
    with monkeypatch.context() as during:
        during.setattr(queries, "search", away)
        assert refused(ana.get("/api/clients/search?q=x"), 503, "unavailable")
    monkeypatch.setattr(middleware, "identify", away)
    assert refused(ana.get("/api/me"), 503, "unavailable")


def test_connections_are_set_to_be_checked_before_use():
    assert connections["default"].settings_dict["CONN_HEALTH_CHECKS"] is True


def test_the_databases_last_word_is_a_conflict(http, monkeypatch, caplog):
    def broken(*_):
        raise IntegrityError("Failing row contains (Cleo)")

    monkeypatch.setattr(queries, "search", broken)
    with caplog.at_level(logging.ERROR, "mentalspace"):
        assert refused(http("ana").get("/api/clients/search?q=x"), 409, "conflict")
    assert "search_clients broke a constraint" in caplog.text
    assert "Cleo" not in caplog.text


@pytest.mark.parametrize("cursor", ["x", "W" * 90_000, "WyJ4Il0", "gICA"])
def test_a_cursor_that_is_not_ours_is_refused(http, cursor):
    assert refused(Http.get(http("ana"), "/api/clients", {"cursor": cursor}), 422, "bad_input")


def test_a_body_nested_beyond_measure_cannot_be_read(http):
    ana = http("ana")
    for body in ("[" * 100_000, '{"client_id":' * 100_000):
        answer = ana.post("/api/notes", body, content_type="application/json")
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.status_code in (400, 422)
