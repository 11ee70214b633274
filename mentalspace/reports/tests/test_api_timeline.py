"""The chart's timeline and its measures, as named people."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import IMPORT
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.charting.tests.builders import TEXT, held_session, signed, written
from mentalspace.clients.models import ClientAlert, Diagnosis
from mentalspace.outcomes.models import MeasureResult
from tests.cast import CLEO, HERE, ID, NOOR, NOW, actor
from tests.http import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def measure(score, *, days_ago, instrument="PHQ-9", client=CLEO):
    with acting_as(Actor(HERE, HERE, IMPORT)):
        MeasureResult.objects.bulk_create(
            [
                MeasureResult(
                    practice_id=HERE,
                    client_id=client,
                    instrument=instrument,
                    loinc_code="44261-6",
                    score=Decimal(score),
                    taken_at=NOW - timedelta(days=days_ago),
                )
            ]
        )


@pytest.fixture
def chart(http):
    """Cleo's: a session with a signed note, a draft, a measure, a diagnosis, an alert, and what is to come."""
    ana = http("ana")
    signed(ana, written(ana, held_session(starts_at=NOW - timedelta(days=7))))
    written(ana, held_session())
    measure("12.00", days_ago=10)
    with acting_as(actor("ana")):
        Diagnosis.objects.create(
            practice_id=HERE,
            client_id=CLEO,
            code="F41.1",
            description="Generalized anxiety disorder",
            onset_date=date(2025, 12, 1),
            noted_by_id=ID["ana"],
        )
        ClientAlert.objects.create(
            practice_id=HERE, client_id=CLEO, kind="risk", text="Safety plan on file", created_by_id=ID["ana"]
        )
    held_session("ash", NOOR)
    return ana


def told(answer):
    return [(item["kind"], item["title"], item["subtitle"], item["status"]) for item in answer["items"]]


def test_everything_newest_first_in_plain_words(http, chart):
    answer = chart.read(f"/clients/{CLEO}/timeline")
    assert sorted(told(answer)[1:3]) == [
        ("appointment", "Individual Therapy with Ana Cast", "", "Completed"),
        ("note", "Progress note", "SOAP by Ana Cast", "draft"),
    ]
    assert told(answer)[0] == ("alert", "Safety plan on file", "Risk alert", "active")
    assert sorted(told(answer)[3:5]) == [
        ("appointment", "Individual Therapy with Ana Cast", "", "Completed"),
        ("note", "Progress note", "SOAP by Ana Cast", "signed"),
    ]
    assert told(answer)[5:] == [
        ("measure", "PHQ-9: 12", "Imported", ""),
        ("diagnosis", "Generalized anxiety disorder", "F41.1 (ICD-10-CM)", "active"),
    ]
    times = [item["at"] for item in answer["items"]]
    assert times == sorted(times, reverse=True)
    assert not any(text in str(answer) for text in TEXT.values())
    assert refused(http("otto").call("get", f"/clients/{CLEO}/timeline"), 404)


@pytest.mark.parametrize(
    ("who", "status", "kinds"),
    [
        ("ana", 200, {"appointment", "note", "measure", "diagnosis", "alert"}),
        ("ada", 200, {"appointment", "note", "measure", "diagnosis", "alert"}),
        ("mia", 200, {"appointment", "note", "measure", "diagnosis", "alert"}),
        ("fay", 200, {"appointment", "alert"}),
        ("sam", 404, None),
        ("ash", 404, None),
        ("bea", 404, None),
        ("otto", 404, None),
    ],
)
def test_each_is_shown_their_parts(http, chart, who, status, kinds):
    answer = http(who).call("get", f"/clients/{CLEO}/timeline")
    assert answer.status_code == status
    if kinds is not None:
        assert {item["kind"] for item in answer.json()["items"]} == kinds
    measures = http(who).call("get", f"/clients/{CLEO}/measures").status_code
    assert measures == (200 if kinds and "measure" in kinds else 404)


