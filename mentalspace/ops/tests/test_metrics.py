"""What processes count becomes points, minute by minute, added up to hours and days."""

from datetime import timedelta

import pytest
from django.db import connection
from prometheus_client import CollectorRegistry
from prometheus_client.core import HistogramMetricFamily

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.ops import probe
from mentalspace.ops.metrics import collecting, queries
from mentalspace.ops.metrics.rules import BOUNDS, Reading
from mentalspace.ops.models import MetricPoint, Span
from mentalspace.practices.system import system_actor
from tests.cast import HERE, NEXT_DOOR, NOW, actor
from tests.http import refused

pytestmark = pytest.mark.django_db
OURS = system_actor(HERE)


def family(name, *measured):
    """What Prometheus' client tells of a histogram: (labels, seconds) of each thing that was measured."""
    found = HistogramMetricFamily(name, "-")
    for labels, seconds in measured:
        ends = [(str(bound), float(seconds <= bound)) for bound in BOUNDS]
        for end, number in [*ends, ("+Inf", 1.0)]:
            found.add_sample(f"{name}_bucket", labels | {"le": end}, number)
        found.add_sample(f"{name}_sum", labels, seconds)
        found.add_sample(f"{name}_count", labels, 1.0)
    return found


@pytest.fixture
def counted():
    """Three answers, one of them failed, a page that is none of the API's, a statement."""
    requests = [
        ({"route": "api/clients", "status": "200"}, 0.02),
        ({"route": "api/clients/<uuid:client_id>", "status": "200"}, 0.4),
        ({"route": "api/clients", "status": "503"}, 3.0),
        ({"route": "page", "status": "500"}, 9.0),
    ]
    return collecting.counted(
        [family("mentalspace_request_seconds", *requests), family("mentalspace_query_seconds", ({}, 0.004))]
    )


def points(span, practice=HERE):
    with acting_as(system_actor(practice)):
        return {point.metric: point for point in MetricPoint.objects.filter(span=span)}


def keep(fresh, at=NOW):
    with clock.frozen(at), acting_as(OURS):
        collecting.write(OURS, at, fresh)


def test_only_answers_of_the_api_are_counted_by_their_time(counted):
    api = counted["api"]
    assert (api.count, api.bad, api.total) == (3, 1, pytest.approx(3.42))
    assert sum(api.buckets) == 3
    assert counted["query"].count == 1
    assert counted["page"] == Reading()


def test_what_was_counted_before_is_not_counted_again(counted, tmp_path):
    memory = tmp_path / "collected.json"
    first = collecting._since_the_last_time(counted, memory)
    assert first["api"].count == 3
    assert collecting._since_the_last_time(counted, memory)["api"].count == 0
    anew = {name: Reading() for name in counted}
    assert collecting._since_the_last_time(anew, memory)["api"].count == 0
    memory.write_text("{torn")
    assert collecting._since_the_last_time(counted, memory)["api"].count == 3


def test_a_worker_that_came_back_within_the_minute_adds_to_it(counted):
    keep(counted)
    keep(counted, NOW + timedelta(seconds=30))
    assert points(Span.MINUTE)["api"].count == 6
    assert points(Span.MINUTE, NEXT_DOOR) == {}


def test_minutes_become_hours_and_days_and_go(counted):
    for minutes in (0, 1, 61):
        keep(counted, NOW + timedelta(minutes=minutes))
    for _ in range(2):  # it may run twice
        with clock.frozen(NOW + timedelta(minutes=65)), acting_as(OURS):
            collecting.roll_up(OURS)
    with acting_as(OURS):
        hours = MetricPoint.objects.filter(span=Span.HOUR, metric="api").order_by("at")
        assert [point.count for point in hours] == [6, 3]
        assert MetricPoint.objects.get(span=Span.DAY, metric="api").count == 9
    with clock.frozen(NOW + timedelta(days=91)), acting_as(OURS):
        collecting.roll_up(OURS)
    assert points(Span.MINUTE) == points(Span.HOUR) == {}
    assert points(Span.DAY)["api"].count == 9


