"""The audit trail over HTTP: administrators find what they look for, and their looking is written down."""

from datetime import datetime
from uuid import uuid4

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit.chain import Fault, Verdict
from mentalspace.oversight import actions
from mentalspace.oversight.tests.looking import find, lines
from tests.cast import CLEO, ID, OLEG, actor
from tests.http import refused

pytestmark = pytest.mark.django_db

PAGES = ("/audit", "/audit/count", "/audit/queries", "/audit/verifications", "/audit/retention")


@pytest.mark.parametrize("path", PAGES)
def test_only_administrators_look_at_the_trail(http, path):
    for name in ("ana", "sam", "bea", "fay", "otto"):
        assert refused(http(name).call("get", path), 404)
    assert refused(http("cleo").call("get", path), 403, "staff_only")
    assert refused(http(None).call("get", path), 401)
    assert http("mia").call("get", path).status_code == 200


def test_a_line_says_who_did_what_to_whom(http):
    http("ana").read(f"/clients/{CLEO}")
    (found,) = find(http("ada"), person=ID["ana"], action="PHI_ACCESS")["items"]
    assert found["person"] == {"id": str(ID["ana"]), "name": "Ana Cast"}
    assert found["clients"] == [{"id": str(CLEO), "name": "Cleo Client"}]
    assert (found["event"], found["description"]) == ("client_chart.read", "Ana Cast opened a chart")
    detail = http("ada").read(f"/audit/{found['id']}")
    assert detail["details"] == {"shown": 1}
    assert refused(http("olga").call("get", f"/audit/{found['id']}"), 404)
    assert refused(http("otto").call("get", f"/audit/{found['id']}"), 404)
    assert refused(http("ada").call("get", f"/audit/{uuid4()}"), 404)


def test_next_door_has_a_trail_of_its_own(http):
    http("ana").read(f"/clients/{CLEO}")
    http("otto").read(f"/clients/{OLEG}")
    assert {line["person"]["name"] for line in find(http("olga"), action="PHI_ACCESS")["items"]} == {"Otto Cast"}
    assert find(http("olga"), client=CLEO)["items"] == []
    assert find(http("ada"), client=OLEG)["items"] == []


def test_looking_is_itself_written_down(http):
    http("ana").read(f"/clients/{CLEO}")
    ada = http("ada")
    find(ada, person=ID["ana"])
    find(ada, event="nothing.of_the_kind")
    seen, empty = lines(user_id=ID["ada"], resource_type="audit_trail")
    assert (seen.event, seen.client_ids) == ("audit_trail.read", [CLEO])
    assert (empty.event, empty.client_ids) == ("audit_trail.viewed", [])
    assert empty.action_details == {"search": {"event": "nothing.of_the_kind"}}


@pytest.mark.parametrize(
    ("path", "report"),
    [("/security/report", "security"), ("/audit/retention", "retention"), ("/users/report", "people")],
)
def test_looking_at_a_report_is_written_down(http, path, report):
    http("ana").read(f"/clients/{CLEO}")
    first = lines()
    shown = http("ada").read(path)
    (line,) = lines(event="report.viewed")
    assert (line.user_id, line.resource_type, line.client_ids) == (ID["ada"], "report", [])
    since, until = line.action_details["since"], line.action_details["until"]
    assert line.action_details == {"report": report, "since": since, "until": until}
    if report == "retention":
        assert (since, until) == (first[0].created_at.isoformat(), first[-1].created_at.isoformat())
        assert shown["total_logs"] == len(first)  # not counted before it is looked at
    else:
        assert datetime.fromisoformat(until) >= first[-1].created_at
    assert bool(since) is (report != "people")
    http("olga").read(path)
    assert refused(http("otto").call("get", path), 404)
    assert len(lines(event="report.viewed")) == len(lines("olga", event="report.viewed")) == 1


def test_saved_searches_are_ones_own(http):
    ada, search = http("ada"), {"person": str(ID["ana"]), "action": "PHI_ACCESS"}
    made = ada.call("post", "/audit/queries", {"name": "Ana's reading", "filters": search}).json()
    assert {name: value for name, value in made["filters"].items() if value} == search
    again = ada.call("post", "/audit/queries", {"name": "Ana's reading", "filters": {}})
    assert refused(again, 409, "name_taken")
    assert [query["name"] for query in ada.read("/audit/queries")] == ["Ana's reading"]
    assert http("mia").read("/audit/queries") == []
    for name in ("mia", "olga"):
        assert refused(http(name).call("delete", f"/audit/queries/{made['id']}"), 404)
    assert refused(http("otto").call("delete", f"/audit/queries/{made['id']}"), 403)
    assert ada.call("delete", f"/audit/queries/{made['id']}").status_code == 204
    assert ada.read("/audit/queries") == []


def test_the_chain_is_checked_by_a_job(http, settings, tmp_path):
    settings.SEALS = tmp_path
    ada = http("ada")
    asked = ada.call("post", "/audit/verifications")
    assert asked.status_code == 202
    assert asked.json()["finished_at"] is None
    with acting_as(actor("ada")):
        actions.verify(verification_id=asked.json()["id"])
    (done,) = ada.read("/audit/verifications")
    assert done["finished_at"]
    assert (done["fault_position"], done["asked_by"]["name"]) == (None, "Ada Cast")
    assert refused(http("otto").call("post", "/audit/verifications"), 403)


def test_a_broken_chain_is_a_critical_incident(http, monkeypatch):
    monkeypatch.setattr(
        "mentalspace.audit.chain.verify", lambda practice: Verdict(7, Fault(7, uuid4(), "the row was deleted"))
    )
    with acting_as(actor("ada")):
        actions.verify(verification_id=actions.ask_for_verification(by=actor("ada")).pk)
    (incident,) = http("ada").read("/security/incidents")["items"]
    assert (incident["severity"], incident["incident_type"]) == ("critical", "audit_chain_broken")
    assert http("ada").read("/audit/verifications")[0]["fault_reason"] == "the row was deleted"