def test_a_supervisor_sees_the_drafts_of_supervisees(http):
    ash, sam = http("ash"), http("sam")
    written(ash, held_session("ash", NOOR))
    assert ("note", "Progress note", "SOAP by Ash Cast", "draft") in told(sam.read(f"/clients/{NOOR}/timeline"))
    assert refused(http("otto").call("get", f"/clients/{NOOR}/timeline"), 404)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kinds=note", 2),
        ("kinds=note&kinds=measure", 3),
        ("q=ANXIETY", 1),
        ("q=phq-9%3A 12", 1),
        ("q=signed&kinds=note", 1),
        ("q=draft", 1),
        ("q=f41.1", 1),
        ("q=slept", 0),  # note text is never looked at
        ("q=%25", 0),
        ("q=_", 0),
        ("q='; drop table clients; --", 0),
    ],
)
def test_filters(http, chart, query, count):
    assert len(chart.read(f"/clients/{CLEO}/timeline?{query}")["items"]) == count
    assert refused(http("otto").call("get", f"/clients/{CLEO}/timeline?{query}"), 404)


def test_front_desk_cannot_ask_for_a_part_that_is_not_theirs(http, chart):
    fay = http("fay")
    assert fay.read(f"/clients/{CLEO}/timeline?kinds=note")["items"] == []
    assert {item["kind"] for item in fay.read(f"/clients/{CLEO}/timeline?kinds=note&kinds=alert")["items"]} == {"alert"}


@pytest.mark.parametrize(
    "query", ["kinds=secret", "cursor=nonsense", "cursor=WyJhIiwgImIiXQ", "q=%00", f"q={'x' * 101}"]
)
def test_what_cannot_be_asked(http, query):
    assert refused(http("ana").call("get", f"/clients/{CLEO}/timeline?{query}"), 422)


def test_pages_follow_each_other_without_gap_or_repeat(http, monkeypatch):
    for number in range(7):
        measure(str(number), days_ago=number // 2)  # pairs at the same moment
    monkeypatch.setattr("mentalspace.reports.timeline.PAGE_SIZE", 3)
    ana = http("ana")
    pages = [ana.read(f"/clients/{CLEO}/timeline")]
    while cursor := pages[-1]["next"]:
        pages.append(ana.read(f"/clients/{CLEO}/timeline?cursor={cursor}"))
    seen = [item["id"] for answer in pages for item in answer["items"]]
    assert len(seen) == len(set(seen)) == 7


def test_measures_make_series(http):
    for score, days_ago in (("18", 60), ("12.5", 30), ("7", 1)):
        measure(score, days_ago=days_ago)
    measure("9", days_ago=2, instrument="GAD-7")
    measure("27", days_ago=2, client=NOOR)
    gad, phq = http("ana").read(f"/clients/{CLEO}/measures")
    assert (gad["instrument"], gad["lowest"], gad["highest"]) == ("GAD-7", 9, 9)
    assert [point["score"] for point in phq["points"]] == [18, 12.5, 7]
    assert (phq["lowest"], phq["highest"]) == (7, 18)
    assert refused(http("otto").call("get", f"/clients/{CLEO}/measures"), 404)
    assert refused(http("fay").call("get", f"/clients/{CLEO}/measures"), 404)


def test_looks_are_written_down(http, chart):
    with acting_as(actor("ada")):
        before = set(AuditLog.objects.values_list("id", flat=True))
    chart.read(f"/clients/{CLEO}/timeline")
    chart.read(f"/clients/{CLEO}/measures")
    with acting_as(actor("ada")):
        rows = AuditLog.objects.filter(action_type=PHI_ACCESS).exclude(id__in=before)
        assert {row.event for row in rows} == {"client_timeline.read", "client_measures.read"}
        assert all(row.client_ids == [CLEO] for row in rows)
    assert refused(http("otto").call("get", f"/clients/{CLEO}/measures"), 404)


@pytest.mark.parametrize(("path", "budget"), [("timeline", 7), ("measures", 6)])
def test_statement_budget(http, chart, django_assert_max_num_queries, path, budget):
    ana = http("ana")
    with django_assert_max_num_queries(budget):
        ana.read(f"/clients/{CLEO}/{path}")
