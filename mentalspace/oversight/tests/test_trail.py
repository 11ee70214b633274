"""Finding things in a trail that goes back years: filters, pages, the scope of a breach, exports, retention."""

import csv
import io
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from mentalspace.oversight.tests.looking import find, lines
from tests.cast import CLEO, ID, NOOR, THEO
from tests.http import refused


def test_each_filter_narrows(past):
    past.wrote(ID["ana"], clients=[CLEO], ago="3 days")
    past.wrote(ID["ana"], clients=[CLEO, NOOR], event="client_list.read", ago="1 day")
    past.wrote(ID["fay"], action="DATA_MODIFICATION", event="client.changed", clients=[NOOR], ago="2 hours")
    past.wrote(ID["ash"], action="REFUSED", event="request.refused", severity="warning", ago="1 hour")
    ada, day_ago = past.http("ada"), (datetime.now(UTC) - timedelta(days=2)).isoformat()
    for chosen, events in (
        ({"person": ID["ana"]}, ["client_list.read", "client_chart.read"]),
        ({"client": NOOR}, ["client.changed", "client_list.read"]),
        ({"action": "DATA_MODIFICATION"}, ["client.changed"]),
        ({"event": "client_chart.read"}, ["client_chart.read"]),
        ({"severity": "warning"}, ["request.refused"]),
        ({"person": ID["ana"], "since": day_ago}, ["client_list.read"]),
        ({"until": day_ago}, ["client_chart.read"]),
        ({"person": ID["bea"]}, []),
    ):
        found = [line["event"] for line in find(ada, **chosen)["items"] if line["person"]["id"] != str(ID["ada"])]
        assert found == events, chosen
    assert refused(ada.call("get", "/audit?action=NONSENSE"), 422)
    assert refused(ada.call("get", "/audit?since=2026-01-01"), 422)
    assert refused(ada.call("get", "/audit?cursor=nonsense"), 422)


def test_pages_follow_each_other_without_gap_or_repeat(past, monkeypatch):
    monkeypatch.setattr("mentalspace.oversight.trail.PAGE_SIZE", 4)
    written = {str(pk) for pk in past.wrote(ID["ana"], times=9, clients=[CLEO])}  # all of one moment
    ada, found, cursor = past.http("ada"), [], ""
    while True:
        page = find(ada, person=ID["ana"], **({"cursor": cursor} if cursor else {}))
        found += [line["id"] for line in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert len(found) == 9
    assert set(found) == written


def test_what_somebody_saw_in_a_span_of_time(past):
    """The list is exact: an oracle in plain Python over the same rows agrees."""
    for ago, clients, action in (
        ("9 days", [CLEO, THEO], "PHI_ACCESS"),
        ("3 days", [CLEO], "PHI_ACCESS"),
        ("2 days", [NOOR, CLEO], "PHI_ACCESS"),
        ("1 day", [THEO], "DATA_MODIFICATION"),
    ):
        past.wrote(ID["ana"], ago=ago, clients=clients, action=action)
    past.wrote(ID["fay"], ago="2 days", clients=[THEO])
    now = datetime.now(UTC)
    since, until = now - timedelta(days=5), now
    answer = find(past.http("ada"), "/audit/seen", person=ID["ana"], since=since.isoformat(), until=until.isoformat())
    oracle: dict[str, int] = {}
    for line in lines(user_id=ID["ana"], action_type="PHI_ACCESS"):
        if since <= line.created_at < until:
            for client in line.client_ids:
                oracle[str(client)] = oracle.get(str(client), 0) + 1
    assert {item["client"]["id"]: item["times"] for item in answer["items"]} == oracle == {str(CLEO): 2, str(NOOR): 1}
    assert lines(user_id=ID["ada"], event="audit_trail.read")[-1].client_ids == sorted([CLEO, NOOR], key=str)
    assert refused(past.http("otto").call("get", f"/audit/seen?{urlencode({'person': ID['ana'], 'since': since.isoformat(), 'until': until.isoformat()})}"), 404)  # fmt: skip # noqa: E501


def test_an_export_is_safe_to_open_confirmed_and_written_down(past):
    past.wrote(ID["ana"], clients=[CLEO], event="=cmd()", times=2)
    past.wrote(ID["fay"], clients=[NOOR, CLEO], times=49)
    ada = past.http("ada")
    assert find(ada, "/audit/count", person=ID["ana"]) == {"rows": 2, "clients": 1, "is_more": False}
    few = ada.call("post", "/audit/exports", {"person": ID["ana"]})
    assert few["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(few.content.decode())))
    assert [row["event"] for row in rows] == ["'=cmd()"] * 2
    assert rows[0]["person"] == "Ana Cast"
    many = {"action": "PHI_ACCESS"}
    answer = ada.call("post", "/audit/exports", many)
    assert refused(answer, 409, "export_unconfirmed")
    assert answer.json()["data"]["rows"] > 50
    assert ada.call("post", "/audit/exports", many | {"confirmed": True}).status_code == 200
    small, large = lines(event="audit.exported")
    assert (small.client_ids, small.action_details["rows"], small.severity) == ([CLEO], 2, "warning")
    assert (set(large.client_ids), large.severity) == ({CLEO, NOOR}, "critical")
    for name in ("ana", "otto"):
        assert refused(past.http(name).call("post", "/audit/exports", {}), 403)


def test_retention_says_what_may_go_and_is_only_ever_lengthened_beyond_six_years(past):
    past.wrote(ID["ana"], ago="7 years", times=3)
    past.wrote(ID["ana"], ago="7 years", action="AUTHENTICATION", event="sign_in.completed")
    past.wrote(ID["ana"], ago="1 day")
    ada, reason = past.http("ada"), "Our state asks for ten years."
    first = ada.read("/audit/retention")
    assert (first["due"], first["rules"]) == (4, [])
    assert first["total_logs"] == len(lines()) - 1  # this look came after it had counted
    rule = {"action_type": "PHI_ACCESS", "years": 10, "is_held": False, "reason": reason}
    assert ada.call("put", "/audit/retention", rule).status_code == 204
    kept = ada.read("/audit/retention")
    assert (kept["due"], kept["rules"][0]["years"]) == (1, 10)
    held = rule | {"action_type": "", "years": 6, "is_held": True, "reason": "Held for a case."}
    assert ada.call("put", "/audit/retention", held).status_code == 204
    assert ada.read("/audit/retention")["due"] == 0
    assert refused(ada.call("put", "/audit/retention", rule | {"years": 5}), 422)
    assert refused(ada.call("put", "/audit/retention", rule | {"years": 12}), 409, "changed_elsewhere")
    assert ada.call("put", "/audit/retention", rule | {"years": 12, "version": 1}).status_code == 204
    assert refused(past.http("otto").call("put", "/audit/retention", rule), 403)
