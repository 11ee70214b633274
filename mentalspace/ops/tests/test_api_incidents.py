"""Incidents over HTTP: who finds them, who is on call, and what cannot be."""

from uuid import uuid4

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.ops.incidents import defaults
from mentalspace.ops.tests.alerting import OURS, at_minute
from tests.cast import HERE, ID
from tests.http import refused

pytestmark = pytest.mark.django_db

ONE, RULE = "/operations/incidents/{incident}", "/operations/incident-rules/{rule}"
ITEM = {"what": "Watch it", "assignee": ID["ada"], "due_on": "2026-03-09"}
ROLES = {"version": 1, "commander": ID["ada"], "communications": None, "scribe": None}
ROTATION = {"version": None, "people": [ID["ada"], ID["mia"]], "starts_on": "2026-03-02", "hands_over": "09:00"}
STAND_IN = {"person": ID["mia"], "starts_at": "2026-03-03T12:00:00Z", "ends_at": "2026-03-04T12:00:00Z"}


def new(**more):
    return {"id": uuid4(), "title": "Slow", "severity": "P3"} | more


EVERY = [
    ("get", "/operations/incidents", None),
    ("post", "/operations/incidents", new()),
    ("get", "/operations/incidents/summary", None),
    ("get", "/operations/incidents/linkable", None),
    ("get", ONE, None),
    ("post", f"{ONE}/command", None),
    ("post", f"{ONE}/notes", {"id": uuid4(), "note": "x"}),
    ("put", f"{ONE}/severity", {"version": 1, "severity": "P1", "reason": "It got worse."}),
    ("put", f"{ONE}/status", {"version": 1, "status": "resolved"}),
    ("put", f"{ONE}/roles", ROLES),
    ("post", f"{ONE}/links", {"alert_id": uuid4()}),
    ("post", f"{ONE}/action-items", ITEM | {"id": uuid4()}),
    ("put", "/operations/incident-action-items/{item}", ITEM | {"version": 1, "is_done": True}),
    ("put", f"{ONE}/post-mortem", {"version": None, "summary": "x"}),
    ("post", f"{ONE}/post-mortem/publication", {"version": 1}),
    ("get", "/operations/incident-rules", None),
    ("put", RULE, {"version": 1, "opens": "P3"}),
    ("get", "/operations/on-call", None),
    ("put", "/operations/on-call", ROTATION),
    ("post", "/operations/on-call/overrides", STAND_IN | {"id": uuid4()}),
    ("delete", "/operations/on-call/overrides/{override}", None),
]


@pytest.fixture
def world(http):
    """An incident with an item, a rule and a stand-in: ids by the names that addresses have for them."""
    ada = http("ada")
    with at_minute(0):
        incident, item, override = (str(uuid4()) for _ in range(3))
        assert ada.call("post", "/operations/incidents", new(id=incident)).status_code == 201
        ada.call("post", f"/operations/incidents/{incident}/action-items", ITEM | {"id": item})
        ada.call("post", "/operations/on-call/overrides", STAND_IN | {"id": override})
    with acting_as(OURS):
        defaults.ensure_rules(HERE)
    rule = ada.read("/operations/incident-rules")[0]["id"]
    return {"incident": incident, "item": item, "override": override, "rule": rule}


@pytest.mark.parametrize(("method", "path", "body"), EVERY, ids=[f"{method} {path}" for method, path, _ in EVERY])
def test_nobody_but_administrators_finds_any_of_it(http, world, method, path, body):
    address = path.format(**world)
    with at_minute(1):
        for who in ("ana", "sam", "bea", "fay", "otto"):
            assert refused(http(who).call(method, address, body), 404)
        if "{" in path:
            assert refused(http("olga").call(method, address, body), 404), "an administrator next door"


def test_lists_are_of_ones_own_practice(http, world):
    olga = http("olga")
    with at_minute(1):
        assert olga.read("/operations/incidents")["items"] == []
        assert olga.read("/operations/incidents/summary")["open"] == 0
        assert olga.read("/operations/on-call")["overrides"] == []


def test_who_is_on_call_when(http, stopped_clock):
    ada = http("ada")
    empty = ada.read("/operations/on-call")
    assert (empty["version"], empty["now"], empty["people"]) == (None, ["Ada Cast", "Mia Cast"], [])
    made = ada.call("put", "/operations/on-call", ROTATION).json()
    assert made["now"] == ["Ada Cast"]
    assert [shift["person"] for shift in made["ahead"]][:3] == ["Ada Cast", "Mia Cast", "Ada Cast"]
    assert made["ahead"][0]["ends_at"] == "2026-03-09T13:00:00Z", "nine on the wall, after the clocks went forward"
    assert refused(http("mia").call("put", "/operations/on-call", ROTATION), 409, "changed_elsewhere")
    stand_in = STAND_IN | {"id": uuid4()}
    for _ in range(2):
        stepped = ada.call("post", "/operations/on-call/overrides", stand_in).json()
    assert [shift["is_instead"] for shift in stepped["ahead"]][:3] == [False, True, False]
    (override,) = stepped["overrides"]
    path = f"/operations/on-call/overrides/{override['id']}"
    assert ada.call("delete", path).json()["overrides"] == []
    assert refused(ada.call("delete", path), 409, "override_over")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("post", "/operations/incidents", new(title=" ")),
        ("post", "/operations/incidents", new(alert_id=uuid4(), security_incident_id=uuid4())),
        ("post", f"{ONE}/action-items", ITEM | {"id": uuid4(), "assignee": ID["sam"]}),
        ("post", f"{ONE}/links", {}),
        ("put", f"{ONE}/severity", {"version": 1, "severity": "P1", "reason": " "}),
        ("put", "/operations/on-call", ROTATION | {"people": [ID["ada"], ID["ada"]]}),
        ("put", "/operations/on-call", ROTATION | {"people": [ID["sam"]]}),
        ("post", "/operations/on-call/overrides", STAND_IN | {"id": uuid4(), "ends_at": "2026-03-03T11:00:00Z"}),
        ("post", "/operations/on-call/overrides", STAND_IN | {"id": uuid4(), "person": ID["otto"]}),
    ],
)
def test_what_cannot_be(http, world, method, path, body):
    with at_minute(1):
        assert refused(http("ada").call(method, path.format(**world), body), 422)