def test_every_practice_has_its_own_people_and_the_same_machine(monkeypatch, tmp_path):
    monkeypatch.setattr(collecting, "FOLDER", tmp_path)
    monkeypatch.setattr(collecting, "registry", CollectorRegistry)
    monkeypatch.setattr(probe, "parts", lambda: {"database": "healthy"})
    collecting.collect()
    monkeypatch.setattr(probe, "parts", lambda: None)
    collecting.collect()
    for practice in (HERE, NEXT_DOOR):
        found = points(Span.MINUTE, practice)
        assert sum(point.count for point in found.values() if point.metric == "uptime") >= 1
        assert "users" in found


def test_the_page_shows_figures_targets_and_a_line(http, counted, stopped_clock):
    keep(counted | {"uptime": Reading(1), "users": Reading(1, 0, 4)}, NOW - timedelta(minutes=5))
    shown = {each["key"]: each for each in http("ada").read("/operations/performance")["metrics"]}
    assert (shown["api_response"]["target"], shown["api_response"]["critical"]) == (0.5, 2)
    assert shown["api_response"]["day_state"] == "bad"
    assert shown["error_rate"]["day"] == pytest.approx(1 / 3)
    assert shown["active_users"]["now"] == 4
    assert (shown["page_load"]["day"], shown["page_load"]["day_state"]) == (None, "unknown")
    assert len(shown["query_time"]["series"]) == 1
    assert http("olga").read("/operations/performance")["metrics"][1]["day"] is None
    for who in ("ana", "sam", "bea", "fay", "otto"):
        assert refused(http(who).call("get", "/operations/performance"), 404)


def test_a_month_is_read_from_hours(http, counted, stopped_clock):
    keep(counted, NOW - timedelta(days=1))
    with clock.frozen(NOW - timedelta(hours=23)), acting_as(OURS):
        collecting.roll_up(OURS)
    shown = {each["key"]: each for each in http("ada").read("/operations/performance?span=month")["metrics"]}
    assert len(shown["api_response"]["series"]) == 1
    assert shown["api_response"]["month"] is not None
    with acting_as(OURS):
        assert queries.figures(NOW, timedelta(minutes=15))["api_response"] is None


def test_the_hour_in_which_measuring_began_is_not_held_against_uptime(stopped_clock):
    for minutes in range(45, 60):
        keep({"uptime": Reading(1)}, NOW - timedelta(hours=2) + timedelta(minutes=minutes))
    for minutes in range(60):
        keep({"uptime": Reading(1)}, NOW - timedelta(hours=1) + timedelta(minutes=minutes))
    with acting_as(OURS):
        collecting.roll_up(OURS)
        assert queries.figures(NOW, timedelta(days=30))["uptime"] == pytest.approx(1.0)


def test_browsers_tell_how_long_their_pages_took(http):
    before = http("ana").call("post", "/page-loads", {"seconds": [0.8, 1.2]})
    assert before.status_code == 204
    for wrong in ([], [-1], [601], ["x"]):
        assert refused(http("ana").call("post", "/page-loads", {"seconds": wrong}), 422)
    assert refused(http(None).call("post", "/page-loads", {"seconds": [1]}), 401)
    assert http("otto").call("post", "/page-loads", {"seconds": [1]}).status_code == 204


def test_prometheus_reads_with_the_token_only(http, settings):
    ana, browser = http("ana"), http(None)
    assert ana.read("/staff")
    assert browser.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "t" * 32
    assert browser.get("/metrics").status_code == 404
    assert browser.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    answer = browser.get("/metrics", headers={"Authorization": f"Bearer {'t' * 32}"})
    assert answer.status_code == 200
    assert b'mentalspace_request_seconds_count{method="GET",route="api/staff",status="200"}' in answer.content
    assert b"mentalspace_query_seconds_bucket" in answer.content


def test_the_database_s_load_is_told_to_administrators_without_values(http):
    with acting_as(actor("ada")), connection.cursor() as cursor:
        cursor.execute("SELECT %s, count(*) FROM generate_series(1, 3000000) AS much(work)", ["Cleo"])
    found = http("ada").read("/operations/database")
    assert found["size"] > 1_000_000
    assert len(found["tables"]) == 10
    assert {each["state"] for each in found["connections"]} & {"active", "idle in transaction"}
    mine = [each for each in found["slow"] if "much" in each["query"]]
    assert mine, "a tenth of a second is slow"
    assert all("Cleo" not in each["query"] for each in found["slow"])
    for who in ("ana", "fay", "otto"):
        assert refused(http(who).call("get", "/operations/database"), 404)
    assert http("olga").read("/operations/database")["size"]
